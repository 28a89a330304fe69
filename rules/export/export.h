// rules/export/export.h — the files of `out/`: decisions, bills, returns, notices, open work, apportionment, ledger,
// summary.
//
//   ASSIGN_OR_RETURN(ExportReport r, Export(store, rulebook, {.month = m},
//                                           [&](std::string_view path, std::string_view bytes) { … }));
//
// Files come in the order of their paths, whole or in consecutive chunks of the same path; the same store gives the
// same bytes. Errors: the first of the store or the sink; what came before it has been handed out. Source: files.md
// "Out"; uke_layouts.md §8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "core/calendar.h"
#include "rules/table.h"
#include "storage/store.h"

namespace furikae::rules {

struct ExportOptions {
  ServiceMonth month;
  bool sqlite = false;  // furikae.sqlite too
};
struct ExportReport {
  int64_t files = 0, bytes = 0;
};
// Receives one chunk of a file; a new path begins the next file.
using Sink = absl::FunctionRef<absl::Status(std::string_view path, std::string_view bytes)>;
absl::StatusOr<ExportReport> Export(const storage::Store& store, const Rulebook& rulebook, const ExportOptions& options,
                                    Sink sink);

}  // namespace furikae::rules
