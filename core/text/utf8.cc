#include "core/text/utf8.h"

namespace furikae::text {
namespace {

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// The code point of the well-formed sequence at the start of `text` and its length; length 0 when there is none.
struct Decoded {
  char32_t code_point = 0;
  size_t length = 0;
};

Decoded Decode(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  char32_t c = lead & (0x7F >> length);
  for (size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text[i])) return {};
    c = c << 6 | (static_cast<unsigned char>(text[i]) & 0x3F);
  }
  const bool overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
  if (overlong || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) return {};
  return {c, length};
}

}  // namespace

char32_t TakeCodePoint(std::string_view& rest) {
  const Decoded decoded = Decode(rest);
  rest.remove_prefix(decoded.length == 0 ? 1 : decoded.length);
  return decoded.length == 0 ? kReplacement : decoded.code_point;
}

void AppendUtf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
  } else if (c < 0x10000) {
    out += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
            static_cast<char>(0x80 | (c & 0x3F))};
  } else {
    out += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)),
            static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
  }
}

std::u32string CodePoints(std::string_view text) {
  std::u32string code_points;
  code_points.reserve(text.size() / 3 + 1);
  while (!text.empty()) code_points += TakeCodePoint(text);
  return code_points;
}

std::string ToUtf8(std::u32string_view code_points) {
  std::string text;
  text.reserve(code_points.size() * 3);
  for (char32_t c : code_points) AppendUtf8(c, text);
  return text;
}

bool IsUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const size_t length = Decode(text.substr(i)).length;
    if (length == 0) return false;
    i += length;
  }
  return true;
}

bool IsDash(char32_t c) {
  switch (c) {
    case U'-':
    case 0x02D7:
    case 0x058A:
    case 0x2043:
    case 0x207B:
    case 0x208B:
    case 0x2212:
    case 0x2500:
    case 0x2501:
    case 0xFE58:
    case 0xFE63:
    case 0xFF0D:
      return true;
    default:
      return c >= 0x2010 && c <= 0x2015;
  }
}

bool IsInvisible(char32_t c) {
  if (c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD) return true;
  if (c == 0x3000 || c == 0x3164 || c == 0xFEFF || c == 0x180E) return true;
  return (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

}  // namespace furikae::text
