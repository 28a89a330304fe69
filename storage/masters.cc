#include "storage/masters.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "rocksdb/db.h"
#include "storage/keys.h"
#include "storage/reference_codec.h"
#include "storage/synced_write.h"

namespace furikae::storage {
namespace {

const InsurerRow* LastOf(const std::map<InsurerNumber, std::vector<InsurerRow>>& rows, InsurerNumber number) {
  const auto found = rows.find(number);
  return found == rows.end() ? nullptr : &found->second.back();
}

// The last period that has begun by the end of the month; periods are sorted by valid_from and never overlap.
template <typename Row>
const Row* LastBegun(const std::vector<Row>& periods, ServiceMonth month) {
  const Row* last = nullptr;
  for (const Row& row : periods) {
    if (row.valid_from <= month.LastDay()) last = &row;
  }
  return last;
}

std::string PeriodText(Date from, Date to) {
  return absl::StrCat(from.ToString(), " to ", to == kOpenEnd ? "open" : to.ToString());
}

// Puts `row` among the periods of one number, in place of one that begins on the same day.
template <typename Row>
absl::Status PutPeriod(const Row& row, const std::string& what, std::vector<Row>& periods) {
  if (row.valid_to < row.valid_from) {
    return absl::InvalidArgumentError(
        absl::StrCat(what, ": ValidTo lies before ValidFrom in ", PeriodText(row.valid_from, row.valid_to)));
  }
  for (const Row& other : periods) {
    const bool replaced = other.valid_from == row.valid_from;
    if (!replaced && other.valid_from <= row.valid_to && row.valid_from <= other.valid_to) {
      return absl::FailedPreconditionError(absl::StrCat(what, ": period ", PeriodText(row.valid_from, row.valid_to),
                                                        " overlaps period ",
                                                        PeriodText(other.valid_from, other.valid_to)));
    }
  }
  const auto place = std::lower_bound(periods.begin(), periods.end(), row.valid_from,
                                      [](const Row& other, Date day) { return other.valid_from < day; });
  if (place != periods.end() && place->valid_from == row.valid_from) {
    *place = row;
  } else {
    periods.insert(place, row);
  }
  return absl::OkStatus();
}

// Adds `row` to a map of periods; a refused first row leaves no empty number behind.
template <typename Number, typename Row>
absl::Status PutInto(std::map<Number, std::vector<Row>>& rows, Number number, const Row& row, const std::string& what) {
  std::vector<Row>& periods = rows[number];
  const absl::Status status = PutPeriod(row, what, periods);
  if (periods.empty()) rows.erase(number);
  return status;
}

// Keys: number (insurer 4 bytes, institution 8), then valid_from with its sign bit turned, so that earlier days sort
// first.
void AppendDay(Date day, std::string& key) { keys::Append32(static_cast<uint32_t>(day.days) ^ 0x80000000u, key); }
std::string KeyOfRow(const InsurerRow& row) {
  std::string key;
  keys::Append32(row.number.value, key);
  AppendDay(row.valid_from, key);
  return key;
}
std::string KeyOfRow(const InstitutionRow& row) {
  std::string key;
  keys::Append64(row.code.value, key);
  AppendDay(row.valid_from, key);
  return key;
}

template <typename Row>
absl::Status LoadFamily(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* family,
                        absl::StatusOr<Row> (*parse)(std::string_view),
                        absl::FunctionRef<absl::Status(const Row&)> put) {
  std::unique_ptr<rocksdb::Iterator> rows(db->NewIterator(rocksdb::ReadOptions(), family));
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    ASSIGN_OR_RETURN(const Row row, parse(rows->value().ToStringView()));
    RETURN_IF_ERROR(put(row));
  }
  return FromRocksDb(rows->status(), absl::StrCat("reading ", family->GetName()));
}

template <typename Row>
absl::Status WriteAll(const std::vector<Row>& rows, rocksdb::ColumnFamilyHandle* family, rocksdb::WriteBatch& batch) {
  for (const Row& row : rows) {
    RETURN_IF_ERROR(FromRocksDb(batch.Put(family, KeyOfRow(row), SerializeRow(row)), "collecting master rows"));
  }
  return absl::OkStatus();
}

}  // namespace

Masters::Masters(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* insurers, rocksdb::ColumnFamilyHandle* institutions)
    : db_(db), insurer_family_(insurers), institution_family_(institutions) {}

absl::Status Masters::Load() {
  if (db_ == nullptr) return absl::OkStatus();
  RETURN_IF_ERROR(LoadFamily<InsurerRow>(db_, insurer_family_, ParseInsurerRow, [&](const InsurerRow& row) {
    return PutInto(insurers_, row.number, row, row.number.ToString());
  }));
  return LoadFamily<InstitutionRow>(db_, institution_family_, ParseInstitutionRow, [&](const InstitutionRow& row) {
    return PutInto(institutions_, row.code, row, row.code.ToString());
  });
}

absl::Status Masters::Put(const InsurerRow& row) {
  RETURN_IF_ERROR(PutInto(insurers_, row.number, row, absl::StrCat("insurer ", row.number.ToString())));
  if (db_ != nullptr) unwritten_insurers_.push_back(row);
  return absl::OkStatus();
}

absl::Status Masters::Put(const InstitutionRow& row) {
  RETURN_IF_ERROR(PutInto(institutions_, row.code, row, absl::StrCat("institution ", row.code.ToString())));
  if (db_ != nullptr) unwritten_institutions_.push_back(row);
  return absl::OkStatus();
}

absl::Status Masters::Flush() {
  if (unwritten_insurers_.empty() && unwritten_institutions_.empty()) return absl::OkStatus();
  rocksdb::WriteBatch batch;
  RETURN_IF_ERROR(WriteAll(unwritten_insurers_, insurer_family_, batch));
  RETURN_IF_ERROR(WriteAll(unwritten_institutions_, institution_family_, batch));
  RETURN_IF_ERROR(WriteSynced(db_, batch, "writing insurers and institutions"));
  unwritten_insurers_.clear();
  unwritten_institutions_.clear();
  return absl::OkStatus();
}

Standing Masters::StandingOf(InsurerNumber number, ServiceMonth month) const {
  const auto found = insurers_.find(number);
  if (found == insurers_.end()) return Standing::kUnknown;
  const InsurerRow* last = LastBegun(found->second, month);
  if (last == nullptr) return Standing::kNotYet;
  return last->valid_to >= month.FirstDay() ? Standing::kInForce : Standing::kCeased;
}

const InsurerRow* Masters::InsurerIn(InsurerNumber number, ServiceMonth month) const {
  const auto found = insurers_.find(number);
  return found == insurers_.end() ? nullptr : LastBegun(found->second, month);
}

const InstitutionRow* Masters::InstitutionIn(InstitutionCode code, ServiceMonth month) const {
  const auto found = institutions_.find(code);
  return found == institutions_.end() ? nullptr : LastBegun(found->second, month);
}

Agency Masters::AgencyOf(InsurerNumber number, ServiceMonth month, AgencyByLawCode by_law_code) const {
  const InsurerRow* row = InsurerIn(number, month);
  return row != nullptr && row->agency != Agency::kUnknown ? row->agency : by_law_code(number.LawCode(), month);
}

absl::StatusOr<InsurerNumber> Masters::LivingSuccessor(InsurerNumber number, Date day,
                                                       AgencyByLawCode by_law_code) const {
  const auto agency_of = [&](const InsurerRow& row) {
    if (row.agency != Agency::kUnknown) return row.agency;
    return by_law_code(row.number.LawCode(), ServiceMonth::Of(day.Year(), day.Month()));
  };
  const InsurerRow* row = LastOf(insurers_, number);
  if (row == nullptr)
    return absl::NotFoundError(absl::StrCat("insurer ", number.ToString(), " is in no row of the master"));
  const Agency agency = agency_of(*row);
  std::set<InsurerNumber> passed;
  while (row->valid_to < day) {
    const std::string ceased =
        absl::StrCat("insurer ", row->number.ToString(), " ceased on ", row->valid_to.ToString());
    if (!passed.insert(row->number).second) {
      return absl::FailedPreconditionError(absl::StrCat(ceased, " and its successors lead back to it"));
    }
    if (row->successor.value == 0) return absl::NotFoundError(absl::StrCat(ceased, " and names no successor"));
    const InsurerNumber successor = row->successor;
    row = LastOf(insurers_, successor);
    if (row == nullptr) {
      return absl::NotFoundError(
          absl::StrCat(ceased, " and its successor ", successor.ToString(), " is in no row of the master"));
    }
    if (agency_of(*row) != agency) {
      return absl::FailedPreconditionError(
          absl::StrCat(ceased, " and its successor ", successor.ToString(), " belongs to the other agency"));
    }
  }
  return row->number;
}

}  // namespace furikae::storage
