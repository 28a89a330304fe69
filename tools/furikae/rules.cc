// furikae rules — what an agency does with its decision tables: check them, test them, compare them, edit them.
#include "tools/furikae/rules.h"

#include "rules/table.h"

namespace furikae::tools {

std::string RulesDirectory(const Globals& globals, const std::string& given) {
  return given.empty() ? globals.regulations : given;
}

absl::StatusOr<std::map<std::string, std::string>> RuleFiles(const std::string& directory) {
  if (directory.empty()) return rules::EmbeddedRegulations();
  return rules::ReadRegulations(directory);
}

void AddRules(Program& program) {
  CLI::App* verb = program.Add("rules", "work on decision tables", "furikae rules test my-rules");
  verb->require_subcommand(1);
  AddRulesCheck(program, *verb);
  AddRulesTest(program, *verb);
  AddRulesDiff(program, *verb);
  AddRulesSchema(program, *verb);
}

}  // namespace furikae::tools
