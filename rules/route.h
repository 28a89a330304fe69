// rules/route.h — from origin to outcome: asks the routing tables and performs what the winning row says.
//
//   RETURN_IF_ERROR(Route(c));     // sets outcome, class, reason, flags, parts, fallback
//
// Facts are computed here, the law stands in routing.json, policy.json and exclusions.json. Errors: FailedPrecondition
// when a table has no row for the receipt; those of the row source. Source: decisions.md §3–§6.
#pragma once

#include "absl/status/status.h"
#include "rules/receipt_case.h"

namespace furikae::rules {

absl::Status Route(ReceiptCase& c);

}  // namespace furikae::rules
