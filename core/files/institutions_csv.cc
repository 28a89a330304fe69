#include "core/files/institutions_csv.h"

#include "absl/strings/str_cat.h"
#include "core/files/periods.h"
#include "core/files/row_fields.h"
#include "core/status.h"

namespace furikae {
namespace {

enum Column { kCode, kName, kKind, kValidFrom, kRequiredCount, kValidTo = kRequiredCount };

const std::vector<std::string_view>& Columns() {
  static const auto& columns =
      *new std::vector<std::string_view>{"InstitutionCode", "Name", "Kind", "ValidFrom", "ValidTo"};
  return columns;
}

InstitutionRow RowOf(RowFields& fields) {
  InstitutionRow row;
  row.code = fields.RequiredInstitution(kCode);
  row.name = fields.RequiredText(kName);
  row.kind = fields.RequiredName(kKind, &ParseInstitutionKind, "病院 医科診療所 歯科診療所 薬局 訪問看護");
  row.valid_from = fields.RequiredDate(kValidFrom);
  row.valid_to = fields.OptionalDate(kValidTo, kOpenEnd);
  if (fields.ok() && row.valid_to < row.valid_from) fields.Refuse(kValidTo, "lies before ValidFrom");
  return row;
}

}  // namespace

absl::StatusOr<TableReport> ReadInstitutionsCsv(std::string_view file, std::string_view bytes,
                                                absl::FunctionRef<void(InstitutionRow&&)> deliver) {
  ASSIGN_OR_RETURN(CsvReader csv, CsvReader::Open(file, bytes, Columns(), kRequiredCount));
  Periods periods;
  int64_t loaded = 0;
  while (csv.Next()) {
    RowFields fields(csv);
    InstitutionRow row = RowOf(fields);
    if (!fields.ok()) continue;
    if (const int64_t earlier = periods.Add(row.code.value, row.valid_from, row.valid_to, csv.row()); earlier != 0) {
      fields.Refuse(kValidFrom, absl::StrCat("rows ", earlier, " and ", csv.row(),
                                             " of this institution share a day; end one with ValidTo"));
      continue;
    }
    deliver(std::move(row));
    ++loaded;
  }
  return ReportOf(csv, loaded);
}

void AppendInstitutionsCsvHeader(std::string& out) { AppendCsvLine(Columns(), out); }

void AppendInstitutionsCsv(const InstitutionRow& row, std::string& out) {
  const std::string code = row.code.ToString(), from = row.valid_from.ToString(), to = row.valid_to.ToString();
  AppendCsvLine({code, row.name, InstitutionKindName(row.kind), from, to}, out);
}

}  // namespace furikae
