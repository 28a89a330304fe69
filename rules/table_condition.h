// rules/table_condition.h — a condition of a decision table's row, from its JSON form to the set of values that satisfy
// it.
//
//   ASSIGN_OR_RETURN(ValueSet set, ReadCondition(declaration, json));   // {"min": "2023-03"} → [2023-03, ∞)
//
// The forms are listed in rules/table.h. Values are in the unit of their fact, months and dates as rules/facts.h keeps
// them. Errors: InvalidArgument saying what was found and what the fact allows; the caller adds file, table and row.
// Thread-safe. Source: DESIGN §6 (rows of decision tables in DMN's sense); the JSON form is our own, of no standard.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"
#include "rules/facts.h"
#include "rules/table_value_set.h"

namespace furikae::rules {

class NamedSets;

// The number of the fact with this name; nullopt: there is none.
std::optional<int> FindFact(std::span<const FactDeclaration> facts, std::string_view name);

// Whether its values are written as names: flags and choices.
bool HasNames(const FactDeclaration& fact);

// `sets`: those that {"in": name} may name; without any, none is known.
absl::StatusOr<ValueSet> ReadCondition(const FactDeclaration& fact, const nlohmann::json& condition,
                                       NamedSets* sets = nullptr);

// The values of a named set: an array of values and ranges.
absl::StatusOr<ValueSet> ReadSetValues(const FactDeclaration& fact, const nlohmann::json& values);

// Every value that the fact can have, and absence.
ValueSet PossibleValues(const FactDeclaration& fact);

// The months of a row from "from" to "until", both included; either may be left out.
absl::StatusOr<ValueSet> ReadPeriod(const nlohmann::json& row);

}  // namespace furikae::rules
