#include "storage/registry.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <vector>

#include "core/status.h"
#include "storage/content_sum.h"
#include "storage/reference_codec.h"
#include "storage/registry_disk.h"
#include "storage/registry_person_row.h"
#include "storage/registry_tables.h"
#include "storage/rocksdb_status.h"
#include "storage/unwritten_rows.h"

namespace furikae::storage {

struct Registry::Impl {
  RegistryDisk disk;

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
    ASSIGN_OR_RETURN(const RowId rows, disk.CountRows());
    built.Reserve(rows);
    CardBlocks blocks(disk);
    for (RowId first = 0;;) {
      ASSIGN_OR_RETURN(const std::vector<IndexRow> block, blocks.Next());
      if (block.empty()) return absl::OkStatus();
      RETURN_IF_ERROR(built.AddChecked(first, block));
      first += static_cast<RowId>(block.size());
    }
  }

  absl::StatusOr<std::optional<Version>> SameMoment(const PreparedRow& row) const {
    ASSIGN_OR_RETURN(RegistryIndex * built, Index());
    if (const std::optional<size_t> at = pending.FindSameMoment(row.flat)) {
      return Version{static_cast<RowId>(built->rows() + *at), pending[*at].bytes == row.bytes};
    }
    const std::optional<RowId> there = built->FindSameMoment(row.flat);
    if (!there) return std::nullopt;
    ASSIGN_OR_RETURN(const std::string stored, disk.StoredRow(*there));
    ASSIGN_OR_RETURN(const std::string_view bytes, CheckedPersonBytes(*there, stored));
    return Version{*there, bytes == row.bytes};
  }

  absl::Status Flush() {
    std::vector<const PreparedRow*> rows(pending.size());
    for (size_t i = 0; i < rows.size(); ++i) rows[i] = &pending[i];
    RETURN_IF_ERROR(Write(rows, nullptr));
    pending.Clear();
    return absl::OkStatus();
  }

  absl::Status Write(PreparedRows rows, RegistryTables* tables) {
    RETURN_IF_ERROR(write_failure);
    if (rows.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(RegistryIndex * built, Index());
    const RowId first = static_cast<RowId>(built->rows());
    RETURN_IF_ERROR(RegistryIndex::CheckRoom(first + rows.size()));  // before anything of them is durable
    write_failure = tables != nullptr ? tables->TakeIn() : disk.Write(first, rows);
    if (write_failure.ok()) write_failure = Show(*built, first, rows);
    return write_failure;
  }

  static absl::Status Show(RegistryIndex& built, RowId first, PreparedRows rows) {
    built.Reserve(first + rows.size());
    std::vector<IndexRow> flat;
    for (size_t at = 0; at < rows.size(); at += flat.size()) {
      const PreparedRows group = rows.subspan(at, kRegistryRowsPerGroup);
      flat.resize(group.size());
      std::transform(group.begin(), group.end(), flat.begin(), [](const PreparedRow* row) { return row->flat; });
      RETURN_IF_ERROR(built.AddChecked(first + static_cast<RowId>(at), flat));
    }
    return absl::OkStatus();
  }
};

Registry::Registry(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* person, rocksdb::ColumnFamilyHandle* card)
    : impl_(std::make_unique<Impl>()) {
  impl_->disk = {db, person, card};
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
  if (impl_->pending.size() >= kRegistryRowsPerGroup) RETURN_IF_ERROR(impl_->Flush());
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

const RegistryDisk& Registry::disk() const { return impl_->disk; }

absl::Status Registry::AddChecked(RowId first, PreparedRows rows, RegistryTables* tables) {
  std::lock_guard lock(impl_->mutex);
  RETURN_IF_ERROR(impl_->write_failure);
  ASSIGN_OR_RETURN(const RegistryIndex* index, impl_->Index());
  if (impl_->pending.size() > 0 || index->rows() != first) {
    return absl::AbortedError("the registry has grown since the rows were checked; nothing of them was added");
  }
  return impl_->Write(rows, tables);
}

absl::StatusOr<const RegistryIndex*> Registry::index() const {
  if (const RegistryIndex* ready = impl_->ready) return ready;
  std::lock_guard lock(impl_->mutex);
  return impl_->Index();
}

absl::StatusOr<RegistryRow> Registry::Row(RowId row) const {
  ASSIGN_OR_RETURN(const std::string stored, impl_->disk.StoredRow(row));
  ASSIGN_OR_RETURN(const std::string_view bytes, CheckedPersonBytes(row, stored));
  return ParseRegistryRow(bytes);
}

absl::Status Registry::ForEachRow(std::function<absl::Status(RowId, const RegistryRow&)> visit) const {
  std::unique_ptr<rocksdb::Iterator> rows = impl_->disk.Scan(impl_->disk.person);
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    ASSIGN_OR_RETURN(const RowId id, RowOfRegistryKey(rows->key()));
    ASSIGN_OR_RETURN(const std::string_view bytes, CheckedPersonBytes(id, rows->value().ToStringView()));
    ASSIGN_OR_RETURN(const RegistryRow row, ParseRegistryRow(bytes));
    RETURN_IF_ERROR(visit(id, row));
  }
  return FromRocksDb(rows->status(), "reading registry_person");
}

absl::StatusOr<std::pair<uint64_t, uint64_t>> Registry::ContentSum(uint64_t first, uint64_t end) const {
  ContentSum128 sum{};
  if (first >= end || first >= kNoRowFrom) return sum;
  std::unique_ptr<rocksdb::Iterator> rows = impl_->disk.Scan(impl_->disk.person);
  for (rows->Seek(KeyOfRegistryRow(first)); rows->Valid(); rows->Next()) {
    ASSIGN_OR_RETURN(const RowId id, RowOfRegistryKey(rows->key()));
    if (id >= end) break;
    AddToSum(sum, PersonBytes(rows->value().ToStringView()));
  }
  RETURN_IF_ERROR(FromRocksDb(rows->status(), "reading registry_person"));
  return sum;
}

absl::Status Registry::Verify() const {
  std::lock_guard lock(impl_->mutex);  // nothing is written meanwhile
  const RegistryIndex* index = impl_->index.get();
  CardBlocks blocks(impl_->disk);
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
