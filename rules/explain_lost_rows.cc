#include "rules/explain_lost_rows.h"

#include <algorithm>

#include "core/status.h"

namespace furikae::rules {
namespace {

RowHits AnswerOf(const AskedTable& asked) {
  if (asked.table->hit() == HitPolicy::kCollect) return asked.table->Collect(asked.facts);
  RowHits hits;
  if (const Row* row = asked.table->First(asked.facts); row != nullptr) hits.push_back(row);
  return hits;
}

bool Spoke(const Decision& decision, std::string_view table) {
  return std::any_of(decision.trace.begin(), decision.trace.end(),
                     [table](const TraceRow& row) { return row.table == table; });
}

LostRowsOfTable LostRowsOf(const AskedTable& asked, const Decision& decision) {
  LostRowsOfTable lost;
  lost.table = asked.table->name();
  lost.spoke = Spoke(decision, lost.table);
  lost.one_answers = asked.table->hit() != HitPolicy::kCollect;
  const RowHits hits = AnswerOf(asked);
  bool answered = false;
  for (const Row& row : asked.table->rows()) {
    if (std::find(hits.begin(), hits.end(), &row) != hits.end()) {
      lost.answered.push_back(row.id);
      answered = true;
      continue;
    }
    lost.rows.push_back({ExplainedRowOf(row), WhyNot(*asked.table, row, asked.facts),
                         answered && asked.table->hit() == HitPolicy::kFirst});
  }
  return lost;
}

}  // namespace

bool LostRow::operator==(const LostRow& other) const {
  const auto same = [](const Unmet& a, const Unmet& b) { return a.fact == b.fact && a.found == b.found; };
  return row == other.row && after_the_answer == other.after_the_answer &&
         std::equal(unmet.begin(), unmet.end(), other.unmet.begin(), other.unmet.end(), same);
}

absl::StatusOr<LostRows> LostRowsOf(const Replay& replay) {
  LostRows lost;
  ASSIGN_OR_RETURN(lost.told, replay.AgreesWithStored());
  if (!lost.told) return lost;
  AskedTables asked;
  ASSIGN_OR_RETURN(const Decision decision, replay.Decide({}, &asked));
  for (const AskedTable& one : asked) {
    LostRowsOfTable of_table = LostRowsOf(one, decision);
    if (std::find(lost.tables.begin(), lost.tables.end(), of_table) == lost.tables.end())
      lost.tables.push_back(std::move(of_table));
  }
  return lost;
}

}  // namespace furikae::rules
