// rules/rule_coverage.h — what example cases leave untested: rows that none of them meets, and dates of the law without
// a case on either side.
//
//   const CaseRun run = RunRuleCases(Declarations(), cases);
//   const RuleCoverage coverage = CoverageOf(book, Declarations(), run.passed);
//   if (!coverage.Full()) …
//
// A date is every end of a condition on a month or a day: `from`, `until`, and conditions such as {"service_month":
// {"max": "2021-08"}}. Each needs a case in the first (last) month in which the row holds, and one in the month before
// (after) in which that month alone keeps the row from holding. Nothing can fail. Thread-safe. Source: DESIGN §6 (rows
// with `effective` dates); what counts as covered is our own, of no standard.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "rules/facts.h"
#include "rules/rule_cases.h"
#include "rules/table.h"

namespace furikae::rules {

struct UncoveredRow {
  std::string table, row;
};

struct MissingDate {
  std::string table, row;
  std::string fact, value;  // "claim_month", "2023-03"
  bool holds = false;  // true: no case in which the row holds then; false: none in which only this date prevents it
};

struct RuleCoverage {
  int rows = 0, dates = 0;  // asked for; a date counts once for each of its two sides
  std::vector<UncoveredRow> uncovered;
  std::vector<MissingDate> missing_dates;
  bool Full() const { return uncovered.empty() && missing_dates.empty(); }
};

RuleCoverage CoverageOf(const Rulebook& book, std::span<const FactDeclaration> declarations,
                        const std::vector<const RuleCase*>& passed);

}  // namespace furikae::rules
