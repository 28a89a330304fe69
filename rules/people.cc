#include "rules/people.h"

#include <algorithm>
#include <utility>

#include "core/concat.h"
#include "core/status.h"
#include "rules/booking.h"
#include "rules/claim_decider.h"
#include "rules/deciding.h"
#include "rules/late.h"
#include "rules/open_month.h"

namespace furikae::rules {
namespace {

using storage::Claim;
using storage::ClaimState;
using storage::Store;
using storage::Submission;

absl::Status CheckRow(const PeopleRow& row, Moment now) {
  if (row.action == Action::kUnknown)
    return absl::InvalidArgumentError("the action is none of ACCEPT REJECT INQUIRE CONFIRM DENY UNDO DEFER");
  if (row.action == Action::kAccept && row.subject_id.empty())
    return absl::InvalidArgumentError("ACCEPT needs the SubjectId of the person accepted");
  if (row.action == Action::kConfirm && row.subject_id.empty() && row.insurer.value == 0) {
    return absl::InvalidArgumentError("CONFIRM needs the insurer that confirms, or the SubjectId");
  }
  if (row.at > now) {
    return absl::InvalidArgumentError(
        Concat("At ", row.at.ToString(), " lies after the moment of this run, ", now.ToString()));
  }
  return absl::OkStatus();
}

// Something before it that an UNDO can take back.
bool SomethingToUndo(const std::vector<PeopleRow>& people, Moment at) {
  int open = 0;
  for (const PeopleRow& row : people) {
    if (row.at > at) continue;
    open = row.action == Action::kUndo ? std::max(0, open - 1) : open + 1;
  }
  return open > 0;
}

// An act on a decided claim is one when the claim waits for people, or when it changes what was decided or what waits.
// A row that others by people have overtaken is history that comes late; it counts where it stands.
bool Acts(const PeopleRow& row, const Claim& stored, const Claim& claim) {
  const bool waits = stored.review_open || stored.inquiry_open;
  const bool overtaken = !stored.people.empty() && stored.people.back().at > row.at;
  return waits || overtaken || !SameDecision(claim.decision, stored.decision) ||
         claim.review_open != stored.review_open || claim.inquiry_open != stored.inquiry_open ||
         claim.deferred != stored.deferred;
}

// Why the row changes nothing; empty when it does.
std::string WhyNothing(const PeopleRow& row, const Claim& stored, const Claim& claim) {
  const bool undoable = SomethingToUndo(stored.people, row.at);
  if (row.action == Action::kUndo) return undoable ? "" : Concat("claim ", row.claim_id, ": there is nothing to undo");
  const bool closed = stored.state == ClaimState::kClosed;
  if ((!closed && stored.state != ClaimState::kDecided) || Acts(row, stored, claim)) return "";
  return Concat("claim ", row.claim_id, " was ", closed ? "closed" : "decided", " as ",
                OutcomeName(stored.decision.outcome), " and waits for nobody, so ", ActionName(row.action),
                " would change nothing. `furikae review list` and `furikae inquiry list` show the claims that wait",
                undoable ? "; `furikae review undo` takes back what was decided last about this one" : "");
}

// False when the claim has this act already.
bool Insert(const PeopleRow& row, Again again, std::vector<PeopleRow>& people) {
  PeopleRow kept = row;
  kept.claim_id.clear();
  const auto place = std::upper_bound(people.begin(), people.end(), kept,
                                      [](const PeopleRow& a, const PeopleRow& b) { return a.at < b.at; });
  const auto alike = static_cast<size_t>(std::count(people.begin(), place, kept));
  const bool just_done = place != people.begin() && *std::prev(place) == kept && kept.action != Action::kUndo;
  if (again.nth ? alike >= *again.nth : just_done) return false;
  people.insert(place, std::move(kept));
  return true;
}

// Who is chosen has to be registered; an insurer may confirm a person whom it has not registered yet.
absl::Status CheckPerson(const Store& store, const PeopleRow& row) {
  const bool chosen = row.action == Action::kAccept || (row.action == Action::kConfirm && row.insurer.value == 0);
  if (!chosen) return absl::OkStatus();
  ASSIGN_OR_RETURN(const storage::RegistryIndex* index, store.registry().index());
  if (index->PersonOf(row.subject_id)) return absl::OkStatus();
  return absl::NotFoundError(Concat("claim ", row.claim_id, ": the registry knows no person of this SubjectId, so ",
                                    ActionName(row.action), " would choose nobody. `furikae review show ", row.claim_id,
                                    "` lists the candidates; who was registered since is known once the registry is "
                                    "loaded"));
}

absl::Status DecideAnew(const Store& store, const Rulebook& rulebook, const Claim& stored, Claim& claim,
                        const Submission& submission, const RunMoment& run, Booking& booking) {
  ASSIGN_OR_RETURN(const storage::RegistryIndex* index, store.registry().index());
  ASSIGN_OR_RETURN(const std::string receipt, store.GetReceipt(claim.key));
  ASSIGN_OR_RETURN(DecidedClaim decided, ClaimDecider(store, rulebook, *index).Decide(claim, submission, receipt, run));
  if (SameDecision(decided.decision, stored.decision)) {
    SetOpenWork(run.now, claim);
    return absl::OkStatus();
  }
  Adopt(std::move(decided.decision), rulebook, run, claim);
  RETURN_IF_ERROR(booking.Book(submission, stored.decision, claim));
  booking.PutDecided(claim);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ActOnClaim(Store& store, const Rulebook& rulebook, const PeopleRow& row,
                                       const RunMoment& run, Again again) {
  RETURN_IF_ERROR(CheckRow(row, run.now));
  ASSIGN_OR_RETURN(const storage::ClaimKey key, store.ParseClaimId(row.claim_id));
  ASSIGN_OR_RETURN(const Claim stored, store.GetClaim(key));
  ASSIGN_OR_RETURN(const Submission submission, store.GetSubmission(key.submission));
  if (!submission.complete)
    return absl::NotFoundError(Concat("claim ", row.claim_id, ": its file is not wholly stored; submit it again"));
  Claim claim = stored;
  if (!Insert(row, again, claim.people)) return std::string();
  RETURN_IF_ERROR(CheckPerson(store, row));
  // Never behind what was posted for the claim already: its entries stand in the order of their months.
  const RunMoment open{OpenMonth(store, std::max({run.month, submission.claim_month, stored.changed_month})), run.now};
  RETURN_IF_ERROR(KeepRuleSet(store, rulebook));
  Booking booking(open.month, open.now);
  SetOpenWork(run.now, claim);
  booking.PutPeopleActed(claim);
  if (stored.state == ClaimState::kDecided) {
    RETURN_IF_ERROR(DecideAnew(store, rulebook, stored, claim, submission, open, booking));
  } else if (stored.state == ClaimState::kClosed) {
    RETURN_IF_ERROR(BookLate(store, rulebook, row.action, stored, claim, submission, open, booking));
  }
  std::string nothing = WhyNothing(row, stored, claim);
  if (!nothing.empty() && !again.history) return absl::FailedPreconditionError(nothing);
  RETURN_IF_ERROR(store.Commit(booking.Take()));
  return nothing;
}

}  // namespace furikae::rules
