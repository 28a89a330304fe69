#include "core/files/insurers_csv.h"

#include "absl/strings/str_cat.h"
#include "core/files/periods.h"
#include "core/files/row_fields.h"
#include "core/institution_code.h"
#include "core/status.h"

namespace furikae {
namespace {

enum Column {
  kNumber,
  kName,
  kKind,
  kReviewAgency,
  kValidFrom,
  kRequiredCount,
  kPrefecture = kRequiredCount,
  kValidTo,
  kSuccessor
};

const std::vector<std::string_view>& Columns() {
  static const auto& columns = *new std::vector<std::string_view>{
      "InsurerNumber", "Name", "Kind", "ReviewAgency", "ValidFrom", "Prefecture", "ValidTo", "SuccessorNumber"};
  return columns;
}

InsurerRow RowOf(RowFields& fields) {
  InsurerRow row;
  row.number = fields.PossibleInsurer(kNumber);
  row.name = fields.RequiredText(kName);
  row.kind = fields.RequiredName(kKind, &ParseInsurerKind, "協会けんぽ 船員 組合 共済 自衛官 国保 国保組合 後期");
  row.agency = static_cast<Agency>(fields.RequiredInteger(kReviewAgency, 1, 2));
  row.valid_from = fields.RequiredDate(kValidFrom);
  row.valid_to = fields.OptionalDate(kValidTo, kOpenEnd);
  row.prefecture = fields.Blank(kPrefecture) ? row.number.Prefecture()
                                             : static_cast<int>(fields.RequiredInteger(kPrefecture, 1, kPrefectures));
  if (!fields.Blank(kSuccessor)) row.successor = fields.PossibleInsurer(kSuccessor);
  if (fields.ok() && row.valid_to < row.valid_from) fields.Refuse(kValidTo, "lies before ValidFrom");
  if (fields.ok() && row.successor == row.number) fields.Refuse(kSuccessor, "an insurer cannot succeed itself");
  return row;
}

}  // namespace

absl::StatusOr<TableReport> ReadInsurersCsv(std::string_view file, std::string_view bytes,
                                            absl::FunctionRef<void(InsurerRow&&)> deliver) {
  ASSIGN_OR_RETURN(CsvReader csv, CsvReader::Open(file, bytes, Columns(), kRequiredCount));
  Periods periods;
  int64_t loaded = 0;
  while (csv.Next()) {
    RowFields fields(csv);
    InsurerRow row = RowOf(fields);
    if (!fields.ok()) continue;
    if (const int64_t earlier = periods.Add(row.number.value, row.valid_from, row.valid_to, csv.row()); earlier != 0) {
      fields.Refuse(kValidFrom, absl::StrCat("rows ", earlier, " and ", csv.row(),
                                             " of this insurer share a day; end one with ValidTo"));
      continue;
    }
    deliver(std::move(row));
    ++loaded;
  }
  return ReportOf(csv, loaded);
}

void AppendInsurersCsvHeader(std::string& out) { AppendCsvLine(Columns(), out); }

void AppendInsurersCsv(const InsurerRow& row, std::string& out) {
  const std::string number = row.number.ToString(), agency = std::to_string(static_cast<int>(row.agency)),
                    from = row.valid_from.ToString(),
                    prefecture = row.prefecture == 0 ? "" : std::to_string(row.prefecture),
                    to = row.valid_to.ToString(), successor = row.successor.value == 0 ? "" : row.successor.ToString();
  AppendCsvLine({number, row.name, InsurerKindName(row.kind), agency, from, prefecture, to, successor}, out);
}

}  // namespace furikae
