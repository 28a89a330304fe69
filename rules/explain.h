// rules/explain.h — why a claim was decided as it was: a letter that a reviewer, a clinic or a court can read.
//
//   ASSIGN_OR_RETURN(std::string letter, ExplainClaim(store, rulebook, key));
//
// Facts, the rows of the tables that spoke with their sources, the result per insurer in days, points and yen, and what
// the books say; by the rule set that decided it, which the store keeps when another one is in force (`current`). No
// patient's name or card number. Source: decisions.md §9.11 (every outcome has a trace); DESIGN §9.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "rules/table.h"
#include "rules/what_if.h"
#include "storage/store.h"

namespace furikae::rules {

// With assumptions, the letter goes on with what would have come out under them, and which rows would have spoken.
absl::StatusOr<std::string> ExplainClaim(const storage::Store& store, const Rulebook& current, storage::ClaimKey key,
                                         const Assumptions& assumptions = {});

}  // namespace furikae::rules
