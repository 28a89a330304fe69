// rules/share.h — the insurer's share of a receipt in yen, and the benefit rate behind it.
//
//   ASSIGN_OR_RETURN(InsurerShare share, InsurerShareOf(receipt, rulebook, lines));
//   share.yen;  share.rate_per_cent;  share.negative;   // negative → R09 with 0 yen
//
// points × 10 × rate / 100 rounded down when the copayment is blank, else points × 10 − copayment; plus meals; home nursing is
// in yen already. Always of the receipt as claimed. Source: decisions.md §7.
#pragma once

#include <vector>

#include "core/money.h"
#include "core/uke/receipt.h"
#include "rules/table.h"

namespace furikae::rules {

struct InsurerShare {
  Yen yen;                // never below 0
  int rate_per_cent = 0;  // of the receipt
  bool negative = false;
  std::vector<TraceRow> trace;
};

InsurerShare InsurerShareOf(const uke::Receipt& receipt, const Rulebook& rulebook);
// `share` divided by the parts' points, each rounded down, the rest to the last part.
std::vector<Yen> ShareByPoints(Yen share, const std::vector<int64_t>& points);

}  // namespace furikae::rules
