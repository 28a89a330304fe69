// rules/export/rows.h — the tables of `out/`: their columns, and their rows one by one, for CSV, XLSX and SQLite alike.
//
//   WriteCsv(PoolTable(), output, [&](RowVisit visit) { return ForEachPoolRow(pools, visit); });
//
// A row has one text per column; an absent value is "". Numbers are integers in decimal. Rows come sorted by their
// leading columns in header order, as bytes. Errors: those of the sink, the visitor or what the rows are read from.
// Source: files.md "Out".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "rules/export/output.h"

namespace furikae::rules {

struct TableColumn {
  std::string_view name;
  bool number = false;
};
struct OutTable {
  std::string_view name;  // "pools": of the view in furikae.sqlite
  std::string_view path;  // "apportionment/pools.csv"; empty when there is no such file
  std::vector<TableColumn> columns;
};
using TableRow = std::vector<std::string>;
using RowVisit = absl::FunctionRef<absl::Status(const TableRow&)>;
using RowSourceOf = absl::FunctionRef<absl::Status(RowVisit)>;

// Header and rows as one file.
absl::Status WriteCsv(const OutTable& table, Output& output, RowSourceOf rows);
// For tables small enough to be sorted here.
absl::Status VisitSorted(std::vector<TableRow> rows, RowVisit visit);

}  // namespace furikae::rules
