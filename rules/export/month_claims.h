// rules/export/month_claims.h — the claims that belong to a month's files, in the order of their claim ids.
//
//   ASSIGN_OR_RETURN(MonthClaims claims, MonthClaims::Of(store, month));
//   RETURN_IF_ERROR(claims.ForEach([&](const MonthClaim& c) { … c.id … c.claim.decision … }));
//
// To a month belong the decided claims that its run took in, and claims of earlier months for which it posted
// something: pending ones that ended, and late identifications. What a later month changed is told as it was before, so
// that the files of a closed month stay what they are. Submissions are sorted by the claim ids they give, so that a
// walk over their claims needs no sorting and no memory per claim. Claims of a submission that is not wholly stored do
// not exist. Errors: those of the store, and DataLoss when an event cannot be read. Source: files.md (rows sorted as
// bytes), decisions.md §1 (claim_id). Thread-safe once built.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "storage/store.h"

namespace furikae::rules {

// A submission that has claims in the month.
struct MonthSubmission {
  storage::Submission submission;  // without the original bytes, complaints and notes
  std::string id_prefix;           // of its claim ids, up to the receipt number
  std::vector<uint32_t> receipts;  // of an earlier month's submission: which of its claims; empty = all
  std::string ClaimId(uint32_t receipt) const;
};

struct MonthClaim {
  const MonthSubmission& from;
  const storage::Claim& claim;
  std::string id;
  uint32_t rank = 0;  // place in the walk, from 1
};

class MonthClaims {
 public:
  static absl::StatusOr<MonthClaims> Of(const storage::Store& store, ServiceMonth month);
  absl::Status ForEach(absl::FunctionRef<absl::Status(const MonthClaim&)> visit) const;
  absl::StatusOr<storage::Claim> Get(storage::ClaimKey key) const;
  const MonthSubmission& SubmissionOf(storage::ClaimKey key) const { return submissions_[place_.at(key.submission)]; }
  const std::vector<MonthSubmission>& submissions() const { return submissions_; }  // by id_prefix

 private:
  absl::StatusOr<storage::Claim> AsClosed(const storage::Claim& claim) const;
  bool ChangedLater(const storage::Claim& claim) const { return claim.changed_month > month_; }

  const storage::Store* store_ = nullptr;
  ServiceMonth month_;
  std::vector<MonthSubmission> submissions_;
  absl::flat_hash_map<uint32_t, uint32_t> place_;  // sequence → position in submissions_
};

}  // namespace furikae::rules
