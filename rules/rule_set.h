// rules/rule_set.h — a rulebook that is complete: every table that the service asks is there.
//
//   ASSIGN_OR_RETURN(Rulebook book, LoadRuleSet(EmbeddedRegulations()));
//
// An agency's own folder that lacks a table would decide differently without a word; so it is refused, naming the
// table. So is a return reason that the record of the return file cannot carry. Source: DESIGN §6; uke_layouts.md, HR.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/table.h"

namespace furikae::rules {

// InvalidArgument: a table is wrong (the message says where) or missing.
absl::StatusOr<Rulebook> LoadRuleSet(const std::map<std::string, std::string>& files);

// Outputs that no record can carry: return reasons, rates, amounts, digits; or that a row leaves out. Tables that are
// not there are passed over.
std::vector<TableComplaint> CheckOutputs(const Rulebook& rulebook);

}  // namespace furikae::rules
