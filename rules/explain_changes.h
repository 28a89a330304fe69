// rules/explain_changes.h — which single fact would have changed a decision: each fact that an asked table looks at, at
// each other value it could have, decided again.
//
//   ASSIGN_OR_RETURN(const Changes changes, ChangesOf(*replay, rulebook));
//   // {TRANSFERRED 04 to 06139463, {card_collected: {false}}}, …
//
// Values between two neighbouring bounds of the rule set cannot be told apart by any table, so the two values at the
// ends stand for all of them (0, where there are no bounds); flags and choices are tried one by one, absence where some
// row of the rule set asks for it. A value the fact had anyway is not tried, and one that contradicts the receipt is
// left out, as --what-if would say. What a table answered (origin, transfer_allowed, ground_e0 …) is no fact of the
// receipt: not tried. Only outcome, confirmation class, return reason and insurers count as a change; yen and flags
// alone do not. A duplicate (R08) stays one whatever the tables say: nothing is tried. Errors: those of
// rules/what_if.h, but for assumptions that contradict the receipt. Source: DESIGN §6.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "core/decision.h"
#include "rules/table_value_set.h"
#include "rules/what_if.h"

namespace furikae::rules {

// What counts as the same result.
struct ResultKey {
  Outcome outcome = Outcome::kUndecided;
  int confirmation_class = 0;
  int return_reason = 0;
  std::vector<InsurerNumber> insurers;  // of the parts, in their order
  auto operator<=>(const ResultKey&) const = default;
};
ResultKey ResultKeyOf(const Decision& decision);

struct FactValues {
  int fact = 0;
  ValueSet values;
};

struct Change {
  ResultKey result;
  std::vector<FactValues> facts;  // any one of these alone leads to it; in the order of the declarations
};

struct Changes {
  bool told = true;             // false: deciding again takes other rows than the stored ones, so nothing can be said
  bool duplicate = false;       // nothing was tried
  std::vector<Change> changes;  // in the order of outcome, class, reason, insurers
};

absl::StatusOr<Changes> ChangesOf(const Replay& replay, const Rulebook& rulebook);

}  // namespace furikae::rules
