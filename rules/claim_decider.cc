#include "rules/claim_decider.h"

#include <utility>

#include "core/concat.h"
#include "core/status.h"
#include "rules/people_answer.h"

namespace furikae::rules {
namespace {

using storage::Claim;
using storage::ClaimState;
using storage::Submission;

constexpr int kDuplicate = 8;  // R08

// Flags that tell something about the declaration or the number stay; the others qualify an outcome that did not
// happen.
constexpr uint32_t kFlagsOfAnyOutcome = kDeclarationIncomplete | kSentinelIncomplete;

absl::StatusOr<uke::Receipt> ReadStored(const Claim& claim, const Submission& submission, std::string_view bytes) {
  absl::StatusOr<uke::Receipt> receipt = uke::ReadReceipt(HeadOf(submission), bytes);
  if (receipt.ok()) return receipt;
  return absl::DataLossError(Concat("claim ", storage::ClaimIdOf(submission, claim.key.receipt),
                                    ": the stored receipt cannot be read: ", StdView(receipt.status().message())));
}

}  // namespace

ClaimDecider::ClaimDecider(const storage::Store& store, const Rulebook& rulebook, const storage::RegistryIndex& index)
    : rulebook_(rulebook), decider_(rulebook, index, store.registry(), store.masters()), duplicates_(store) {}

absl::StatusOr<Decision> ClaimDecider::Ask(const uke::Receipt& receipt, const Claim& claim,
                                           const Submission& submission, const RunMoment& run, bool settle_open) const {
  DecideContext context;
  context.claim_month = submission.claim_month;
  context.now = run.now;
  context.closing_month = run.month;
  context.people = &claim.people;
  context.settle_open = settle_open;
  context.paper = submission.paper;
  ASSIGN_OR_RETURN(Decision decision, decider_.Decide(receipt, context));
  decision.moment = run.now;
  return decision;
}

void ClaimDecider::ReturnAsDuplicate(Decision& decision) const {
  decision.outcome = Outcome::kReturned;
  decision.return_reason = kDuplicate;
  decision.confirmation_class = 0;
  decision.flags &= kFlagsOfAnyOutcome;
  decision.parts.clear();
  decision.identification.reset();
  decision.pool_agency = Agency::kUnknown;
  decision.fallback_outcome = Outcome::kUndecided;
  decision.fallback_class = decision.fallback_reason = 0;
  decision.inquiry_needed = false;
  if (const Row* row = rulebook_.FindRow("return_reasons", ReturnReasonName(kDuplicate)); row != nullptr)
    decision.trace.push_back(row->Trace());
}

absl::StatusOr<DecidedClaim> ClaimDecider::Decide(const Claim& claim, const Submission& submission,
                                                  std::string_view bytes, const RunMoment& run) const {
  ASSIGN_OR_RETURN(DecidedClaim decided, Consider(claim, submission, bytes, run));
  RETURN_IF_ERROR(Compare(claim.key, decided));
  return decided;
}

absl::StatusOr<DecidedClaim> ClaimDecider::Consider(const Claim& claim, const Submission& submission,
                                                    std::string_view bytes, const RunMoment& run) const {
  ASSIGN_OR_RETURN(const uke::Receipt receipt, ReadStored(claim, submission, bytes));
  DecidedClaim decided;
  ASSIGN_OR_RETURN(decided.decision, Ask(receipt, claim, submission, run, /*settle_open=*/false));
  const Decision& decision = decided.decision;
  if (!receipt.Has(uke::kSeenHo) || decision.outcome == Outcome::kPassedThrough) return decided;
  decided.fingerprint = FingerprintOf(receipt, decision.days);
  decided.may_be_duplicate = decision.outcome != Outcome::kReturned && receipt.search_number.empty();
  return decided;
}

absl::Status ClaimDecider::Compare(storage::ClaimKey key, DecidedClaim& decided) const {
  if (!decided.may_be_duplicate) return absl::OkStatus();
  ASSIGN_OR_RETURN(const bool duplicate, duplicates_.IsDuplicate(*decided.fingerprint, key));
  if (duplicate) ReturnAsDuplicate(decided.decision);
  return absl::OkStatus();
}

absl::StatusOr<Decision> ClaimDecider::DecideUnanswered(const Claim& claim, const Submission& submission,
                                                        std::string_view bytes, const RunMoment& run) const {
  ASSIGN_OR_RETURN(const uke::Receipt receipt, ReadStored(claim, submission, bytes));
  ASSIGN_OR_RETURN(Decision decision, Ask(receipt, claim, submission, run, /*settle_open=*/true));
  if ((decision.flags & kReviewOpen) != 0)
    decision.inquiry_needed = claim.decision.inquiry_needed;  // somebody still has to ask
  return decision;
}

bool IsDuplicate(const Decision& decision) {
  return decision.outcome == Outcome::kReturned && decision.return_reason == kDuplicate;
}

bool SameDecision(const Decision& a, const Decision& b) {
  if (a.moment == b.moment) return a == b;
  Decision moved = a;
  moved.moment = b.moment;
  return moved == b;
}

bool NeedsDecision(const Claim& claim) {
  if (claim.state == ClaimState::kReceived) return true;
  if (claim.state == ClaimState::kClosed) return false;
  if (!IsSettled(claim.decision.outcome)) return true;
  // What a close that was cut short gave an open review stands until the month is closed or somebody acts.
  return !claim.people.empty() && (claim.decision.flags & kReviewOpen) == 0;
}

void Adopt(Decision decision, const Rulebook& rulebook, const RunMoment& run, Claim& claim) {
  claim.decision = std::move(decision);
  if (claim.state == ClaimState::kReceived) claim.state = ClaimState::kDecided;
  claim.decided_month = run.month;
  claim.rules_digest = rulebook.digest();
  SetOpenWork(run.now, claim);
}

void SetOpenWork(Moment now, Claim& claim) {
  const PeopleAnswer answer = AnswerOf(&claim.people, now);
  claim.review_open = claim.decision.outcome == Outcome::kInReview ||
                      ((claim.decision.flags & kReviewOpen) != 0 && answer.kind != PeopleAnswer::Kind::kRejected);
  claim.inquiry_open =
      claim.review_open &&
      (answer.inquiry_open || (claim.decision.inquiry_needed && answer.kind == PeopleAnswer::Kind::kNone));
  claim.deferred = claim.review_open && answer.deferred;
}

}  // namespace furikae::rules
