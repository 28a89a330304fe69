#include "rules/rule_set.h"

#include "core/concat.h"
#include "core/status.h"
#include "rules/decision_tables.h"
#include "rules/receipt_facts.h"
#include "rules/words.h"

namespace furikae::rules {
namespace {

// Asked outside the decision of a receipt: shares, pools, output files, words.
constexpr std::string_view kFurtherTables[] = {"rates",          "meal_burden",          "ladder",
                                               "return_reasons", "confirmation_classes", "flags",
                                               kForgottenWords,  kSelfDefenceWords};

}  // namespace

absl::StatusOr<Rulebook> LoadRuleSet(const std::map<std::string, std::string>& files) {
  ASSIGN_OR_RETURN(Rulebook rulebook, Rulebook::Load(Declarations(), files));
  std::string missing = DecisionTables(rulebook).missing;
  for (std::string_view name : kFurtherTables) {
    if (missing.empty() && rulebook.Find(name) == nullptr) missing = name;
  }
  if (missing.empty()) return rulebook;
  return absl::InvalidArgumentError(
      Concat("the rule set has no table \"", missing,
             "\"; copy it from the regulations that come with furikae and change it there"));
}

}  // namespace furikae::rules
