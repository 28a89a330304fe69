#include "rules/stored_claim.h"

#include <utility>

#include "core/sha256.h"
#include "core/status.h"

namespace furikae::rules {

uke::FileHead HeadOf(const storage::Submission& submission) {
  uke::FileHead head;
  head.flavour = submission.flavour;
  head.agency = submission.agency;
  head.institution = submission.institution;
  head.claim_month = submission.written_claim_month;
  head.volume = submission.volume;
  head.bytes = submission.head;
  return head;
}

ClaimFacts FactsOf(const storage::Claim& claim, const storage::Submission& submission) {
  return {claim.key, submission.institution, submission.agency, claim.service_month};
}

absl::StatusOr<Extent> ExtentOf(const storage::Store& store, ServiceMonth month) {
  Extent extent;
  RETURN_IF_ERROR(store.ForEachSubmission([&](const storage::Submission& submission) {
    extent.claims += submission.accepted;
    if (submission.claim_month != month) return absl::OkStatus();
    extent.of_month += submission.accepted;
    if (extent.first_of_month == Extent::kNone) extent.first_of_month = submission.sequence;
    return absl::OkStatus();
  }));
  return extent;
}

storage::Digest DigestOf(std::string_view bytes) { return Sha256(bytes); }

absl::StatusOr<const storage::Submission*> Submissions::Of(storage::ClaimKey key) {
  ASSIGN_OR_RETURN(const auto submission, Shared(key));
  return submission.get();
}

absl::StatusOr<std::shared_ptr<const storage::Submission>> Submissions::Shared(storage::ClaimKey key) {
  if (sequence_ != key.submission) {
    absl::StatusOr<storage::Submission> found = store_.GetSubmission(key.submission);
    if (!found.ok() && !absl::IsNotFound(found.status())) return found.status();
    const bool complete = found.ok() && found->complete;
    last_ = complete ? std::make_shared<const storage::Submission>(*std::move(found)) : nullptr;
    sequence_ = key.submission;
  }
  return last_;
}

}  // namespace furikae::rules
