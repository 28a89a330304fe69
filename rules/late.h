// rules/late.h — a claim of a closed month is identified after all (or that is taken back): adjustments in the open
// month.
//
//   RETURN_IF_ERROR(BookLate(store, rulebook, stored, claim, submission, run, booking));
//
// ACCEPT and CONFIRM decide the claim anew; the insurer found is billed in full, and the pool the receipt was in is
// shared anew without it, by the weights it was closed with. REJECT, DENY and UNDO bring back the decision of the close
// and with it every share. Only differences are posted. Source: decisions.md §8 (late identification), §9.12.
#pragma once

#include "absl/status/status.h"
#include "rules/booking.h"
#include "rules/engine.h"

namespace furikae::rules {

// `claim` is `stored` with a new row of people, an `action`; it gets the decision that follows from all its rows.
// FailedPrecondition when the action chooses somebody and the outcome at close leaves nothing to identify, or when its
// month is only half closed.
absl::Status BookLate(const storage::Store& store, const Rulebook& rulebook, Action action,
                      const storage::Claim& stored, storage::Claim& claim, const storage::Submission& submission,
                      const RunMoment& run, Booking& booking);

}  // namespace furikae::rules
