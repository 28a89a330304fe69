// storage/masters.h — insurers and institutions: periods per number, in memory, with their rows on disk.
//
//   const InsurerRow* insurer = masters.InsurerIn(number, month);   // a period that touches the month, or nullptr
//   InsurerNumber living = masters.SuccessorOf(number, first_day).value_or(...);
//
// Rows on disk: number (insurer 4 bytes, institution 8, big-endian), valid_from → schema.InsurerRow,
// schema.InstitutionRow. Not synchronized: rows are put before decisions are made; then any number of readers. Pointers
// hold until the next Put. Source: decisions.md §1 (insurer number), §8 (successors); files.md insurers.csv,
// institutions.csv.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/masters.h"

namespace rocksdb {
class DB;
class ColumnFamilyHandle;
}  // namespace rocksdb

namespace furikae::storage {

// Where an insurer number stands in a service month.
enum class Standing : uint8_t {
  kUnknown /* in no row */,
  kNotYet /* first period begins after the month */,
  kInForce,
  kCeased
};

// By law code (法別番号) alone, for a number whose agency the master does not tell. kUnknown for codes that no insurer
// has. What the law says there, the caller knows (rules/insurer_agency.h).
using AgencyByLawCode = absl::FunctionRef<Agency(int law_code, ServiceMonth month)>;

class Masters {
 public:
  // In memory only (tests, previews).
  Masters() = default;
  // With rows on disk; Load() reads them.
  Masters(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* insurers, rocksdb::ColumnFamilyHandle* institutions);

  absl::Status Load();
  // A row for the same number and valid_from replaces; one that overlaps another period is refused naming both
  // (FailedPrecondition); one that ends before it begins is InvalidArgument.
  absl::Status Put(const InsurerRow& row);
  absl::Status Put(const InstitutionRow& row);
  absl::Status Flush();  // writes and syncs what Put has collected

  Standing StandingOf(InsurerNumber number, ServiceMonth month) const;
  const InsurerRow* InsurerIn(InsurerNumber number,
                              ServiceMonth month) const;  // the period in force, else the last one before, else nullptr
  const InstitutionRow* InstitutionIn(InstitutionCode code, ServiceMonth month) const;
  // The insurer that bears for `number` from `day` on: itself while it has not ceased, else along the chain of
  // successors. One without an end ahead of it lives, also before its first day. Errors: NotFound (no or unknown
  // successor), FailedPrecondition (cycle; other agency).
  absl::StatusOr<InsurerNumber> LivingSuccessor(InsurerNumber number, Date day, AgencyByLawCode by_law_code) const;
  Agency AgencyOf(InsurerNumber number, ServiceMonth month, AgencyByLawCode by_law_code) const;  // master row first

  const std::map<InsurerNumber, std::vector<InsurerRow>>& insurers() const {
    return insurers_;
  }  // periods by valid_from
  const std::map<InstitutionCode, std::vector<InstitutionRow>>& institutions() const { return institutions_; }

 private:
  rocksdb::DB* db_ = nullptr;
  rocksdb::ColumnFamilyHandle* insurer_family_ = nullptr;
  rocksdb::ColumnFamilyHandle* institution_family_ = nullptr;
  std::map<InsurerNumber, std::vector<InsurerRow>> insurers_;
  std::map<InstitutionCode, std::vector<InstitutionRow>> institutions_;
  std::vector<InsurerRow> unwritten_insurers_;
  std::vector<InstitutionRow> unwritten_institutions_;
};

}  // namespace furikae::storage
