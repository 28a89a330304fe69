// storage/synced_write.h — the one way in which reference data is written: a batch, durable when the call returns.
//
//   RETURN_IF_ERROR(WriteSynced(db, batch, "writing payments"));
//
// Errors: those of FromRocksDb (storage/rocksdb_status.h). Thread-safe, as RocksDB is; the batch belongs to the caller.
// Source: DESIGN §5 (a reply is sent only after its batch is durable).
#pragma once

#include <string>

#include "absl/status/status.h"
#include "rocksdb/db.h"
#include "rocksdb/write_batch.h"
#include "storage/rocksdb_status.h"

namespace furikae::storage {

inline absl::Status WriteSynced(rocksdb::DB* db, rocksdb::WriteBatch& batch, const std::string& doing) {
  rocksdb::WriteOptions options;
  options.sync = true;
  return FromRocksDb(db->Write(options, &batch), doing);
}

}  // namespace furikae::storage
