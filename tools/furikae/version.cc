// furikae version — of the program, its rule set, and what it writes to disk.
#include <cstdio>

#include "absl/strings/str_format.h"
#include "core/status.h"
#include "rpc/backend.h"
#include "rules/rule_set.h"
#include "storage/keys.h"
#include "tools/furikae/verbs.h"

namespace furikae::tools {
namespace {

absl::StatusOr<int> Version(const Globals& globals) {
  auto files = rules::EmbeddedRegulations();
  if (!globals.regulations.empty()) {
    ASSIGN_OR_RETURN(files, rules::ReadRegulations(globals.regulations));
  }
  ASSIGN_OR_RETURN(const rules::Rulebook rulebook, rules::LoadRuleSet(files));
  const char* format = globals.json ? "{\"version\":\"%s\",\"rules_digest\":\"%s\",\"schema_version\":%d}\n"
                                    : "furikae %s\nrule set %s\nschema %d\n";
  std::printf(format, rpc::kVersion, rulebook.digest().c_str(), storage::kSchemaVersion);
  return kExitDone;
}

}  // namespace

void AddVersion(Program& program) {
  CLI::App* verb = program.Add("version", "versions of program, rule set and schema", "furikae version --json");
  verb->callback([&program] { program.work = [&program] { return Version(program.globals); }; });
}

}  // namespace furikae::tools
