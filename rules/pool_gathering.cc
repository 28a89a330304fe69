#include "rules/pool_gathering.h"

#include "core/status.h"

namespace furikae::rules {

using storage::PoolKey;

absl::StatusOr<const PoolKey*> PoolGathering::Add(InstitutionCode institution, const storage::ClaimOutcome& claim) {
  if (claim.outcome != Outcome::kApportioned) return nullptr;
  ASSIGN_OR_RETURN(const Pools::iterator pool, PoolOf({institution, claim.pool_agency, claim.service_month}));
  GatheredPool& gathered = pool->second;
  ++gathered.count;
  gathered.yen += claim.insurer_yen;
  if (keep_ == Keep::kReceipts) gathered.receipts.push_back(claim.key);
  return &pool->first;
}

// `key`: without a late month. The store is asked once per pool.
absl::StatusOr<PoolGathering::Pools::iterator> PoolGathering::PoolOf(PoolKey key) {
  auto found = pools_.find(key);
  if (found != pools_.end()) return found;
  PoolKey late = key;
  late.late_month = closing_month_;
  found = pools_.find(late);
  if (found != pools_.end()) return found;
  const absl::StatusOr<storage::Pool> first = store_.GetPool(key);
  if (!first.ok() && !absl::IsNotFound(first.status())) return first.status();
  return pools_.try_emplace(first.ok() && first->closed_month < closing_month_ ? late : key).first;
}

}  // namespace furikae::rules
