// Registry files: checked against the registry and against themselves first, then added row by row.
#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "core/files/registry_csv.h"
#include "core/files/registry_xml.h"
#include "core/status.h"
#include "storage/loading/good_rows.h"
#include "storage/loading/version_check.h"

namespace furikae::storage {
namespace {

using Deliver = absl::FunctionRef<void(RegistryRow&&)>;
using Reader = absl::StatusOr<TableReport> (*)(std::string_view file, std::string_view bytes, Deliver deliver);

absl::Status Refusal(std::string_view file, int64_t row, const std::string& other) {
  return absl::FailedPreconditionError(absl::StrCat(std::string(file), " row ", row, " and ", other,
                                                    " are different versions of one coverage with equal RegisteredAt;"
                                                    " nothing of the file was loaded"));
}

// Reads the file without changing anything and says what would be loaded.
absl::StatusOr<LoadReport> Check(const Registry& registry, Reader read, std::string_view file, std::string_view bytes,
                                 bool strict, GoodRows& rows) {
  VersionCheck check(registry);
  absl::Status failure;
  std::optional<std::pair<int64_t, VersionCheck::Conflict>> conflict;
  ASSIGN_OR_RETURN(const TableReport table, read(file, bytes, [&](RegistryRow&& row) {
                     const int64_t ordinal = rows.Next();
                     if (!failure.ok() || conflict) return;
                     const auto seen = check.See(row, ordinal);
                     if (absl::IsInvalidArgument(seen.status())) {
                       rows.Refuse(ordinal, "", seen.status());
                     } else if (!seen.ok()) {
                       failure = seen.status();
                     } else if (seen->has_value()) {
                       conflict.emplace(ordinal, **seen);
                     }
                   }));
  RETURN_IF_ERROR(failure);
  if (conflict) {
    const auto& [ordinal, with] = *conflict;
    return Refusal(file, rows.FileRow(ordinal, table),
                   with.in_file ? absl::StrCat("row ", rows.FileRow(*with.in_file, table))
                                : absl::StrCat("registry row ", *with.in_registry));
  }
  return rows.Report(table, strict);
}

absl::StatusOr<LoadReport> Load(Registry& registry, Reader read, TableKind kind, int64_t header_rows,
                                std::string_view file, std::string_view bytes, bool strict) {
  GoodRows rows(kind, file, bytes, header_rows);
  ASSIGN_OR_RETURN(LoadReport report, Check(registry, read, file, bytes, strict, rows));
  const ContentSum128 before = registry.AddedSum();
  absl::Status failure;
  int64_t ordinal = 0;
  RETURN_IF_ERROR(read(file, bytes, [&](RegistryRow&& row) {
                    ++ordinal;
                    if (failure.ok() && !rows.Refused(ordinal)) failure = registry.Add(row).status();
                  }).status());
  RETURN_IF_ERROR(failure);
  RETURN_IF_ERROR(registry.Flush());
  const ContentSum128 after = registry.AddedSum();
  report.content_sum = {after.first - before.first, after.second - before.second};
  return report;
}

}  // namespace

absl::StatusOr<LoadReport> LoadRegistryCsv(Registry& registry, std::string_view file, std::string_view bytes,
                                           bool strict) {
  return Load(registry, ReadRegistryCsv, TableKind::kRegistry, 1, file, bytes, strict);
}

absl::StatusOr<LoadReport> LoadRegistryXml(Registry& registry, std::string_view file, std::string_view bytes,
                                           bool strict) {
  return Load(registry, ReadRegistryXml, TableKind::kRegistryXml, 0, file, bytes, strict);
}

}  // namespace furikae::storage
