// core/files/people_csv.h — people.csv: what people decided about claims, for replay and test.
//
//   ASSIGN_OR_RETURN(TableReport report, ReadPeopleCsv("people.csv", bytes, [&](PeopleRow&& row) { … }));
//
// Rows are delivered in file order; whoever applies them orders them by `at`, and refuses an unknown claim. An ACCEPT
// must name the SubjectId, a CONFIRM the SubjectId or the InsurerNumber. Moments are to the second. Errors and refused
// rows as core/files/table_report.h says. Source: files.md people.csv.
#pragma once

#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "core/files/table_report.h"
#include "core/masters.h"

namespace furikae {

absl::StatusOr<TableReport> ReadPeopleCsv(std::string_view file, std::string_view bytes,
                                          absl::FunctionRef<void(PeopleRow&&)> deliver);
void AppendPeopleCsvHeader(std::string& out);
void AppendPeopleCsv(const PeopleRow& row, std::string& out);

}  // namespace furikae
