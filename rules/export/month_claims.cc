#include "rules/export/month_claims.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "core/status.h"
#include "rules/derive.h"

namespace furikae::rules {
namespace {

// Claims of an earlier month's submission that got an entry in `month`, ascending.
absl::StatusOr<std::vector<uint32_t>> PostedIn(const storage::Store& store, ServiceMonth month, uint32_t submission) {
  std::vector<uint32_t> receipts;
  RETURN_IF_ERROR(store.ForEachLedgerEntryOf(month, submission, [&](const storage::LedgerEntry& entry) {
    if (entry.claim && (receipts.empty() || receipts.back() != entry.claim->receipt)) {
      receipts.push_back(entry.claim->receipt);
    }
    return absl::OkStatus();
  }));
  return receipts;
}

}  // namespace

std::string MonthSubmission::ClaimId(uint32_t receipt) const { return id_prefix + absl::StrFormat("%06d", receipt); }

absl::StatusOr<MonthClaims> MonthClaims::Of(const storage::Store& store, ServiceMonth month) {
  MonthClaims claims;
  claims.store_ = &store;
  claims.month_ = month;
  RETURN_IF_ERROR(store.ForEachSubmission([&](const storage::Submission& submission) -> absl::Status {
    if (!submission.complete || submission.claim_month > month) return absl::OkStatus();
    MonthSubmission member{submission};
    if (submission.claim_month < month) {
      ASSIGN_OR_RETURN(member.receipts, PostedIn(store, month, submission.sequence));
      if (member.receipts.empty()) return absl::OkStatus();
    }
    member.submission.original.clear();
    member.submission.complaints.clear();
    member.submission.notes.clear();
    member.id_prefix = storage::ClaimIdOf(submission, 0);
    member.id_prefix.resize(member.id_prefix.size() - 6);
    claims.submissions_.push_back(std::move(member));
    return absl::OkStatus();
  }));
  std::sort(claims.submissions_.begin(), claims.submissions_.end(),
            [](const MonthSubmission& a, const MonthSubmission& b) { return a.id_prefix < b.id_prefix; });
  for (uint32_t place = 0; place < claims.submissions_.size(); ++place) {
    claims.place_[claims.submissions_[place].submission.sequence] = place;
  }
  return claims;
}

absl::Status MonthClaims::ForEach(absl::FunctionRef<absl::Status(const MonthClaim&)> visit) const {
  std::vector<uint32_t> sequences;
  sequences.reserve(submissions_.size());
  for (const MonthSubmission& member : submissions_) sequences.push_back(member.submission.sequence);
  uint32_t rank = 0;
  const auto visit_decided = [&](const MonthSubmission& from, const storage::Claim& claim) -> absl::Status {
    if (claim.decision.outcome == Outcome::kUndecided) return absl::OkStatus();
    return visit({from, claim, from.ClaimId(claim.key.receipt), ++rank});
  };
  return store_->ForEachClaimOf(sequences, [&](const storage::Claim& claim) -> absl::Status {
    const MonthSubmission& from = SubmissionOf(claim.key);
    const bool wanted =
        from.receipts.empty() || std::binary_search(from.receipts.begin(), from.receipts.end(), claim.key.receipt);
    if (!wanted) return absl::OkStatus();
    if (!ChangedLater(claim)) return visit_decided(from, claim);
    ASSIGN_OR_RETURN(const storage::Claim as_closed, AsClosed(claim));
    return visit_decided(from, as_closed);
  });
}

absl::StatusOr<storage::Claim> MonthClaims::Get(storage::ClaimKey key) const {
  ASSIGN_OR_RETURN(storage::Claim claim, store_->GetClaim(key));
  if (!ChangedLater(claim)) return claim;
  return AsClosed(claim);
}

absl::StatusOr<storage::Claim> MonthClaims::AsClosed(const storage::Claim& claim) const {
  ASSIGN_OR_RETURN(std::vector<storage::Event> events, store_->EventsOf(claim.key));
  std::erase_if(events, [this](const storage::Event& event) { return event.month > month_; });
  RollupSums unused;
  ASSIGN_OR_RETURN(DerivedClaim derived, DeriveClaim(claim, SubmissionOf(claim.key).submission, events, unused));
  return std::move(derived.claim);
}

}  // namespace furikae::rules
