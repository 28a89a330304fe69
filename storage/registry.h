// storage/registry.h — the registry's truth on disk together with its index in memory, kept up with every write.
//
//   ASSIGN_OR_RETURN(bool is_new, registry.Add(row));  …
//   RETURN_IF_ERROR(registry.Flush());                              // durable, and in the index
//   ASSIGN_OR_RETURN(const RegistryIndex* index, registry.index());
//   for (const Coverage& c : index->CardHolders(key, now))
//     ASSIGN_OR_RETURN(RegistryRow row, registry.Row(c.row)); …
//
// On disk, numbers big-endian in keys:
//   registry_person   row:4                → a checksum and schema.RegistryRow, storage/registry_person_row.h; in the
//                                            order of arrival, without gaps
//   registry_card     first row of block:4 → the index's flat rows, storage/registry_card_block.h
// A group of rows goes to both families in one synced batch, or in tables that are taken in together, and then into the
// index, so the index never shows a row that is not durable, and shows every row once Flush or AddChecked has returned.
// The index is built on first use, from registry_card alone, so that verbs that need no registry start at once. One
// writer at a time (others wait) beside any number of readers. Errors: DataLoss naming the row whenever a row is read
// whose bytes are not those that were written. Source: DESIGN §5; decisions.md §1.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/prepared_row.h"
#include "storage/records.h"
#include "storage/registry_index.h"

namespace rocksdb {
class DB;
class ColumnFamilyHandle;
}  // namespace rocksdb

namespace furikae::storage {

struct RegistryDisk;   // storage/registry_disk.h
class RegistryTables;  // storage/registry_tables.h

inline constexpr size_t kRegistryRowsPerGroup = 10'000;

class Registry final : public RowSource {
 public:
  Registry(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* person, rocksdb::ColumnFamilyHandle* card);
  ~Registry() override;

  // Adds rows in atomic groups. A row identical to one that is there changes nothing; a different version with the same
  // registered_at is refused (FailedPrecondition naming both); one that the index cannot hold is InvalidArgument.
  // Returns true when the row is new. After a failed write every further call returns that failure.
  absl::StatusOr<bool> Add(const RegistryRow& row);
  absl::Status Flush();  // writes and syncs what Add has collected; Add flushes by itself every few thousand rows

  // The row there, written or collected, that is a version of the same coverage with the same registered_at.
  struct Version {
    RowId row;
    bool identical;
  };
  absl::StatusOr<std::optional<Version>> SameMoment(const PreparedRow& row) const;
  // Adds rows for which SameMoment finds nothing, no two of which are versions of one coverage and moment: all or none
  // of them; durable and in the index on return. `first` is the number of rows at the time of that check. Nothing is
  // added where there are more by now (Aborted), or where the index cannot hold so many (ResourceExhausted). Where
  // `tables` has the rows, finished, they come from there; for many rows: RegistryAddition.
  absl::Status AddChecked(RowId first, PreparedRows rows, RegistryTables* tables = nullptr);
  const RegistryDisk& disk() const;

  absl::StatusOr<const RegistryIndex*> index() const;  // builds it on first use
  absl::StatusOr<RegistryRow> Row(RowId row) const override;
  absl::Status ForEachRow(std::function<absl::Status(RowId, const RegistryRow&)> visit) const;

  // Sum over the rows first … end - 1, as far as they are there, of the 128-bit hash of each row's bytes as they lie
  // there, damaged ones too: independent of order, so that what the load events tell adds up to it.
  absl::StatusOr<std::pair<uint64_t, uint64_t>> ContentSum(uint64_t first = 0, uint64_t end = kNoRowFrom) const;
  // Looks at every row's checksum and compares registry_card (and the index in memory when built) with what
  // registry_person says; names the first difference by row number and kind (DataLoss).
  absl::Status Verify() const;

  static constexpr uint64_t kNoRowFrom = uint64_t{1} << 32;  // behind the last row that can be

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace furikae::storage
