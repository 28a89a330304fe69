#include "core/files/towns_csv.h"

#include "absl/strings/str_cat.h"
#include "core/csv.h"
#include "core/files/row_fields.h"
#include "core/text/utf8.h"
#include "core/uke/cp932.h"

namespace furikae {
namespace {

// The layout as published; only some columns are read.
enum Column {
  kMunicipality,
  kOldPostNumber,
  kPostNumber,
  kPrefectureKana,
  kCityKana,
  kTownKana,
  kPrefecture,
  kCity,
  kTown,
  kFlags
};

const std::vector<std::string_view>& Columns() {
  static const auto& columns = *new std::vector<std::string_view>{"municipality code",
                                                                  "old post number",
                                                                  "post number",
                                                                  "prefecture in kana",
                                                                  "city in kana",
                                                                  "town in kana",
                                                                  "prefecture",
                                                                  "city",
                                                                  "town",
                                                                  "flag 1",
                                                                  "flag 2",
                                                                  "flag 3",
                                                                  "flag 4",
                                                                  "update",
                                                                  "reason"};
  return columns;
}

bool AreDigits(std::string_view text, size_t count) {
  return text.size() == count && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool IsMunicipality(std::string_view code) {
  return AreDigits(code, 5) && IsPrefecture((code[0] - '0') * 10 + (code[1] - '0'));
}

// Reads one table; remembers an open bracket from row to row.
class TownTable {
 public:
  TownTable(CsvReader& csv, bool utf8) : csv_(csv), utf8_(utf8) {}

  // nullopt: the row is refused, or goes on with the bracket of an earlier one.
  std::optional<TownRow> Row() {
    RowFields fields(csv_);
    TownRow row{std::string(fields.Raw(kMunicipality)), std::string(fields.Raw(kPostNumber)), Text(kPrefecture),
                Text(kCity), Text(kTown)};
    if (!IsMunicipality(row.municipality_code))
      fields.Refuse(kMunicipality, "expected 5 digits that begin with a prefecture, 01 to 47");
    if (!AreDigits(row.post_number, 7)) fields.Refuse(kPostNumber, "expected 7 digits");
    if (row.prefecture.empty()) fields.Refuse(kPrefecture, "must not be blank");
    if (row.city.empty()) fields.Refuse(kCity, "must not be blank");
    if (!fields.ok()) return std::nullopt;
    const bool goes_on = open_bracket_of_ == row.post_number;
    Trim(row, goes_on);
    if (goes_on) return std::nullopt;
    return row;
  }

 private:
  std::string Text(int column) const {
    const std::string_view raw = csv_.Field(column);
    return utf8_ ? std::string(raw) : uke::FromCp932(raw);
  }

  void Trim(TownRow& row, bool goes_on) {
    constexpr std::string_view kOpen = "（", kClose = "）", kNotListed = "以下に掲載がない場合";
    const size_t open = row.town.find(kOpen);
    const bool closed = row.town.find(kClose, open == std::string::npos ? 0 : open) != std::string::npos;
    if (open != std::string::npos || goes_on) open_bracket_of_ = closed ? "" : row.post_number;
    if (open != std::string::npos) row.town.erase(open);
    if (row.town == kNotListed) row.town.clear();
  }

  CsvReader& csv_;
  const bool utf8_;
  std::string open_bracket_of_;  // post number of the row whose bracket is still open
};

}  // namespace

absl::StatusOr<TableReport> ReadTownsCsv(std::string_view file, std::string_view bytes,
                                         absl::FunctionRef<void(TownRow&&)> deliver) {
  CsvReader csv = CsvReader::WithoutHeader(file, bytes, Columns());
  TownTable table(csv, text::IsUtf8(bytes));
  int64_t loaded = 0;
  while (csv.Next()) {
    const int64_t refused = csv.refused();
    std::optional<TownRow> row = table.Row();
    if (csv.refused() != refused) continue;
    ++loaded;
    if (row) deliver(std::move(*row));
  }
  if (loaded == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(std::string(file), " is not of the layout of KEN_ALL.CSV (15 columns, no header)"));
  }
  return ReportOf(csv, loaded);
}

}  // namespace furikae
