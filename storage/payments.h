// storage/payments.h — payment records (支払実績): what each insurer has paid each institution for each service month.
//
//   RETURN_IF_ERROR(payments.ForEach({.institution = code, .from = m.Plus(-4), .to = m.Plus(-2)}, visit));
//
// Rows of one key from different files add up; the same file counts once. Keys sort by institution (prefecture and point table
// first), then month, then insurer, so a prefecture × point table is one range. Source: decisions.md §8; files.md payments.csv.
#pragma once

#include <functional>
#include <memory>
#include <optional>
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

// Which payment rows: of one institution, or of a prefecture and point table, or (prefecture 0) of a point table everywhere.
struct PaymentRange {
  std::optional<InstitutionCode> institution;
  int prefecture = 0;   // 0 = all, when institution is absent
  int point_table = 0;
  ServiceMonth from, to;  // both included
};

class Payments {
 public:
  Payments() = default;  // in memory only (tests, previews)
  Payments(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* payments);
  // `source` = digest of the file, `row` = its row number: loading the same file again overwrites with the same.
  absl::Status Put(const PaymentRow& row, const Digest& source, int64_t row_number);
  absl::Status Flush();
  absl::Status ForEach(const PaymentRange& range, absl::FunctionRef<absl::Status(const PaymentRow&)> visit) const;

 private:
  rocksdb::DB* db_ = nullptr;
  rocksdb::ColumnFamilyHandle* family_ = nullptr;
  struct Unwritten { std::string key, value; };
  std::vector<Unwritten> unwritten_;
  std::vector<PaymentRow> in_memory_;
};

}  // namespace furikae::storage
