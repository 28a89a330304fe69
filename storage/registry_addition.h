// storage/registry_addition.h — rows on their way into the registry: many go to the disk while the rest of their file
// is still being checked.
//
//   ASSIGN_OR_RETURN(RegistryAddition addition, RegistryAddition::Begin(registry));   // behind the last row there
//   addition.Append(row); …                         // checked; each stays where it is as long as the addition
//   RETURN_IF_ERROR(addition.Finish());             // durable, and in the index: all rows, or none of them
//
// Rows are those for which Registry::SameMoment finds nothing, no two of which are versions of one coverage and moment.
// Finish is called once; what is never finished leaves nothing behind. Errors of Finish: those of
// RegistryTables::Finish and of Registry::AddChecked. Not synchronized; the registry outlives it. Source: DESIGN §5,
// §10.
#pragma once

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/registry.h"
#include "storage/registry_tables.h"

namespace furikae::storage {

class RegistryAddition {
 public:
  static absl::StatusOr<RegistryAddition> Begin(Registry& registry);

  void Append(const PreparedRow& row);
  absl::Status Finish();
  PreparedRows rows() const { return rows_; }

 private:
  RegistryAddition(Registry& registry, RowId first) : registry_(&registry), first_(first) {}

  Registry* registry_;
  RowId first_;
  std::vector<const PreparedRow*> rows_;
  std::unique_ptr<RegistryTables> tables_;  // of all whole groups, once there is one
};

}  // namespace furikae::storage
