#include "rules/decide.h"

#include "core/status.h"
#include "rules/classify.h"
#include "rules/decision_tables.h"
#include "rules/receipt_case.h"
#include "rules/route.h"
#include "rules/share.h"

namespace furikae::rules {
namespace {

void SetShare(ReceiptCase& c) {
  InsurerShare share = InsurerShareOf(c.receipt, c.context.claim_month, c.rulebook, c.context.assumed, c.context.asked);
  c.decision.insurer_yen = share.yen;
  c.rate_per_cent = share.rate_per_cent;
  c.facts.Set(Fact::kShareNegative, share.negative);
  for (TraceRow& row : share.trace) c.decision.trace.push_back(std::move(row));
}

// 資格喪失日 of the card, for the qualification result notice.
void SetClaimedDisqualified(ReceiptCase& c) {
  if (c.card.holder != CardHolder::kPatient || c.days().Empty()) return;
  const storage::Coverage* coverage = c.card.CoverageAt(c.month().Day(c.days().Last()));
  if (coverage != nullptr) c.decision.claimed_disqualified = coverage->disqualified;
}

}  // namespace

Decider::Decider(const Rulebook& rulebook, const storage::RegistryIndex& registry, const storage::RowSource& rows,
                 const storage::Masters& masters)
    : rulebook_(rulebook),
      registry_(registry),
      rows_(rows),
      masters_(masters),
      tables_(std::make_shared<const DecisionTables>(rulebook)) {}

absl::StatusOr<Decision> Decider::Decide(const uke::Receipt& receipt, const DecideContext& context) const {
  Patient patient(receipt);
  return Decide(patient, context);
}

absl::StatusOr<Decision> Decider::Decide(Patient& patient, const DecideContext& context) const {
  if (!tables_->missing.empty())
    return absl::FailedPreconditionError("the rule set lacks the table " + tables_->missing);
  ReceiptCase c(rulebook_, *tables_, registry_, rows_, masters_, patient, context);
  Classify(c);
  if (c.decision.outcome != Outcome::kUndecided) return std::move(c.decision);  // out of scope
  SetShare(c);
  RETURN_IF_ERROR(Route(c));
  SetClaimedDisqualified(c);
  return std::move(c.decision);
}

}  // namespace furikae::rules
