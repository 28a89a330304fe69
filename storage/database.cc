#include "storage/database.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "core/concat.h"
#include "core/status.h"
#include "rocksdb/cache.h"
#include "storage/data_directory.h"
#include "storage/keys.h"
#include "storage/log_check.h"
#include "storage/rocksdb_status.h"

namespace furikae::storage {
namespace {

constexpr size_t kBlockCacheBytes = 128 << 20;
// Families that change seldom would otherwise keep every log since their last flush alive, to be replayed at the next
// start.
constexpr size_t kLogBytesPerWriteBuffer = 8;

rocksdb::Env* EnvOf(const OpenOptions& options) {
  return options.env == nullptr ? rocksdb::Env::Default() : options.env;
}

rocksdb::DBOptions DatabaseOptions(const OpenOptions& options) {
  rocksdb::DBOptions result;
  result.env = EnvOf(options);
  result.create_if_missing = options.create_if_missing;
  result.create_missing_column_families = true;
  result.paranoid_checks = true;
  result.track_and_verify_wals_in_manifest = true;
  result.wal_recovery_mode =
      rocksdb::WALRecoveryMode::kPointInTimeRecovery;  // of logs that CheckLogs found whole or cut
  result.max_total_wal_size = kLogBytesPerWriteBuffer * options.write_buffer_bytes;
  result.bytes_per_sync = 1 << 20;
  result.stats_dump_period_sec = 0;
  result.stats_persist_period_sec = 0;
  result.keep_log_file_num = 4;
  result.max_log_file_size = 8 << 20;
  return result;
}

bool IsOurs(const std::string& name) {
  return name == rocksdb::kDefaultColumnFamilyName ||
         std::any_of(kColumnFamilies.begin(), kColumnFamilies.end(),
                     [&](const ColumnFamilyInfo& info) { return info.name == name; });
}

absl::Status NotOurs(const std::string& path) {
  return absl::FailedPreconditionError(
      Concat("the directory ", path, " holds a RocksDB database of another program. Name an empty directory, or ",
             "one that furikae has made, with --data-dir"));
}

absl::Status CheckVersion(const std::string& path, const std::string& stored) {
  int version = 0;
  if (!absl::SimpleAtoi(stored, &version) || version < 1) {
    return Damage(Concat("damaged data directory: ", path, " has no readable schema version"));
  }
  if (version == kSchemaVersion) return absl::OkStatus();
  if (version < kSchemaVersion) {
    return absl::FailedPreconditionError(
        Concat("the data directory ", path, " was written with schema version ", version,
               " by a furikae before its first release; this one reads version ", kSchemaVersion,
               ". Run its months again from their files into a new ", "directory. Nothing was changed."));
  }
  return absl::FailedPreconditionError(Concat("the data directory ", path, " was written with schema version ", version,
                                              "; this furikae reads version ", kSchemaVersion,
                                              ". Use a newer furikae. Nothing was changed."));
}

// Keeps other processes out while the checks look at the files; RocksDB takes the same lock when it opens.
class DirectoryLock {
 public:
  DirectoryLock(const std::string& path, rocksdb::Env* env) : env_(env) {
    const rocksdb::Status status = env->LockFile(Concat(path, "/LOCK"), &lock_);
    if (!status.ok()) status_ = ExplainLock(status, path);
  }
  ~DirectoryLock() {
    if (lock_ != nullptr) env_->UnlockFile(lock_).PermitUncheckedError();
  }
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;
  const absl::Status& status() const { return status_; }

  static absl::Status ExplainLock(const rocksdb::Status& status, const std::string& path) {
    // To ask who holds the lock would release it, if it were this process: so that is told apart first.
    if (absl::StrContains(status.ToString(), "lock hold by current process")) return HeldBy(path, std::nullopt);
    if (std::optional<int> process = LockHolder(path)) return HeldBy(path, process);
    return FromRocksDb(status, Concat("locking ", path));
  }

 private:
  rocksdb::Env* env_;
  rocksdb::FileLock* lock_ = nullptr;
  absl::Status status_;
};

// A family that we do not know: of a newer furikae, or of another program. Reading only, so that nothing is written.
absl::Status ExplainUnknownFamily(const std::string& path, const std::vector<std::string>& names,
                                  const rocksdb::DBOptions& options) {
  const std::string meta(kColumnFamilies[Index(ColumnFamily::kMeta)].name);
  if (std::find(names.begin(), names.end(), meta) == names.end()) return NotOurs(path);
  const std::vector<rocksdb::ColumnFamilyDescriptor> families = {{rocksdb::kDefaultColumnFamilyName, {}}, {meta, {}}};
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(options, path, families, &handles, &opened);
  if (!status.ok()) return FromRocksDb(status, Concat("reading the schema version of ", path));
  std::unique_ptr<rocksdb::DB> db(opened);
  std::string version;
  const rocksdb::Status read =
      db->Get(rocksdb::ReadOptions(), handles[1], std::string(keys::kSchemaVersionKey), &version);
  for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle);
  if (!read.ok()) return NotOurs(path);
  RETURN_IF_ERROR(CheckVersion(path, version));
  return NotOurs(path);
}

// Families that are there, when some of ours are missing: an interrupted creation holds no data, another program's
// does.
absl::Status CheckHalfCreated(const std::string& path, const rocksdb::DBOptions& options) {
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(rocksdb::Options(options, {}), path, &opened);
  if (!status.ok()) return FromRocksDb(status, Concat("opening ", path));
  std::unique_ptr<rocksdb::DB> db(opened);
  std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(rocksdb::ReadOptions()));
  it->SeekToFirst();
  return it->Valid() ? NotOurs(path) : absl::OkStatus();
}

absl::Status CheckExisting(const std::string& path, const rocksdb::DBOptions& options) {
  const DirectoryLock lock(path, options.env);
  RETURN_IF_ERROR(lock.status());
  RETURN_IF_ERROR(CurrentManifest(path, options.env).status());
  std::vector<std::string> names;
  const rocksdb::Status status = rocksdb::DB::ListColumnFamilies(options, path, &names);
  if (!status.ok()) return FromRocksDb(status, Concat("reading the manifest of ", path));
  if (!std::all_of(names.begin(), names.end(), IsOurs)) return ExplainUnknownFamily(path, names, options);
  if (names.size() < kColumnFamilies.size() + 1) RETURN_IF_ERROR(CheckHalfCreated(path, options));
  return CheckLogs(path, options.env);
}

// RocksDB's report of a failed opening, in our words and with the file that is to blame.
absl::Status ExplainFailure(const rocksdb::Status& status, const std::string& path, rocksdb::Env* env) {
  const std::string text = status.ToString();
  if (absl::StrContains(text, "/LOCK")) return DirectoryLock::ExplainLock(status, path);
  const bool missing = absl::StrContains(text, "No such file");
  if (!status.IsCorruption() && !missing) return FromRocksDb(status, Concat("opening ", path));
  if (absl::StrContains(text, "ahead of WALs")) {  // a table is newer than the last log record that can be read
    return Damage(Concat("damaged write-ahead log (*.log) in ", path, " (", text, ")"));
  }
  std::string file = FileNamedIn(text);
  if (file.empty()) {  // what RocksDB reports without a name is about the manifest
    ASSIGN_OR_RETURN(const std::string manifest, CurrentManifest(path, env));
    file = manifest.substr(manifest.rfind('/') + 1);
  }
  return Damage(Concat(missing ? "missing file " : "damaged file ", path, "/", file, " (", text, ")"));
}

// A new database gets its version; another one must have one that we know.
absl::Status SettleVersion(const std::string& path, const Database& database) {
  rocksdb::ColumnFamilyHandle* meta = database.Handle(ColumnFamily::kMeta);
  const std::string key(keys::kSchemaVersionKey);
  std::string stored;
  const rocksdb::Status status = database.db->Get(rocksdb::ReadOptions(), meta, key, &stored);
  if (status.ok()) return CheckVersion(path, stored);
  if (!status.IsNotFound()) return FromRocksDb(status, Concat("reading the schema version of ", path));
  for (rocksdb::ColumnFamilyHandle* handle : database.handles) {
    std::unique_ptr<rocksdb::Iterator> it(database.db->NewIterator(rocksdb::ReadOptions(), handle));
    it->SeekToFirst();
    if (it->Valid() || !it->status().ok()) return CheckVersion(path, "");
  }
  rocksdb::WriteOptions durable;
  durable.sync = true;
  return FromRocksDb(database.db->Put(durable, meta, key, Concat(kSchemaVersion)), "creating the database");
}

}  // namespace

Database::Database(Database&& other) noexcept { *this = std::move(other); }

Database& Database::operator=(Database&& other) noexcept {
  std::swap(db, other.db);
  std::swap(handles, other.handles);
  std::swap(default_handle, other.default_handle);
  return *this;
}

Database::~Database() {
  if (db == nullptr) return;
  for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  db->DestroyColumnFamilyHandle(default_handle).PermitUncheckedError();
  db->Close().PermitUncheckedError();
}

absl::StatusOr<Database> OpenDatabase(const OpenOptions& options) {
  const std::string& path = options.data_dir;
  const rocksdb::DBOptions database_options = DatabaseOptions(options);
  ASSIGN_OR_RETURN(const DirectoryState state,
                   CheckDataDirectory(path, options.create_if_missing, database_options.env));
  if (state == DirectoryState::kExisting) RETURN_IF_ERROR(CheckExisting(path, database_options));

  const FamilySettings settings{.write_buffer_bytes = options.write_buffer_bytes,
                                .block_cache = rocksdb::NewLRUCache(kBlockCacheBytes)};
  std::vector<rocksdb::ColumnFamilyDescriptor> families = {{rocksdb::kDefaultColumnFamilyName, {}}};
  for (const ColumnFamilyInfo& info : kColumnFamilies) {
    families.emplace_back(std::string(info.name), OptionsFor(info.access, settings));
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(database_options, path, families, &handles, &opened);
  if (!status.ok()) return ExplainFailure(status, path, database_options.env);

  Database database;
  database.db.reset(opened);
  database.default_handle = handles[0];
  std::copy(handles.begin() + 1, handles.end(), database.handles.begin());
  RETURN_IF_ERROR(SettleVersion(path, database));
  return database;
}

}  // namespace furikae::storage
