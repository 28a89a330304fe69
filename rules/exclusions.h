// rules/exclusions.h — what cannot be transferred or split (振替・分割の対象外): E0 … U9.
//
//   Exclusions e = ExamineExclusions(c, bearers);     // sets transfer_allowed and split_allowed
//   if (!e.transfer) …
//   c.decision.flags |= e.FlagsFor(outcome, split_wanted);
//
// Every row that holds stands in the trace, in table order; E2 only where it lifts E1. Lines are read here for the
// first time. Source: decisions.md §4.
#pragma once

#include "rules/receipt_case.h"

namespace furikae::rules {

struct Exclusions {
  bool transfer = true;
  bool split = true;
  uint32_t on_move = 0, on_transfer = 0, on_failed_split = 0;  // flags, set only where that happened

  uint32_t FlagsFor(Outcome outcome, bool split_wanted) const;
};

// `bearers`: whom the receipt would go to (U1 compares their rates). An unidentified receipt ignores some rows, as the
// table says. Grounds and the rows behind them are asked once per decision.
Exclusions ExamineExclusions(ReceiptCase& c, const Bearers& bearers);

}  // namespace furikae::rules
