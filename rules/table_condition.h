// rules/table_condition.h — a condition of a decision table's row, from its JSON form to the set of values that satisfy
// it.
//
//   ASSIGN_OR_RETURN(ValueSet set, ReadCondition(declaration, json));   // {"min": "2023-03"} → [2023-03, ∞)
//
// The forms are listed in rules/table.h. Errors say what was found and what the fact allows; the caller adds file,
// table and row. Thread-safe.
#pragma once

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/calendar.h"
#include "nlohmann/json.hpp"
#include "rules/facts.h"
#include "rules/table_value_set.h"

namespace furikae::rules {

absl::StatusOr<ValueSet> ReadCondition(const FactDeclaration& fact, const nlohmann::json& condition);

// Every value that the fact can have, and absence.
ValueSet PossibleValues(const FactDeclaration& fact);

// "2023-03" and nothing else that core/calendar.h would read as a month.
std::optional<ServiceMonth> ReadTableMonth(const nlohmann::json& value);

}  // namespace furikae::rules
