#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "storage/registry_index.h"
#include "storage/registry_row_layout.h"

namespace furikae::storage {

absl::Status MemoryRegistry::Add(RegistryRow row) {
  ASSIGN_OR_RETURN(const IndexRow encoded, EncodeIndexRow(row));
  const RowId id = static_cast<RowId>(rows_.size());
  if (const auto there = index_.FindSameMoment(encoded)) {
    if (rows_[*there] == row) return absl::OkStatus();
    return DifferentVersions(id, *there);
  }
  RETURN_IF_ERROR(index_.Add(id, encoded).status());
  rows_.push_back(std::move(row));
  return absl::OkStatus();
}

absl::StatusOr<RegistryRow> MemoryRegistry::Row(RowId row) const {
  if (row >= rows_.size()) return absl::NotFoundError(absl::StrCat("there is no registry row ", row));
  return rows_[row];
}

}  // namespace furikae::storage
