// rules/table_json.h — JSON text read strictly, for the files of a rule set: tables, example cases, includes.
//
//   ASSIGN_OR_RETURN(nlohmann::json document, ParseStrictJson(text));
//
// Refused with InvalidArgument: syntax errors and bytes that are no UTF-8, with the line; comments; a key that stands
// twice in one object (the second would silently win), nesting deeper than kMaxJsonDepth levels, texts longer than
// kMaxJsonBytes. Throws nothing. Thread-safe. Source: RFC 8259, of which §4 leaves doubled keys open; DESIGN §6 (the
// loader refuses, with a reason).
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

namespace furikae::rules {

inline constexpr size_t kMaxJsonBytes = 4 << 20;
inline constexpr int kMaxJsonDepth = 12;

absl::StatusOr<nlohmann::json> ParseStrictJson(std::string_view text);

}  // namespace furikae::rules
