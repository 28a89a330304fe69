// rules/pool_gathering.h — receipts to be apportioned, gathered into the pools that the close of a claim month shares.
//
//   PoolGathering gathering(store, month, PoolGathering::Keep::kReceipts);
//   RETURN_IF_ERROR(gathering.Add(submission.institution, claim).status());
//   for (auto& [key, gathered] : gathering.pools()) apportioner.Build(key, gathered.receipts, gathered.yen);
//
// One pool per institution, pool agency and service month. Where an earlier claim month has closed that one,
// the receipts form a pool of their own (PoolKey::late_month), so that a closed pool is never added to. Amounts in yen.
// Errors: those of the store. Not thread-safe. Source: decisions.md §8 (pool).
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "absl/status/statusor.h"
#include "core/money.h"
#include "storage/claim_outcome.h"
#include "storage/store.h"

namespace furikae::rules {

struct GatheredPool {
  int64_t count = 0;                        // of receipts
  Yen yen;                                  // U: what insurers bear of them
  std::vector<storage::ClaimKey> receipts;  // as they were added; none where only sums are kept
};

class PoolGathering {
 public:
  enum class Keep { kSums, kReceipts };
  using Pools = std::map<storage::PoolKey, GatheredPool>;

  PoolGathering(const storage::Store& store, ServiceMonth closing_month, Keep keep)
      : store_(store), closing_month_(closing_month), keep_(keep) {}

  // The pool that it joined, valid as long as this; nullptr when the receipt is not to be apportioned.
  absl::StatusOr<const storage::PoolKey*> Add(InstitutionCode institution, const storage::ClaimOutcome& claim);
  Pools& pools() { return pools_; }

 private:
  absl::StatusOr<Pools::iterator> PoolOf(storage::PoolKey key);

  const storage::Store& store_;
  const ServiceMonth closing_month_;
  const Keep keep_;
  Pools pools_;
};

}  // namespace furikae::rules
