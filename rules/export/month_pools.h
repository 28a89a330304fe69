// rules/export/month_pools.h — the pools that a month closed, as they stood then.
//
//   ASSIGN_OR_RETURN(MonthPools pools, MonthPools::Of(store, month));
//   RETURN_IF_ERROR(pools.ForEach([&](const storage::Pool& pool) { … }));   // by institution, agency, service month
//
// A late identification changes a pool after its month; the change belongs to the later month's ledger, and the closed
// month's files stay as they were. Pools changed later are read from the event log. Errors: those of the store, and
// DataLoss when an event cannot be read. Source: decisions.md §8. Thread-safe once built.
#pragma once

#include <map>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "storage/store.h"

namespace furikae::rules {

class MonthPools {
 public:
  static absl::StatusOr<MonthPools> Of(const storage::Store& store, ServiceMonth month);
  absl::Status ForEach(absl::FunctionRef<absl::Status(const storage::Pool&)> visit) const;

 private:
  const storage::Store* store_ = nullptr;
  ServiceMonth month_;
  std::map<std::string, storage::Pool> as_closed_;  // by name: only pools that changed later
};

}  // namespace furikae::rules
