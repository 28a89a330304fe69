// A split gives each side exactly what its days are worth (decisions.md §4 "Split", §9 law 2).
#include "rules/split.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "tests/rules/random_receipt_fixture.h"

namespace furikae::rules {
namespace {

constexpr Flavour kFlavours[] = {Flavour::kMedical, Flavour::kDpc, Flavour::kDental, Flavour::kPharmacy,
                                 Flavour::kNursing};
constexpr int kReceiptsPerFlavour = 400;

// The month's days dealt out to two or three sides.
std::vector<DayMask> RandomSides(std::mt19937& random) {
  std::vector<DayMask> sides(2 + random() % 2);
  for (int day = 1; day <= 31; ++day) sides[random() % sides.size()].Add(day);
  return sides;
}

TEST(SplitTest, EverySideIsWorthItsDays) {
  for (Flavour flavour : kFlavours) {
    for (uint32_t seed = 1; seed <= kReceiptsPerFlavour; ++seed) {
      SCOPED_TRACE(testing::Message() << FlavourName(flavour) << " seed " << seed);
      std::mt19937 random(seed);
      const RandomReceipt made = MakeRandomReceipt(random, flavour);
      const absl::StatusOr<uke::Receipt> receipt = uke::ReadReceipt(made.head, made.bytes);
      ASSERT_TRUE(receipt.ok()) << receipt.status();
      const uke::LineDays lines = uke::ReadLineDays(*receipt);
      ASSERT_EQ(lines.insured_points, receipt->total_points) << "the receipt is consistent to begin with";

      const std::vector<Side> sides = SplitByDays(*receipt, lines, RandomSides(random));
      int64_t points = 0;
      int actual_days = 0, meals = 0;
      Yen meal_amount;
      DayMask days;
      for (const Side& side : sides) {
        EXPECT_EQ(side.points, made.PointsOf(side.days));
        EXPECT_EQ(side.actual_days, (made.visits & side.days).Count());
        EXPECT_EQ(side.meal_count, made.MealsOf(side.days));
        EXPECT_EQ(side.meal_amount, Yen{made.MealYenOf(side.days)});
        EXPECT_TRUE((days & side.days).Empty()) << "sides are disjoint";
        days = days | side.days;
        points += side.points;
        actual_days += side.actual_days;
        meals += side.meal_count;
        meal_amount += side.meal_amount;
      }
      EXPECT_EQ(points, receipt->total_points);
      EXPECT_EQ(actual_days, receipt->actual_days);
      EXPECT_EQ(meals, receipt->meal_count);
      EXPECT_EQ(meal_amount, receipt->meal_amount);
      EXPECT_TRUE(days.Covers(receipt->JdDays()));
    }
  }
}

TEST(SplitTest, MealsWhoseLinesDoNotCarryTheAmountAreSharedByNumber) {
  uke::Receipt receipt;
  receipt.flavour = Flavour::kMedical;
  receipt.meal_count = 3;
  receipt.meal_amount = {2000};
  uke::LineDays lines;
  uke::Unit meals{.count = 3, .days = DayMask::Of({1, 2}), .meals = true};
  meals.per_day[0] = 1;
  meals.per_day[1] = 2;
  lines.units = {meals};
  const std::vector<Side> sides = SplitByDays(receipt, lines, {DayMask::Of({1}), DayMask::Of({2}), DayMask::Of({3})});
  EXPECT_EQ(sides[0].meal_amount, Yen{666});
  EXPECT_EQ(sides[1].meal_amount, Yen{1334});
  EXPECT_EQ(sides[2].meal_amount, Yen{0});
}

TEST(SplitTest, ASideWithoutPointsStillExists) {
  uke::Receipt receipt;
  receipt.jd_counted = DayMask::Of({3, 10});
  const std::vector<Side> sides = SplitByDays(receipt, {}, {DayMask::Of({3}), DayMask::Of({10})});
  ASSERT_EQ(sides.size(), 2u);
  EXPECT_EQ(sides[1].points, 0);
  EXPECT_EQ(sides[1].actual_days, 1);
  EXPECT_TRUE(SplitByDays(receipt, {}, {}).empty());
}

}  // namespace
}  // namespace furikae::rules
