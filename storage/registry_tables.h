// storage/registry_tables.h — many new rows of the registry as sorted tables beside the database, which it then takes
// in as a whole.
//
//   RegistryTables tables(disk, first);              // for the rows first, first + 1, …
//   tables.Append(group); …                          // written by another thread; the rows stay where they are
//   RETURN_IF_ERROR(tables.Finish());                // on disk, but nobody sees them yet
//   RETURN_IF_ERROR(tables.TakeIn());                // of the registry, and durable
//
// A row is written once this way, behind all that is there: not into the log, then out of memory, then merged. The
// tables lie in a directory of storage/scratch.h until they are taken in, and are removed with it when they are not.
// Errors: those of storage/rocksdb_status.h and NewScratchDirectory, told by Finish; nothing has changed then. When
// TakeIn fails, the database says by its own means what holds. Of one thread. Source: DESIGN §10 (fast; kill -9).
#pragma once

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "storage/registry_disk.h"

namespace rocksdb {
class SstFileWriter;
}  // namespace rocksdb

namespace furikae::storage {

class RegistryTables {
 public:
  RegistryTables(const RegistryDisk& disk, RowId first);
  ~RegistryTables();

  void Append(std::vector<const PreparedRow*> group);
  absl::Status Finish();
  absl::Status TakeIn();

 private:
  using Group = std::vector<const PreparedRow*>;

  // The tables of one family, one after the other.
  class Family {
   public:
    Family(const RegistryDisk& disk, rocksdb::ColumnFamilyHandle* handle);
    ~Family();
    rocksdb::Status Put(const std::string& directory, const rocksdb::Slice& key, const rocksdb::Slice& value);
    rocksdb::Status Finish();  // the table that is being written

    rocksdb::ColumnFamilyHandle* const handle;
    std::vector<std::string> files;

   private:
    const rocksdb::Options options_;
    std::unique_ptr<rocksdb::SstFileWriter> writer_;
  };

  void WriteWaiting();
  absl::Status Write(const Group& group);

  const RegistryDisk disk_;
  RowId next_;
  absl::StatusOr<std::string> directory_;
  Family person_, card_;
  std::vector<Group> waiting_;
  std::future<absl::Status> writing_;  // the groups before those that wait
  absl::Status written_;
};

}  // namespace furikae::storage
