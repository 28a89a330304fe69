// rules/table_outputs.h — the outputs that a decision table declares, and what a row gives for them.
//
//   ASSIGN_OR_RETURN(OutputTypes types, ReadOutputTypes(table_json));   // {"limit": "number", "flag": ["A", "B"]}
//   RETURN_IF_ERROR(ReadOutputs(row_json, types, row));                 // {"limit": 3000}
//
// Errors: InvalidArgument naming the output and what it may be; the caller adds file, table and row. Thread-safe.
// Source: DESIGN §6 (outputs; type errors are refused).
#pragma once

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"
#include "rules/table.h"

namespace furikae::rules {

absl::StatusOr<OutputTypes> ReadOutputTypes(const nlohmann::json& table);

absl::Status ReadOutputs(const nlohmann::json& source, const OutputTypes& types, Row& row);

}  // namespace furikae::rules
