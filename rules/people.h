// rules/people.h — what people decide about claims: reviews accepted or rejected, inquiries opened and answered, all of
// it undone.
//
//   RETURN_IF_ERROR(ActOnClaim(store, rulebook, row, run));
//
// The row joins the claim's rows in the order of At. A received claim is decided with it at the next Decide, a decided
// one at once. A claim of a closed month becomes a late identification: see rules/late.h. The same row again changes
// nothing. Source: decisions.md §6; files.md people.csv.
#pragma once

#include "absl/status/status.h"
#include "rules/engine.h"

namespace furikae::rules {

absl::Status ActOnClaim(storage::Store& store, const Rulebook& rulebook, const PeopleRow& row, const RunMoment& run);

}  // namespace furikae::rules
