#include "storage/registry_disk.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "rocksdb/write_batch.h"
#include "storage/keys.h"
#include "storage/registry_card_block.h"
#include "storage/registry_person_row.h"
#include "storage/rocksdb_status.h"

namespace furikae::storage {

std::string KeyOfRegistryRow(uint64_t row) {
  std::string key;
  keys::Append32(static_cast<uint32_t>(row), key);
  return key;
}

absl::StatusOr<RowId> RowOfRegistryKey(rocksdb::Slice key) {
  if (key.size() != 4) return absl::DataLossError("the registry holds a key that is no row number");
  return keys::Read32(key.ToStringView());
}

rocksdb::Status ForEachPersonEntry(RowId first, PreparedRows rows, PutEntry put) {
  std::string value;
  for (size_t i = 0; i < rows.size(); ++i) {
    value = EncodePersonCheck(static_cast<RowId>(first + i), rows[i]->hash);
    value += rows[i]->bytes;
    const rocksdb::Status status = put(KeyOfRegistryRow(first + i), value);
    if (!status.ok()) return status;
  }
  return rocksdb::Status::OK();
}

rocksdb::Status ForEachCardEntry(RowId first, PreparedRows rows, PutEntry put) {
  std::vector<IndexRow> flat(std::min(rows.size(), kRowsPerCardBlock));
  for (size_t i = 0; i < rows.size(); i += kRowsPerCardBlock) {
    const PreparedRows block = rows.subspan(i, kRowsPerCardBlock);
    std::transform(block.begin(), block.end(), flat.begin(), [](const PreparedRow* row) { return row->flat; });
    const rocksdb::Status status =
        put(KeyOfRegistryRow(first + i), EncodeCardBlock(absl::MakeConstSpan(flat).first(block.size())));
    if (!status.ok()) return status;
  }
  return rocksdb::Status::OK();
}

absl::Status RegistryDisk::Write(RowId first, PreparedRows rows) const {
  rocksdb::WriteBatch batch;
  const auto put_into = [&batch](rocksdb::ColumnFamilyHandle* family) {
    return [&batch, family](const rocksdb::Slice& key, const rocksdb::Slice& value) {
      return batch.Put(family, key, value);
    };
  };
  rocksdb::Status status = ForEachPersonEntry(first, rows, put_into(person));
  if (status.ok()) status = ForEachCardEntry(first, rows, put_into(card));
  rocksdb::WriteOptions durable;
  durable.sync = true;
  if (status.ok()) status = db->Write(durable, &batch);
  return FromRocksDb(status, "writing registry rows");
}

absl::StatusOr<RowId> RegistryDisk::CountRows() const {
  std::unique_ptr<rocksdb::Iterator> last = Scan(person);
  last->SeekToLast();
  RETURN_IF_ERROR(FromRocksDb(last->status(), "reading registry_person"));
  if (!last->Valid()) return RowId{0};
  ASSIGN_OR_RETURN(const RowId row, RowOfRegistryKey(last->key()));
  return row + 1;
}

absl::StatusOr<std::string> RegistryDisk::StoredRow(RowId row) const {
  std::string value;
  RETURN_IF_ERROR(FromRocksDb(db->Get(rocksdb::ReadOptions(), person, KeyOfRegistryRow(row), &value),
                              absl::StrCat("reading registry row ", row)));
  return value;
}

std::unique_ptr<rocksdb::Iterator> RegistryDisk::Scan(rocksdb::ColumnFamilyHandle* family) const {
  rocksdb::ReadOptions options;
  options.readahead_size = size_t{2} << 20;
  options.fill_cache = false;
  return std::unique_ptr<rocksdb::Iterator>(db->NewIterator(options, family));
}

absl::StatusOr<std::vector<IndexRow>> CardBlocks::Next() {
  if (!blocks_->Valid()) {
    RETURN_IF_ERROR(FromRocksDb(blocks_->status(), "reading registry_card"));
    return std::vector<IndexRow>();
  }
  ASSIGN_OR_RETURN(const RowId first, RowOfRegistryKey(blocks_->key()));
  if (first != next_) return DamagedRow(next_, "is missing in registry_card");
  ASSIGN_OR_RETURN(std::vector<IndexRow> rows, DecodeCardBlock(blocks_->value().ToStringView()));
  next_ += rows.size();
  blocks_->Next();
  return rows;
}

}  // namespace furikae::storage
