// core/files/payments_csv.h — payments.csv: what each insurer has paid each institution for a service month.
//
//   ASSIGN_OR_RETURN(TableReport report, ReadPaymentsCsv("payments.csv", bytes, [&](PaymentRow&& row) { … }));
//   AppendPaymentsCsvHeader(out); AppendPaymentsCsv(row, out);
//
// Receipts is a count and never negative; Points and AmountYen may be (a correction). Rows of one key add up where they
// are used. Points are in points, AmountYen in yen. Errors and refused rows as core/files/table_report.h says. Source:
// files.md payments.csv; decisions.md §8.
#pragma once

#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "core/files/table_report.h"
#include "core/masters.h"

namespace furikae {

absl::StatusOr<TableReport> ReadPaymentsCsv(std::string_view file, std::string_view bytes,
                                            absl::FunctionRef<void(PaymentRow&&)> deliver);
void AppendPaymentsCsvHeader(std::string& out);
void AppendPaymentsCsv(const PaymentRow& row, std::string& out);

}  // namespace furikae
