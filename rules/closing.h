// rules/closing.h — closing a claim month: open reviews get the outcome of an unanswered one, pools are shared, the
// month is sealed.
//
//   ASSIGN_OR_RETURN(CloseReport report, CloseMonth(store, rulebook, run, progress));
//
// A review or inquiry that nobody answered gets the outcome it would have without a match, flag REVIEW_OPEN, and stays
// open as work; a deferred one keeps waiting, like PENDING claims. Receipts to be apportioned form one pool per
// institution, pool agency and service month; those that arrive after such a pool was closed form a pool of their own
// (PoolKey::late_month), so that a closed pool is never added to. The month counts as closed with its last group; cut
// short before that, closing again goes on. Amounts are in yen. Errors: FailedPrecondition while a receipt of the month
// is not decided, and for a month without receipts that lies beyond the next one (rules/stored_months.h); Internal when
// the rules leave a review without an outcome; else those of rules/claim_decider.h, rules/apportion.h and the store.
// Source: decisions.md §6 (close), §8.
#pragma once

#include "absl/status/statusor.h"
#include "rules/engine.h"

namespace furikae::rules {

absl::StatusOr<CloseReport> CloseMonth(storage::Store& store, const Rulebook& rulebook, const RunMoment& run,
                                       const Progress& progress);

}  // namespace furikae::rules
