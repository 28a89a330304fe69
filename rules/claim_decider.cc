#include "rules/claim_decider.h"

#include <utility>

#include "core/concat.h"
#include "core/status.h"
#include "rules/people_answer.h"
#include "rules/receipt_facts.h"

namespace furikae::rules {
namespace {

using storage::Claim;
using storage::ClaimState;
using storage::Submission;

constexpr std::string_view kDuplicateTable = "duplicate";

// Flags that tell something about the declaration or the number stay; the others qualify an outcome that did not
// happen.
constexpr uint32_t kFlagsOfAnyOutcome = kDeclarationIncomplete | kSentinelIncomplete;

absl::StatusOr<uke::Receipt> ReadStored(const Claim& claim, const Submission& submission, std::string_view bytes) {
  absl::StatusOr<uke::Receipt> receipt = uke::ReadReceipt(HeadOf(submission), bytes);
  if (receipt.ok()) return receipt;
  return absl::DataLossError(Concat("claim ", storage::ClaimIdOf(submission, claim.key.receipt),
                                    ": the stored receipt cannot be read: ", StdView(receipt.status().message())));
}

void ReturnAsDuplicate(const Row& row, Decision& decision) {
  decision.outcome = ParseOutcome(row.Text("outcome")).value_or(Outcome::kReturned);
  decision.return_reason = static_cast<int>(row.Number("reason"));
  decision.confirmation_class = static_cast<int>(row.Number("class"));
  decision.flags &= kFlagsOfAnyOutcome;
  decision.parts.clear();
  decision.identification.reset();
  decision.pool_agency = Agency::kUnknown;
  decision.fallback_outcome = Outcome::kUndecided;
  decision.fallback_class = decision.fallback_reason = 0;
  decision.inquiry_needed = false;
  decision.trace.push_back(row.Trace());
}

}  // namespace

ClaimDecider::ClaimDecider(const storage::Store& store, const Rulebook& rulebook, const storage::RegistryIndex& index)
    : decider_(rulebook, index, store.registry(), store.masters()),
      duplicate_(rulebook.Find(kDuplicateTable)),
      duplicates_(store) {}

absl::StatusOr<Decision> ClaimDecider::Ask(Patient& patient, const Claim& claim, const Submission& submission,
                                           const RunMoment& run, bool settle_open) const {
  DecideContext context;
  context.claim_month = submission.claim_month;
  context.now = run.now;
  context.closing_month = run.month;
  context.people = &claim.people;
  context.settle_open = settle_open;
  context.paper = submission.paper;
  ASSIGN_OR_RETURN(Decision decision, decider_.Decide(patient, context));
  decision.moment = run.now;
  return decision;
}

absl::StatusOr<DecidedClaim> ClaimDecider::Decide(const Claim& claim, const Submission& submission,
                                                  std::string_view bytes, const RunMoment& run) const {
  ASSIGN_OR_RETURN(DecidedClaim decided, Consider(claim, submission, bytes, run));
  RETURN_IF_ERROR(Compare(claim, submission, decided));
  return decided;
}

absl::StatusOr<DecidedClaim> ClaimDecider::Consider(const Claim& claim, const Submission& submission,
                                                    std::string_view bytes, const RunMoment& run) const {
  ASSIGN_OR_RETURN(const uke::Receipt receipt, ReadStored(claim, submission, bytes));
  Patient patient(receipt);
  DecidedClaim decided;
  ASSIGN_OR_RETURN(decided.decision, Ask(patient, claim, submission, run, /*settle_open=*/false));
  if (!receipt.Has(uke::kSeenHo) || decided.decision.outcome == Outcome::kPassedThrough) return decided;
  decided.fingerprint = FingerprintOf(patient, decided.decision.days);
  decided.has_search_number = !receipt.search_number.empty();
  return decided;
}

absl::Status ClaimDecider::Compare(const Claim& claim, const Submission& submission, DecidedClaim& decided) const {
  if (!decided.fingerprint) return absl::OkStatus();
  if (duplicate_ == nullptr) return absl::FailedPreconditionError("the rule set lacks the table duplicate");
  ASSIGN_OR_RETURN(const Earlier earlier, duplicates_.Find(*decided.fingerprint, claim.key));
  Facts facts;
  facts.Set(Fact::kClaimMonth, submission.claim_month.index);
  facts.Set(Fact::kServiceMonth, claim.service_month.index);
  facts.Set(Fact::kOutcome, static_cast<int64_t>(decided.decision.outcome));
  facts.Set(Fact::kHasSearchNumber, decided.has_search_number);
  facts.Set(Fact::kEarlierSame, static_cast<int64_t>(earlier));
  if (const Row* row = duplicate_->First(facts)) ReturnAsDuplicate(*row, decided.decision);
  return absl::OkStatus();
}

absl::StatusOr<Decision> ClaimDecider::DecideUnanswered(const Claim& claim, const Submission& submission,
                                                        std::string_view bytes, const RunMoment& run) const {
  ASSIGN_OR_RETURN(const uke::Receipt receipt, ReadStored(claim, submission, bytes));
  Patient patient(receipt);
  ASSIGN_OR_RETURN(Decision decision, Ask(patient, claim, submission, run, /*settle_open=*/true));
  if ((decision.flags & kReviewOpen) != 0)
    decision.inquiry_needed = claim.decision.inquiry_needed;  // somebody still has to ask
  return decision;
}

bool IsDuplicate(const Decision& decision) {
  return !decision.trace.empty() && decision.trace.back().table == kDuplicateTable;
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
