#include "storage/loading/good_rows.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace furikae::storage {

void GoodRows::Refuse(int64_t ordinal, std::string column, const absl::Status& reason) {
  refused_.insert(ordinal);
  refusals_.push_back({ordinal, std::move(column), std::string(reason.message())});
}

int64_t GoodRows::FileRow(int64_t ordinal, const TableReport& read) const {
  int64_t row = ordinal + header_rows_;
  for (const RowGap& gap : read.gaps) {
    if (gap.first > row) break;
    row += gap.rows;
  }
  return row;
}

LoadReport GoodRows::Report(const TableReport& read, bool strict) const {
  LoadReport report{.kind = kind_, .rows = read.rows};
  report.refused = read.refused + static_cast<int64_t>(refused_.size());
  report.loaded = read.loaded - static_cast<int64_t>(refused_.size());
  report.complaints = read.complaints;
  for (const Refusal& refusal : refusals_) {
    report.complaints.push_back({file_, FileRow(refusal.ordinal, read), refusal.column, refusal.reason});
  }
  std::stable_sort(report.complaints.begin(), report.complaints.end(),
                   [](const RowComplaint& a, const RowComplaint& b) { return a.row < b.row; });
  report.notes = read.notes;
  if (read.complaints_left_out > 0) {
    report.notes.push_back(absl::StrCat(file_, ": ", read.complaints_left_out, " more complaints are not listed"));
  }
  if (strict && report.refused > 0) {
    report.refused_whole = true;
    report.loaded = 0;
  }
  return report;
}

}  // namespace furikae::storage
