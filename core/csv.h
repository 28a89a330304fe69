// core/csv.h — CSV as the service reads and writes it: UTF-8 (a BOM is accepted), header row, RFC 4180, LF or CRLF.
//
//   ASSIGN_OR_RETURN(CsvReader csv, CsvReader::Open("registry.csv", bytes, kColumns, kRequired));
//   while (csv.Next()) { std::string_view subject = csv.Field(column); … csv.Refuse(column, "expected …"); }
//
// Column order is free. A missing required column refuses the file naming it; unknown columns are one note. Fields are views
// into `bytes` unless quoted. Source: files.md (opening paragraph).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace furikae {

// One refused row: file, row number (the header is row 1), column and reason; never personal data.
struct RowComplaint {
  std::string file;
  int64_t row = 0;
  std::string column;
  std::string reason;
  std::string ToString() const;  // "registry.csv row 17, column Birthdate: …"
};

class CsvReader {
 public:
  // `known` = every column this kind of file may have; the first `required_count` of them are required.
  static absl::StatusOr<CsvReader> Open(std::string_view file, std::string_view bytes, const std::vector<std::string_view>& known,
                                        int required_count);
  bool Next();                                  // to the next row; false at the end. Rows with a wrong field count are refused and skipped
  std::string_view Field(int known_index) const;  // "" when the file lacks that optional column; surrounding spaces kept
  int64_t row() const { return row_; }
  void Refuse(int known_index, std::string reason);  // the current row
  const std::vector<RowComplaint>& complaints() const { return complaints_; }
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  std::string file_;
  std::string_view bytes_;
  std::vector<std::string_view> known_;
  std::vector<int> place_;                // known index → column in the file, -1 = absent
  std::vector<std::string_view> fields_;  // of the current row
  std::vector<std::string> unquoted_;     // storage for quoted fields
  size_t position_ = 0;
  size_t columns_ = 0;
  int64_t row_ = 1;
  std::vector<RowComplaint> complaints_;
  std::vector<std::string> notes_;
};

// One CSV line with LF; fields quoted where RFC 4180 asks for it.
void AppendCsvLine(const std::vector<std::string_view>& fields, std::string& out);

}  // namespace furikae
