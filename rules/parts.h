// rules/parts.h — the parts of a decision: to whom the receipt is billed, for which days, how much.
//
//   c.decision.parts = {ClaimedPart(c)};                           // as on the receipt
//   ASSIGN_OR_RETURN(c.decision.parts, MovedParts(c, bearers));    // transfer or split
//
// Cards stand as registered where the registry is followed. Yen of several parts are shared by points, the rest to the
// last. Parts stand in the order of their first day. Source: decisions.md §4 (Split, Rewritten receipt), §7.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "rules/receipt_case.h"

namespace furikae::rules {

// The card as on the receipt; all days, points and yen.
Part ClaimedPart(ReceiptCase& c);
// The card as registered, the receipt otherwise unchanged: a corrected card, or one whose branch is filled in.
absl::StatusOr<Part> RegisteredPart(ReceiptCase& c, const storage::Coverage& coverage);
// One part per bearer, rewritten for its coverage. Errors: those of the row source.
absl::StatusOr<std::vector<Part>> MovedParts(ReceiptCase& c, const Bearers& bearers);

}  // namespace furikae::rules
