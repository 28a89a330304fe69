#include "core/uke/complaint.h"

#include <algorithm>

namespace furikae::uke {
namespace {

// Fields whose value says who somebody is.
constexpr std::string_view kPersonal[] = {"氏名",     "記号", "証等の番号", "受給者番号", "カルテ",
                                          "記録番号", "電話", "生年月日",   "免許",       "調剤録"};

bool IsPersonal(std::string_view name) {
  return name == "番号" || std::any_of(std::begin(kPersonal), std::end(kPersonal), [&](std::string_view part) {
           return name.find(part) != std::string_view::npos;
         });
}

bool LooksLikeCode(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.'; };
  return text.size() <= 10 && std::any_of(text.begin(), text.end(), digit) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return digit(c) || letter(c); });
}

}  // namespace

std::string Shown(const FieldLayout* field, std::string_view found) {
  if (found.empty()) return "blank";
  const bool code = field != nullptr && (field->mode == Mode::kDigits || field->mode == Mode::kAscii);
  if (code && !IsPersonal(field->name) && LooksLikeCode(found)) return Sentence("\"", found, "\"");
  return Sentence("a text of ", found.size(), found.size() == 1 ? " byte" : " bytes");
}

std::string Expected(const FieldLayout& field) {
  const char* const kNames[] = {"characters", "digits", "half-width characters", "full-width characters",
                                "half-width or full-width characters"};
  return kNames[static_cast<size_t>(field.mode)];
}

std::string ExpectedLength(const FieldLayout& field) {
  return Sentence(field.fixed ? "exactly " : "at most ", field.max_bytes, field.max_bytes == 1 ? " byte" : " bytes");
}

std::string Complaint::ToString(std::string_view file) const {
  std::string out(file);
  if (line > 0) out += Sentence(" line ", line);
  if (column > 0) out += Sentence(line > 0 ? ", " : " ", "column ", column);
  if (!field.empty()) out += Sentence(" (", field, ")");
  out += Sentence(": ", reason);
  return out;
}

}  // namespace furikae::uke
