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

template <typename OnViolation>
void CheckLine(std::string_view line, const std::vector<ColumnRule>& rules, OnViolation on_violation) {
  const char* p = line.data();
  const char* const end = p + line.size();
  for (size_t column = 0;; ++column, ++p) {
    const char* const start = p;
    uint8_t seen = 0;
    while (p < end) {
      const uint8_t byte_class = kByteClass[static_cast<uint8_t>(*p)];
      if (byte_class >= kSeparator) {
        if (byte_class == kSeparator) break;
        const bool pair = end - p >= 2 && IsSecondByte(static_cast<uint8_t>(p[1]));
        seen |= pair ? kWide : kForbiddenByte;
        p += pair ? 2 : 1;
      } else {
        seen |= byte_class;
        ++p;
      }
    }
    if (column >= rules.size()) {
      on_violation(static_cast<int>(column + 1), std::string_view(start, static_cast<size_t>(p - start)),
                   Violation::kExtra);
      return;
    }
    if (p > start) {
      const ColumnRule& rule = rules[column];
      const std::string_view text(start, static_cast<size_t>(p - start));
      const int number = static_cast<int>(column + 1);
      if (seen & kForbiddenByte) {
        on_violation(number, text, Violation::kForbidden);
      } else if (seen & ~rule.allowed) {
        on_violation(number, text, Violation::kMode);
      } else if (rule.unmixed && (seen & kWide) && (seen & ~kWide)) {
        on_violation(number, text, Violation::kMixed);
      }
      if (text.size() < rule.shortest || text.size() > rule.longest) on_violation(number, text, Violation::kLength);
    }
    if (p == end) return;
  }
}

}  // namespace furikae::uke
