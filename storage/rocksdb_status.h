// storage/rocksdb_status.h — what RocksDB reports, as absl::Status that says what to do.
//
//   RETURN_IF_ERROR(FromRocksDb(db->Put(options, family, key, value), "writing an insurer"));
//
// NotFound stays NotFound. Damage → DataLoss; a full disk → ResourceExhausted; any other failure of the file system →
// Internal. RocksDB's texts name files, never values, so nothing personal gets into a message. Thread-safe. Source:
// rocksdb/status.h; DESIGN §10 (damage gives a clear error); STYLE (refuse to start on corruption and name the file).
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "rocksdb/status.h"

namespace furikae::storage {

// `doing` completes "while …": "reading claims".
absl::Status FromRocksDb(const rocksdb::Status& status, std::string_view doing);

// DataLoss: what is wrong, and that only a backup helps.
absl::Status Damage(std::string_view what);

// The first name of a database file in a message ("000012.sst", "MANIFEST-000004", "CURRENT"), or "" when it holds
// none.
std::string FileNamedIn(std::string_view message);

}  // namespace furikae::storage
