// core/uke/check.h — checking every column of a line against its layout in one walk over the bytes. Private to the
// reader.
//
//   CheckLine(line, plan, [&](int column, std::string_view text, Violation what) { … });
//
// Only violations are reported, and they do not refuse anything by themselves. A blank column violates nothing.
// Source: uke_layouts.md §1 (modes, lengths, forbidden bytes).
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "core/uke/layouts.h"

namespace furikae::uke {

enum class Violation : uint8_t {
  kForbidden,  // a control character, a quotation mark, or a byte that begins no character
  kMode,       // a kind of character that the column does not take
  kMixed,      // half-width and full-width in one column
  kLength,     // too long, or not the fixed length
  kExtra,      // more columns than the layout has (reported once, with the first)
};

// What bytes can be. A column's bytes are or-ed together.
enum ByteClass : uint8_t {
  kDigit = 1,
  kPoint = 2,
  kHalf = 4,
  kWide = 8,
  kForbiddenByte = 16,
  kSeparator = 32,
  kLead = 64,
};

struct ColumnRule {
  uint8_t allowed = kDigit | kPoint | kHalf | kWide;
  bool unmixed = false;
  uint16_t shortest = 0, longest = 0xffff;
};
// One rule per column, [0] for column 1.
std::vector<ColumnRule> RulesOf(const RecordLayout& layout);

extern const std::array<uint8_t, 256> kByteClass;

inline bool IsSecondByte(uint8_t byte) { return byte >= 0x40 && byte <= 0xfc && byte != 0x7f; }

// Steps over blank columns, eight at a time: most columns of a claim are. Tells how many.
inline size_t SkipBlankColumns(const char*& p, const char* end) {
  constexpr uint64_t kEightCommas = 0x2c2c2c2c2c2c2c2c;
  const char* const start = p;
  uint64_t word;
  while (end - p >= 8 && (std::memcpy(&word, p, 8), word == kEightCommas)) p += 8;
  while (p < end && *p == ',') ++p;
  return static_cast<size_t>(p - start);
}

// Steps over one column and tells which classes its bytes are of.
inline uint8_t SkipColumn(const char*& p, const char* end) {
  uint8_t seen = 0;
  while (p < end) {
    const uint8_t byte_class = kByteClass[static_cast<uint8_t>(*p)];
    if (byte_class < kSeparator) {
      seen |= byte_class;
      ++p;
    } else if (byte_class == kLead) {
      const bool pair = end - p >= 2 && IsSecondByte(static_cast<uint8_t>(p[1]));
      seen |= pair ? kWide : kForbiddenByte;
      p += pair ? 2 : 1;
    } else {
      break;
    }
  }
  return seen;
}

template <typename OnViolation>
void CheckLine(std::string_view line, const std::vector<ColumnRule>& rules, OnViolation on_violation) {
  const char* p = line.data();
  const char* const end = p + line.size();
  for (size_t column = 0;; ++column, ++p) {
    column += SkipBlankColumns(p, end);
    const char* const start = p;
    const uint8_t seen = SkipColumn(p, end);
    const std::string_view text(start, static_cast<size_t>(p - start));
    const int number = static_cast<int>(column + 1);
    if (column >= rules.size()) return on_violation(static_cast<int>(rules.size() + 1), text, Violation::kExtra);
    if (text.empty()) return;  // the end of the line
    const ColumnRule& rule = rules[column];
    if (seen & kForbiddenByte) {
      on_violation(number, text, Violation::kForbidden);
    } else if (seen & ~rule.allowed) {
      on_violation(number, text, Violation::kMode);
    } else if (rule.unmixed && (seen & kWide) && (seen & ~kWide)) {
      on_violation(number, text, Violation::kMixed);
    }
    if (text.size() < rule.shortest || text.size() > rule.longest) on_violation(number, text, Violation::kLength);
    if (p == end) return;
  }
}

}  // namespace furikae::uke
