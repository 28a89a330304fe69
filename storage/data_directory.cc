#include "storage/data_directory.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <string_view>
#include <system_error>

#include "core/concat.h"
#include "core/status.h"
#include "storage/rocksdb_status.h"

namespace furikae::storage {
namespace {

namespace fs = std::filesystem;

absl::Status NoPermission(const std::string& path, std::string_view to) {
  return absl::PermissionDeniedError(
      Concat("no permission to ", to, " the data directory ", path,
             ": give this user the right to read and write it, or name another one with --data-dir"));
}

absl::Status NotADirectory(const std::string& path) {
  return absl::FailedPreconditionError(
      Concat(path, " is not a directory: name a directory for the data with --data-dir"));
}

absl::Status CreateDirectory(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (!error) return absl::OkStatus();
  if (error == std::errc::not_a_directory) return NotADirectory(path);
  if (error == std::errc::permission_denied || error == std::errc::read_only_file_system) {
    return NoPermission(path, "create");
  }
  return absl::FailedPreconditionError(Concat("the data directory ", path, " cannot be created: ", error.message()));
}

// What the files in a directory without CURRENT are.
enum class Leftover { kNothing, kCreation, kData, kForeign };

Leftover Classify(const fs::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  if (name == "lost+found") return Leftover::kNothing;  // of a freshly made file system
  std::error_code error;
  const bool is_file = entry.is_regular_file(error);
  if (!is_file) return Leftover::kForeign;
  if (name == "LOCK" || name == "IDENTITY" || name.starts_with("LOG") || name.ends_with(".dbtmp") ||
      name.starts_with("OPTIONS-") || name == "MANIFEST-000001") {
    return Leftover::kCreation;
  }
  return FileNamedIn(name) == name ? Leftover::kData : Leftover::kForeign;
}

absl::StatusOr<DirectoryState> WithoutCurrent(const std::string& path) {
  std::error_code error;
  std::string foreign;
  bool data = false;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    const Leftover leftover = Classify(*it);
    if (leftover == Leftover::kData) data = true;
    if (leftover == Leftover::kForeign && foreign.empty()) foreign = it->path().filename().string();
  }
  if (error) return NoPermission(path, "read");
  if (data) return Damage(Concat("damaged data directory: ", path, "/CURRENT is missing"));
  if (!foreign.empty()) {
    return absl::FailedPreconditionError(
        Concat("the directory ", path, " is not a data directory of furikae: it holds other files (", foreign,
               "). Name an empty directory, or one that furikae has made, with --data-dir"));
  }
  return DirectoryState::kNew;
}

}  // namespace

std::optional<int> LockHolder(const std::string& path) {
  const int file = open(Concat(path, "/LOCK").c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool asked = fcntl(file, F_GETLK, &lock) == 0;
  close(file);
  if (!asked || lock.l_type == F_UNLCK) return std::nullopt;
  return lock.l_pid;
}

absl::Status HeldBy(const std::string& path, std::optional<int> process) {
  const std::string who = process ? Concat("process ", *process) : std::string("this process");
  return absl::UnavailableError(Concat("the data directory ", path, " is already open in ", who,
                                       ": wait until it ends or stop it, or send the request to it with --server"));
}

absl::StatusOr<std::string> CurrentManifest(const std::string& path, rocksdb::Env* env) {
  const std::string current = Concat(path, "/CURRENT");
  std::string name;
  const rocksdb::Status read = rocksdb::ReadFileToString(env, current, &name);
  if (!read.ok()) return FromRocksDb(read, Concat("reading ", current));
  const bool ends = name.ends_with("\n");
  if (ends) name.pop_back();
  if (!ends || !name.starts_with("MANIFEST-") || FileNamedIn(name) != name) {
    return Damage(Concat("damaged file ", current, ": it does not name a manifest"));
  }
  const std::string manifest = Concat(path, "/", name);
  uint64_t bytes = 0;
  if (!env->GetFileSize(manifest, &bytes).ok()) {
    return Damage(Concat("missing file ", manifest, ", which ", current, " names"));
  }
  if (bytes == 0) return Damage(Concat("damaged file ", manifest, ": it is empty"));
  return manifest;
}

absl::StatusOr<DirectoryState> CheckDataDirectory(const std::string& path, bool create, rocksdb::Env* env) {
  if (path.empty()) return absl::InvalidArgumentError("no data directory was named: say where with --data-dir");
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    if (!create) {
      return absl::NotFoundError(Concat("the data directory ", path, " does not exist: name another one with ",
                                        "--data-dir, or load a month first (furikae run, furikae load)"));
    }
    RETURN_IF_ERROR(CreateDirectory(path));
    return DirectoryState::kNew;
  }
  if (error == std::errc::not_a_directory) return NotADirectory(path);
  if (error) return NoPermission(path, "read");
  if (status.type() != fs::file_type::directory) return NotADirectory(path);
  if (access(path.c_str(), R_OK | W_OK | X_OK) != 0) return NoPermission(path, "read and write");
  if (!env->FileExists(Concat(path, "/CURRENT")).ok()) return WithoutCurrent(path);
  return DirectoryState::kExisting;
}

}  // namespace furikae::storage
