// rules/standing_claim.h — a stored claim as it would stand today, had a rule set been in force when its month was
// closed and ever since.
//
//   ASSIGN_OR_RETURN(std::optional<SaidLate> late, SaidLateOf(store, claim, run.month));
//   StandingClaim one{.claim = claim, .submission = submission, .receipt = bytes, .late = late};
//   ASSIGN_OR_RETURN(Decision today, DecideAsItStands(decider, rulebook, one, run));
//
// Decided as of `run.now`, the moment of the close, with the registry of that moment and what people had said by then.
// What is still in review or inquiry gets the outcome that it has without an answer, flag REVIEW_OPEN; a deferred
// review stays IN_REVIEW. On what is closed so, what people have said since acts as a late identification, a late
// return or its undo, as of the moment at which they spoke last; what waits beyond the close goes on waiting. What the
// rule set leaves nobody to be found for stays as it was closed, as the act would have been refused. Never a duplicate
// (R08): no claim is compared with others. DecideAsItStands may be called from several threads. Errors: those of
// rules/claim_decider.h and the store. Source: decisions.md §6 (close), §8 (late identification).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/claim_decider.h"
#include "rules/engine.h"
#include "rules/table.h"
#include "storage/store.h"

namespace furikae::rules {

// What people have said about a claim since its month was closed, beside what they had said before.
struct SaidLate {
  std::vector<PeopleRow> before;  // in the order of `at`, as in Claim::people; the rows after it are those of the claim
  RunMoment last;                 // at which they spoke last, and the month it was posted in
};
// nullopt: nobody has spoken since, or `month` is not closed.
absl::StatusOr<std::optional<SaidLate>> SaidLateOf(const storage::Store& store, const storage::Claim& claim,
                                                   ServiceMonth month);

struct StandingClaim {
  storage::Claim claim;
  std::shared_ptr<const storage::Submission> submission;
  std::string receipt;  // its bytes
  std::optional<SaidLate> late;
};
absl::StatusOr<Decision> DecideAsItStands(const ClaimDecider& decider, const Rulebook& rulebook,
                                          const StandingClaim& one, const RunMoment& run);

}  // namespace furikae::rules
