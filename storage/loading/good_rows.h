// storage/loading/good_rows.h — what all loads share: good rows have ordinals, refusals found here join those of the
// reader.
//
//   GoodRows rows(TableKind::kInsurers, file, /*header_rows=*/1);
//   reader(…, [&](InsurerRow&& row) { const int64_t ordinal = rows.Next(); … rows.Refuse(ordinal, column, status); });
//   LoadReport report = rows.Report(table_report, strict);
//   if (report.refused_whole) return report;  // nothing of the file may be loaded
//
// A reader of core/files delivers rows without their numbers. The number in the file is the ordinal, plus the header,
// plus the refused rows and the blank lines before it; that is known once the file is read. Ordinals and rows count
// from 1. Not thread-safe. Source: files.md (opening: refused rows are told by row number; `--strict`).
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "core/files/table_report.h"
#include "storage/loading/loading.h"

namespace furikae::storage {

class GoodRows {
 public:
  GoodRows(TableKind kind, std::string_view file, int64_t header_rows)
      : kind_(kind), file_(file), header_rows_(header_rows) {}

  int64_t Next() { return ++last_; }  // ordinals count from 1
  // The row is not loaded after all. `reason` must hold no personal data.
  void Refuse(int64_t ordinal, std::string column, const absl::Status& reason);
  bool Refused(int64_t ordinal) const { return refused_.count(ordinal) > 0; }

  int64_t FileRow(int64_t ordinal, const TableReport& read) const;
  // The report of the whole file with every refused row; refused as a whole when `strict` and there is one.
  LoadReport Report(const TableReport& read, bool strict) const;

 private:
  struct Refusal {
    int64_t ordinal;
    std::string column, reason;
  };
  TableKind kind_;
  std::string file_;
  int64_t header_rows_;
  int64_t last_ = 0;
  std::set<int64_t> refused_;
  std::vector<Refusal> refusals_;
};

}  // namespace furikae::storage
