#include "storage/registry.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "rocksdb/db.h"
#include "rocksdb/write_batch.h"
#include "storage/content_sum.h"
#include "storage/keys.h"
#include "storage/reference_codec.h"
#include "storage/registry_card_block.h"
#include "storage/registry_person_row.h"
#include "storage/rocksdb_status.h"
#include "storage/unwritten_rows.h"

namespace furikae::storage {
namespace {

constexpr size_t kRowsPerWrite = 10'000;

std::string KeyOfRow(uint64_t row) {
  std::string key;
  keys::Append32(static_cast<uint32_t>(row), key);
  return key;
}

absl::StatusOr<RowId> RowOfKey(rocksdb::Slice key) {
  if (key.size() != 4) return absl::DataLossError("the registry holds a key that is no row number");
  return keys::Read32(key.ToStringView());
}

std::unique_ptr<rocksdb::Iterator> Scan(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* family) {
  rocksdb::ReadOptions options;
  options.readahead_size = size_t{2} << 20;
  options.fill_cache = false;
  return std::unique_ptr<rocksdb::Iterator>(db->NewIterator(options, family));
}

// The blocks of registry_card in order, checked to follow each other without a gap.
class CardBlocks {
 public:
  CardBlocks(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* card) : blocks_(Scan(db, card)) { blocks_->SeekToFirst(); }
  // The next block's rows; empty at the end.
  absl::StatusOr<std::vector<IndexRow>> Next() {
    if (!blocks_->Valid()) {
      RETURN_IF_ERROR(FromRocksDb(blocks_->status(), "reading registry_card"));
      return std::vector<IndexRow>();
    }
    ASSIGN_OR_RETURN(const RowId first, RowOfKey(blocks_->key()));
    if (first != next_) return DamagedRow(next_, "is missing in registry_card");
    ASSIGN_OR_RETURN(std::vector<IndexRow> rows, DecodeCardBlock(blocks_->value().ToStringView()));
    next_ += rows.size();
    blocks_->Next();
    return rows;
  }

 private:
  std::unique_ptr<rocksdb::Iterator> blocks_;
  uint64_t next_ = 0;  // the row that the next block must begin with
};

using Rows = absl::Span<const PreparedRow* const>;

}  // namespace

struct Registry::Impl {
  rocksdb::DB* db = nullptr;
  rocksdb::ColumnFamilyHandle* person = nullptr;
  rocksdb::ColumnFamilyHandle* card = nullptr;

  mutable std::mutex mutex;  // of everything below; the index itself may be read without it
  mutable std::unique_ptr<RegistryIndex> index;
  mutable std::atomic<const RegistryIndex*> ready = nullptr;  // the same once built, for readers
  UnwrittenRows pending;
  absl::Status write_failure;

  absl::StatusOr<RegistryIndex*> Index() const {
    if (index == nullptr) {
      auto built = std::make_unique<RegistryIndex>();
      RETURN_IF_ERROR(Build(*built));
      index = std::move(built);
      ready = index.get();
    }
    return index.get();
  }

  absl::Status Build(RegistryIndex& built) const {
    ASSIGN_OR_RETURN(const RowId rows, CountRows());
    built.Reserve(rows);
    CardBlocks blocks(db, card);
    for (RowId first = 0;;) {
      ASSIGN_OR_RETURN(const std::vector<IndexRow> block, blocks.Next());
      if (block.empty()) return absl::OkStatus();
      RETURN_IF_ERROR(built.AddChecked(first, block));
      first += static_cast<RowId>(block.size());
    }
  }

  absl::StatusOr<RowId> CountRows() const {
    std::unique_ptr<rocksdb::Iterator> last = Scan(db, person);
    last->SeekToLast();
    RETURN_IF_ERROR(FromRocksDb(last->status(), "reading registry_person"));
    if (!last->Valid()) return RowId{0};
    ASSIGN_OR_RETURN(const RowId row, RowOfKey(last->key()));
    return row + 1;
  }

  // The value of the row, whose bytes CheckedPersonBytes gives.
  absl::StatusOr<std::string> StoredRow(RowId row) const {
    std::string value;
    RETURN_IF_ERROR(FromRocksDb(db->Get(rocksdb::ReadOptions(), person, KeyOfRow(row), &value),
                                absl::StrCat("reading registry row ", row)));
    return value;
  }

  absl::StatusOr<std::optional<Version>> SameMoment(const PreparedRow& row) const {
    ASSIGN_OR_RETURN(RegistryIndex * built, Index());
    if (const std::optional<size_t> at = pending.FindSameMoment(row.flat)) {
      return Version{static_cast<RowId>(built->rows() + *at), pending[*at].bytes == row.bytes};
    }
    const std::optional<RowId> there = built->FindSameMoment(row.flat);
    if (!there) return std::nullopt;
    ASSIGN_OR_RETURN(const std::string stored, StoredRow(*there));
    ASSIGN_OR_RETURN(const std::string_view bytes, CheckedPersonBytes(*there, stored));
    return Version{*there, bytes == row.bytes};
  }

  absl::Status Flush() {
    std::vector<const PreparedRow*> rows(pending.size());
    for (size_t i = 0; i < rows.size(); ++i) rows[i] = &pending[i];
    RETURN_IF_ERROR(WriteAll(rows));
    pending.Clear();
    return absl::OkStatus();
  }

  // Group by group; one goes to the disk and into the index while the next is being written.
  absl::Status WriteAll(Rows rows) {
    RETURN_IF_ERROR(write_failure);
    ASSIGN_OR_RETURN(RegistryIndex * built, Index());
    RowId first = static_cast<RowId>(built->rows());
    built->Reserve(first + rows.size());
    std::future<absl::Status> before;
    for (size_t at = 0; at < rows.size() && write_failure.ok(); at += kRowsPerWrite) {
      const Rows group = rows.subspan(at, kRowsPerWrite);
      std::vector<IndexRow> flat(group.size());
      std::transform(group.begin(), group.end(), flat.begin(), [](const PreparedRow* row) { return row->flat; });
      const absl::Status written = Write(first, group, flat);
      if (before.valid()) write_failure = before.get();
      write_failure.Update(written);
      if (write_failure.ok()) {
        before = std::async([=, this, flat = std::move(flat)] {
          RETURN_IF_ERROR(FromRocksDb(db->SyncWAL(), "writing registry rows"));
          return built->AddChecked(first, flat);
        });
      }
      first += static_cast<RowId>(group.size());
    }
    if (before.valid()) write_failure.Update(before.get());
    return write_failure;
  }

  absl::Status Write(RowId first, Rows rows, absl::Span<const IndexRow> flat) const {
    rocksdb::WriteBatch batch;
    for (size_t i = 0; i < rows.size(); ++i) {
      const std::string key = KeyOfRow(first + i);
      const std::string check = EncodePersonCheck(static_cast<RowId>(first + i), rows[i]->hash);
      const rocksdb::Slice key_part = key, parts[] = {check, rows[i]->bytes};
      RETURN_IF_ERROR(FromRocksDb(batch.Put(person, {&key_part, 1}, {parts, 2}), "collecting registry rows"));
    }
    for (size_t i = 0; i < flat.size(); i += kRowsPerCardBlock) {
      const auto block = flat.subspan(i, kRowsPerCardBlock);
      RETURN_IF_ERROR(
          FromRocksDb(batch.Put(card, KeyOfRow(first + i), EncodeCardBlock(block)), "collecting registry rows"));
    }
    return FromRocksDb(db->Write(rocksdb::WriteOptions(), &batch), "writing registry rows");
  }
};

Registry::Registry(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* person, rocksdb::ColumnFamilyHandle* card)
    : impl_(std::make_unique<Impl>()) {
  impl_->db = db;
  impl_->person = person;
  impl_->card = card;
}
Registry::~Registry() = default;

absl::StatusOr<bool> Registry::Add(const RegistryRow& row) {
  ASSIGN_OR_RETURN(PreparedRow prepared, Prepare(row));
  std::lock_guard lock(impl_->mutex);
  RETURN_IF_ERROR(impl_->write_failure);
  ASSIGN_OR_RETURN(const std::optional<Version> there, impl_->SameMoment(prepared));
  if (there && there->identical) return false;
  if (there) return DifferentVersions(static_cast<RowId>(impl_->index->rows() + impl_->pending.size()), there->row);
  impl_->pending.Append(std::move(prepared));
  if (impl_->pending.size() >= kRowsPerWrite) RETURN_IF_ERROR(impl_->Flush());
  return true;
}

absl::Status Registry::Flush() {
  std::lock_guard lock(impl_->mutex);
  return impl_->Flush();
}

absl::StatusOr<std::optional<Registry::Version>> Registry::SameMoment(const PreparedRow& row) const {
  std::lock_guard lock(impl_->mutex);
  return impl_->SameMoment(row);
}

absl::Status Registry::AddChecked(RowId first, absl::Span<const PreparedRow* const> rows) {
  std::lock_guard lock(impl_->mutex);
  RETURN_IF_ERROR(impl_->write_failure);
  ASSIGN_OR_RETURN(const RegistryIndex* index, impl_->Index());
  if (impl_->pending.size() > 0 || index->rows() != first) {
    return absl::AbortedError("the registry has grown since the rows were checked; nothing of them was added");
  }
  return impl_->WriteAll(rows);
}

absl::StatusOr<const RegistryIndex*> Registry::index() const {
  if (const RegistryIndex* ready = impl_->ready) return ready;
  std::lock_guard lock(impl_->mutex);
  return impl_->Index();
}

absl::StatusOr<RegistryRow> Registry::Row(RowId row) const {
  ASSIGN_OR_RETURN(const std::string stored, impl_->StoredRow(row));
  ASSIGN_OR_RETURN(const std::string_view bytes, CheckedPersonBytes(row, stored));
  return ParseRegistryRow(bytes);
}

absl::Status Registry::ForEachRow(std::function<absl::Status(RowId, const RegistryRow&)> visit) const {
  std::unique_ptr<rocksdb::Iterator> rows = Scan(impl_->db, impl_->person);
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    ASSIGN_OR_RETURN(const RowId id, RowOfKey(rows->key()));
    ASSIGN_OR_RETURN(const std::string_view bytes, CheckedPersonBytes(id, rows->value().ToStringView()));
    ASSIGN_OR_RETURN(const RegistryRow row, ParseRegistryRow(bytes));
    RETURN_IF_ERROR(visit(id, row));
  }
  return FromRocksDb(rows->status(), "reading registry_person");
}

absl::StatusOr<std::pair<uint64_t, uint64_t>> Registry::ContentSum(uint64_t first, uint64_t end) const {
  ContentSum128 sum{};
  if (first >= end || first >= kNoRowFrom) return sum;
  std::unique_ptr<rocksdb::Iterator> rows = Scan(impl_->db, impl_->person);
  for (rows->Seek(KeyOfRow(first)); rows->Valid(); rows->Next()) {
    ASSIGN_OR_RETURN(const RowId id, RowOfKey(rows->key()));
    if (id >= end) break;
    AddToSum(sum, PersonBytes(rows->value().ToStringView()));
  }
  RETURN_IF_ERROR(FromRocksDb(rows->status(), "reading registry_person"));
  return sum;
}

absl::Status Registry::Verify() const {
  std::lock_guard lock(impl_->mutex);  // nothing is written meanwhile
  const RegistryIndex* index = impl_->index.get();
  CardBlocks blocks(impl_->db, impl_->card);
  std::vector<IndexRow> block;
  uint64_t next = 0;
  size_t at = 0;
  RETURN_IF_ERROR(ForEachRow([&](RowId id, const RegistryRow& row) -> absl::Status {
    if (id != next) return DamagedRow(next, "is missing in registry_person");
    if (at == block.size()) {
      ASSIGN_OR_RETURN(block, blocks.Next());
      if (block.empty()) return DamagedRow(id, "is missing in registry_card");
      at = 0;
    }
    ASSIGN_OR_RETURN(const IndexRow expected, EncodeIndexRow(row));
    if (!block[at].SameContent(expected)) return DamagedRow(id, "its flat row in registry_card differs");
    if (index != nullptr) {
      const std::optional<IndexRow> held = index->Held(id);
      if (!held || !held->SameContent(expected)) return DamagedRow(id, "its row in the index in memory differs");
    }
    ++next, ++at;
    return absl::OkStatus();
  }));
  if (at < block.size()) return DamagedRow(next, "is in registry_card but not in registry_person");
  ASSIGN_OR_RETURN(const std::vector<IndexRow> rest, blocks.Next());
  if (!rest.empty()) return DamagedRow(next, "is in registry_card but not in registry_person");
  if (index != nullptr && index->rows() != next) return DamagedRow(next, "is in the index in memory but not on disk");
  return absl::OkStatus();
}

}  // namespace furikae::storage
