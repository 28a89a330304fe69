#include "rules/why_not.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_format.h"
#include "absl/strings/substitute.h"
#include "core/calendar.h"
#include "core/concat.h"
#include "rules/table_condition.h"

namespace furikae::rules {
namespace {

constexpr int64_t kLeast = kAbsent + 1;
constexpr int64_t kMost = std::numeric_limits<int64_t>::max();

int64_t LastNamed(const FactDeclaration& fact) {
  return fact.type == FactType::kFlag ? 1 : static_cast<int64_t>(fact.choices.size()) - 1;
}

std::string Fill(std::string_view phrase, const std::string& first, const std::string& second = "") {
  return absl::Substitute(AbslView(phrase), first, second);
}

// The named values of a flag or choice within an interval.
void AddNames(const FactDeclaration& fact, const Interval& interval, const ValueWords& words,
              std::vector<std::string>& texts) {
  const int64_t last = std::min(interval.high, LastNamed(fact));
  for (int64_t value = std::max<int64_t>(interval.low, 0); value <= last; ++value) {
    texts.push_back(words.value(fact, value));
  }
}

std::string RangeText(const FactDeclaration& fact, const Interval& interval, const ValueWords& words) {
  if (interval.low == interval.high) return words.value(fact, interval.low);
  if (interval.low == kLeast && interval.high == kMost) return std::string(words.any_value);
  const RangeWords& range = fact.type == FactType::kNumber ? words.of_numbers
                            : fact.type == FactType::kCode ? words.of_codes
                                                           : words.of_times;
  if (interval.low == kLeast) return Fill(range.up_to, words.value(fact, interval.high));
  if (interval.high == kMost) return Fill(range.from, words.value(fact, interval.low));
  return Fill(range.between, words.value(fact, interval.low), words.value(fact, interval.high));
}

std::string NamesText(const FactDeclaration& fact, const std::vector<std::string>& names, const ValueWords& words) {
  if (static_cast<int64_t>(names.size()) == LastNamed(fact) + 1) return std::string(words.any_value);
  return names.size() == 1 ? names.front() : Fill(words.one_of, Joined(names, words.between_names));
}

}  // namespace

std::vector<Unmet> WhyNot(const Table& table, const Row& row, const Facts& facts) {
  const std::vector<Row>& rows = table.rows();
  const auto place = std::find_if(rows.begin(), rows.end(), [&row](const Row& own) { return &own == &row; });
  const auto number = static_cast<size_t>(place - rows.begin());
  std::vector<Unmet> unmet;
  if (number >= table.conditions().size()) return unmet;
  for (const auto& [fact, wanted] : table.conditions()[number]) {
    if (!wanted.Holds(facts.Get(fact))) unmet.push_back({fact, facts.Get(fact), wanted});
  }
  return unmet;
}

std::string ValueText(const FactDeclaration& fact, int64_t value) {
  if (value == kAbsent) return "absent";
  switch (fact.type) {
    case FactType::kFlag:
      return value == 0 ? "false" : "true";
    case FactType::kChoice:
      if (value >= 0 && value <= LastNamed(fact)) return std::string(fact.choices[value]);
      break;
    case FactType::kMonth:
      return ServiceMonth{static_cast<int32_t>(value)}.ToString();
    case FactType::kDate:
      return Date{static_cast<int32_t>(value)}.ToString();
    case FactType::kCode:
      if (value >= 0) return absl::StrFormat("%0*d", fact.digits, value);
      break;
    case FactType::kNumber:
      break;
  }
  return std::to_string(value);
}

const ValueWords& TableWords() {
  static constexpr ValueWords kWords = {.value = ValueText,
                                        .any_value = "any value",
                                        .nothing = "nothing",
                                        .of_numbers = {"$0 to $1", "at most $0", "at least $0"},
                                        .of_codes = {"$0 to $1", "up to $0", "from $0 on"},
                                        .of_times = {"$0 to $1", "at most $0", "at least $0"},
                                        .one_of = "one of $0",
                                        .between_names = " ",
                                        .or_else = " or "};
  return kWords;
}

std::string SetText(const FactDeclaration& fact, const ValueSet& set, const ValueWords& words) {
  std::vector<std::string> texts, names;
  for (Interval interval : set.intervals()) {
    if (interval.low == kAbsent) {
      texts.push_back(words.value(fact, kAbsent));
      if (interval.high == kAbsent) continue;
      interval.low = kLeast;
    }
    if (HasNames(fact)) {
      AddNames(fact, interval, words, names);
    } else {
      texts.push_back(RangeText(fact, interval, words));
    }
  }
  if (!names.empty()) texts.push_back(NamesText(fact, names, words));
  return texts.empty() ? std::string(words.nothing) : Joined(texts, words.or_else);
}

std::string UnmetText(std::span<const FactDeclaration> declarations, const Unmet& unmet) {
  const FactDeclaration& fact = declarations[unmet.fact];
  return Concat(fact.name, " is ", ValueText(fact, unmet.found), ", wanted ", SetText(fact, unmet.wanted));
}

}  // namespace furikae::rules
