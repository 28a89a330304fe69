// tests/rules/random_receipt_fixture.h — receipts of every flavour at random, with what each day of them is worth.
//
//   std::mt19937 random(seed);                                  // print the seed when a test fails
//   RandomReceipt made = MakeRandomReceipt(random, Flavour::kDental);
//   made.points_on_day[2];                                      // points of the 3rd, by construction
//
// The bytes hold everything that a split meets: units of several lines, comments between them, groups whose 診療識別
// stands on the first record only, lines that only public expense bears, meals, dispensing sections, unknown records,
// extra columns. Every line has a code of its own, so that a test can follow it into the sides.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "core/uke/receipt.h"

namespace furikae::rules {

struct RandomReceipt {
  uke::FileHead head;
  std::string bytes;               // CP932
  int64_t points_on_day[31] = {};  // that the insurance bears; yen in home nursing
  int meals_on_day[31] = {};
  int64_t meal_yen_on_day[31] = {};
  DayMask visits;            // JD with 1
  DayMask uncounted_visits;  // JD with 2

  int64_t PointsOf(DayMask days) const;
  int MealsOf(DayMask days) const;
  int64_t MealYenOf(DayMask days) const;
  int64_t Total() const { return PointsOf({0x7FFFFFFF}); }
};

struct ReceiptWishes {
  bool sn = true;  // has SN of the insurance (drawn at random when true)
  bool public_expense = true;
};
RandomReceipt MakeRandomReceipt(std::mt19937& random, Flavour flavour, ReceiptWishes wishes = {});

}  // namespace furikae::rules
