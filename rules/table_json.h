// rules/table_json.h — JSON text read strictly, for the loader of decision tables alone (the only place that sees the
// JSON library).
//
//   ASSIGN_OR_RETURN(nlohmann::json document, ParseStrictJson(text));
//
// Refused, with the line: syntax errors, comments, a key that stands twice in one object (the second would silently
// win), nesting deeper than tables need, texts of unreasonable size, bytes that are no UTF-8. Throws nothing.
// Thread-safe.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

namespace furikae::rules {

inline constexpr size_t kMaxJsonBytes = 4 << 20;
inline constexpr int kMaxJsonDepth = 12;

absl::StatusOr<nlohmann::json> ParseStrictJson(std::string_view text);

}  // namespace furikae::rules
