// rules/people.h — what people decide about claims: reviews accepted or rejected, inquiries opened and answered, all of
// it undone.
//
//   RETURN_IF_ERROR(ActOnClaim(store, rulebook, row, run));
//
// The row joins the claim's rows in the order of At. A received claim is decided with it at the next Decide, a decided
// one at once. A claim of a closed month becomes a late identification: see rules/late.h. The same row again changes
// nothing: see Again. A row of a file is kept also where it changes nothing; what is returned says why then, and is
// empty otherwise. Source: decisions.md §6; files.md people.csv.
//
// FailedPrecondition, and nothing is stored: an act of its own on a claim that is decided and waits for nobody would
// change nothing of that (an inquiry about a valid qualification, say); its UNDO finds nothing to undo; see also
// rules/late.h.
// InvalidArgument: the row itself is incomplete or lies after `run.now`. NotFound: no such claim; ACCEPT or CONFIRM of
// somebody whom the registry does not know.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "rules/engine.h"

namespace furikae::rules {

absl::StatusOr<std::string> ActOnClaim(storage::Store& store, const Rulebook& rulebook, const PeopleRow& row,
                                       const RunMoment& run, Again again);

}  // namespace furikae::rules
