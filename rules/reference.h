// rules/reference.h — a file of reference data loaded once: its rows into the store, and an event that says so.
//
//   ASSIGN_OR_RETURN(TableLoadReport report,
//                    LoadReference(store, rulebook, {kind, "registry.csv", bytes, strict}, run));
//
// The same bytes again change nothing. The event of a registry file tells what its new rows add to the registry's
// content sum, so that `verify` can compare the registry with the log; rows that an interrupted load left behind are
// told by the load that finds them there. people.csv is no table: its rows are acts upon claims (rules/people.h),
// applied in the order of At. Errors: those of storage/loading/loading.h; DataLoss when what an earlier load told
// cannot be read. Source: files.md "In"; DESIGN §5.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "rules/engine.h"

namespace furikae::rules {

struct ReferenceFile {
  storage::TableKind kind = storage::TableKind::kRegistry;
  std::string_view name;
  std::string_view bytes;
  bool strict = false;  // a refused row refuses the file: the report tells all of them, nothing is loaded
};

absl::StatusOr<TableLoadReport> LoadReference(storage::Store& store, const Rulebook& rulebook,
                                              const ReferenceFile& file, const RunMoment& run);

}  // namespace furikae::rules
