// rules/export/decisions.h — one claim's decision as the object that stands for it in decisions.jsonl.
//
//   ASSIGN_OR_RETURN(std::string json, DecisionJson(store, claim));   // one line, without its end
//
// Points and yen as core/decision.h says. Errors: those of the store. Source: files.md decisions.jsonl.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "storage/store.h"

namespace furikae::rules {

absl::StatusOr<std::string> DecisionJson(const storage::Store& store, const storage::Claim& claim);

}  // namespace furikae::rules
