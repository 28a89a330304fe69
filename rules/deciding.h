// rules/deciding.h — deciding every claim of a month that needs it, in the order of arrival, in atomic groups.
//
//   ASSIGN_OR_RETURN(DecideReport report, DecideMonth(store, rulebook, run, progress));
//
// Taken up: claims received for this month or before, and those that wait (PENDING, in review) or that people have
// spoken about. A decision that comes out the same writes nothing. While one group is written the next ones are
// decided, on every core; the result is the same as one after the other. Source: decisions.md §3 (PENDING), §10 (order
// of arrival); DESIGN §5.
#pragma once

#include "absl/status/statusor.h"
#include "rules/engine.h"

namespace furikae::rules {

absl::StatusOr<DecideReport> DecideMonth(storage::Store& store, const Rulebook& rulebook, const RunMoment& run,
                                         const Progress& progress);

// Keeps the rule set with the first decision it made.
absl::Status KeepRuleSet(storage::Store& store, const Rulebook& rulebook);
// The files of a rule set as one JSON object, name → text; and back.
std::string RuleSetJson(const Rulebook& rulebook);
absl::StatusOr<Rulebook> ParseRuleSet(std::string_view json);
// A rule set that was used once, by its digest or the beginning of it; NotFound when it was not.
absl::StatusOr<Rulebook> KeptRuleSet(const storage::Store& store, std::string_view digest);

}  // namespace furikae::rules
