// storage/loading/version_check.h — whether the rows of a registry file agree with the registry and with each other,
// before any is applied; and which of them are new.
//
//   ASSIGN_OR_RETURN(RegistryAddition addition, RegistryAddition::Begin(registry));
//   VersionCheck check(registry, std::move(addition));
//   if (auto conflict = check.See(std::move(row), ordinal); conflict.ok() && *conflict) …   // names the other row
//   RETURN_IF_ERROR(check.addition().Finish());
//
// Two versions of one coverage with equal RegisteredAt must be identical. Ordinals count good rows from 1. Every row is
// kept as it is going to be stored: about 200 bytes beside its text. Not synchronized. Source: decisions.md §1
// (Registry, bitemporal).
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/registry.h"
#include "storage/registry_addition.h"
#include "storage/unwritten_rows.h"

namespace furikae::storage {

class VersionCheck {
 public:
  VersionCheck(const Registry& registry, RegistryAddition addition)
      : registry_(registry), addition_(std::move(addition)) {}

  struct Conflict {
    std::optional<int64_t> in_file;  // ordinal of the earlier row of the file
    std::optional<RowId> in_registry;
  };
  // Rows in the order of the file. Errors: those of reading the disk.
  absl::StatusOr<std::optional<Conflict>> See(PreparedRow&& row, int64_t ordinal);

  // Of the rows seen that neither the registry nor an earlier row of the file has, in the order of the file.
  RegistryAddition& addition() { return addition_; }

 private:
  const Registry& registry_;
  UnwrittenRows seen_;
  std::vector<int64_t> ordinals_;  // of seen_
  RegistryAddition addition_;      // of rows of seen_: ends before them
};

}  // namespace furikae::storage
