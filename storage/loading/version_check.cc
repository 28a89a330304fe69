#include "storage/loading/version_check.h"

#include <utility>

#include "core/status.h"

namespace furikae::storage {

absl::StatusOr<std::optional<VersionCheck::Conflict>> VersionCheck::See(PreparedRow&& row, int64_t ordinal) {
  if (const std::optional<size_t> at = seen_.FindSameMoment(row.flat)) {
    if (seen_[*at].bytes == row.bytes) return std::nullopt;
    return Conflict{.in_file = ordinals_[*at]};
  }
  ASSIGN_OR_RETURN(const std::optional<Registry::Version> there, registry_.SameMoment(row));
  if (there && !there->identical) return Conflict{.in_registry = there->row};
  const PreparedRow& kept = seen_.Append(std::move(row));
  ordinals_.push_back(ordinal);
  if (!there) addition_.Append(kept);
  return std::nullopt;
}

}  // namespace furikae::storage
