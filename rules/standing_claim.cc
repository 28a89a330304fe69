#include "rules/standing_claim.h"

#include <utility>

#include "core/status.h"
#include "rules/late_decision.h"
#include "rules/people_answer.h"
#include "storage/codec.h"

namespace furikae::rules {
namespace {

using storage::Claim;
using storage::Event;
using storage::EventKind;

absl::StatusOr<std::vector<PeopleRow>> RowsOf(const Event& event) {
  storage::schema::PeopleActed payload;
  if (!payload.ParseFromString(event.payload)) return absl::DataLossError("an event cannot be read");
  std::vector<PeopleRow> rows;
  for (const storage::schema::PeopleRow& row : payload.rows()) {
    ASSIGN_OR_RETURN(rows.emplace_back(), storage::FromMessage(row));
  }
  return rows;
}

absl::StatusOr<Decision> DecideAtClose(const ClaimDecider& decider, Claim claim, const StandingClaim& one,
                                       const RunMoment& run) {
  ASSIGN_OR_RETURN(DecidedClaim decided, decider.Consider(claim, *one.submission, one.receipt, run));
  if (decided.decision.outcome != Outcome::kInReview) return std::move(decided.decision);
  claim.decision = std::move(decided.decision);
  SetOpenWork(run.now, claim);
  if (claim.deferred) return std::move(claim.decision);
  return decider.DecideUnanswered(claim, *one.submission, one.receipt, run);
}

bool Waits(Outcome outcome) { return outcome == Outcome::kPending || outcome == Outcome::kInReview; }

}  // namespace

absl::StatusOr<std::optional<SaidLate>> SaidLateOf(const storage::Store& store, const Claim& claim,
                                                   ServiceMonth month) {
  if (claim.people.empty() || claim.changed_month <= month || !store.ClosedAt(month)) return std::nullopt;
  ASSIGN_OR_RETURN(const std::vector<Event> events, store.EventsOf(claim.key));
  SaidLate late;
  bool spoken = false;
  for (const Event& event : events) {
    if (event.kind != EventKind::kPeopleActed) continue;
    if (event.month > month) {  // nothing is posted in a closed month, and what a later one takes up it leaves out
      late.last = {event.month, event.moment};
      spoken = true;
    } else {
      ASSIGN_OR_RETURN(late.before, RowsOf(event));
    }
  }
  if (!spoken) return std::nullopt;
  return late;
}

absl::StatusOr<Decision> DecideAsItStands(const ClaimDecider& decider, const Rulebook& rulebook,
                                          const StandingClaim& one, const RunMoment& run) {
  Claim claim = one.claim;
  if (one.late) claim.people = one.late->before;
  ASSIGN_OR_RETURN(Decision at_close, DecideAtClose(decider, std::move(claim), one, run));
  if (!one.late || Waits(at_close.outcome)) return at_close;
  if (!AnswerOf(&one.claim.people, one.late->last.now).Chosen() ||
      !CanBeIdentifiedLate(rulebook, one.claim, *one.submission, at_close)) {
    return at_close;
  }
  ASSIGN_OR_RETURN(DecidedClaim decided, decider.Consider(one.claim, *one.submission, one.receipt, one.late->last));
  return StandingLate(std::move(decided.decision), at_close);
}

}  // namespace furikae::rules
