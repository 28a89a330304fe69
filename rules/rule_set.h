// rules/rule_set.h — a rulebook by which receipts may be decided: whole, and without anything that would change results
// unseen.
//
//   ASSIGN_OR_RETURN(Rulebook book, LoadRuleSet(EmbeddedRegulations()));
//
// An agency's own folder that lacks a table or a row would decide differently without a word; so what the check finds
// (rules/check.h) is refused at the start, and not in the middle of a month. A rule set that receipts have been decided
// by is kept with them and read without this check (rules/deciding.h KeptRuleSet). Source: DESIGN §6.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "rules/table.h"

namespace furikae::rules {

// InvalidArgument: the first finding, how many more there are, and what tells all of them.
absl::StatusOr<Rulebook> LoadRuleSet(const std::map<std::string, std::string>& files);

}  // namespace furikae::rules
