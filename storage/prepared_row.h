// storage/prepared_row.h — a registry row as it is going to be stored: everything that costs time is computed here,
// once.
//
//   ASSIGN_OR_RETURN(PreparedRow row, Prepare(registry_row));   // on any thread
//   RETURN_IF_ERROR(registry.AddChecked(rows, {&row}));        // behind so many rows
//
// Errors: those of EncodeIndexRow. Thread-safe. Source: DESIGN §5 (registry: the truth and its index);
// storage/registry_row_layout.h.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/content_sum.h"
#include "storage/registry_row_layout.h"

namespace furikae::storage {

struct PreparedRow {
  IndexRow flat;       // for the index and registry_card
  std::string bytes;   // for registry_person; equal rows have equal bytes
  ContentSum128 hash;  // of `bytes`: what this row adds to the registry's ContentSum
};

using PreparedRows = absl::Span<const PreparedRow* const>;

absl::StatusOr<PreparedRow> Prepare(const RegistryRow& row);

}  // namespace furikae::storage
