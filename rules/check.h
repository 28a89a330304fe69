// rules/check.h — everything that can be found wrong in a rule set without deciding a single receipt.
//
//   for (const RuleFinding& finding : CheckRules(files)) std::cout << finding.ToString() << "\n";
//   // routing.json, table routing_valid: gap: no row holds for branch = BLANK, latest_issued = SEVERAL, …
//
// What the loader refuses (rules/table.h), all of it; tables that the program asks and that are not there; and of the
// good tables
//   gap      facts for which no row holds although the program needs an answer, told by an example
//   period   dated rows with otherwise equal conditions whose periods overlap, or leave months out between them
//   unused   a table, list, set or output that nothing reads
//   dangling an output that names a return reason, class, flag or table that is not there
// Exact: a gap is named if and only if there is one (rules/table_value_set.h Uncovered); where the rows are too
// entangled to tell, a finding says so. Findings come in the order of files, tables and rows. Thread-safe. Source:
// DESIGN §6.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "rules/table.h"

namespace furikae::rules {

struct RuleFinding {
  std::string file, table, row;  // empty where it is about something larger
  std::string kind;              // refused missing gap period unused dangling
  std::string reason;
  std::string what = "table";  // or "list" or "set": what `table` names
  std::string ToString() const;
};

std::vector<RuleFinding> CheckRules(const std::map<std::string, std::string>& files);

// The findings about one good table alone, by what is asked of it; for CheckRules and its tests.
struct TableContract;
std::vector<RuleFinding> CheckTable(const Table& table, const TableContract& contract,
                                    std::span<const FactDeclaration> declarations);

}  // namespace furikae::rules
