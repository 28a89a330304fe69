// core/files/registry_csv.h — registry.csv: qualifications, one version of one coverage a row. Column names follow the
// OQS messages.
//
//   ASSIGN_OR_RETURN(TableReport report, ReadRegistryCsv("registry.csv", bytes, [&](RegistryRow&& row) { … }));
//   AppendRegistryCsvHeader(out); AppendRegistryCsv(row, out);
//
// A row is refused when its SubjectId is an Individual Number, a date or code is no date or code, the qualification is
// lost before it begins, or its insurer number is one that no insurer can have (check digit, prefecture): a receipt
// moved to that coverage could be billed to nobody. Versions are compared where they are stored, not here. Errors and
// refused rows as core/files/table_report.h says. Source: files.md registry.csv; decisions.md §1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "core/coverage.h"
#include "core/files/table_report.h"

namespace furikae {

absl::StatusOr<TableReport> ReadRegistryCsv(std::string_view file, std::string_view bytes,
                                            absl::FunctionRef<void(RegistryRow&&)> deliver);
void AppendRegistryCsvHeader(std::string& out);
void AppendRegistryCsv(const RegistryRow& row, std::string& out);

// What the codes of the files mean; nullopt for any other text. Leading zeros are optional. Blank is kNone, kUnknown,
// 0.
std::optional<LossReason> ParseLossReason(std::string_view code);        // 01 02 03 99
std::optional<Family> ParseFamily(std::string_view code);                // 1 2
std::optional<int> ParseContributionPerCent(std::string_view per_cent);  // 10 20 30

}  // namespace furikae
