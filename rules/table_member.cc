#include "rules/table_member.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "core/concat.h"
#include "core/status.h"

namespace furikae::rules {

using nlohmann::json;

absl::Status Wrong(std::string_view reason) { return absl::InvalidArgumentError(AbslView(reason)); }

bool IsBlank(std::string_view text) {
  static constexpr std::string_view kFullWidthSpace = "\u3000";
  while (!text.empty()) {
    if (absl::ascii_isspace(static_cast<unsigned char>(text.front()))) {
      text.remove_prefix(1);
    } else if (text.starts_with(kFullWidthSpace)) {
      text.remove_prefix(kFullWidthSpace.size());
    } else {
      return false;
    }
  }
  return true;
}

std::string TextOf(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

absl::Status KnownKeys(const json& object, std::span<const std::string_view> known) {
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end())
      return Wrong(Concat("unknown key \"", key, "\"; known: ", Joined(known, " ")));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadName(const json& object, const char* key) {
  const std::string name = TextOf(object, key);
  const bool plain = std::all_of(name.begin(), name.end(),
                                 [](char c) { return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.'; });
  if (name.empty() || !plain) return Wrong(Concat("\"", key, "\" must be a name of letters, digits, _ - ."));
  return name;
}

absl::Status ReadTitle(const json& object, std::string& ja, std::string& en) {
  if (object.contains("title") && object["title"].is_object() && object["title"].size() == 2) {
    ja = TextOf(object["title"], "ja");
    en = TextOf(object["title"], "en");
  }
  return IsBlank(ja) || IsBlank(en) ? Wrong("\"title\" must give the texts \"ja\" and \"en\"") : absl::OkStatus();
}

absl::Status ReadNote(const json& object, std::string& note) {
  if (object.contains("note") && !object["note"].is_string()) return Wrong("\"note\" must be a text");
  note = TextOf(object, "note");
  return object.contains("note") && IsBlank(note) ? Wrong("\"note\" is blank: say why, or leave it out")
                                                  : absl::OkStatus();
}

absl::Status ReadOrigin(const json& object, std::string& source, std::string& note, RowStatus& status) {
  source = TextOf(object, "source");
  if (IsBlank(source)) return Wrong("\"source\" is missing: say where the rule comes from");
  RETURN_IF_ERROR(ReadNote(object, note));
  const std::string named = TextOf(object, "status");
  if (named != "sourced" && named != "assumed") return Wrong("\"status\" must be sourced or assumed");
  status = named == "sourced" ? RowStatus::kSourced : RowStatus::kAssumed;
  if (status == RowStatus::kAssumed && note.empty())
    return Wrong("an assumed rule needs a \"note\" that says why it was chosen");
  return absl::OkStatus();
}

}  // namespace furikae::rules
