// tools/furikae/rules.h — the sub-verbs of `furikae rules`, one file each, and the rule set that they look at.
//
// A sub-verb is one line in rules.cc and one declaration here.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "tools/furikae/verbs.h"

namespace furikae::tools {

// Each adds its subcommand to `rules`.
void AddRulesCheck(Program& program, CLI::App& rules);
void AddRulesTest(Program& program, CLI::App& rules);
void AddRulesDiff(Program& program, CLI::App& rules);
void AddRulesSchema(Program& program, CLI::App& rules);

// The directory that a sub-verb is about: the one it was given, else that of --regulations; empty: built in.
std::string RulesDirectory(const Globals& globals, const std::string& given);
// The files of that rule set: file name → JSON text.
absl::StatusOr<std::map<std::string, std::string>> RuleFiles(const std::string& directory);

}  // namespace furikae::tools
