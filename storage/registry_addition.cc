#include "storage/registry_addition.h"

#include "core/status.h"

namespace furikae::storage {

absl::StatusOr<RegistryAddition> RegistryAddition::Begin(Registry& registry) {
  ASSIGN_OR_RETURN(const RegistryIndex* index, registry.index());
  return RegistryAddition(registry, static_cast<RowId>(index->rows()));
}

void RegistryAddition::Append(const PreparedRow& row) {
  rows_.push_back(&row);
  if (rows_.size() % kRegistryRowsPerGroup != 0) return;
  if (tables_ == nullptr) tables_ = std::make_unique<RegistryTables>(registry_->disk(), first_);
  tables_->Append({rows_.end() - kRegistryRowsPerGroup, rows_.end()});
}

absl::Status RegistryAddition::Finish() {
  if (tables_ == nullptr) return registry_->AddChecked(first_, rows_);
  const size_t rest = rows_.size() % kRegistryRowsPerGroup;
  if (rest > 0) tables_->Append({rows_.end() - static_cast<ptrdiff_t>(rest), rows_.end()});
  RETURN_IF_ERROR(tables_->Finish());
  return registry_->AddChecked(first_, rows_, tables_.get());
}

}  // namespace furikae::storage
