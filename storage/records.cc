#include "storage/records.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "core/concat.h"

namespace furikae::storage {

std::string DigestPrefix(const Digest& digest) {
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest.data()), 8));
}

std::string ClaimIdOf(const Submission& submission, uint32_t receipt_number) {
  return absl::StrFormat("%s-%d-%s-%s-%06d", submission.institution.ToString(), static_cast<int>(submission.agency),
                         submission.claim_month.ToCompact(), DigestPrefix(submission.digest), receipt_number);
}

std::string PoolKey::Name() const {
  std::string name =
      Concat("pool/", institution.ToString(), "/", static_cast<int>(agency), "/", service_month.ToString());
  if (late_month != ServiceMonth()) absl::StrAppend(&name, "/", late_month.ToString());
  return name;
}

}  // namespace furikae::storage
