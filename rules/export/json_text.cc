#include "rules/export/json_text.h"

#include "absl/strings/str_cat.h"
#include "core/uke/cp932.h"

namespace furikae::rules {
namespace {

void AppendControl(unsigned char byte, std::string& out) {
  constexpr char kHex[] = "0123456789abcdef";
  out += "\\u00";
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

}  // namespace

void AppendJsonText(std::string_view text, std::string& out) {
  const bool utf8 = uke::IsValidUtf8(text);
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      AppendControl(byte, out);
    } else if (byte >= 0x80 && !utf8) {
      out += "\xEF\xBF\xBD";
    } else {
      out += c;
    }
  }
  out += '"';
}

void AppendJsonDays(DayMask days, std::string& out) {
  out += '[';
  for (const int day : days.Days()) absl::StrAppend(&out, out.back() == '[' ? "" : ",", day);
  out += ']';
}

}  // namespace furikae::rules
