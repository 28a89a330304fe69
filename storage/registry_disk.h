// storage/registry_disk.h — the two families of the registry on disk: what a row is there, and how rows come and are
// read in order.
//
//   RegistryDisk disk{db, person, card};
//   RETURN_IF_ERROR(disk.Write(first, rows));                 // one synced batch
//   ASSIGN_OR_RETURN(std::string stored, disk.StoredRow(7));
//   CardBlocks blocks(disk);                                  // every flat row, in order
//
// Numbers of rows count from 0, without gaps, in the order of arrival. Errors: those of storage/rocksdb_status.h;
// DataLoss for a key that is no row number and for a block that is missing. Thread-safe but for CardBlocks, which is of
// one thread. Source: DESIGN §5; the families and their keys: storage/registry.h.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/db.h"
#include "storage/prepared_row.h"

namespace furikae::storage {

std::string KeyOfRegistryRow(uint64_t row);
absl::StatusOr<RowId> RowOfRegistryKey(rocksdb::Slice key);

// Rows first, first + 1, … as entries of each family, in the order of its keys; stops at the first failure.
using PutEntry = absl::FunctionRef<rocksdb::Status(const rocksdb::Slice& key, const rocksdb::Slice& value)>;
rocksdb::Status ForEachPersonEntry(RowId first, PreparedRows rows, PutEntry put);
rocksdb::Status ForEachCardEntry(RowId first, PreparedRows rows, PutEntry put);

struct RegistryDisk {
  rocksdb::DB* db = nullptr;
  rocksdb::ColumnFamilyHandle* person = nullptr;
  rocksdb::ColumnFamilyHandle* card = nullptr;

  // All of them or none; durable on return.
  absl::Status Write(RowId first, PreparedRows rows) const;
  absl::StatusOr<RowId> CountRows() const;
  // The value of the row, whose bytes CheckedPersonBytes gives.
  absl::StatusOr<std::string> StoredRow(RowId row) const;
  // For reading much of a family in order, past the cache.
  std::unique_ptr<rocksdb::Iterator> Scan(rocksdb::ColumnFamilyHandle* family) const;
};

// The blocks of registry_card in order, checked to follow each other without a gap.
class CardBlocks {
 public:
  explicit CardBlocks(const RegistryDisk& disk) : blocks_(disk.Scan(disk.card)) { blocks_->SeekToFirst(); }
  // The next block's rows; empty at the end.
  absl::StatusOr<std::vector<IndexRow>> Next();

 private:
  std::unique_ptr<rocksdb::Iterator> blocks_;
  uint64_t next_ = 0;  // the row that the next block must begin with
};

}  // namespace furikae::storage
