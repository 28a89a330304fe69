// storage/payments.h — payment records (支払実績): what each insurer has paid each institution for each service month.
//
//   RETURN_IF_ERROR(payments.ForEach({.institution = code, .from = m.Plus(-4), .to = m.Plus(-2)}, visit));
//
// Rows of one institution, month and insurer are visited one by one and add up; the same file counts once. Rows on
// disk:
//   institution:8 month:4 insurer:4 digest of the file:8 row number:8, all big-endian → schema.PaymentRow
// so that an institution's months, and a prefecture × point table, are one range each. Amounts in yen. Readers see what
// was flushed; any number of them beside one writer. Errors: DataLoss for a row that cannot be read, else as
// storage/rocksdb_status.h puts them. Source: decisions.md §8; files.md payments.csv.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "core/masters.h"
#include "storage/records.h"

namespace rocksdb {
class DB;
class ColumnFamilyHandle;
}  // namespace rocksdb

namespace furikae::storage {

// Which payment rows: of one institution, or of a prefecture and point table, or (prefecture 0) of a point table
// everywhere.
struct PaymentRange {
  std::optional<InstitutionCode> institution;
  int prefecture = 0;  // 0 = all, when institution is absent
  int point_table = 0;
  ServiceMonth from, to;  // both included
};

class Payments {
 public:
  Payments() = default;  // in memory only (tests, previews)
  Payments(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* payments);
  // `source` = digest of the file, `row` = its row number: loading the same file again overwrites with the same.
  absl::Status Put(const PaymentRow& row, const Digest& source, int64_t row_number);
  absl::Status Flush();  // writes and syncs what Put has collected; Put flushes by itself every few thousand rows
  // In the order of the keys. A status other than OK from `visit` ends the walk and is returned.
  absl::Status ForEach(const PaymentRange& range, absl::FunctionRef<absl::Status(const PaymentRow&)> visit) const;

 private:
  using Rows = std::map<std::string, PaymentRow>;  // by key
  rocksdb::DB* db_ = nullptr;
  rocksdb::ColumnFamilyHandle* family_ = nullptr;
  Rows unwritten_;
  Rows in_memory_;
};

}  // namespace furikae::storage
