#include "core/uke/cp932.h"

#include <cstdint>
#include <cstring>

namespace furikae::uke {
namespace {

#include "core/uke/cp932_table.inc"

constexpr uint32_t kNoCharacter = 0xfffd;

// Length of the run of ASCII bytes at `at`, eight at a time.
size_t AsciiRun(const char* at, const char* end) {
  const char* p = at;
  while (end - p >= 8) {
    uint64_t word;
    std::memcpy(&word, p, sizeof(word));
    if (word & 0x8080808080808080u) break;
    p += 8;
  }
  while (p < end && static_cast<uint8_t>(*p) < 0x80) ++p;
  return static_cast<size_t>(p - at);
}

// Code point of a pair; 0 when it is no character.
uint32_t Pair(uint8_t first, uint8_t second) {
  if (first < 0x81 || first > 0xfc || second < 0x40 || second > 0xfc) return 0;
  return kPairs[first - 0x81][second - 0x40];
}

bool IsHalfKana(uint8_t byte) { return byte >= 0xa1 && byte <= 0xdf; }

// Writes a code point of the basic plane above ASCII.
char* PutUtf8(uint32_t code, char* out) {
  if (code < 0x800) {
    *out++ = static_cast<char>(0xc0 | code >> 6);
  } else {
    *out++ = static_cast<char>(0xe0 | code >> 12);
    *out++ = static_cast<char>(0x80 | (code >> 6 & 0x3f));
  }
  *out++ = static_cast<char>(0x80 | (code & 0x3f));
  return out;
}

struct Decoded {
  uint32_t code = kNoCharacter;
  size_t length = 1;  // bytes taken
  bool valid = false;
};

// One UTF-8 character: shortest form, no surrogates, at most U+10FFFF.
Decoded DecodeUtf8(const char* at, const char* end) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(at[i]); };
  const uint8_t first = byte(0);
  if (first < 0x80) return {first, 1, true};
  const size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || static_cast<size_t>(end - at) < length) return {};
  uint32_t code = first & (0xff >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3f);
  }
  const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < smallest[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return {};
  return {code, length, true};
}

// Bytes of a character, one or two; 0 when it has no place.
uint16_t Encode(uint32_t code) { return code > 0xffff ? 0 : kPages[kPageOf[0][code >> 8]][code & 0xff]; }

// Appends `utf8` in CP932; `on_missing` is called for a character without a place and tells whether to go on.
template <typename OnMissing>
bool Convert(std::string_view utf8, std::string& out, OnMissing on_missing) {
  const char* p = utf8.data();
  const char* const end = p + utf8.size();
  while (p < end) {
    const size_t run = AsciiRun(p, end);
    out.append(p, run);
    p += run;
    if (p == end) break;
    const Decoded character = DecodeUtf8(p, end);
    p += character.length;
    const uint16_t bytes = character.valid ? Encode(character.code) : 0;
    if (bytes == 0) {
      if (!on_missing()) return false;
    } else {
      if (bytes > 0xff) out += static_cast<char>(bytes >> 8);
      out += static_cast<char>(bytes);
    }
  }
  return true;
}

}  // namespace

void AppendFromCp932(std::string_view bytes, std::string& out) {
  const size_t before = out.size();
  out.resize(before + bytes.size() * 3);  // a half-width kana, one byte, becomes three
  char* to = out.data() + before;
  const char* p = bytes.data();
  const char* const end = p + bytes.size();
  while (p < end) {
    const uint8_t first = static_cast<uint8_t>(*p);
    if (first < 0x80) {
      const size_t run = AsciiRun(p, end);
      std::memcpy(to, p, run);
      p += run;
      to += run;
    } else if (IsHalfKana(first)) {
      to = PutUtf8(0xff61 + (first - 0xa1), to);
      ++p;
    } else {
      const uint32_t code = end - p >= 2 ? Pair(first, static_cast<uint8_t>(p[1])) : 0;
      to = PutUtf8(code == 0 ? kNoCharacter : code, to);
      // A first byte before something that cannot be a second byte stands alone: separators are never swallowed.
      p += code != 0 || (end - p >= 2 && static_cast<uint8_t>(p[1]) >= 0x80) ? 2 : 1;
    }
  }
  out.resize(static_cast<size_t>(to - out.data()));
}

std::string FromCp932(std::string_view bytes) {
  std::string out;
  AppendFromCp932(bytes, out);
  return out;
}

std::optional<std::string> ToCp932(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  if (!Convert(utf8, out, [] { return false; })) return std::nullopt;
  return out;
}

std::string ToCp932Replacing(std::string_view utf8, int* replaced) {
  std::string out;
  out.reserve(utf8.size());
  int count = 0;
  Convert(utf8, out, [&] {
    out += "\x81\x48";
    ++count;
    return true;
  });
  if (replaced != nullptr) *replaced = count;
  return out;
}

bool IsValidCp932(std::string_view bytes) {
  const char* p = bytes.data();
  const char* const end = p + bytes.size();
  while (p < end) {
    const uint8_t first = static_cast<uint8_t>(*p);
    if (first < 0x80) {
      p += AsciiRun(p, end);
    } else if (IsHalfKana(first)) {
      ++p;
    } else {
      if (end - p < 2 || Pair(first, static_cast<uint8_t>(p[1])) == 0) return false;
      p += 2;
    }
  }
  return true;
}

bool IsValidUtf8(std::string_view bytes) {
  const char* p = bytes.data();
  const char* const end = p + bytes.size();
  while (p < end) {
    p += AsciiRun(p, end);
    if (p == end) break;
    const Decoded character = DecodeUtf8(p, end);
    if (!character.valid) return false;
    p += character.length;
  }
  return true;
}

}  // namespace furikae::uke
