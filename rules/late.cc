#include "rules/late.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/concat.h"
#include "core/status.h"
#include "rules/apportion.h"
#include "rules/claim_decider.h"
#include "rules/late_decision.h"
#include "rules/people_answer.h"
#include "storage/codec.h"

namespace furikae::rules {
namespace {

using storage::Claim;
using storage::ClaimKey;
using storage::Event;
using storage::EventKind;
using storage::Pool;
using storage::PoolKey;
using storage::Store;
using storage::Submission;

// The decision with which the claim was closed: the last one before anything came late.
absl::StatusOr<Decision> DecisionAtClose(const Store& store, ClaimKey key) {
  ASSIGN_OR_RETURN(const std::vector<Event> events, store.EventsOf(key));
  std::optional<Decision> last;
  for (const Event& event : events) {
    if (event.kind != EventKind::kDecided) continue;
    storage::schema::Decided payload;
    if (!payload.ParseFromString(event.payload)) return absl::DataLossError("an event cannot be read");
    ASSIGN_OR_RETURN(last, storage::FromMessage(payload.claim().decision()));
  }
  if (!last) return absl::DataLossError("a closed claim has no decision in the event log");
  return *std::move(last);
}

// What people's rows make of the claim now.
absl::StatusOr<Decision> LateDecision(const Store& store, const Rulebook& rulebook, Action action, const Claim& claim,
                                      const Submission& submission, const Decision& at_close, const RunMoment& run) {
  const bool chooses = action == Action::kAccept || action == Action::kConfirm;
  const bool can_be_identified = CanBeIdentifiedLate(rulebook, claim, submission, at_close);
  if (chooses && !can_be_identified) {
    return absl::FailedPreconditionError(Concat("claim ", storage::ClaimIdOf(submission, claim.key.receipt),
                                                " was closed as ", OutcomeName(at_close.outcome),
                                                "; there is nothing left to identify"));
  }
  if (!can_be_identified || !AnswerOf(&claim.people, run.now).Chosen()) return at_close;
  ASSIGN_OR_RETURN(const storage::RegistryIndex* index, store.registry().index());
  ASSIGN_OR_RETURN(const std::string receipt, store.GetReceipt(claim.key));
  ASSIGN_OR_RETURN(DecidedClaim decided, ClaimDecider(store, rulebook, *index).Decide(claim, submission, receipt, run));
  return StandingLate(std::move(decided.decision), at_close);
}

// The pool that the claim was closed in.
absl::StatusOr<Pool> PoolOf(const Store& store, const Claim& claim, const Submission& submission,
                            const Decision& at_close) {
  PoolKey key{submission.institution, at_close.pool_agency, claim.service_month};
  ASSIGN_OR_RETURN(Pool pool, store.GetPool(key));
  if (pool.closed_month == claim.closed_month) return pool;
  key.late_month = claim.closed_month;
  return store.GetPool(key);
}

// Takes the claim's receipt out of its pool, or puts it back.
absl::Status MoveInPool(const Store& store, const Claim& claim, const Submission& submission, const Decision& at_close,
                        bool into, Booking& booking, std::string& name) {
  ASSIGN_OR_RETURN(const Pool before, PoolOf(store, claim, submission, at_close));
  name = before.key.Name();
  std::vector<ClaimKey> receipts = before.receipts;
  const auto place = std::lower_bound(receipts.begin(), receipts.end(), claim.key);
  const bool inside = place != receipts.end() && *place == claim.key;
  if (inside == into) return absl::OkStatus();
  into ? receipts.insert(place, claim.key) : receipts.erase(place);
  Pool after = Reapportion(before, std::move(receipts),
                           into ? before.yen + at_close.insurer_yen : before.yen - at_close.insurer_yen);
  booking.BookPool(&before, after);
  return absl::OkStatus();
}

}  // namespace

absl::Status BookLate(const Store& store, const Rulebook& rulebook, Action action, const Claim& stored, Claim& claim,
                      const Submission& submission, const RunMoment& run, Booking& booking) {
  ASSIGN_OR_RETURN(const Decision at_close, DecisionAtClose(store, claim.key));
  ASSIGN_OR_RETURN(Decision after, LateDecision(store, rulebook, action, claim, submission, at_close, run));
  if (SameDecision(after, stored.decision)) return absl::OkStatus();
  const bool undone = SameDecision(after, at_close);
  claim.decision = undone ? at_close : std::move(after);
  if (!undone) claim.rules_digest = rulebook.digest();
  SetOpenWork(run.now, claim);
  RETURN_IF_ERROR(booking.Book(submission, stored.decision, claim));
  std::string pool;
  const bool was_pooled = stored.decision.outcome == Outcome::kApportioned,
             is_pooled = claim.decision.outcome == Outcome::kApportioned;
  if (was_pooled != is_pooled)
    RETURN_IF_ERROR(MoveInPool(store, claim, submission, at_close, is_pooled, booking, pool));
  booking.PutLate(claim, undone, pool);
  return absl::OkStatus();
}

}  // namespace furikae::rules
