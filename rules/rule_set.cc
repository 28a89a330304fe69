#include "rules/rule_set.h"

#include <algorithm>

#include "core/concat.h"
#include "core/status.h"
#include "rules/check.h"

namespace furikae::rules {

absl::StatusOr<Rulebook> LoadRuleSet(const std::map<std::string, std::string>& files) {
  std::vector<RuleFinding> findings;
  ASSIGN_OR_RETURN(Rulebook book, LoadAndCheck(files, findings));
  std::erase_if(findings, [](const RuleFinding& finding) { return !finding.ChangesResults(); });
  if (findings.empty()) return book;
  const size_t more = findings.size() - 1;
  return absl::InvalidArgumentError(
      Concat(findings.front().ToString(),
             more == 0 ? "" : Concat(" (and ", more, more == 1 ? " finding" : " findings", " more)"),
             "; furikae rules check DIR tells what is wrong with a rule set"));
}

}  // namespace furikae::rules
