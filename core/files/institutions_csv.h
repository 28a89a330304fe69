// core/files/institutions_csv.h — institutions.csv: hospitals, clinics, dentists, pharmacies, nursing stations.
//
//   ASSIGN_OR_RETURN(TableReport report, ReadInstitutionsCsv(file, bytes, [&](InstitutionRow&& row) { … }));
//   AppendInstitutionsCsvHeader(out); AppendInstitutionsCsv(row, out);
//
// ValidTo is the last valid day, blank while in force. Two rows of one code may not share a day: the later row is
// refused and the earlier one named. Errors and refused rows as core/files/table_report.h says. Source: files.md
// institutions.csv; decisions.md §1.
#pragma once

#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "core/files/table_report.h"
#include "core/masters.h"

namespace furikae {

absl::StatusOr<TableReport> ReadInstitutionsCsv(std::string_view file, std::string_view bytes,
                                                absl::FunctionRef<void(InstitutionRow&&)> deliver);
void AppendInstitutionsCsvHeader(std::string& out);
void AppendInstitutionsCsv(const InstitutionRow& row, std::string& out);

}  // namespace furikae
