// rules/rule_cases.h — example cases kept beside decision tables: facts as a clerk writes them, and the row that has to
// answer.
//
//   ASSIGN_OR_RETURN(auto cases, ReadRuleCases(book, Declarations(), EmbeddedRuleCases()));
//   for (const CaseFailure& failure : RunRuleCases(Declarations(), cases).failures) …
//
// A file is a JSON array of cases:
//   {"case": "a sentence, once per file", "table": "routing_valid",
//    "given": {"claim_month": "2021-10", "latest_issued": "OTHER", "transfer_allowed": true},
//    "expect": "LATEST_OTHER", "then": {"outcome": "TRANSFERRED", "class": 4}}
// `given`: one value per fact, as conditions write it, or null; facts that are not named are absent. `expect`: the row
// that answers; null or [] when none does; under COLLECT the list of rows in table order. `then`, if there: all outputs
// of that row, under COLLECT a list with one object per row. A row of a LOOKUP table is found by its id alone: its case
// has no `given`, and must say `then`. Refused, naming file, case and reason: JSON that is not strict, unknown keys,
// tables, rows, facts, outputs; values that the fact cannot have; a sentence twice in a file. Errors: InvalidArgument
// for all of these; of reading files, NotFound and Unavailable as well. Thread-safe. Source: DESIGN §6 (tables as data,
// `furikae rules` its tools); the form is our own, of no standard.
#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/facts.h"
#include "rules/table.h"

namespace furikae::rules {

// What a row has to give, with the value as the case writes it.
struct ExpectedOutput {
  std::string name;
  OutputValue value;
  std::string written;
};

// Points into the rulebook that it was read for.
struct RuleCase {
  std::string file, name;
  const Table* table = nullptr;
  Facts facts;
  std::vector<const Row*> expected;
  bool checks_outputs = false;
  std::vector<std::vector<ExpectedOutput>> outputs;  // of each expected row, where they are checked
};

struct CaseFailure {
  std::string file, name, table;
  std::vector<std::string> expected, found;  // rows
  std::vector<std::string> reasons;          // one sentence each
};

// What cases say about a rule set: failures, and the cases that passed, by which coverage counts.
struct CaseRun {
  std::vector<const RuleCase*> passed;
  std::vector<CaseFailure> failures;
};

// `files`: file name → JSON text.
absl::StatusOr<std::vector<RuleCase>> ReadRuleCases(const Rulebook& book, std::span<const FactDeclaration> declarations,
                                                    const std::map<std::string, std::string>& files);

// The result points to `cases`.
CaseRun RunRuleCases(std::span<const FactDeclaration> declarations, const std::vector<RuleCase>& cases);

// The cases of the regulations built into the program: file name → JSON text.
const std::map<std::string, std::string>& EmbeddedRuleCases();
// Those of an agency's own tables: DIRECTORY/cases/*.json, over those of the rule sets that it includes. Errors name
// the directory or the file.
absl::StatusOr<std::map<std::string, std::string>> ReadRuleCaseFiles(const std::string& directory);

}  // namespace furikae::rules
