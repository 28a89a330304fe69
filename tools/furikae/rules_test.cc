// furikae rules test — runs the example cases kept beside decision tables, and lists what no case covers.
#include <iostream>
#include <memory>

#include "absl/strings/str_format.h"
#include "core/concat.h"
#include "core/status.h"
#include "nlohmann/json.hpp"
#include "rules/receipt_facts.h"
#include "rules/rule_cases.h"
#include "rules/rule_coverage.h"
#include "rules/rule_set.h"
#include "tools/furikae/console.h"
#include "tools/furikae/rules.h"

namespace furikae::tools {
namespace {

std::string RowsText(const std::vector<std::string>& rows) { return rows.empty() ? "no row" : Joined(rows, " "); }

void PrintFailure(const rules::CaseFailure& failure) {
  std::cout << "failed: cases/" << failure.file << ", table " << failure.table << ": " << failure.name << "\n";
  if (failure.expected != failure.found) {
    std::cout << "  expected " << RowsText(failure.expected) << ", found " << RowsText(failure.found) << "\n";
  }
  for (const std::string& reason : failure.reasons) std::cout << "  " << reason << "\n";
}

void PrintText(const rules::CaseRun& run, const rules::RuleCoverage& coverage) {
  for (const rules::CaseFailure& failure : run.failures) PrintFailure(failure);
  for (const rules::UncoveredRow& row : coverage.uncovered) {
    std::cout << "no case meets: table " << row.table << ", row " << row.row << "\n";
  }
  for (const rules::MissingDate& date : coverage.missing_dates) {
    std::cout << "no case at a date: table " << date.table << ", row " << date.row << ", " << date.fact << " "
              << date.value << (date.holds ? ", where the row holds" : ", where only the date keeps it from holding")
              << "\n";
  }
  const auto count = [](size_t number) { return WithSeparators(static_cast<int64_t>(number)); };
  absl::FPrintF(stdout, "%s cases, %s failed; %s of %s rows met; %s of %s sides of dates met\n",
                count(run.passed.size() + run.failures.size()), count(run.failures.size()),
                count(coverage.rows - coverage.uncovered.size()), count(coverage.rows),
                count(coverage.dates - coverage.missing_dates.size()), count(coverage.dates));
}

void PrintAsJson(const rules::CaseRun& run, const rules::RuleCoverage& coverage) {
  using nlohmann::ordered_json;
  ordered_json failures = ordered_json::array(), rows = ordered_json::array(), dates = ordered_json::array();
  for (const rules::CaseFailure& f : run.failures) {
    failures.push_back({{"file", f.file},
                        {"case", f.name},
                        {"table", f.table},
                        {"expected", f.expected},
                        {"found", f.found},
                        {"reasons", f.reasons}});
  }
  for (const rules::UncoveredRow& row : coverage.uncovered) rows.push_back({{"table", row.table}, {"row", row.row}});
  for (const rules::MissingDate& d : coverage.missing_dates) {
    dates.push_back({{"table", d.table}, {"row", d.row}, {"fact", d.fact}, {"value", d.value}, {"row_holds", d.holds}});
  }
  const ordered_json report = {{"cases", run.passed.size() + run.failures.size()},
                               {"failures", failures},
                               {"rows", coverage.rows},
                               {"rows_without_case", rows},
                               {"date_sides", coverage.dates},
                               {"dates_without_case", dates}};
  std::cout << report.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << "\n";
}

absl::StatusOr<int> Test(const Globals& globals, const std::string& given) {
  const std::string directory = RulesDirectory(globals, given);
  ASSIGN_OR_RETURN(const auto files, RuleFiles(directory));
  ASSIGN_OR_RETURN(const rules::Rulebook book, rules::LoadRuleSet(files));
  auto case_files = rules::EmbeddedRuleCases();
  if (!directory.empty()) {
    ASSIGN_OR_RETURN(case_files, rules::ReadRuleCaseFiles(directory));
  }
  ASSIGN_OR_RETURN(const auto cases, rules::ReadRuleCases(book, rules::Declarations(), case_files));
  const rules::CaseRun run = rules::RunRuleCases(rules::Declarations(), cases);
  const rules::RuleCoverage coverage = rules::CoverageOf(book, rules::Declarations(), run.passed);
  globals.json ? PrintAsJson(run, coverage) : PrintText(run, coverage);
  return run.failures.empty() && coverage.Full() ? kExitDone : kExitFailed;
}

}  // namespace

void AddRulesTest(Program& program, CLI::App& rules) {
  auto directory = std::make_shared<std::string>();
  CLI::App* verb = program.Add(rules, "test", "run the example cases kept beside the tables (DIR/cases/*.json)",
                               "furikae rules test my-rules");
  verb->add_option("DIR", *directory, "directory of decision tables (default: --regulations, else those built in)");
  verb->callback(
      [&program, directory] { program.work = [&program, directory] { return Test(program.globals, *directory); }; });
}

}  // namespace furikae::tools
