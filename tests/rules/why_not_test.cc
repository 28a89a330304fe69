// Why a row does not answer: exactly the conditions that do not hold, whatever the table.
#include "rules/why_not.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <random>
#include <set>

#include "core/calendar.h"
#include "core/concat.h"

namespace furikae::rules {
namespace {

enum TestFact { kMonth, kFlag, kChoice, kNumber, kDay, kCount };
constexpr std::string_view kNames[] = {"A", "B", "C"};
const FactDeclaration kFacts[] = {{"month", FactType::kMonth},
                                  {"flag", FactType::kFlag},
                                  {"choice", FactType::kChoice, "", kNames},
                                  {"number", FactType::kNumber},
                                  {"day", FactType::kDate}};
static_assert(std::size(kFacts) == kCount);
const int64_t kJanuary = ServiceMonth::Of(2023, 1).index;

// ----------------------------------------------------------------------------------------------------------------
// Random tables. A condition is made twice: as a table writes it, and as what it means.

struct Condition {
  int fact = 0;
  std::string written;  // "\"flag\": true", or the dates of the row
  std::function<bool(int64_t)> holds;
};

struct RandomRow {
  std::vector<Condition> conditions;
};

// The values tried for each fact, absence among them.
std::vector<int64_t> Domain(int fact) {
  std::vector<int64_t> values{kAbsent};
  const int64_t first = fact == kMonth ? kJanuary : fact == kNumber ? -1 : 0;
  const int count = fact == kMonth ? 6 : fact == kFlag ? 2 : fact == kChoice ? 3 : 6;
  for (int i = 0; i < count; ++i) values.push_back(first + i);
  return values;
}

class Maker {
 public:
  explicit Maker(uint32_t seed) : random_(seed) {}

  RandomRow Row() {
    RandomRow row;
    if (Pick(2) == 0) row.conditions.push_back(Dates());
    for (const int fact : {kFlag, kChoice, kNumber}) {
      if (Pick(3) > 0) row.conditions.push_back(OnFact(fact));
    }
    return row;
  }
  int Pick(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }

 private:
  Condition Dates() {
    const int64_t from = kJanuary + Pick(4), until = from + Pick(3);
    const int ends = Pick(3);  // both, only the first, only the last
    std::vector<std::string> written;
    if (ends != 2) written.push_back(Concat("\"from\": \"", ValueText(kFacts[kMonth], from), "\""));
    if (ends != 1) written.push_back(Concat("\"until\": \"", ValueText(kFacts[kMonth], until), "\""));
    return {kMonth, Joined(written, ", "), [=](int64_t value) {
              return value != kAbsent && (ends == 2 || value >= from) && (ends == 1 || value <= until);
            }};
  }

  Condition OnFact(int fact) {
    const std::vector<int64_t> domain = Domain(fact);
    const int64_t one = domain[1 + Pick(static_cast<int>(domain.size()) - 1)];
    const std::string text = Quoted(fact, one);
    const auto make = [&](const std::string& condition, std::function<bool(int64_t)> holds) {
      return Condition{fact, Concat("\"", kFacts[fact].name, "\": ", condition), std::move(holds)};
    };
    switch (Pick(fact == kNumber ? 8 : 6)) {
      case 0:
        return make(text, [=](int64_t value) { return value == one; });
      case 1:
        return make("null", [](int64_t value) { return value == kAbsent; });
      case 2:
        return make("{\"present\": true}", [](int64_t value) { return value != kAbsent; });
      case 3:
        return make(Concat("[", text, ", null]"), [=](int64_t value) { return value == one || value == kAbsent; });
      case 4:
        return make(Concat("{\"not\": [", text, "]}"), [=](int64_t value) { return value != one && value != kAbsent; });
      case 5:
        return make("{\"present\": false}", [](int64_t value) { return value == kAbsent; });
      case 6:
        return make(Concat("{\"min\": ", text, "}"), [=](int64_t value) { return value != kAbsent && value >= one; });
      default:
        return make(Concat("{\"min\": -1, \"max\": ", text, "}"),
                    [=](int64_t value) { return value != kAbsent && value >= -1 && value <= one; });
    }
  }

  static std::string Quoted(int fact, int64_t value) {
    const std::string text = ValueText(kFacts[fact], value);
    return fact == kChoice ? Concat("\"", text, "\"") : text;
  }

  std::mt19937 random_;
};

std::string TableText(const std::vector<RandomRow>& rows) {
  std::vector<std::string> texts;
  for (size_t number = 0; number < rows.size(); ++number) {
    std::vector<std::string> when;
    std::string dates;
    for (const Condition& condition : rows[number].conditions) {
      if (condition.fact == kMonth) {
        dates = Concat(condition.written, ", ");
      } else {
        when.push_back(condition.written);
      }
    }
    texts.push_back(Concat(R"({"id": "r)", number, R"(", "title": {"ja": "行", "en": "Row"}, )", dates, R"("when": {)",
                           Joined(when, ", "), R"(}, "then": {}, "source": "test", "status": "sourced"})"));
  }
  return Concat(R"({"table": "t", "title": {"ja": "表", "en": "Table"}, "hit": "COLLECT", "dated_by": "month",)",
                R"( "outputs": {"x": "flag"}, "rows": [)", Joined(texts, ", "), "]}");
}

// Calls `visit` with every combination of the values tried.
void ForEachVector(const std::function<void(const Facts&)>& visit) {
  for (const int64_t month : Domain(kMonth)) {
    for (const int64_t flag : Domain(kFlag)) {
      for (const int64_t choice : Domain(kChoice)) {
        for (const int64_t number : Domain(kNumber)) {
          Facts facts;
          facts.Set(kMonth, month);
          facts.Set(kFlag, flag);
          facts.Set(kChoice, choice);
          facts.Set(kNumber, number);
          visit(facts);
        }
      }
    }
  }
}

// What each unmet condition says, checked against what the row was made of.
void CheckRow(const RandomRow& made, const std::vector<Unmet>& unmet, const Facts& facts) {
  std::set<int> wanted_facts, found_facts;
  for (const Condition& condition : made.conditions) {
    if (!condition.holds(facts.Get(condition.fact))) wanted_facts.insert(condition.fact);
  }
  for (const Unmet& one : unmet) {
    found_facts.insert(one.fact);
    ASSERT_EQ(one.found, facts.Get(one.fact));
    for (const Condition& condition : made.conditions) {
      if (condition.fact != one.fact) continue;
      for (const int64_t value : Domain(one.fact)) ASSERT_EQ(one.wanted.Holds(value), condition.holds(value)) << value;
    }
  }
  ASSERT_EQ(found_facts, wanted_facts);
}

TEST(WhyNot, NamesExactlyTheConditionsThatDoNotHold) {
  for (uint32_t seed = 1; seed <= 60; ++seed) {
    Maker maker(seed);
    std::vector<RandomRow> made(1 + maker.Pick(6));
    for (RandomRow& row : made) row = maker.Row();
    const auto book = Rulebook::Load(kFacts, {{"t.json", TableText(made)}});
    ASSERT_TRUE(book.ok()) << "seed " << seed << ": " << book.status();
    const Table& table = *book->Find("t");
    ForEachVector([&](const Facts& facts) {
      const RowHits hits = table.Collect(facts);
      for (size_t number = 0; number < made.size(); ++number) {
        const Row& row = table.rows()[number];
        const std::vector<Unmet> unmet = WhyNot(table, row, facts);
        const bool holds = std::find(hits.begin(), hits.end(), &row) != hits.end();
        ASSERT_EQ(unmet.empty(), holds) << "seed " << seed << " row " << row.id;
        ASSERT_NO_FATAL_FAILURE(CheckRow(made[number], unmet, facts)) << "seed " << seed << " row " << row.id;
      }
    });
  }
}

TEST(WhyNot, OfARowOfAnotherTableNothingIsSaid) {
  const auto book = Rulebook::Load(kFacts, {{"t.json", TableText({RandomRow()})}});
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_TRUE(WhyNot(*book->Find("t"), Row(), Facts()).empty());
}

// ----------------------------------------------------------------------------------------------------------------
// texts

TEST(WhyNot, SetsReadAsTablesMeanThem) {
  constexpr int64_t kLeast = kAbsent + 1, kMost = std::numeric_limits<int64_t>::max();
  const auto month = [](int number) { return kJanuary + number - 1; };
  const struct {
    TestFact fact;
    ValueSet set;
    std::string text;
  } kCases[] = {
      {kMonth, ValueSet::Between(month(3), month(5)), "2023-03 to 2023-05"},
      {kMonth, ValueSet::Between(month(3), kMost), "at least 2023-03"},
      {kMonth, ValueSet::Between(kLeast, month(2)), "at most 2023-02"},
      {kMonth, ValueSet::Of(month(4)), "2023-04"},
      {kNumber, Union(ValueSet::Absent(), ValueSet::Between(3, kMost)), "absent or at least 3"},
      {kNumber, Union(ValueSet::Of(1), ValueSet::Of(3)), "1 or 3"},
      {kNumber, ValueSet::Between(kLeast, kMost), "any value"},
      {kNumber, ValueSet::Everything(), "absent or any value"},
      {kNumber, ValueSet(), "nothing"},
      {kFlag, ValueSet::Of(0), "false"},
      {kFlag, ValueSet::Between(0, 1), "any value"},
      {kFlag, ValueSet::Absent(), "absent"},
      {kChoice, Union(ValueSet::Of(0), ValueSet::Of(2)), "one of A C"},
      {kChoice, Union(ValueSet::Absent(), ValueSet::Of(1)), "absent or B"},
      {kDay, ValueSet::Of(Date::Of(2024, 5, 31)->days), "2024-05-31"},
  };
  for (const auto& c : kCases) EXPECT_EQ(SetText(kFacts[c.fact], c.set), c.text);
}

TEST(WhyNot, AnUnmetConditionReadsAsASentence) {
  EXPECT_EQ(UnmetText(kFacts, {kChoice, 1, ValueSet::Of(2)}), "choice is B, wanted C");
  EXPECT_EQ(UnmetText(kFacts, {kFlag, kAbsent, ValueSet::Of(1)}), "flag is absent, wanted true");
  EXPECT_EQ(UnmetText(kFacts, {kMonth, kJanuary, ValueSet::Of(kJanuary + 1)}), "month is 2023-01, wanted 2023-02");
}

}  // namespace
}  // namespace furikae::rules
