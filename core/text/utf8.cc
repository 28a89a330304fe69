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
  // Nearly every letter of our texts: three bytes that can be neither overlong nor a surrogate.
  if (lead > 0xE0 && lead < 0xED && text.size() > 2 && IsContinuation(text[1]) && IsContinuation(text[2])) {
    return {char32_t{lead & 0x0Fu} << 12 | char32_t{text[1] & 0x3Fu} << 6 | char32_t{text[2] & 0x3Fu}, 3};
  }
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

constexpr size_t kLongestSequence = 4;

// Writes the sequence of `c` to `out` and returns where it ends.
char* Encode(char32_t c, char* out) {
  const auto continuation = [c](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3F)); };
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
    return out;
  }
  if (c < 0x800) {
    *out++ = static_cast<char>(0xC0 | c >> 6);
  } else {
    if (c < 0x10000) {
      *out++ = static_cast<char>(0xE0 | c >> 12);
    } else {
      *out++ = static_cast<char>(0xF0 | c >> 18);
      *out++ = continuation(12);
    }
    *out++ = continuation(6);
  }
  *out++ = continuation(0);
  return out;
}

}  // namespace

char32_t TakeCodePoint(std::string_view& rest) {
  const Decoded decoded = Decode(rest);
  rest.remove_prefix(decoded.length == 0 ? 1 : decoded.length);
  return decoded.length == 0 ? kReplacement : decoded.code_point;
}

void AppendUtf8(char32_t c, std::string& out) {
  char bytes[kLongestSequence];
  out.append(bytes, Encode(c, bytes) - bytes);
}

std::u32string CodePoints(std::string_view text) {
  std::u32string code_points(text.size(), 0);  // at least a byte each
  char32_t* end = code_points.data();
  while (!text.empty()) *end++ = TakeCodePoint(text);
  code_points.resize(end - code_points.data());
  return code_points;
}

std::string ToUtf8(std::u32string_view code_points) {
  std::string text(code_points.size() * kLongestSequence, 0);
  char* end = text.data();
  for (char32_t c : code_points) end = Encode(c, end);
  text.resize(end - text.data());
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

bool IsOtherDash(char32_t c) {
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

bool IsOtherInvisible(char32_t c) {
  if (c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD) return true;
  if (c == 0x3000 || c == 0x3164 || c == 0xFEFF || c == 0x180E) return true;
  return (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

}  // namespace furikae::text
