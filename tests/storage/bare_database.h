// tests/storage/bare_database.h — a RocksDB with a few column families in a folder of its own, for tests of single
// tables.
//
//   BareDatabase disk({"insurers", "institutions"});
//   Masters masters(disk.db(), disk["insurers"], disk["institutions"]);
//   disk.Reopen();        // as after a normal end, or a crash: nothing but the files is kept
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rocksdb/db.h"

namespace furikae::storage {

class BareDatabase {
 public:
  explicit BareDatabase(std::vector<std::string> families) : names_(std::move(families)) {
    std::string folder = (std::filesystem::temp_directory_path() / "furikae_test_XXXXXX").string();
    path_ = mkdtemp(folder.data());
    Open();
  }
  ~BareDatabase() {
    Close();
    std::filesystem::remove_all(path_);
  }

  rocksdb::DB* db() const { return db_.get(); }
  rocksdb::ColumnFamilyHandle* operator[](const std::string& name) const { return families_.at(name); }
  void Reopen() {
    Close();
    Open();
  }

 private:
  void Open() {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    std::vector<rocksdb::ColumnFamilyDescriptor> descriptors = {{rocksdb::kDefaultColumnFamilyName, {}}};
    for (const std::string& name : names_) descriptors.push_back({name, {}});
    rocksdb::DB* db = nullptr;
    const rocksdb::Status opened = rocksdb::DB::Open(options, path_, descriptors, &handles_, &db);
    if (!opened.ok()) abort();
    db_.reset(db);
    for (size_t i = 0; i < names_.size(); ++i) families_[names_[i]] = handles_[i + 1];
  }
  void Close() {
    for (rocksdb::ColumnFamilyHandle* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
    handles_.clear();
    families_.clear();
    db_.reset();
  }

  std::vector<std::string> names_;
  std::string path_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  std::map<std::string, rocksdb::ColumnFamilyHandle*> families_;
};

}  // namespace furikae::storage
