// Criteria that say which of several cards goes first (rules/day_precedence.h), each for itself and one after another.
#include "rules/day_precedence.h"

#include <gtest/gtest.h>

#include "rules/day_assignment.h"

namespace furikae::rules {
namespace {

using storage::Coverage;

DayPrecedence Of(std::initializer_list<DayCriterion> criteria, const std::vector<Row>& rows) {
  DayPrecedence precedence;
  for (const DayCriterion criterion : criteria) precedence.push_back({criterion, &rows[precedence.size()]});
  return precedence;
}

TEST(DayPrecedence, EachCriterionTellsTwoCardsApart) {
  const Coverage plain{.card = {{5}, 7}, .branch = 3, .qualified = {100}};
  const Coverage later{.card = {{5}, 7}, .branch = 3, .qualified = {101}};
  const Coverage smaller_insurer{.card = {{4}, 7}, .branch = 3, .qualified = {100}};
  const Coverage smaller_number{.card = {{5}, 6}, .branch = 4, .qualified = {100}};
  const Coverage smaller_branch{.card = {{5}, 7}, .branch = 2, .qualified = {100}};
  const struct {
    DayCriterion criterion;
    Rival first, second;
  } cases[] = {
      {DayCriterion::kClaimedCard, {.coverage = &plain, .claimed = true}, {.coverage = &later, .days = 9}},
      {DayCriterion::kOnlyOtherAllDays, {.coverage = &plain, .only_other_all_days = true}, {.coverage = &later}},
      {DayCriterion::kMostDays, {.coverage = &plain, .days = 3}, {.coverage = &later, .days = 2}},
      {DayCriterion::kLaterQualification, {.coverage = &later}, {.coverage = &plain, .claimed = true}},
      {DayCriterion::kLaterIssued, {.coverage = &plain, .issued = {1}}, {.coverage = &later}},
      {DayCriterion::kSmallerInsurer, {.coverage = &smaller_insurer}, {.coverage = &plain}},
      {DayCriterion::kSmallerCard, {.coverage = &smaller_number}, {.coverage = &plain}},
      {DayCriterion::kSmallerCard, {.coverage = &smaller_branch}, {.coverage = &plain}},
  };
  const std::vector<Row> rows(1);
  for (const auto& one : cases) {
    const auto name = DayCriterionNames()[static_cast<size_t>(one.criterion)];
    const DayPrecedence precedence = Of({one.criterion}, rows);
    EXPECT_TRUE(Compare(one.first, one.second, precedence).order < 0) << name;
    EXPECT_TRUE(Compare(one.second, one.first, precedence).order > 0) << name;
    EXPECT_EQ(Compare(one.second, one.first, precedence).row, &rows[0]) << name;
    EXPECT_EQ(Compare(one.first, one.first, precedence).row, nullptr) << name;
  }
}

TEST(DayPrecedence, TheFirstCriterionOnWhichTheyDifferDecides) {
  const Coverage early{.card = {{4}, 7}, .qualified = {100}}, late{.card = {{5}, 7}, .qualified = {101}};
  const Rival small{.coverage = &early, .days = 2}, young{.coverage = &late, .days = 2};
  const std::vector<Row> rows(3);
  using enum DayCriterion;
  const DayPrecedence by_date = Of({kMostDays, kLaterQualification, kSmallerInsurer}, rows);
  EXPECT_TRUE(Compare(young, small, by_date).order < 0);
  EXPECT_EQ(Compare(young, small, by_date).row, &rows[1]);
  const DayPrecedence by_number = Of({kMostDays, kSmallerInsurer, kLaterQualification}, rows);
  EXPECT_TRUE(Compare(small, young, by_number).order < 0);
  EXPECT_EQ(Compare(small, young, by_number).row, &rows[1]);
  EXPECT_TRUE(Compare(small, young, Of({kMostDays, kClaimedCard}, rows)).order == 0);
}

// A card's certificate counts from the day on which it was issued.
TEST(DayPrecedence, ADayIsContestedByWhatWasIssuedUntilThen) {
  const ServiceMonth month = ServiceMonth::Of(2021, 11);
  const Coverage old_card{.card = {{4}, 7}, .qualified = *Date::Of(2020, 4, 1), .issued = *Date::Of(2021, 4, 1)};
  const Coverage new_card{.card = {{5}, 7}, .qualified = *Date::Of(2021, 4, 1), .issued = *Date::Of(2021, 11, 15)};
  const DayMask days = DayMask::Of({3, 14, 15, 22});
  const HeldCards cards = CardsOf({old_card, new_card}, month, days);
  const std::vector<Row> rows(1);
  const DayAssignment plan = AssignDays(cards, 0, month, days, Of({DayCriterion::kLaterIssued}, rows));
  ASSERT_EQ(plan.bearers.size(), 2u);
  EXPECT_EQ(plan.bearers[0].days.ToString(), "3 14");
  EXPECT_EQ(plan.bearers[1].days.ToString(), "15 22");
  EXPECT_EQ(plan.settled_by, (std::vector<const Row*>{&rows[0]}));
}

}  // namespace
}  // namespace furikae::rules
