#include "storage/registry_tables.h"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/concat.h"
#include "core/status.h"
#include "rocksdb/sst_file_writer.h"
#include "storage/rocksdb_status.h"
#include "storage/scratch.h"

namespace furikae::storage {
namespace {

constexpr std::string_view kWriting = "writing registry rows";

}  // namespace

RegistryTables::Family::Family(const RegistryDisk& disk, rocksdb::ColumnFamilyHandle* handle)
    : handle(handle), options_(disk.db->GetOptions(handle)) {}

RegistryTables::Family::~Family() = default;

rocksdb::Status RegistryTables::Family::Put(const std::string& directory, const rocksdb::Slice& key,
                                            const rocksdb::Slice& value) {
  if (writer_ == nullptr) {
    // What is written stays in the system's cache: it is read next.
    writer_ = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(options_), options_, handle,
                                                       /*invalidate_page_cache=*/false);
    files.push_back(Concat(directory, "/", handle->GetName(), "-", files.size(), ".sst"));
    const rocksdb::Status opened = writer_->Open(files.back());
    if (!opened.ok()) return opened;
  }
  const rocksdb::Status put = writer_->Put(key, value);
  return put.ok() && writer_->FileSize() >= options_.target_file_size_base ? Finish() : put;
}

rocksdb::Status RegistryTables::Family::Finish() {
  if (writer_ == nullptr) return rocksdb::Status::OK();
  return std::exchange(writer_, nullptr)->Finish();
}

RegistryTables::RegistryTables(const RegistryDisk& disk, RowId first)
    : disk_(disk),
      next_(first),
      directory_(NewScratchDirectory(disk.db->GetName())),
      person_(disk, disk.person),
      card_(disk, disk.card),
      written_(directory_.status()) {}

RegistryTables::~RegistryTables() {
  if (writing_.valid()) writing_.wait();
  std::error_code ignored;  // what stays is removed at the next opening
  if (directory_.ok()) std::filesystem::remove_all(*directory_, ignored);
}

void RegistryTables::Append(Group group) {
  waiting_.push_back(std::move(group));
  const bool busy = writing_.valid() && writing_.wait_for(std::chrono::seconds(0)) == std::future_status::timeout;
  if (!busy) WriteWaiting();
}

// Where no thread can be had, the groups are written when somebody waits for them.
void RegistryTables::WriteWaiting() {
  if (writing_.valid()) written_.Update(writing_.get());
  if (!written_.ok()) return waiting_.clear();
  writing_ = std::async([this, groups = std::exchange(waiting_, {})] {
    for (const Group& group : groups) RETURN_IF_ERROR(Write(group));
    return absl::OkStatus();
  });
}

absl::Status RegistryTables::Write(const Group& group) {
  const auto put_into = [this](Family& family) {
    return [this, &family](const rocksdb::Slice& key, const rocksdb::Slice& value) {
      return family.Put(*directory_, key, value);
    };
  };
  rocksdb::Status status = ForEachPersonEntry(next_, group, put_into(person_));
  if (status.ok()) status = ForEachCardEntry(next_, group, put_into(card_));
  next_ += static_cast<RowId>(group.size());
  return FromRocksDb(status, kWriting);
}

absl::Status RegistryTables::Finish() {
  WriteWaiting();
  if (writing_.valid()) written_.Update(writing_.get());
  if (written_.ok()) written_ = FromRocksDb(person_.Finish(), kWriting);
  if (written_.ok()) written_ = FromRocksDb(card_.Finish(), kWriting);
  return written_;
}

absl::Status RegistryTables::TakeIn() {
  std::vector<rocksdb::IngestExternalFileArg> both;
  for (const Family* family : {&person_, &card_}) {
    rocksdb::IngestExternalFileArg& arg = both.emplace_back();
    arg.column_family = family->handle;
    arg.external_files = family->files;
    arg.options.move_files = true;           // a link instead of a copy, where the disk has links
    arg.options.write_global_seqno = false;  // the tables stay as they were synced
  }
  return FromRocksDb(disk_.db->IngestExternalFiles(both), kWriting);
}

}  // namespace furikae::storage
