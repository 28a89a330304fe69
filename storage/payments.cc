#include "storage/payments.h"

#include <memory>

#include "core/status.h"
#include "storage/keys.h"
#include "storage/reference_codec.h"
#include "storage/synced_write.h"

namespace furikae::storage {
namespace {

constexpr size_t kRowsPerWrite = 10'000;
constexpr size_t kMonthOffset = 8;   // in a key, after the institution
constexpr int kLastPrefecture = 99;  // two digits; 47 exist

std::string KeyOfPayment(const PaymentRow& row, const Digest& source, int64_t row_number) {
  std::string key;
  keys::Append64(row.institution.value, key);
  keys::Append32(static_cast<uint32_t>(row.month.index), key);
  keys::Append32(row.insurer.value, key);
  key.append(reinterpret_cast<const char*>(source.data()), 8);
  keys::Append64(static_cast<uint64_t>(row_number), key);
  return key;
}

std::string KeyOfMonth(uint64_t institution, ServiceMonth month) {
  std::string key;
  keys::Append64(institution, key);
  keys::Append32(static_cast<uint32_t>(month.index), key);
  return key;
}

// Institution codes from `first` on, below `end`.
struct CodeRange {
  uint64_t first, end;
};

std::vector<CodeRange> CodesOf(const PaymentRange& range) {
  if (range.institution) return {{range.institution->value, range.institution->value + 1}};
  const auto all_of = [&](int prefecture) -> CodeRange {
    const uint64_t first = InstitutionCode::Of(prefecture, range.point_table, 0).value;
    return {first, first + 10'000'000};
  };
  if (range.prefecture != 0) return {all_of(range.prefecture)};
  std::vector<CodeRange> codes;
  for (int prefecture = 1; prefecture <= kLastPrefecture; ++prefecture) codes.push_back(all_of(prefecture));
  return codes;
}

// Walks the rows of `codes` within the months; where an institution has months outside, jumps to the next wanted key.
// A cursor stands on a row or at the end: Seek(key), Valid(), Next(), key(), Row().
template <typename Cursor>
absl::Status Walk(Cursor& cursor, const CodeRange& codes, const PaymentRange& range,
                  absl::FunctionRef<absl::Status(const PaymentRow&)> visit) {
  cursor.Seek(KeyOfMonth(codes.first, range.from));
  while (cursor.Valid()) {
    const uint64_t institution = keys::Read64(cursor.key());
    const ServiceMonth month{static_cast<int32_t>(keys::Read32(cursor.key().substr(kMonthOffset)))};
    if (institution >= codes.end) break;
    if (month < range.from) {
      cursor.Seek(KeyOfMonth(institution, range.from));
    } else if (month > range.to) {
      cursor.Seek(KeyOfMonth(institution + 1, range.from));
    } else {
      ASSIGN_OR_RETURN(const PaymentRow row, cursor.Row());
      RETURN_IF_ERROR(visit(row));
      cursor.Next();
    }
  }
  return absl::OkStatus();
}

class DiskCursor {
 public:
  DiskCursor(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* family)
      : rows_(db->NewIterator(rocksdb::ReadOptions(), family)) {}
  void Seek(const std::string& key) { rows_->Seek(key); }
  bool Valid() const { return rows_->Valid(); }
  void Next() { rows_->Next(); }
  std::string_view key() const { return rows_->key().ToStringView(); }
  absl::StatusOr<PaymentRow> Row() const { return ParsePaymentRow(rows_->value().ToStringView()); }
  absl::Status status() const { return FromRocksDb(rows_->status(), "reading payments"); }

 private:
  std::unique_ptr<rocksdb::Iterator> rows_;
};

class MemoryCursor {
 public:
  explicit MemoryCursor(const std::map<std::string, PaymentRow>& rows) : rows_(rows), at_(rows.begin()) {}
  void Seek(const std::string& key) { at_ = rows_.lower_bound(key); }
  bool Valid() const { return at_ != rows_.end(); }
  void Next() { ++at_; }
  std::string_view key() const { return at_->first; }
  absl::StatusOr<PaymentRow> Row() const { return at_->second; }
  absl::Status status() const { return absl::OkStatus(); }

 private:
  const std::map<std::string, PaymentRow>& rows_;
  std::map<std::string, PaymentRow>::const_iterator at_;
};

template <typename Cursor>
absl::Status WalkAll(Cursor cursor, const PaymentRange& range,
                     absl::FunctionRef<absl::Status(const PaymentRow&)> visit) {
  for (const CodeRange& codes : CodesOf(range)) {
    RETURN_IF_ERROR(Walk(cursor, codes, range, visit));
    RETURN_IF_ERROR(cursor.status());
  }
  return absl::OkStatus();
}

}  // namespace

Payments::Payments(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* payments) : db_(db), family_(payments) {}

absl::Status Payments::Put(const PaymentRow& row, const Digest& source, int64_t row_number) {
  Rows& rows = db_ == nullptr ? in_memory_ : unwritten_;
  rows[KeyOfPayment(row, source, row_number)] = row;
  return unwritten_.size() >= kRowsPerWrite ? Flush() : absl::OkStatus();
}

absl::Status Payments::Flush() {
  if (unwritten_.empty()) return absl::OkStatus();
  rocksdb::WriteBatch batch;
  for (const auto& [key, row] : unwritten_) {
    RETURN_IF_ERROR(FromRocksDb(batch.Put(family_, key, SerializeRow(row)), "collecting payments"));
  }
  RETURN_IF_ERROR(WriteSynced(db_, batch, "writing payments"));
  unwritten_.clear();
  return absl::OkStatus();
}

absl::Status Payments::ForEach(const PaymentRange& range,
                               absl::FunctionRef<absl::Status(const PaymentRow&)> visit) const {
  if (range.to < range.from) return absl::OkStatus();
  return db_ == nullptr ? WalkAll(MemoryCursor(in_memory_), range, visit)
                        : WalkAll(DiskCursor(db_, family_), range, visit);
}

}  // namespace furikae::storage
