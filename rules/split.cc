#include "rules/split.h"

#include <algorithm>

#include "absl/numeric/int128.h"

namespace furikae::rules {
namespace {

int CountWithin(const uke::Unit& unit, DayMask days) {
  int count = 0;
  for (int day = 1; day <= 31; ++day) {
    if (days.Has(day)) count += unit.per_day[day - 1];
  }
  return count;
}

// The meals' amount by the lines that carry it when they add up to HO's; else by the number of meals, rounded down, the
// rest to the last side that has any (the last of all when no line tells the day).
void ShareMealAmount(Yen amount, const std::vector<Yen>& by_lines, std::vector<Side>& sides) {
  Yen counted;
  int64_t meals = 0;
  for (size_t i = 0; i < sides.size(); ++i) {
    counted += by_lines[i];
    meals += sides[i].meal_count;
  }
  if (counted == amount) {
    for (size_t i = 0; i < sides.size(); ++i) sides[i].meal_amount = by_lines[i];
    return;
  }
  size_t last = sides.size() - 1;
  while (meals > 0 && sides[last].meal_count == 0) --last;
  Yen rest = amount;
  for (size_t i = 0; i < last; ++i) {
    if (meals > 0)
      sides[i].meal_amount = {static_cast<int64_t>(absl::int128{amount.value} * sides[i].meal_count / meals)};
    rest -= sides[i].meal_amount;
  }
  sides[last].meal_amount = rest;
}

}  // namespace

std::vector<Side> SplitByDays(const uke::Receipt& receipt, const uke::LineDays& lines,
                              const std::vector<DayMask>& sides) {
  std::vector<Side> out(sides.size());
  if (out.empty()) return out;
  std::vector<Yen> meal_amounts(sides.size());
  for (size_t i = 0; i < sides.size(); ++i) {
    Side& side = out[i];
    side.days = sides[i];
    side.actual_days = (receipt.jd_counted & side.days).Count();
    for (const uke::Unit& unit : lines.units) {
      if ((unit.days & side.days).Empty()) continue;
      const int count = CountWithin(unit, side.days);
      if (unit.meals) {
        side.meal_count += count;
        meal_amounts[i] += Yen{unit.points * count};
      } else if (unit.InsuranceBears()) {
        side.points += unit.points * count;
      }
    }
  }
  ShareMealAmount(receipt.meal_amount, meal_amounts, out);
  return out;
}

}  // namespace furikae::rules
