#include "core/csv.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "core/status.h"

namespace furikae {
namespace {

constexpr size_t kMostColumns = 4096;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

size_t FindByte(std::string_view text, char byte, size_t from) {
  if (from == text.size()) return from;
  const void* found = std::memchr(text.data() + from, byte, text.size() - from);
  return found == nullptr ? text.size() : static_cast<size_t>(static_cast<const char*>(found) - text.data());
}

// A column name of a file as it may stand in a message: short, and without control characters.
std::string Printable(std::string_view name) {
  std::string printable(name.substr(0, 60));
  std::replace_if(
      printable.begin(), printable.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, '?');
  return printable;
}

}  // namespace

std::string RowComplaint::ToString() const {
  const std::string where = column.empty() ? "" : absl::StrCat(", column ", column);
  return absl::StrCat(file, " row ", row, where, ": ", reason);
}

void AddGap(int64_t row, std::vector<RowGap>& gaps) {
  if (gaps.empty() || gaps.back().first + gaps.back().rows != row) gaps.push_back({.first = row});
  ++gaps.back().rows;
}

CsvReader::CsvReader(std::string_view file, std::string_view bytes, const std::vector<std::string_view>& known)
    : file_(file), bytes_(bytes), known_(known) {
  if (bytes_.starts_with(kByteOrderMark)) bytes_.remove_prefix(kByteOrderMark.size());
}

absl::StatusOr<CsvReader> CsvReader::Open(std::string_view file, std::string_view bytes,
                                          const std::vector<std::string_view>& known, int required_count) {
  CsvReader reader(file, bytes, known);
  const auto header_end = reader.bytes_.begin() + FindByte(reader.bytes_, '\n', 0);
  reader.columns_ = std::min<size_t>(std::count(reader.bytes_.begin(), header_end, ',') + 1, kMostColumns);
  reader.fields_.resize(reader.columns_);
  reader.unquoted_.resize(reader.columns_);
  std::string problem;
  size_t problem_column = 0;
  if (!reader.ReadRecord(problem, problem_column) || reader.found_ == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(reader.file_, " has no header row; the first row must name the columns"));
  }
  if (!problem.empty()) return absl::InvalidArgumentError(absl::StrCat(reader.file_, " row 1: ", problem));
  RETURN_IF_ERROR(reader.PlaceColumns(required_count));
  return reader;
}

CsvReader CsvReader::WithoutHeader(std::string_view file, std::string_view bytes,
                                   const std::vector<std::string_view>& known) {
  CsvReader reader(file, bytes, known);
  reader.columns_ = known.size();
  reader.fields_.resize(known.size());
  reader.unquoted_.resize(known.size());
  for (size_t i = 0; i < known.size(); ++i) reader.place_.push_back(static_cast<int>(i));
  return reader;
}

absl::Status CsvReader::PlaceColumns(int required_count) {
  if (found_ > columns_)
    return absl::InvalidArgumentError(absl::StrCat(file_, ": more than ", kMostColumns, " columns"));
  columns_ = found_;  // commas inside a quoted name made the first estimate too large
  const std::vector<std::string> header(fields_.begin(), fields_.begin() + columns_);
  place_.assign(known_.size(), -1);
  std::string unknown;
  for (size_t column = 0; column < header.size(); ++column) {
    const auto known = std::find(known_.begin(), known_.end(), header[column]);
    if (known == known_.end()) {
      absl::StrAppend(&unknown, unknown.empty() ? "" : ", ", Printable(header[column]));
    } else if (int& place = place_[known - known_.begin()]; place >= 0) {
      return absl::InvalidArgumentError(absl::StrCat(file_, ": column ", header[column], " is there twice"));
    } else {
      place = static_cast<int>(column);
    }
  }
  for (int i = 0; i < required_count; ++i) {
    if (place_[i] < 0) {
      return absl::InvalidArgumentError(
          absl::StrCat(file_, ": required column ", std::string(known_[i]), " is missing"));
    }
  }
  if (!unknown.empty()) notes_.push_back(absl::StrCat(file_, ": unknown columns are ignored: ", unknown));
  fields_.resize(columns_);
  unquoted_.resize(columns_);
  return absl::OkStatus();
}

bool CsvReader::Next() {
  std::string problem;
  size_t problem_column = 0;
  while (ReadRecord(problem, problem_column)) {
    if (found_ == 0) {  // a blank line
      AddGap(row_, gaps_);
      continue;
    }
    if (problem.empty() && found_ != columns_) {
      problem = absl::StrCat(found_, " fields where the header has ", columns_);
      problem_column = columns_;
    }
    if (problem.empty()) return true;
    Complain(ColumnName(problem_column), std::move(problem));
    problem.clear();
  }
  return false;
}

bool CsvReader::ReadRecord(std::string& problem, size_t& problem_column) {
  found_ = 0;
  if (position_ >= bytes_.size()) return false;
  ++row_;
  const size_t end = FindByte(bytes_, '\n', position_);
  std::string_view line = bytes_.substr(position_, end - position_);
  if (line.find('"') != std::string_view::npos) {
    ReadQuoted(problem, problem_column);
    return true;
  }
  position_ = std::min(end + 1, bytes_.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (!line.empty()) SplitUnquoted(line, problem, problem_column);
  return true;
}

void CsvReader::SplitUnquoted(std::string_view line, std::string& problem, size_t& problem_column) {
  for (size_t begin = 0;; ++found_) {
    const size_t comma = FindByte(line, ',', begin);
    if (found_ < columns_) fields_[found_] = line.substr(begin, comma - begin);
    if (comma - begin > kLongestField && problem.empty()) {
      problem = absl::StrCat("a field is longer than ", kLongestField, " bytes");
      problem_column = found_;
    }
    if (comma == line.size()) break;
    begin = comma + 1;
  }
  ++found_;
}

// A record with a quote somewhere in its first line; it may go on over many lines. Every byte is looked at once.
void CsvReader::ReadQuoted(std::string& problem, size_t& problem_column) {
  const auto complain = [&](std::string_view what) {
    if (!problem.empty()) return;
    problem = std::string(what);
    problem_column = found_;
  };
  const std::string too_long = absl::StrCat("a field is longer than ", kLongestField, " bytes");
  for (;; ++found_) {
    if (position_ < bytes_.size() && bytes_[position_] == '"') {
      std::string overflow;  // takes the fields that the header does not know
      std::string& value = found_ < columns_ ? unquoted_[found_] : overflow;
      value.clear();
      for (++position_;;) {
        const size_t quote = FindByte(bytes_, '"', position_);
        if (value.size() <= kLongestField)
          value.append(bytes_.substr(position_, std::min(quote - position_, kLongestField + 1)));
        position_ = std::min(quote + 1, bytes_.size());
        if (quote == bytes_.size()) {
          complain("a quote is opened here and never closed; nothing behind it was read");
          break;
        }
        if (position_ == bytes_.size() || bytes_[position_] != '"') break;
        value += '"';
        ++position_;
      }
      if (value.size() > kLongestField) complain(too_long);
      if (found_ < columns_) fields_[found_] = value;
    } else {
      const size_t begin = position_;
      while (position_ < bytes_.size() && bytes_[position_] != ',' && bytes_[position_] != '\n' &&
             bytes_[position_] != '"')
        ++position_;
      std::string_view value = bytes_.substr(begin, position_ - begin);
      const bool last = position_ == bytes_.size() || bytes_[position_] == '\n';
      if (last && value.ends_with('\r')) value.remove_suffix(1);
      if (value.size() > kLongestField) complain(too_long);
      if (found_ < columns_) fields_[found_] = value;
    }
    const size_t next = bytes_.find_first_of(",\n", position_);
    const std::string_view behind =
        bytes_.substr(position_, next == std::string_view::npos ? std::string_view::npos : next - position_);
    if (!behind.empty() && behind != "\r") complain("a quote must enclose the whole field, and be doubled inside it");
    position_ = next == std::string_view::npos ? bytes_.size() : next + 1;
    if (next == std::string_view::npos || bytes_[next] == '\n') break;
  }
  ++found_;
}

std::string_view CsvReader::Field(int known_index) const {
  const int place = place_[known_index];
  return place < 0 ? std::string_view() : fields_[place];
}

void CsvReader::Refuse(int known_index, std::string reason) { Complain(known_[known_index], std::move(reason)); }

void CsvReader::Complain(std::string_view column, std::string reason) {
  if (last_refused_row_ != row_) {
    ++refused_;
    AddGap(row_, gaps_);
  }
  last_refused_row_ = row_;
  if (complaints_.size() < kMostComplaints) {
    complaints_.push_back({file_, row_, std::string(column), std::move(reason)});
  } else {
    ++complaints_left_out_;
  }
}

// The name of the file's column number `place`, or "" when it is none that we know.
std::string_view CsvReader::ColumnName(size_t place) const {
  for (size_t i = 0; i < place_.size(); ++i) {
    if (place_[i] >= 0 && static_cast<size_t>(place_[i]) == place) return known_[i];
  }
  return "";
}

void AppendCsvLine(const std::vector<std::string_view>& fields, std::string& out) {
  bool first = true;
  for (std::string_view field : fields) {
    if (!first) out += ',';
    first = false;
    if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
      out += field;
      continue;
    }
    out += '"';
    for (char c : field) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  // A line of one empty field would read as a blank line.
  if (fields.size() == 1 && fields[0].empty()) out += "\"\"";
  out += '\n';
}

}  // namespace furikae
