#include "rules/late_decision.h"

#include "rules/receipt_facts.h"

namespace furikae::rules {

bool CanBeIdentifiedLate(const Rulebook& rulebook, const storage::Claim& claim, const storage::Submission& submission,
                         const Decision& at_close) {
  const Table* table = rulebook.Find("late_identification");
  if (table == nullptr) return false;
  Facts facts;
  facts.Set(Fact::kClaimMonth, submission.claim_month.index);
  facts.Set(Fact::kServiceMonth, claim.service_month.index);
  facts.Set(Fact::kOutcome, static_cast<int64_t>(at_close.outcome));
  const Row* row = table->First(facts);
  return row != nullptr && row->Number("possible") != 0;
}

Decision StandingLate(Decision decided, const Decision& at_close) {
  switch (decided.outcome) {
    case Outcome::kAsClaimed:
    case Outcome::kBranchCompleted:
    case Outcome::kTransferred:
    case Outcome::kSplit:
    case Outcome::kBilledToClaimed:
      return decided;
    case Outcome::kReturned:  // say, of a person whom the other agency pays for
      return at_close.outcome == Outcome::kReturned ? at_close : decided;
    default:
      return at_close;  // the person chosen does not bear it
  }
}

}  // namespace furikae::rules
