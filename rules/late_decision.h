// rules/late_decision.h — which decision stands once people have spoken about a claim of a closed month.
//
//   if (!AnswerOf(&claim.people, now).Chosen() || !CanBeIdentifiedLate(rulebook, claim, submission, at_close))
//     return at_close;
//   ASSIGN_OR_RETURN(DecidedClaim decided, decider.Decide(claim, submission, receipt, run));
//   return StandingLate(std::move(decided.decision), at_close);
//
// `at_close`: the decision with which it was closed. Thread-safe (no state). Source: decisions.md §8 (late
// identification); the table late_identification.
#pragma once

#include "core/decision.h"
#include "rules/table.h"
#include "storage/records.h"

namespace furikae::rules {

// Whether a claim closed so has somebody left to be found, by the table late_identification; without it none has.
bool CanBeIdentifiedLate(const Rulebook& rulebook, const storage::Claim& claim, const storage::Submission& submission,
                         const Decision& at_close);

// `decided`, which names the person that people chose, where somebody bears the receipt then or it goes back; else what
// was closed stands. Once returned, a receipt is not returned again.
Decision StandingLate(Decision decided, const Decision& at_close);

}  // namespace furikae::rules
