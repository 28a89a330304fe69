#include "tests/bench/raw_write.h"

#include <memory>

#include "core/status.h"
#include "rocksdb/write_batch.h"
#include "storage/database.h"
#include "storage/rocksdb_status.h"

namespace furikae::bench {
namespace {

using storage::ColumnFamily;

StoredBytes::Part PartOf(ColumnFamily family) {
  switch (family) {
    case ColumnFamily::kRegistryPerson:
    case ColumnFamily::kRegistryCard:
    case ColumnFamily::kRegistryBlock:
    case ColumnFamily::kInsurers:
    case ColumnFamily::kInstitutions:
    case ColumnFamily::kPayments:
      return StoredBytes::Part::kReference;
    default:
      return StoredBytes::Part::kMonth;
  }
}

}  // namespace

absl::StatusOr<StoredBytes> StoredBytes::Of(const std::string& data_dir) {
  ASSIGN_OR_RETURN(const storage::Database database, storage::OpenDatabase({.data_dir = data_dir}));
  StoredBytes stored;
  for (const storage::ColumnFamilyInfo& info : storage::kColumnFamilies) {
    Rows& rows = stored.families_[storage::Index(info.family)];
    const std::unique_ptr<rocksdb::Iterator> at(database.db->NewIterator({}, database.Handle(info.family)));
    for (at->SeekToFirst(); at->Valid(); at->Next()) rows.emplace_back(at->key().ToString(), at->value().ToString());
    RETURN_IF_ERROR(storage::FromRocksDb(at->status(), "reading the finished store"));
  }
  return stored;
}

absl::StatusOr<Cost> StoredBytes::WriteTo(const std::string& data_dir, Part part, size_t batches) const {
  ASSIGN_OR_RETURN(const storage::Database database, storage::OpenDatabase({.data_dir = data_dir}));
  std::vector<rocksdb::WriteBatch> writes(batches);
  for (const storage::ColumnFamilyInfo& info : storage::kColumnFamilies) {
    if (PartOf(info.family) != part) continue;
    const Rows& rows = families_[storage::Index(info.family)];
    for (size_t i = 0; i < rows.size(); ++i) {
      writes[i * batches / rows.size()].Put(database.Handle(info.family), rows[i].first, rows[i].second);
    }
  }
  rocksdb::WriteOptions durable;
  durable.sync = true;
  rocksdb::Status status;
  const Cost cost = CostOf([&] {
    for (size_t b = 0; b < batches && status.ok(); ++b) status = database.db->Write(durable, &writes[b]);
  });
  RETURN_IF_ERROR(storage::FromRocksDb(status, "writing the raw batches"));
  return cost;
}

double StoredBytes::MebibytesOf(Part part) const {
  size_t bytes = 0;
  for (const storage::ColumnFamilyInfo& info : storage::kColumnFamilies) {
    if (PartOf(info.family) != part) continue;
    for (const auto& [key, value] : families_[storage::Index(info.family)]) bytes += key.size() + value.size();
  }
  return static_cast<double>(bytes) / (1 << 20);
}

}  // namespace furikae::bench
