// core/files/row_fields.h — the typed fields of the current CSV row; what is wrong with them becomes complaints of the
// row.
//
//   RowFields fields(csv);
//   row.birth = fields.RequiredDate(kBirthdate);
//   row.disqualified = fields.OptionalDate(kDisqualificationDate, kOpenEnd);
//   if (fields.ok()) deliver(std::move(row));
//
// Columns are given by their index in the list that the CsvReader was opened with. Each getter of a bad field complains
// once and returns a value that must not be used; no complaint quotes a value. Lengths are in bytes. Not thread-safe,
// as its reader. Source: files.md (opening: a refused row is reported with column and reason), "In" (what each column
// holds).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/calendar.h"
#include "core/csv.h"
#include "core/files/table_report.h"
#include "core/institution_code.h"
#include "core/insurer_number.h"

namespace furikae {

class RowFields {
 public:
  explicit RowFields(CsvReader& csv) : csv_(csv) {}

  bool ok() const { return ok_; }
  void Refuse(int column, std::string reason);
  bool Blank(int column) const { return Raw(column).empty(); }
  std::string_view Raw(int column) const;  // without surrounding spaces

  std::string RequiredText(int column);
  std::string OptionalText(int column);  // valid UTF-8 without control characters, at most kLongestText bytes
  std::string SubjectId(int column, bool required);  // never an Individual Number
  Date RequiredDate(int column);                     // from the first year of 明治 (1868) on
  Date OptionalDate(int column, Date blank);
  ServiceMonth RequiredMonth(int column);  // likewise
  Moment RequiredMoment(int column);
  InsurerNumber RequiredInsurer(int column);
  InsurerNumber OptionalInsurer(int column);  // blank: value 0
  // One that an insurer can have: of a prefecture, with the check digit that fits.
  InsurerNumber PossibleInsurer(int column);
  InstitutionCode RequiredInstitution(int column);
  int64_t RequiredInteger(int column, int64_t least, int64_t most);
  bool Switch(int column);  // 0, 1; blank is 0
  // A name that `parse` knows; `expected` lists them for the complaint.
  template <typename Value>
  Value RequiredName(int column, std::optional<Value> (*parse)(std::string_view), std::string_view expected) {
    const std::optional<Value> value = parse(Raw(column));
    if (!value) Refuse(column, "expected one of " + std::string(expected));
    return value.value_or(Value{});
  }

 private:
  CsvReader& csv_;
  bool ok_ = true;
};

// Why no insurer can have this number, without quoting it; empty when one can: its check digit fits and it names a
// prefecture. A number of fewer than 8 digits counts as filled up with zeros on the left (decisions.md §1).
std::string_view WhyNoInsurer(InsurerNumber number);

// What the reader of a table hands back once every row is read.
TableReport ReportOf(const CsvReader& csv, int64_t loaded);

}  // namespace furikae
