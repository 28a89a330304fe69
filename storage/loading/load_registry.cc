// Registry files: checked against the registry and against themselves first; then what is new is added.
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "core/files/registry_csv.h"
#include "core/files/registry_xml.h"
#include "core/status.h"
#include "storage/loading/good_rows.h"
#include "storage/loading/row_preparation.h"
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

// Shows every good row of the file to the check; stops at the first contradiction.
class Checking {
 public:
  Checking(VersionCheck& check, GoodRows& rows) : check_(check), rows_(rows) {}

  void Take(absl::StatusOr<PreparedRow>&& row) {
    const int64_t ordinal = rows_.Next();
    if (!failure_.ok() || conflict_) return;
    if (!row.ok()) return rows_.Refuse(ordinal, "", row.status());
    const auto seen = check_.See(*std::move(row), ordinal);
    failure_ = seen.status();
    if (seen.ok() && seen->has_value()) conflict_.emplace(ordinal, **seen);
  }

  absl::Status Result(std::string_view file, const TableReport& table) const {
    if (!conflict_) return failure_;
    const auto& [ordinal, with] = *conflict_;
    return Refusal(file, rows_.FileRow(ordinal, table),
                   with.in_file ? absl::StrCat("row ", rows_.FileRow(*with.in_file, table))
                                : absl::StrCat("registry row ", *with.in_registry));
  }

 private:
  VersionCheck& check_;
  GoodRows& rows_;
  absl::Status failure_;
  std::optional<std::pair<int64_t, VersionCheck::Conflict>> conflict_;
};

// Reads the file without changing the registry and says what would be loaded.
absl::StatusOr<LoadReport> Check(VersionCheck& check, Reader read, std::string_view file, std::string_view bytes,
                                 bool strict, GoodRows& rows) {
  Checking checking(check, rows);
  RowPreparation preparation([&](absl::StatusOr<PreparedRow>&& row) { checking.Take(std::move(row)); });
  ASSIGN_OR_RETURN(const TableReport table,
                   read(file, bytes, [&](RegistryRow&& row) { preparation.Put(std::move(row)); }));
  preparation.Finish();
  RETURN_IF_ERROR(checking.Result(file, table));
  return rows.Report(table, strict);
}

absl::StatusOr<LoadReport> Load(Registry& registry, Reader read, TableKind kind, int64_t header_rows,
                                std::string_view file, std::string_view bytes, bool strict) {
  GoodRows rows(kind, file, header_rows);
  ASSIGN_OR_RETURN(RegistryAddition addition, RegistryAddition::Begin(registry));
  VersionCheck check(registry, std::move(addition));
  ASSIGN_OR_RETURN(LoadReport report, Check(check, read, file, bytes, strict, rows));
  if (report.refused_whole) return report;
  RETURN_IF_ERROR(check.addition().Finish());
  for (const PreparedRow* row : check.addition().rows()) {
    report.content_sum.first += row->hash.first;
    report.content_sum.second += row->hash.second;
  }
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
