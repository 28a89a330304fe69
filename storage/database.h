// storage/database.h — opening the RocksDB of a data directory, or refusing it with a message that says what to do.
//
//   ASSIGN_OR_RETURN(Database database, OpenDatabase({.data_dir = "data"}));
//   database.db->Get(rocksdb::ReadOptions(), database.Handle(ColumnFamily::kClaims), key, &value);
//
// Refused, and left untouched:
//   FailedPrecondition  not a directory; holds files that are not ours; of a newer or an unreleased furikae
//   Unavailable         another process holds it
//   PermissionDenied    cannot be created, read or written
//   NotFound            does not exist and is not to be created
//   DataLoss            a file is damaged or missing; the message names it
// Durability: writes go to a write-ahead log whose records are checksummed; after a crash the log is replayed up to the
// last whole record. A log that is missing, too short, or damaged anywhere but at a cut end is refused
// (storage/log_check.h). What else the file system says comes as storage/rocksdb_status.h puts it. A Database is used
// from any thread, as RocksDB is, and moved by one. Source: DESIGN §5, §10 (damage gives a clear error); STYLE (known
// traps: how RocksDB is opened).
#pragma once

#include <array>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "rocksdb/db.h"
#include "storage/column_families.h"
#include "storage/store.h"

namespace furikae::storage {

class Database {
 public:
  Database() = default;
  Database(Database&& other) noexcept;
  Database& operator=(Database&& other) noexcept;
  ~Database();  // closes

  std::unique_ptr<rocksdb::DB> db;
  rocksdb::ColumnFamilyHandle* Handle(ColumnFamily family) const { return handles[Index(family)]; }

  std::array<rocksdb::ColumnFamilyHandle*, kColumnFamilies.size()> handles{};
  rocksdb::ColumnFamilyHandle* default_handle = nullptr;
};

absl::StatusOr<Database> OpenDatabase(const OpenOptions& options);

}  // namespace furikae::storage
