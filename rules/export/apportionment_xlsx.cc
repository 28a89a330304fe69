// apportionment/apportionment.xlsx: the three tables of the apportionment as sheets, for people who work in a
// spreadsheet.
//
// Byte-identical from run to run: the creation date is the first day of the month, and the library dates the members of
// the archive 1980-01-01. Texts are written as strings, so that no cell is ever a formula. A spreadsheet's numbers are
// doubles: amounts up to 2^53 yen are exact, larger ones are written as text.
#include <xlsxwriter.h>

#include <cstdlib>
#include <string>

#include "core/concat.h"
#include "core/status.h"
#include "rules/export/files.h"
#include "rules/export/scratch_file.h"

namespace furikae::rules {
namespace {

constexpr uint32_t kMostRows = 1'000'000;  // a sheet ends at 1,048,576
constexpr size_t kExactDigits = 15;

class Sheets {
 public:
  Sheets(lxw_workbook* book, const OutTable& table) : book_(book), table_(table) {}

  absl::Status Add(const TableRow& row) {
    if (sheet_ == nullptr || row_ > kMostRows) RETURN_IF_ERROR(NextSheet());
    for (uint16_t column = 0; column < row.size(); ++column) {
      const std::string& text = row[column];
      const bool number = table_.columns[column].number && !text.empty() && text.size() <= kExactDigits;
      const lxw_error error =
          number ? worksheet_write_number(sheet_, row_, column, static_cast<double>(std::atoll(text.c_str())), nullptr)
                 : worksheet_write_string(sheet_, row_, column, text.c_str(), nullptr);
      if (error != LXW_NO_ERROR) return Failure(error);
    }
    ++row_;
    return absl::OkStatus();
  }
  absl::Status NextSheet() {
    const std::string name = Concat(table_.name, ++sheets_ == 1 ? std::string() : Concat(" ", sheets_));
    sheet_ = workbook_add_worksheet(book_, name.c_str());
    if (sheet_ == nullptr) return absl::InternalError("a sheet could not be added to apportionment.xlsx");
    for (uint16_t column = 0; column < table_.columns.size(); ++column) {
      const std::string title(table_.columns[column].name);
      worksheet_write_string(sheet_, 0, column, title.c_str(), nullptr);
    }
    worksheet_freeze_panes(sheet_, 1, 0);
    row_ = 1;
    return absl::OkStatus();
  }
  static absl::Status Failure(lxw_error error) {
    return absl::UnavailableError(
        Concat("apportionment.xlsx could not be written: ", std::string(lxw_strerror(error))));
  }

 private:
  lxw_workbook* book_;
  const OutTable& table_;
  lxw_worksheet* sheet_ = nullptr;
  uint32_t row_ = 1;
  int sheets_ = 0;
};

absl::Status FillBook(const ExportContext& context, lxw_workbook* book) {
  const auto fill = [&](const OutTable& table, absl::Status (*rows)(const ExportContext&, RowVisit)) -> absl::Status {
    Sheets sheets(book, table);
    RETURN_IF_ERROR(sheets.NextSheet());
    return rows(context, [&](const TableRow& row) { return sheets.Add(row); });
  };
  RETURN_IF_ERROR(fill(PoolTable(), ForEachPoolRow));
  RETURN_IF_ERROR(fill(ShareTable(), ForEachShareRow));
  return fill(ByInsurerTable(), ForEachByInsurerRow);
}

}  // namespace

absl::Status WriteApportionmentXlsx(const ExportContext& context, Output& output) {
  ASSIGN_OR_RETURN(const ScratchFile file, ScratchFile::Create(context.store));
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;
  std::string directory = file.directory();
  options.tmpdir = directory.data();
  lxw_workbook* book = workbook_new_opt(file.path().c_str(), &options);
  if (book == nullptr) return absl::UnavailableError("apportionment.xlsx could not be begun");
  lxw_doc_properties properties = {};
  properties.created = static_cast<time_t>(context.options.month.FirstDay().days) * 86400;
  workbook_set_properties(book, &properties);
  const absl::Status filled = FillBook(context, book);
  const lxw_error error = workbook_close(book);  // frees the book, also after a failure
  RETURN_IF_ERROR(filled);
  if (error != LXW_NO_ERROR) return Sheets::Failure(error);
  output.Begin("apportionment/apportionment.xlsx");
  RETURN_IF_ERROR(file.CopyTo(output));
  return output.End();
}

}  // namespace furikae::rules
