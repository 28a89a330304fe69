// The masks of a table find exactly the rows whose conditions hold, whatever the values and however many the rows.
#include "rules/table_matcher.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <set>
#include <vector>

namespace furikae::rules {
namespace {

constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
constexpr int64_t kLeast = kAbsent + 1;

std::vector<int> RowsThatHold(const std::vector<RowBox>& rows, const Facts& facts) {
  std::vector<int> holding;
  for (size_t row = 0; row < rows.size(); ++row) {
    bool holds = true;
    for (const auto& [fact, set] : rows[row]) holds = holds && set.Holds(facts.Get(fact));
    if (holds) holding.push_back(static_cast<int>(row));
  }
  return holding;
}

void ExpectFound(const std::vector<RowBox>& rows, const Facts& facts) {
  const RowMatcher matcher(rows);
  const std::vector<int> expected = RowsThatHold(rows, facts);
  std::vector<int> found;
  matcher.ForEach(facts, [&](int row) { found.push_back(row); });
  EXPECT_EQ(found, expected);
  EXPECT_EQ(matcher.First(facts), expected.empty() ? -1 : expected[0]);
}

// Every value at which an answer changes, its neighbours, and the ends of the axis.
std::set<int64_t> TellingValues(const std::vector<RowBox>& rows, int fact) {
  std::set<int64_t> values = {kAbsent, kLeast, -1, 0, 1, kMost};
  for (const RowBox& row : rows) {
    const auto condition = row.find(fact);
    if (condition == row.end()) continue;
    for (const Interval& interval : condition->second.intervals()) {
      for (const int64_t bound : {interval.low, interval.high}) {
        values.insert(bound);
        if (bound != kAbsent) values.insert(bound - 1);
        if (bound != kMost) values.insert(bound + 1);
      }
    }
  }
  return values;
}

void ExpectFoundAtEveryTellingValue(const std::vector<RowBox>& rows) {
  for (const int64_t value : TellingValues(rows, 0)) {
    Facts facts;
    facts.Set(0, value);
    SCOPED_TRACE(value);
    ExpectFound(rows, facts);
  }
}

TEST(RowMatcher, NoRowsGiveNoAnswer) { ExpectFound({}, Facts()); }

TEST(RowMatcher, RowsWithoutConditionsAlwaysHold) { ExpectFound(std::vector<RowBox>(130), Facts()); }

TEST(RowMatcher, ValuesAtTheEndsOfTheAxis) {
  const std::vector<RowBox> rows = {
      {{0, ValueSet::Of(kLeast)}},
      {{0, ValueSet::Of(kMost)}},
      {{0, ValueSet::Between(kLeast, -5)}},
      {{0, ValueSet::Between(7, kMost)}},
      {{0, ValueSet::Between(kLeast, kMost)}},
      {{0, ValueSet::Absent()}},
      {{0, Union(ValueSet::Absent(), ValueSet::Of(3))}},
  };
  ExpectFoundAtEveryTellingValue(rows);
  for (const RowBox& row : rows) ExpectFoundAtEveryTellingValue({row});
}

TEST(RowMatcher, ManyCutsCloseTogetherAndOneFarAway) {
  std::vector<RowBox> rows;
  for (int64_t low = 0; low < 150; ++low) rows.push_back({{0, ValueSet::Between(low, 2 * low)}});
  rows.push_back({{0, ValueSet::Between(1'000'000'000'000, 1'000'000'000'007)}});
  ExpectFoundAtEveryTellingValue(rows);
}

TEST(RowMatcher, DrawnRowsAndFacts) {
  for (const int count : {1, 63, 64, 65, 128, 129, 300, 1024, 1025, 2100}) {
    std::mt19937_64 draw(count);
    const auto value = [&] { return static_cast<int64_t>(draw() % 1'000) * (draw() % 4 == 0 ? 1'000'003 : 1); };
    std::vector<RowBox> rows(count);
    for (RowBox& row : rows) {
      for (uint64_t conditions = draw() % 4; conditions > 0; --conditions) {
        const int64_t low = value();
        row[static_cast<int>(draw() % 5)] =
            draw() % 5 == 0 ? ValueSet::Absent() : ValueSet::Between(low, low + value());
      }
    }
    for (int i = 0; i < 50; ++i) {
      Facts facts;
      for (int fact = 0; fact < 5; ++fact) {
        if (draw() % 4 != 0) facts.Set(fact, value());
      }
      SCOPED_TRACE(count);
      ExpectFound(rows, facts);
    }
  }
}

}  // namespace
}  // namespace furikae::rules
