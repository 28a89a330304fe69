#include "rules/export/month_pools.h"

#include <optional>
#include <set>

#include "core/status.h"
#include "storage/codec.h"

namespace furikae::rules {
namespace {

// Names of the pools for which a later month posted something.
absl::StatusOr<std::set<std::string>> PostedAfter(const storage::Store& store, ServiceMonth month) {
  std::set<std::string> names;
  ASSIGN_OR_RETURN(const std::optional<ServiceMonth> newest, store.NewestLedgerMonth());
  for (ServiceMonth later = month.Plus(1); newest && later <= *newest; later = later.Plus(1)) {
    RETURN_IF_ERROR(store.ForEachLedgerEntryOf(later, std::nullopt, [&](const storage::LedgerEntry& entry) {
      names.insert(entry.pool);
      return absl::OkStatus();
    }));
  }
  return names;
}

}  // namespace

absl::StatusOr<MonthPools> MonthPools::Of(const storage::Store& store, ServiceMonth month) {
  MonthPools pools;
  pools.store_ = &store;
  pools.month_ = month;
  ASSIGN_OR_RETURN(const std::set<std::string> changed, PostedAfter(store, month));
  if (changed.empty()) return pools;
  RETURN_IF_ERROR(store.ForEachEvent([&](const storage::Event& event) -> absl::Status {
    if (event.kind != storage::EventKind::kPoolApportioned || event.month > month) return absl::OkStatus();
    storage::schema::PoolApportioned payload;
    if (!payload.ParseFromString(event.payload)) return absl::DataLossError("an event about a pool cannot be read");
    ASSIGN_OR_RETURN(storage::Pool pool, storage::FromMessage(payload.pool()));
    const std::string name = pool.key.Name();
    if (pool.closed_month == month && changed.contains(name)) pools.as_closed_[name] = std::move(pool);
    return absl::OkStatus();
  }));
  return pools;
}

absl::Status MonthPools::ForEach(absl::FunctionRef<absl::Status(const storage::Pool&)> visit) const {
  return store_->ForEachPool([&](const storage::Pool& pool) {
    if (pool.closed_month != month_) return absl::OkStatus();
    const auto then = as_closed_.find(pool.key.Name());
    return visit(then == as_closed_.end() ? pool : then->second);
  });
}

}  // namespace furikae::rules
