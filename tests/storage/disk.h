// tests/storage/disk.h — a store over a disk that can fail, be slow, and lose what was not synced.
//
//   class GroupCommitTest : public StoreOnDisk {};
//   TEST_F(GroupCommitTest, …) { disk_.broken = true; … disk_.broken = false; Reopen(); … LosePower(); … }
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "storage/store.h"
#include "tests/storage/temporary_directory.h"

namespace furikae::storage {

// What the disk under the write-ahead log and the tables does and has seen.
struct Disk {
  std::atomic<bool> broken = false;  // every append and sync reports an error
  std::atomic<bool> full = false;    // no table can be begun
  std::atomic<bool> frozen = false;  // no table can be taken in
  std::atomic<bool> slow = false;    // a sync takes until this is over
  std::atomic<int> syncs = 0;        // begun so far

  std::mutex mutex;
  std::map<std::string, uint64_t> durable;  // bytes of each log, table and manifest that a loss of power leaves

  void LosePower() {
    for (const auto& [file, bytes] : durable) {
      if (std::filesystem::exists(file)) std::filesystem::resize_file(file, bytes);  // old ones are removed
    }
  }
};

// A log, a table or a manifest: how much of it was synced.
class KeptFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  KeptFile(std::string name, uint64_t bytes, std::unique_ptr<rocksdb::FSWritableFile> file, Disk& disk)
      : FSWritableFileOwnerWrapper(std::move(file)), disk_(disk), name_(std::move(name)), appended_(bytes) {
    std::lock_guard<std::mutex> lock(disk_.mutex);
    disk_.durable.emplace(name_, 0);
  }
  using FSWritableFileOwnerWrapper::Append;
  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override {
    appended_ += data.size();
    return FSWritableFileOwnerWrapper::Append(data, options, context);
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* context) override {
    return SyncTo(appended_, options, context);
  }
  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* context) override {
    return Sync(options, context);
  }

 protected:
  rocksdb::IOStatus SyncTo(uint64_t bytes, const rocksdb::IOOptions& options, rocksdb::IODebugContext* context) {
    {
      std::lock_guard<std::mutex> lock(disk_.mutex);
      disk_.durable[name_] = bytes;
    }
    return FSWritableFileOwnerWrapper::Sync(options, context);
  }
  uint64_t appended() const { return appended_; }
  Disk& disk_;

 private:
  const std::string name_;
  std::atomic<uint64_t> appended_;
};

class Log final : public KeptFile {
 public:
  using KeptFile::Append;
  using KeptFile::KeptFile;
  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override {
    if (disk_.broken) return rocksdb::IOStatus::IOError("the disk has failed");
    return KeptFile::Append(data, options, context);
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* context) override {
    const uint64_t covered = appended();
    ++disk_.syncs;
    while (disk_.slow) std::this_thread::yield();
    if (disk_.broken) return rocksdb::IOStatus::IOError("the disk has failed");
    return SyncTo(covered, options, context);
  }
};

class FilesOnDisk final : public rocksdb::FileSystemWrapper {
 public:
  explicit FilesOnDisk(Disk& disk) : FileSystemWrapper(rocksdb::FileSystem::Default()), disk_(disk) {}
  const char* Name() const override { return "FilesOnDisk"; }
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override {
    if (disk_.full && name.ends_with(".sst")) return rocksdb::IOStatus::NoSpace("the disk is full");
    rocksdb::IOStatus status = FileSystemWrapper::NewWritableFile(name, options, file, context);
    if (!status.ok()) return status;
    if (name.ends_with(".log")) *file = std::make_unique<Log>(name, 0, std::move(*file), disk_);
    if (name.ends_with(".sst") || name.find("/MANIFEST-") != std::string::npos)
      *file = std::make_unique<KeptFile>(name, 0, std::move(*file), disk_);
    return status;
  }
  // So a table that was linked is synced.
  rocksdb::IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* file,
                                       rocksdb::IODebugContext* context) override {
    rocksdb::IOStatus status = FileSystemWrapper::ReopenWritableFile(name, options, file, context);
    if (status.ok())
      *file = std::make_unique<KeptFile>(name, std::filesystem::file_size(name), std::move(*file), disk_);
    return status;
  }
  rocksdb::IOStatus LinkFile(const std::string& from, const std::string& to, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* context) override {
    if (disk_.frozen) return rocksdb::IOStatus::IOError("the disk has failed");
    {
      std::lock_guard<std::mutex> lock(disk_.mutex);
      if (const auto kept = disk_.durable.find(from); kept != disk_.durable.end()) disk_.durable[to] = kept->second;
    }
    return FileSystemWrapper::LinkFile(from, to, options, context);
  }

 private:
  Disk& disk_;
};

class StoreOnDisk : public testing::Test {
 protected:
  void SetUp() override { Open(); }
  void Reopen() {
    store_.reset();
    Open();
  }
  // The store as it is found after one.
  void LosePower() {
    store_.reset();
    disk_.LosePower();
    Open();
  }

 private:
  void Open() {
    auto opened = Store::Open({.data_dir = directory_.path(), .env = env_.get()});
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
  }

  TemporaryDirectory directory_;

 protected:
  Disk disk_;

 private:
  const std::unique_ptr<rocksdb::Env> env_ = rocksdb::NewCompositeEnv(std::make_shared<FilesOnDisk>(disk_));

 protected:
  std::unique_ptr<Store> store_;
};

}  // namespace furikae::storage
