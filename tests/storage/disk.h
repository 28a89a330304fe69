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
  std::map<std::string, uint64_t> durable;  // bytes of each log that a loss of power leaves

  void LosePower() {
    for (const auto& [log, bytes] : durable) {
      if (std::filesystem::exists(log)) std::filesystem::resize_file(log, bytes);  // old logs are removed
    }
  }
};

class Log final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  Log(std::string name, std::unique_ptr<rocksdb::FSWritableFile> file, Disk& disk)
      : FSWritableFileOwnerWrapper(std::move(file)), name_(std::move(name)), disk_(disk) {
    Keep(0);
  }
  using FSWritableFileOwnerWrapper::Append;
  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override {
    if (disk_.broken) return rocksdb::IOStatus::IOError("the disk has failed");
    appended_ += data.size();
    return FSWritableFileOwnerWrapper::Append(data, options, context);
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* context) override {
    const uint64_t covered = appended_;
    ++disk_.syncs;
    while (disk_.slow) std::this_thread::yield();
    if (disk_.broken) return rocksdb::IOStatus::IOError("the disk has failed");
    Keep(covered);
    return FSWritableFileOwnerWrapper::Sync(options, context);
  }
  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* context) override {
    return Sync(options, context);
  }

 private:
  void Keep(uint64_t bytes) {
    std::lock_guard<std::mutex> lock(disk_.mutex);
    disk_.durable[name_] = bytes;
  }

  const std::string name_;
  Disk& disk_;
  std::atomic<uint64_t> appended_ = 0;
};

class LogsOnDisk final : public rocksdb::FileSystemWrapper {
 public:
  explicit LogsOnDisk(Disk& disk) : FileSystemWrapper(rocksdb::FileSystem::Default()), disk_(disk) {}
  const char* Name() const override { return "LogsOnDisk"; }
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override {
    if (disk_.full && name.ends_with(".sst")) return rocksdb::IOStatus::NoSpace("the disk is full");
    rocksdb::IOStatus status = FileSystemWrapper::NewWritableFile(name, options, file, context);
    if (status.ok() && name.ends_with(".log")) *file = std::make_unique<Log>(name, std::move(*file), disk_);
    return status;
  }
  rocksdb::IOStatus LinkFile(const std::string& from, const std::string& to, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* context) override {
    if (disk_.frozen) return rocksdb::IOStatus::IOError("the disk has failed");
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
  const std::unique_ptr<rocksdb::Env> env_ = rocksdb::NewCompositeEnv(std::make_shared<LogsOnDisk>(disk_));

 protected:
  std::unique_ptr<Store> store_;
};

}  // namespace furikae::storage
