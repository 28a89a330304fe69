// storage/registry.h — the registry's truth on disk together with its index in memory, kept up with every write.
//
//   RegistryLoad load = registry.StartLoad(digest);   // rows in groups, each atomic with its index entries
//   load.Add(row);  …  RETURN_IF_ERROR(load.Finish());
//
// Column families: registry_person (full rows), registry_card (the index's flat rows, from which it is rebuilt at start without
// touching the full rows). The index is built on first use, so that verbs that need no registry start at once.
// Source: DESIGN §5; decisions.md §1.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/records.h"
#include "storage/registry_index.h"

namespace rocksdb {
class DB;
class ColumnFamilyHandle;
}  // namespace rocksdb

namespace furikae::storage {

class Registry final : public RowSource {
 public:
  Registry(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* person, rocksdb::ColumnFamilyHandle* card);
  ~Registry() override;

  // Adds rows in atomic groups. A row identical to one that is there changes nothing; a different version with the same
  // registered_at is refused (FailedPrecondition naming both). Returns true when the row is new.
  absl::StatusOr<bool> Add(const RegistryRow& row);
  absl::Status Flush();  // writes and syncs what Add has collected; Add flushes by itself every few thousand rows

  absl::StatusOr<const RegistryIndex*> index() const;   // builds it on first use
  absl::StatusOr<RegistryRow> Row(RowId row) const override;
  absl::Status ForEachRow(std::function<absl::Status(RowId, const RegistryRow&)> visit) const;

  // Sum over all rows of the 128-bit hash of each row's bytes: independent of order, so that the load events add up to it.
  absl::StatusOr<std::pair<uint64_t, uint64_t>> ContentSum() const;
  // Compares registry_card (and the index in memory when built) with what registry_person says; names the first difference.
  absl::Status Verify() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace furikae::storage
