// core/files/towns_csv.h — the towns of Japan Post's KEN_ALL.CSV, to resolve addresses.
//
//   ASSIGN_OR_RETURN(TableReport report, ReadTownsCsv("KEN_ALL.CSV", bytes, [&](TownRow&& row) { … }));
//
// The file has no header and 15 columns, in CP932 as published or in UTF-8; which of the two is seen from the bytes. A
// town that the post describes rather than names (以下に掲載がない場合) is delivered with a blank town, and a remark in
// brackets is taken off; a bracket may run over several rows, whose texts belong together: the later ones repeat the
// post number and are skipped, counted as loaded. InvalidArgument when no row is of this layout. Source: files.md
// towns.
#pragma once

#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "core/files/table_report.h"

namespace furikae {

struct TownRow {
  std::string municipality_code;       // 5 digits
  std::string post_number;             // 7 digits
  std::string prefecture, city, town;  // UTF-8; town may be blank
  bool operator==(const TownRow&) const = default;
};

absl::StatusOr<TableReport> ReadTownsCsv(std::string_view file, std::string_view bytes,
                                         absl::FunctionRef<void(TownRow&&)> deliver);

}  // namespace furikae
