// rules/explain_rows.h — a row of a decision table as explanations tell it: its words and where it comes from.
//
//   const ExplainedRow row = ExplainedRowOf(rulebook, {"origin", "LAPSED", RowStatus::kSourced});
//   if (!row.found) …                          // the rule set has no such row: the store is damaged
//
// Nothing can fail. Plain values. Source: decisions.md §9.11 (every trace row exists in the tables named); DESIGN §6
// (title, source, status of a row).
#pragma once

#include <string>

#include "core/decision.h"
#include "rules/table.h"

namespace furikae::rules {

struct ExplainedRow {
  std::string table, row;
  RowStatus status = RowStatus::kSourced;
  bool found = true;
  std::string title_ja, title_en, source, note;
  bool operator==(const ExplainedRow&) const = default;
};

inline ExplainedRow ExplainedRowOf(const Row& row) {
  return {row.table, row.id, row.status, true, row.title_ja, row.title_en, row.source, row.note};
}

inline ExplainedRow ExplainedRowOf(const Rulebook& rulebook, const TraceRow& trace) {
  const Row* row = rulebook.FindRow(trace.table, trace.row);
  if (row != nullptr) return ExplainedRowOf(*row);
  return {trace.table, trace.row, trace.status, false, "", "", "", ""};
}

}  // namespace furikae::rules
