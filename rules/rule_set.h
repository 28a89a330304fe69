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

// Rates, amounts and digits that no receipt can have, or that a row leaves out.
std::vector<TableComplaint> CheckOutputBounds(const Rulebook& rulebook);
// What of the table return_reasons the record of the return file cannot carry; nothing when the table is not there.
std::vector<TableComplaint> CheckReturnReasons(const Rulebook& rulebook);

}  // namespace furikae::rules
