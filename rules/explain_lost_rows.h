// rules/explain_lost_rows.h — the rows of the asked tables that did not answer, and what kept each from it.
//
//   ASSIGN_OR_RETURN(const LostRows lost, LostRowsOf(*replay));
//   lost.tables.front().rows.front().unmet;     // the conditions that do not hold
//
// The receipt is decided again to learn the facts as they stood when each table was asked. A table asked twice with the
// same answer and the same losers stands once. Errors: those of rules/what_if.h. Source: DESIGN §6.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/explain_rows.h"
#include "rules/what_if.h"
#include "rules/why_not.h"

namespace furikae::rules {

struct LostRow {
  ExplainedRow row;
  std::vector<Unmet> unmet;       // nothing: it held, and was silent because of another row
  bool after_the_answer = false;  // an earlier row of a FIRST table had answered
  // One condition alone kept it from answering.
  bool Nearly() const { return unmet.size() == 1 && !after_the_answer; }
  bool operator==(const LostRow& other) const;
};

struct LostRowsOfTable {
  std::string table;
  std::vector<std::string> answered;  // ids; empty when no row held
  bool spoke = false;                 // a row of the table stands in the trace
  bool one_answers = true;            // false: COLLECT, where no row stands in another's way
  std::vector<LostRow> rows;          // in table order
  bool operator==(const LostRowsOfTable&) const = default;
};

struct LostRows {
  bool told = true;  // false: deciding again takes other rows than the stored ones, so nothing can be said
  std::vector<LostRowsOfTable> tables;  // in the order in which they were asked
};

absl::StatusOr<LostRows> LostRowsOf(const Replay& replay);

}  // namespace furikae::rules
