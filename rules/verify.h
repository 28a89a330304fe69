// rules/verify.h — everything derived once more from the event log and the receipts, compared with what is stored.
//
//   ASSIGN_OR_RETURN(VerifyReport report, VerifyStore(store, progress));   // report.differences empty: all agrees
//
// Checked: files and event chain; submissions, claims, ledger, pools and rollups against the log; the registry's rows
// against their checksums ("registry", names the row) and its load events ("loads", names the load and its rows); and
// the laws 1–6 and 11 of decisions.md §9. The first difference of each kind is named; more of a kind are counted. Reads
// only; needs memory for rollups, pools and institutions, not for claims. Errors: what is no difference but cannot be
// read at all ends the walk, DataLoss for a damaged event or claim. Nobody may write meanwhile. Source: DESIGN §5
// (`furikae verify`), §8; decisions.md §9.
#pragma once

#include "absl/status/statusor.h"
#include "rules/engine.h"

namespace furikae::rules {

absl::StatusOr<VerifyReport> VerifyStore(const storage::Store& store, const Progress& progress);

}  // namespace furikae::rules
