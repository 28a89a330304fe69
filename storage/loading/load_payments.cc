// Payment records and towns: no row can disagree with another, so the first reading only counts what the file itself
// gets wrong.
#include "absl/functional/function_ref.h"
#include "core/files/payments_csv.h"
#include "core/files/towns_csv.h"
#include "core/sha256.h"
#include "core/status.h"
#include "storage/loading/good_rows.h"
#include "storage/reference_codec.h"

namespace furikae::storage {
namespace {

template <typename Row>
using Reader = absl::StatusOr<TableReport> (*)(std::string_view, std::string_view, absl::FunctionRef<void(Row&&)>);

// Reads twice: to check, then to hand each good row with its ordinal to `put`.
template <typename Row>
absl::StatusOr<LoadReport> Load(
    TableKind kind, int64_t header_rows, std::string_view file, std::string_view bytes, bool strict, Reader<Row> read,
    absl::FunctionRef<absl::Status(const Row&, const Digest& digest, int64_t ordinal)> put) {
  GoodRows rows(kind, file, header_rows);
  ASSIGN_OR_RETURN(const TableReport table, read(file, bytes, [](Row&&) {}));
  LoadReport report = rows.Report(table, strict);
  if (report.refused_whole) return report;
  absl::Status failure;
  const Digest digest = Sha256(bytes);
  RETURN_IF_ERROR(read(file, bytes, [&](Row&& row) {
                    const int64_t ordinal = rows.Next();
                    if (!failure.ok()) return;
                    AddToSum(report.content_sum, SerializeRow(row));
                    failure = put(row, digest, ordinal);
                  }).status());
  RETURN_IF_ERROR(failure);
  return report;
}

}  // namespace

absl::StatusOr<LoadReport> LoadPaymentsCsv(Payments& payments, std::string_view file, std::string_view bytes,
                                           bool strict) {
  ASSIGN_OR_RETURN(LoadReport report,
                   Load<PaymentRow>(TableKind::kPayments, /*header_rows=*/1, file, bytes, strict, ReadPaymentsCsv,
                                    [&](const PaymentRow& row, const Digest& digest, int64_t ordinal) {
                                      return payments.Put(row, digest, ordinal);
                                    }));
  RETURN_IF_ERROR(payments.Flush());
  return report;
}

absl::StatusOr<LoadReport> LoadTownsCsv(Towns& towns, std::string_view file, std::string_view bytes, bool strict) {
  ASSIGN_OR_RETURN(LoadReport report,
                   Load<TownRow>(TableKind::kTowns, /*header_rows=*/0, file, bytes, strict, ReadTownsCsv,
                                 [&](const TownRow& row, const Digest&, int64_t) { return towns.Put(row); }));
  RETURN_IF_ERROR(towns.Flush());
  return report;
}

}  // namespace furikae::storage
