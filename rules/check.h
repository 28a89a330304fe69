// rules/check.h — everything that can be found wrong in a rule set without deciding a single receipt.
//
//   for (const RuleFinding& finding : CheckRules(files)) std::cout << finding.ToString() << "\n";
//   // routing.json, table routing_valid: gap: no row holds for branch = BLANK, latest_issued = SEVERAL, …
//
// What the loader refuses (rules/table.h), all of it; tables and rows that the program asks for and that are not there;
// and of the good tables
//   output   an answer that the program does not understand, cannot carry out there, or that lacks what belongs to it
//   unset    a condition on a fact that is never set when the table is asked
//   dead     a row that never answers, whatever receipts the table is asked about
//   gap      facts for which no row holds although the program needs an answer, told by an example
//   period   dated rows with otherwise equal conditions whose periods overlap, or leave months out between them
//   dangling an output that names a return reason, class, flag or row that is not there
//   unused   a table, list, set or output that nothing reads
//   unproven a row of which it could not be told whether it is dead, or answers only where it may
// Exact, by what the program asks of each table (rules/table_contract.h): a gap is named if and only if there is one,
// and so is a dead row (rules/table_value_set.h Uncovered); where the rows are too entangled to tell, a finding says
// so. Findings come in the order of files and tables. Thread-safe. Source: DESIGN §6.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/table.h"

namespace furikae::rules {

struct RuleFinding {
  std::string file, table, row;  // empty where it is about something larger
  std::string kind;              // refused missing output unset dead gap period dangling unused unproven
  std::string reason;
  std::string what = "table";  // or "list" or "set": what `table` names
  std::string ToString() const;
  // Whether receipts may be decided otherwise than the tables seem to say, or not at all: all but unused and unproven.
  bool ChangesResults() const;
};

std::vector<RuleFinding> CheckRules(const std::map<std::string, std::string>& files);

// The tables without a fault of their own, and what is found in the rule set. Errors are of the program, never of the
// files: InvalidArgument when it declares more facts than fit, Internal when there is no digest.
absl::StatusOr<Rulebook> LoadAndCheck(const std::map<std::string, std::string>& files,
                                      std::vector<RuleFinding>& findings);

struct TableContract;
// The findings about one good table alone, by what is asked of it: about the conditions of its rows,
std::vector<RuleFinding> CheckConditions(const Table& table, const TableContract& contract,
                                         std::span<const FactDeclaration> declarations);
// and about their answers. `book`: where the rows are that answers name.
std::vector<RuleFinding> CheckOutputs(const Table& table, const TableContract& contract,
                                      std::span<const FactDeclaration> declarations, const Rulebook& book);

}  // namespace furikae::rules
