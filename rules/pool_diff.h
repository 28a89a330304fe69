// rules/pool_diff.h — the pools of one claim month under two rule sets, shared and compared: a part of
// rules/rule_diff.h.
//
//   PoolsOfSet before(store, first_set, month), after(store, second_set, month);
//   ASSIGN_OR_RETURN(const storage::PoolKey* pool, before.gathering().Add(institution, claim));  // and so on
//   ASSIGN_OR_RETURN(PoolOfSet old_pool, before.Share(key));
//   ASSIGN_OR_RETURN(PoolOfSet new_pool, after.Share(key));
//   MovedPool moved = ComparePools(key, old_pool, new_pool);
//
// Of a pool only sums are kept. Amounts in yen. Errors: those of rules/apportion.h and the store. Not thread-safe.
// Source: decisions.md §8, §9.6 (accounts).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/apportion.h"
#include "rules/pool_gathering.h"
#include "rules/rule_diff.h"
#include "rules/table.h"
#include "storage/store.h"

namespace furikae::rules {

// What stands on each account, debits positive.
using Balances = std::map<std::string, Yen>;

// What `entries` together leave on each account. What waits in a clearing account goes by the name of `pool`; empty:
// nothing waits there.
Balances BalancesOf(const std::vector<storage::LedgerEntry>& entries, std::string_view pool);

struct PoolOfSet {
  SharedPool shared;
  Balances balances;  // as its posting leaves them
};

// The pools of one rule set, as the close of `month` would gather and share them. Receipts that a late identification
// took out are not to be added: what a pool shares after it is what it would have shared without them.
class PoolsOfSet {
 public:
  PoolsOfSet(const storage::Store& store, const Rulebook& rulebook, ServiceMonth month)
      : masters_(store.masters()),
        rulebook_(rulebook),
        month_(month),
        gathering_(store, month, PoolGathering::Keep::kSums),
        apportioner_(store.payments(), store.masters(), rulebook, month) {}

  PoolGathering& gathering() { return gathering_; }
  // Without receipts, rung and balances when none was gathered.
  absl::StatusOr<PoolOfSet> Share(const storage::PoolKey& key);
  // Rows of the table insurer_agency that say whose pools the insurers of these shares take part in: where the masters
  // do not. In the order of the shares, each once.
  std::vector<std::string> AgencyRowsOf(const std::vector<ShareMoved>& shares) const;

 private:
  const storage::Masters& masters_;
  const Rulebook& rulebook_;
  const ServiceMonth month_;
  PoolGathering gathering_;
  Apportioner apportioner_;
};

// Without rows.
MovedPool ComparePools(const storage::PoolKey& key, const PoolOfSet& before, const PoolOfSet& after);
// Whether anything differs.
bool Moves(const MovedPool& pool);

}  // namespace furikae::rules
