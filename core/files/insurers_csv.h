// core/files/insurers_csv.h — insurers.csv: who pays, of what kind, to which agency, and who succeeded it.
//
//   ASSIGN_OR_RETURN(TableReport report, ReadInsurersCsv("insurers.csv", bytes, [&](InsurerRow&& row) { … }));
//   AppendInsurersCsvHeader(out); AppendInsurersCsv(row, out);
//
// ValidTo is the last valid day, blank while in force. Two rows of one number may not share a day: the later row is
// refused and the earlier one named; so is a number or successor that no insurer can have: one whose check digit does
// not fit, or of no prefecture. A blank Prefecture is the one in the number. Errors and refused rows as
// core/files/table_report.h says. Source: files.md insurers.csv; decisions.md §1, §8; sources_unidentified.md F1–F4.
#pragma once

#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "core/files/table_report.h"
#include "core/masters.h"

namespace furikae {

absl::StatusOr<TableReport> ReadInsurersCsv(std::string_view file, std::string_view bytes,
                                            absl::FunctionRef<void(InsurerRow&&)> deliver);
void AppendInsurersCsvHeader(std::string& out);
void AppendInsurersCsv(const InsurerRow& row, std::string& out);

}  // namespace furikae
