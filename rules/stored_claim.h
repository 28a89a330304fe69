// rules/stored_claim.h — a stored claim together with its submission, as deciding and accounting want to see it.
//
//   Submissions submissions(store);
//   ASSIGN_OR_RETURN(const storage::Submission* submission, submissions.Of(claim.key));   // nullptr: not wholly stored
//   ASSIGN_OR_RETURN(uke::Receipt receipt, uke::ReadReceipt(HeadOf(*submission), bytes));
//
// Claims of a submission that is not complete (a crash in the middle of taking it in) do not exist for any step but
// taking the same file in again. One Submissions per thread. Errors: those of the store. Source: decisions.md §1;
// DESIGN §5.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/uke/receipt.h"
#include "rules/accounting.h"
#include "storage/store.h"

namespace furikae::rules {

// The file head that `submission` keeps; views point into it.
uke::FileHead HeadOf(const storage::Submission& submission);
ClaimFacts FactsOf(const storage::Claim& claim, const storage::Submission& submission);

// What a walk over the claims has to expect: how many there are, how many of the claim month, and with which submission
// those begin.
struct Extent {
  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
  int64_t claims = 0, of_month = 0;
  uint32_t first_of_month = kNone;
};
absl::StatusOr<Extent> ExtentOf(const storage::Store& store, ServiceMonth month);

// SHA-256.
storage::Digest DigestOf(std::string_view bytes);

// The last submission asked for is kept, because claims come in arrival order.
class Submissions {
 public:
  explicit Submissions(const storage::Store& store) : store_(store) {}
  absl::StatusOr<const storage::Submission*> Of(storage::ClaimKey key);
  // The same, for who holds it beyond the next call.
  absl::StatusOr<std::shared_ptr<const storage::Submission>> Shared(storage::ClaimKey key);

 private:
  const storage::Store& store_;
  uint32_t sequence_ = 0;  // 0: none yet
  std::shared_ptr<const storage::Submission> last_;
};

}  // namespace furikae::rules
