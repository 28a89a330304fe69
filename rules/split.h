// rules/split.h — dividing a receipt by day (分割) and rewriting it for another insurer (振替).
//
//   std::vector<Side> sides = SplitByDays(receipt, lines, {mask_a, mask_b});   // points per side, exact
//   std::string billed = Rewrite(receipt, {.card = …, .confirmation_class = 4, …});  // CP932 records
//
// A points-and-count unit is never torn; Σ of the sides equals the original exactly; everything that a rule does not change
// stays byte for byte. Source: decisions.md §4 "Split", "Rewritten receipt".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/decision.h"
#include "core/uke/receipt.h"

namespace furikae::rules {

// One side of a split: its days, its points (yen in home nursing), its actual days (診療実日数).
struct Side {
  DayMask days;
  int64_t points = 0;
  int actual_days = 0;
  int meal_count = 0;
  Yen meal_amount;
};
std::vector<Side> SplitByDays(const uke::Receipt& receipt, const uke::LineDays& lines, const std::vector<DayMask>& sides);

// What a rewritten receipt says that the claimed one does not.
struct NewQualification {
  Card card;                          // as registered, UTF-8
  int confirmation_class = 4;         // 04, 05 (or 02, 06, 09 when only SN changes)
  Agency agency = Agency::kUnknown;   // that bears
  int type = 0;                       // レセプト種別 after the change
  std::optional<int> rate;            // RE 給付割合; nullopt = blank
  std::optional<Side> side;           // of a split: only these days
  DayMask disagreeing_days;           // JD days that get 9 (E4)
};
// レセプト種別 after a change of coverage: digit 2 (late elderly or not) and digit 4 (self/family, preschool, elderly) follow the
// new coverage, digits 1 and 3 and inpatient/outpatient stay.
int TypeAfter(int type, bool late_elderly, Family family, int age_on_first_day, int rate_per_cent);

// The receipt as billed to another qualification: CP932 records with CRLF, RE to the end (IR too in dental files).
absl::StatusOr<std::string> Rewrite(const uke::Receipt& receipt, const uke::LineDays& lines, const NewQualification& change);
// The file's header record with the review agency replaced.
std::string RewriteHead(std::string_view head, Agency agency);

}  // namespace furikae::rules
