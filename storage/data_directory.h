// storage/data_directory.h — is this directory one that we may open? Looked at before RocksDB touches anything.
//
//   ASSIGN_OR_RETURN(DirectoryState state, CheckDataDirectory(path, /*create=*/true, env));
//
// Errors as storage/database.h lists them. Source: DESIGN §5, §10 (damaged or hostile input gives a clear error).
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "rocksdb/env.h"

namespace furikae::storage {

enum class DirectoryState {
  kNew,       // empty, or a creation that was interrupted before there was anything to lose
  kExisting,  // holds a database
};

absl::StatusOr<DirectoryState> CheckDataDirectory(const std::string& path, bool create, rocksdb::Env* env);

// The process that holds the directory's lock, if another one does. Never call it where this process may hold the lock:
// POSIX drops a process's locks on a file as soon as it closes any descriptor of it.
std::optional<int> LockHolder(const std::string& path);
absl::Status HeldBy(const std::string& path, std::optional<int> process);

// The MANIFEST that CURRENT names; DataLoss when CURRENT is malformed or names a file that does not exist.
absl::StatusOr<std::string> CurrentManifest(const std::string& path, rocksdb::Env* env);

}  // namespace furikae::storage
