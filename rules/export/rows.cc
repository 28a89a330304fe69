#include "rules/export/rows.h"

#include <algorithm>

#include "core/status.h"

namespace furikae::rules {

absl::Status WriteCsv(const OutTable& table, Output& output, RowSourceOf rows) {
  std::vector<std::string_view> fields;
  for (const TableColumn& column : table.columns) fields.push_back(column.name);
  output.Begin(table.path);
  output.Line(fields);
  RETURN_IF_ERROR(rows([&](const TableRow& row) {
    fields.assign(row.begin(), row.end());
    output.Line(fields);
    return absl::OkStatus();
  }));
  return output.End();
}

absl::Status VisitSorted(std::vector<TableRow> rows, RowVisit visit) {
  std::sort(rows.begin(), rows.end());
  for (const TableRow& row : rows) RETURN_IF_ERROR(visit(row));
  return absl::OkStatus();
}

}  // namespace furikae::rules
