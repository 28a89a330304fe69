// Insurers and institutions: put into a copy of the masters, which takes the place of the original when the file is
// good.
#include "core/files/institutions_csv.h"
#include "core/files/insurers_csv.h"
#include "core/status.h"
#include "storage/loading/good_rows.h"
#include "storage/reference_codec.h"

namespace furikae::storage {
namespace {

template <typename Row>
absl::StatusOr<LoadReport> Load(Masters& masters, TableKind kind, std::string_view file, std::string_view bytes,
                                bool strict,
                                absl::StatusOr<TableReport> (*read)(std::string_view, std::string_view,
                                                                    absl::FunctionRef<void(Row&&)>)) {
  GoodRows rows(kind, file, /*header_rows=*/1);
  Masters changed = masters;
  ContentSum128 sum{};
  ASSIGN_OR_RETURN(const TableReport table, read(file, bytes, [&](Row&& row) {
                     const int64_t ordinal = rows.Next();
                     const absl::Status put = changed.Put(row);
                     if (put.ok()) {
                       AddToSum(sum, SerializeRow(row));
                     } else {
                       rows.Refuse(ordinal, "ValidFrom", put);
                     }
                   }));
  LoadReport report = rows.Report(table, strict);
  if (report.refused_whole) return report;
  RETURN_IF_ERROR(changed.Flush());
  masters = std::move(changed);
  report.content_sum = sum;
  return report;
}

}  // namespace

absl::StatusOr<LoadReport> LoadInsurersCsv(Masters& masters, std::string_view file, std::string_view bytes,
                                           bool strict) {
  return Load<InsurerRow>(masters, TableKind::kInsurers, file, bytes, strict, ReadInsurersCsv);
}

absl::StatusOr<LoadReport> LoadInstitutionsCsv(Masters& masters, std::string_view file, std::string_view bytes,
                                               bool strict) {
  return Load<InstitutionRow>(masters, TableKind::kInstitutions, file, bytes, strict, ReadInstitutionsCsv);
}

}  // namespace furikae::storage
