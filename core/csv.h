// core/csv.h — CSV as the service reads and writes it: UTF-8 (a BOM is accepted), header row, RFC 4180, LF or CRLF.
//
//   ASSIGN_OR_RETURN(CsvReader csv, CsvReader::Open("registry.csv", bytes, kColumns, kRequired));
//   while (csv.Next()) { std::string_view subject = csv.Field(column); … csv.Refuse(column, "expected …"); }
//
// Column order is free. A missing required column refuses the file naming it; unknown columns are one note. Fields are
// views into `bytes` unless quoted. Source: files.md (opening paragraph).
//
// A row is refused, and reading goes on behind it, when its field count is wrong, a field is longer than kLongestField,
// a quote stands inside an unquoted field or text follows a closing quote. A quote that is never closed refuses the
// rest of the file as one row. Blank lines are rows without data: counted, skipped. Not thread-safe; one reader reads
// one file once.
#pragma once

#include <cstdint>
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

// Rows that came to nothing, one after the other: refused ones, and blank lines.
struct RowGap {
  int64_t first = 0;
  int64_t rows = 0;
};
// `row` comes to nothing too; it lies behind all of `gaps`.
void AddGap(int64_t row, std::vector<RowGap>& gaps);

inline constexpr size_t kLongestField = 64 * 1024;  // bytes; no field of our tables comes near it
inline constexpr size_t kMostComplaints = 10000;    // kept per file; the rest is only counted

class CsvReader {
 public:
  // `known` = every column this kind of file may have; the first `required_count` of them are required. `bytes` must
  // outlive the reader. InvalidArgument, naming file and column: no header, a column missing or named twice.
  static absl::StatusOr<CsvReader> Open(std::string_view file, std::string_view bytes,
                                        const std::vector<std::string_view>& known, int required_count);
  // A table without a header row: every row has exactly the columns `known`, in that order.
  static CsvReader WithoutHeader(std::string_view file, std::string_view bytes,
                                 const std::vector<std::string_view>& known);

  CsvReader(CsvReader&&) = default;
  CsvReader& operator=(CsvReader&&) = default;

  bool Next();                                    // to the next good row; false at the end
  std::string_view Field(int known_index) const;  // "" when the file lacks that optional column; surrounding spaces
                                                  // kept. Valid until the next Next()
  int64_t row() const { return row_; }            // of the current row; the header is row 1
  void Refuse(int known_index,
              std::string reason);              // the current row; more than one complaint of a row refuses it once
  int64_t refused() const { return refused_; }  // rows
  const std::vector<RowComplaint>& complaints() const { return complaints_; }  // the first kMostComplaints
  int64_t complaints_left_out() const { return complaints_left_out_; }
  const std::vector<RowGap>& gaps() const { return gaps_; }  // in the order of rows, every one of them
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  CsvReader(std::string_view file, std::string_view bytes, const std::vector<std::string_view>& known);
  absl::Status PlaceColumns(int required_count);
  bool ReadRecord(std::string& problem, size_t& problem_column);  // false at the end of the file
  void SplitUnquoted(std::string_view line, std::string& problem, size_t& problem_column);
  void ReadQuoted(std::string& problem, size_t& problem_column);
  void Complain(std::string_view column, std::string reason);
  std::string_view ColumnName(size_t place) const;

  std::string file_;
  std::string_view bytes_;
  std::vector<std::string_view> known_;
  std::vector<int> place_;                // known index → column in the file, -1 = absent
  std::vector<std::string_view> fields_;  // of the current row, at most columns_ of them
  std::vector<std::string> unquoted_;     // storage for quoted fields, one string per column
  size_t position_ = 0;
  size_t columns_ = 0;
  size_t found_ = 0;  // fields of the current row
  int64_t row_ = 0;
  int64_t refused_ = 0;
  int64_t last_refused_row_ = 0;
  int64_t complaints_left_out_ = 0;
  std::vector<RowComplaint> complaints_;
  std::vector<RowGap> gaps_;
  std::vector<std::string> notes_;
};

// One CSV line with LF; fields quoted where RFC 4180 asks for it.
void AppendCsvLine(const std::vector<std::string_view>& fields, std::string& out);

}  // namespace furikae
