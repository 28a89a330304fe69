#include "core/files/payments_csv.h"

#include "core/files/row_fields.h"
#include "core/status.h"

namespace furikae {
namespace {

enum Column { kInstitution, kInsurer, kServiceMonth, kReceipts, kPoints, kAmountYen, kRequiredCount };

// More than the nation's yearly medical cost in yen, and far from where sums of many rows overflow.
constexpr int64_t kMost = 999'999'999'999'999;

const std::vector<std::string_view>& Columns() {
  static const auto& columns = *new std::vector<std::string_view>{"InstitutionCode", "InsurerNumber", "ServiceMonth",
                                                                  "Receipts",        "Points",        "AmountYen"};
  return columns;
}

PaymentRow RowOf(RowFields& fields) {
  PaymentRow row;
  row.institution = fields.RequiredInstitution(kInstitution);
  row.insurer = fields.PossibleInsurer(kInsurer);
  row.month = fields.RequiredMonth(kServiceMonth);
  row.receipts = fields.RequiredInteger(kReceipts, 0, kMost);
  row.points = fields.RequiredInteger(kPoints, -kMost, kMost);
  row.amount = {fields.RequiredInteger(kAmountYen, -kMost, kMost)};
  return row;
}

}  // namespace

absl::StatusOr<TableReport> ReadPaymentsCsv(std::string_view file, std::string_view bytes,
                                            absl::FunctionRef<void(PaymentRow&&)> deliver) {
  ASSIGN_OR_RETURN(CsvReader csv, CsvReader::Open(file, bytes, Columns(), kRequiredCount));
  int64_t loaded = 0;
  while (csv.Next()) {
    RowFields fields(csv);
    PaymentRow row = RowOf(fields);
    if (!fields.ok()) continue;
    deliver(std::move(row));
    ++loaded;
  }
  return ReportOf(csv, loaded);
}

void AppendPaymentsCsvHeader(std::string& out) { AppendCsvLine(Columns(), out); }

void AppendPaymentsCsv(const PaymentRow& row, std::string& out) {
  const std::string institution = row.institution.ToString(), insurer = row.insurer.ToString(),
                    month = row.month.ToString(), receipts = std::to_string(row.receipts),
                    points = std::to_string(row.points), amount = std::to_string(row.amount.value);
  AppendCsvLine({institution, insurer, month, receipts, points, amount}, out);
}

}  // namespace furikae
