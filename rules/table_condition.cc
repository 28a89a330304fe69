#include "rules/table_condition.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "core/calendar.h"
#include "core/concat.h"
#include "core/status.h"
#include "rules/table_sets.h"

namespace furikae::rules {
namespace {

using nlohmann::json;
constexpr int64_t kLeast = kAbsent + 1;
constexpr int64_t kMost = std::numeric_limits<int64_t>::max();

std::string Shown(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace).substr(0, 80);
}

std::string ExpectedOf(const FactDeclaration& fact) {
  switch (fact.type) {
    case FactType::kFlag:
      return "true or false";
    case FactType::kNumber:
    case FactType::kCode:
      return "an integer";
    case FactType::kMonth:
      return "a month such as \"2023-03\"";
    case FactType::kDate:
      return "a date such as \"2024-05-31\"";
    case FactType::kChoice:
      return Concat("one of ", Joined(fact.choices, " "));
  }
  return "";
}

absl::Status NotAValue(const FactDeclaration& fact, const json& value) {
  return absl::InvalidArgumentError(
      Concat(Shown(value), " is no value of ", fact.name, "; expected ", ExpectedOf(fact)));
}

// "2023-03" and nothing else that core/calendar.h would read as a month.
std::optional<ServiceMonth> ReadMonth(const json& value) {
  if (!value.is_string()) return std::nullopt;
  const std::string& text = value.get_ref<const std::string&>();
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  return ServiceMonth::Parse(text);
}

std::optional<int64_t> ReadDate(const json& value) {
  if (!value.is_string()) return std::nullopt;
  const std::string& text = value.get_ref<const std::string&>();
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::optional<Date> date = Date::Parse(text);
  return date ? std::optional<int64_t>(date->days) : std::nullopt;
}

std::optional<int64_t> ReadChoice(const FactDeclaration& fact, const json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto found = std::find(fact.choices.begin(), fact.choices.end(), value.get_ref<const std::string&>());
  if (found == fact.choices.end()) return std::nullopt;
  return found - fact.choices.begin();
}

std::optional<int64_t> ReadNumber(const json& value) {
  if (value.is_number_unsigned() && value.get<uint64_t>() > static_cast<uint64_t>(kMost)) return std::nullopt;
  if (!value.is_number_integer()) return std::nullopt;
  const int64_t number = value.get<int64_t>();
  return number == kAbsent ? std::nullopt : std::optional<int64_t>(number);
}

absl::StatusOr<int64_t> ReadValue(const FactDeclaration& fact, const json& value) {
  std::optional<int64_t> number;
  switch (fact.type) {
    case FactType::kFlag:
      if (value.is_boolean()) number = value.get<bool>() ? 1 : 0;
      break;
    case FactType::kNumber:
    case FactType::kCode:
      number = ReadNumber(value);
      break;
    case FactType::kMonth:
      if (const auto month = ReadMonth(value)) number = month->index;
      break;
    case FactType::kDate:
      number = ReadDate(value);
      break;
    case FactType::kChoice:
      number = ReadChoice(fact, value);
      break;
  }
  if (!number) return NotAValue(fact, value);
  return *number;
}

// Every value that the fact can have, absence not included.
ValueSet AnyValue(const FactDeclaration& fact) {
  switch (fact.type) {
    case FactType::kFlag:
      return ValueSet::Between(0, 1);
    case FactType::kChoice:
      return ValueSet::Between(0, static_cast<int64_t>(fact.choices.size()) - 1);
    default:
      return ValueSet::Between(kLeast, kMost);
  }
}

absl::Status NothingSatisfies(const FactDeclaration& fact, const json& condition) {
  return absl::InvalidArgumentError(Concat("no value of ", fact.name, " satisfies ", Shown(condition)));
}

absl::StatusOr<ValueSet> ReadRange(const FactDeclaration& fact, const json& range) {
  if (fact.type == FactType::kFlag || fact.type == FactType::kChoice) {
    return absl::InvalidArgumentError(
        Concat(fact.name, " has no order, so a range means nothing; expected ", ExpectedOf(fact)));
  }
  int64_t low = kLeast, high = kMost;
  for (const auto& [key, value] : range.items()) {
    if (key != "min" && key != "max") {
      return absl::InvalidArgumentError(Concat("unknown key \"", key, "\" in the condition on ", fact.name,
                                               "; known: min max, or one of not present in alone"));
    }
    ASSIGN_OR_RETURN(int64_t bound, ReadValue(fact, value));
    (key == "min" ? low : high) = bound;
  }
  return ValueSet::Between(low, high);
}

absl::StatusOr<ValueSet> ReadList(const FactDeclaration& fact, const json& list) {
  ValueSet set;
  for (const json& member : list) {
    if (member.is_null()) {
      set = Union(set, ValueSet::Absent());
      continue;
    }
    ASSIGN_OR_RETURN(int64_t value, ReadValue(fact, member));
    set = Union(set, ValueSet::Of(value));
  }
  return set;
}

absl::StatusOr<ValueSet> ReadNamed(const FactDeclaration& fact, const json& name, NamedSets* sets) {
  if (!name.is_string())
    return absl::InvalidArgumentError(Concat("\"in\" of ", fact.name, " must name a set, not ", Shown(name)));
  if (sets == nullptr)
    return absl::InvalidArgumentError(Concat("no set can be named here; expected ", ExpectedOf(fact)));
  return sets->ValuesFor(fact, name.get<std::string>());
}

bool IsAlone(const json& condition, const char* key) {
  return condition.is_object() && condition.size() == 1 && condition.begin().key() == key;
}

// Value, list, range, set or null: what may stand behind "not", too.
absl::StatusOr<ValueSet> ReadPlain(const FactDeclaration& fact, const json& condition, NamedSets* sets) {
  if (condition.is_null()) return ValueSet::Absent();
  if (condition.is_array()) return ReadList(fact, condition);
  if (IsAlone(condition, "in")) return ReadNamed(fact, condition["in"], sets);
  if (condition.is_object() && !condition.empty()) return ReadRange(fact, condition);
  ASSIGN_OR_RETURN(int64_t value, ReadValue(fact, condition));
  return ValueSet::Of(value);
}

absl::StatusOr<ValueSet> ReadAny(const FactDeclaration& fact, const json& condition, NamedSets* sets) {
  if (IsAlone(condition, "not")) {
    ASSIGN_OR_RETURN(ValueSet excluded, ReadPlain(fact, condition["not"], sets));
    if (excluded.Empty()) return NothingSatisfies(fact, condition["not"]);  // so "not" says nothing
    return Difference(AnyValue(fact), excluded);
  }
  if (IsAlone(condition, "present")) {
    const json& value = condition["present"];
    if (!value.is_boolean()) {
      return absl::InvalidArgumentError(
          Concat("\"present\" of ", fact.name, " must be true or false, not ", Shown(value)));
    }
    return value.get<bool>() ? AnyValue(fact) : ValueSet::Absent();
  }
  return ReadPlain(fact, condition, sets);
}

}  // namespace

std::optional<int> FindFact(std::span<const FactDeclaration> facts, std::string_view name) {
  const auto found =
      std::find_if(facts.begin(), facts.end(), [name](const FactDeclaration& fact) { return fact.name == name; });
  return found == facts.end() ? std::nullopt : std::optional<int>(static_cast<int>(found - facts.begin()));
}

bool HasNames(const FactDeclaration& fact) { return fact.type == FactType::kFlag || fact.type == FactType::kChoice; }

ValueSet PossibleValues(const FactDeclaration& fact) { return Union(AnyValue(fact), ValueSet::Absent()); }

absl::StatusOr<ValueSet> ReadPeriod(const json& row) {
  int64_t from = kLeast, until = kMost;
  for (const auto& [key, bound] : {std::pair<const char*, int64_t*>{"from", &from}, {"until", &until}}) {
    if (!row.contains(key)) continue;
    const std::optional<ServiceMonth> month = ReadMonth(row[key]);
    if (!month) return absl::InvalidArgumentError(Concat("\"", key, "\" must be a month such as \"2023-03\""));
    *bound = month->index;
  }
  if (from > until) return absl::InvalidArgumentError("\"from\" is later than \"until\"");
  return ValueSet::Between(from, until);
}

absl::StatusOr<ValueSet> ReadCondition(const FactDeclaration& fact, const json& condition, NamedSets* sets) {
  ASSIGN_OR_RETURN(ValueSet set, ReadAny(fact, condition, sets));
  if (set.Empty()) return NothingSatisfies(fact, condition);
  return set;
}

absl::StatusOr<ValueSet> ReadSetValues(const FactDeclaration& fact, const json& values) {
  if (!values.is_array() || values.empty())
    return absl::InvalidArgumentError("\"values\" must be an array of values or ranges with at least one");
  ValueSet set;
  for (const json& member : values) {
    ValueSet piece;
    if (member.is_object() && !member.empty()) {
      ASSIGN_OR_RETURN(piece, ReadRange(fact, member));
    } else {
      ASSIGN_OR_RETURN(int64_t value, ReadValue(fact, member));
      piece = ValueSet::Of(value);
    }
    if (piece.Empty()) return NothingSatisfies(fact, member);
    if (!Intersection(set, piece).Empty())
      return absl::InvalidArgumentError(Concat(Shown(member), " has a value that the set already has"));
    set = Union(set, piece);
  }
  return set;
}

}  // namespace furikae::rules
