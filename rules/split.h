// rules/split.h — dividing a receipt by day (分割) and rewriting it for another insurer (振替).
//
//   std::vector<Side> sides = SplitByDays(receipt, lines, {mask_a, mask_b});   // points per side, exact
//   std::string billed = Rewrite(receipt, {.card = …, .confirmation_class = 4, …});  // CP932 records
//
// A points-and-count unit is never torn; Σ of the sides equals the original exactly (of a receipt that §4 lets be
// split: every line has its days, the points add up to HO); everything that a rule does not change stays byte for byte.
// Points are those that the insurance bears by 負担区分. Public expense records (KO) go to each side as they are. Pure
// and thread-safe. Source: decisions.md §4 "Split", "Rewritten receipt"; §9 laws 2, 9, 10. How lines are shrunk:
// side_lines.h.
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
std::vector<Side> SplitByDays(const uke::Receipt& receipt, const uke::LineDays& lines,
                              const std::vector<DayMask>& sides);

// What a rewritten receipt says that the claimed one does not. A transfer, a split, and any other outcome with another
// card than the claimed one (a corrected card), replace the card in HO and SN; otherwise only SN's class changes, and
// its branch where that was completed.
struct NewQualification {
  Card card;  // as registered, UTF-8
  Outcome outcome = Outcome::kTransferred;
  int confirmation_class = 0;        // 確認区分 in SN; 0 leaves SN alone
  bool writes_branch = true;         // SN 枝番: the insurer's cards have one
  Agency agency = Agency::kUnknown;  // that bears
  int type = 0;                      // レセプト種別 after the change; 0 leaves type and rate as claimed
  std::optional<int> rate;           // RE 給付割合; nullopt = blank
  std::optional<Side> side;          // of a split: only these days
  DayMask disagreeing_days;          // JD days that get 9 (E4)
};
// The receipt as billed to another qualification: CP932 records, RE to the end (IR too in dental files). `lines` are
// those of the whole receipt. FailedPrecondition when it has no HO, InvalidArgument when its flavour is unknown.
absl::StatusOr<std::string> Rewrite(const uke::Receipt& receipt, const uke::LineDays& lines,
                                    const NewQualification& change);
// The file's header record (IR, UK, YK, HM) with the review agency replaced; kUnknown replaces nothing.
std::string RewriteHead(std::string_view head, Agency agency);

}  // namespace furikae::rules
