// storage/loading/version_check.h — whether the rows of a registry file agree with the registry and with each other,
// before any is applied.
//
//   VersionCheck check(registry);
//   if (auto conflict = check.See(row, ordinal); conflict.ok() && *conflict) …   // names the other row
//
// Two versions of one coverage with equal RegisteredAt must be identical (decisions.md §1). About 50 bytes a row while
// the file is checked. Not synchronized.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "storage/registry.h"

namespace furikae::storage {

class VersionCheck {
 public:
  explicit VersionCheck(const Registry& registry) : registry_(registry) {}

  struct Conflict {
    std::optional<int64_t> in_file;  // ordinal of the earlier row of the file
    std::optional<RowId> in_registry;
  };
  // Rows in the order of the file. Errors: InvalidArgument when the registry cannot hold the row; those of reading the
  // disk.
  absl::StatusOr<std::optional<Conflict>> See(const RegistryRow& row, int64_t ordinal);

 private:
  struct Seen {
    uint64_t content;
    uint64_t branch;
    int64_t ordinal;
    int64_t before;  // another row of the same moment, as index into seen_; -1 none
  };
  const Registry& registry_;
  std::vector<Seen> seen_;
  absl::flat_hash_map<std::pair<uint64_t, uint64_t>, int64_t> last_of_moment_;  // 128-bit hash → index into seen_
};

}  // namespace furikae::storage
