// rules/table_member.h — what every table, list, set and row of the regulations says of itself: its name, its title in
// two languages, and where it comes from.
//
//   RETURN_IF_ERROR(KnownKeys(json, kRowKeys));
//   RETURN_IF_ERROR(ReadTitle(json, row.title_ja, row.title_en));
//
// The keys stand here once, for the loader and for the JSON Schema (rules/rule_schema.h). Errors: InvalidArgument
// saying what is wrong and what is expected; the caller adds file, table and row. Thread-safe. Source: DESIGN §6 (id,
// two titles, `source`, `status`).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/decision.h"
#include "nlohmann/json.hpp"

namespace furikae::rules {

inline constexpr std::string_view kTableKeys[] = {"table", "title", "hit", "dated_by", "outputs", "rows", "note"};
inline constexpr std::string_view kRowKeys[] = {"id",   "title",  "from",   "until", "when",
                                                "then", "source", "status", "note"};
inline constexpr std::string_view kListKeys[] = {"list", "title", "values", "source", "status", "note"};
inline constexpr std::string_view kSetKeys[] = {"set", "fact", "title", "values", "source", "status", "note"};
// Where a file holds one member and no array of them, it may name the schema that an editor checks it with.
inline constexpr char kSchemaKey[] = "$schema";

// What is wrong with a member; whoever reads the file adds where.
absl::Status Wrong(std::string_view reason);

// Nothing but white space, the full-width one included.
bool IsBlank(std::string_view text);

// The text behind a key; empty when there is none.
std::string TextOf(const nlohmann::json& object, const char* key);

absl::Status KnownKeys(const nlohmann::json& object, std::span<const std::string_view> known);

// A name of letters, digits, _ - . behind the key.
absl::StatusOr<std::string> ReadName(const nlohmann::json& object, const char* key);

// Both languages, or an error.
absl::Status ReadTitle(const nlohmann::json& object, std::string& ja, std::string& en);

// "source", "status" and "note", which an assumed rule needs.
absl::Status ReadOrigin(const nlohmann::json& object, std::string& source, std::string& note, RowStatus& status);

// "note", which may be left out.
absl::Status ReadNote(const nlohmann::json& object, std::string& note);

}  // namespace furikae::rules
