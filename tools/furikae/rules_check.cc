// furikae rules check — everything that can be found wrong in decision tables without deciding a receipt.
#include <iostream>
#include <memory>

#include "absl/strings/str_format.h"
#include "core/status.h"
#include "nlohmann/json.hpp"
#include "rules/check.h"
#include "tools/furikae/console.h"
#include "tools/furikae/rules.h"

namespace furikae::tools {
namespace {

void PrintAsJson(const std::vector<rules::RuleFinding>& findings) {
  using nlohmann::ordered_json;
  ordered_json report = ordered_json::array();
  for (const rules::RuleFinding& finding : findings) {
    report.push_back({{"file", finding.file},
                      {"what", finding.what},
                      {"table", finding.table},
                      {"row", finding.row},
                      {"kind", finding.kind},
                      {"reason", finding.reason}});
  }
  std::cout << report.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << "\n";
}

absl::StatusOr<int> Check(const Globals& globals, const std::string& given) {
  ASSIGN_OR_RETURN(const auto files, RuleFiles(RulesDirectory(globals, given)));
  const std::vector<rules::RuleFinding> findings = rules::CheckRules(files);
  if (globals.json) {
    PrintAsJson(findings);
  } else {
    for (const rules::RuleFinding& finding : findings) std::cout << finding.ToString() << "\n";
    absl::FPrintF(stdout, "%d files, %d findings\n", files.size(), findings.size());
  }
  return findings.empty() ? kExitDone : kExitFailed;
}

}  // namespace

void AddRulesCheck(Program& program, CLI::App& rules) {
  auto directory = std::make_shared<std::string>();
  CLI::App* verb = program.Add(rules, "check", "find gaps, dead and overlapping rows, and what nothing uses",
                               "furikae rules check my-rules");
  verb->add_option("DIR", *directory, "directory of decision tables (default: --regulations, else those built in)");
  verb->callback(
      [&program, directory] { program.work = [&program, directory] { return Check(program.globals, *directory); }; });
}

}  // namespace furikae::tools
