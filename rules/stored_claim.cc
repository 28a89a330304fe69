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

storage::Digest DigestOf(std::string_view bytes) { return Sha256(bytes); }

absl::StatusOr<const storage::Submission*> Submissions::Of(storage::ClaimKey key) {
  if (last_.sequence != key.submission) {
    absl::StatusOr<storage::Submission> found = store_.GetSubmission(key.submission);
    if (!found.ok() && !absl::IsNotFound(found.status())) return found.status();
    last_ = found.ok() ? *std::move(found) : storage::Submission{};
    last_.sequence = key.submission;
  }
  return last_.complete ? &last_ : nullptr;
}

}  // namespace furikae::rules
