// Performs what the winning row says: outcome, class, reason, parts, flags; and what an open review stands for.
#include "core/concat.h"
#include "core/status.h"
#include "rules/contradiction.h"
#include "rules/parts.h"
#include "rules/router.h"

namespace furikae::rules {
absl::Status Router::Perform(const Row& row) {
  return row.Text("outcome") == OutcomeName(Outcome::kInReview) ? Review(row) : Settle(row);
}

// What nobody answers gets at close the outcome it would have without a match; a reviewer who rejects all gives it now.
absl::Status Router::Review(const Row& row) {
  ASSIGN_OR_RETURN(const Row* without_match, NothingFound());
  if (c_.answer.kind == PeopleAnswer::Kind::kRejected) return Settle(*without_match);
  if (c_.context.settle_open) {
    c_.decision.flags |= kReviewOpen;
    return Settle(*without_match);
  }
  Decision& d = c_.decision;
  d.outcome = Outcome::kInReview;
  d.inquiry_needed = row.Number("inquiry") != 0 || c_.answer.inquiry_open;
  d.fallback_outcome = ParseOutcome(without_match->Text("outcome")).value_or(Outcome::kUndecided);
  d.fallback_class = static_cast<int>(without_match->Number("class"));
  d.fallback_reason = static_cast<int>(without_match->Number("reason"));
  d.flags |= exclusions_.FlagsFor(d.outcome, split_wanted_);
  return absl::OkStatus();
}

absl::Status Router::Settle(const Row& row) {
  const auto outcome = ParseOutcome(row.Text("outcome"));
  if (!outcome)
    return absl::FailedPreconditionError(Concat("table ", row.table, ", row ", row.id, ": names no outcome"));
  Decision& d = c_.decision;
  d.outcome = *outcome;
  d.confirmation_class = static_cast<int>(row.Number("class"));
  d.return_reason = static_cast<int>(row.Number("reason"));
  RETURN_IF_ERROR(SetParts(row));
  if (AgencyForbids()) d.parts.clear();
  d.flags |= exclusions_.FlagsFor(d.outcome, split_wanted_);
  if (c_.corrected && !d.parts.empty()) d.flags |= kCardCorrected;
  return absl::OkStatus();
}

absl::Status Router::SetParts(const Row& row) {
  Decision& d = c_.decision;
  switch (d.outcome) {
    case Outcome::kAsClaimed:
    case Outcome::kBilledToClaimed: {
      const storage::Coverage* corrected =
          c_.corrected ? c_.card.CoverageAt(c_.month().Day(c_.days().Last())) : nullptr;
      if (corrected == nullptr) {
        d.parts.push_back(ClaimedPart(c_));
      } else {
        ASSIGN_OR_RETURN(Part part, RegisteredPart(c_, *corrected));
        d.parts.push_back(std::move(part));
      }
      return absl::OkStatus();
    }
    case Outcome::kBranchCompleted:
      d.parts.push_back(ClaimedPart(c_));
      d.parts.back().card.branch = registered_branch_;
      return absl::OkStatus();
    case Outcome::kTransferred:
    case Outcome::kSplit: {
      if (d.outcome == Outcome::kTransferred ? bearers_.size() != 1 : bearers_.size() < 2) {
        return Contradicts({Contradiction::Cause::kRowMisfits, std::string(row.table), row.id});
      }
      ASSIGN_OR_RETURN(d.parts, MovedParts(c_, bearers_));
      for (const Row* rule : settled_by_) c_.Trace(*rule);
      return absl::OkStatus();
    }
    default:
      return absl::OkStatus();
  }
}

// A receipt that moves to an insurer of the other agency is handed over, or returned where that is the policy.
bool Router::AgencyForbids() {
  Decision& d = c_.decision;
  if (d.outcome != Outcome::kTransferred && d.outcome != Outcome::kSplit) return false;
  const Agency submitted_to = c_.receipt.head.agency;
  const auto crosses = [&](const Part& part) {
    return submitted_to != Agency::kUnknown && part.agency != submitted_to;
  };
  bool crossed = false;
  for (const Part& part : d.parts) crossed = crossed || crosses(part);
  c_.facts.Set(Fact::kAgencyCrossed, crossed);
  const Row* row = c_.Ask(c_.tables.cross_agency);
  if (row == nullptr || row->Text("action") != "RETURN") return false;
  d.outcome = Outcome::kReturned;
  d.confirmation_class = static_cast<int>(row->Number("class"));
  d.return_reason = static_cast<int>(row->Number("reason"));
  return true;
}

}  // namespace furikae::rules
