// storage/towns.h — the towns of each post number, to complete an address that lacks its prefecture or city.
//
//   ASSIGN_OR_RETURN(std::vector<TownRow> towns, Towns(db, family).OfPostNumber("1000001"));
//   towns[0];   // 東京都 千代田区 千代田
//
// Rows on disk (registry_block): post number (7 digits), 0x00, comparable form of the town, 0x00, municipality code →
// schema.TownRow. A row for the same key replaces. Errors: DataLoss for a row that cannot be read, else as
// storage/rocksdb_status.h puts them. Not synchronized. Source: files.md towns; identification.md §4.4.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/files/towns_csv.h"

namespace rocksdb {
class DB;
class ColumnFamilyHandle;
}  // namespace rocksdb

namespace furikae::storage {

std::string SerializeRow(const TownRow& row);

class Towns {
 public:
  Towns(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* family) : db_(db), family_(family) {}
  absl::Status Put(const TownRow& row);
  absl::Status Flush();  // writes and syncs what Put has collected; Put flushes by itself every few thousand rows
  // In the order of the keys; empty when the number is unknown.
  absl::StatusOr<std::vector<TownRow>> OfPostNumber(std::string_view seven_digits) const;

 private:
  rocksdb::DB* db_;
  rocksdb::ColumnFamilyHandle* family_;
  std::map<std::string, std::string> unwritten_;
};

}  // namespace furikae::storage
