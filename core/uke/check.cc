#include "core/uke/check.h"

namespace furikae::uke {
namespace {

constexpr std::array<uint8_t, 256> ClassifyBytes() {
  std::array<uint8_t, 256> classes{};
  for (int byte = 0; byte < 256; ++byte) {
    uint8_t& c = classes[static_cast<size_t>(byte)];
    if (byte == ',') {
      c = kSeparator;
    } else if (byte >= '0' && byte <= '9') {
      c = kDigit;
    } else if (byte == '.') {
      c = kPoint;
    } else if (byte < 0x20 || byte == '"' || byte == 0x7f || byte == 0x80 || byte == 0xa0 || byte > 0xfc) {
      c = kForbiddenByte;
    } else if (byte < 0x80 || (byte >= 0xa1 && byte <= 0xdf)) {
      c = kHalf;
    } else {
      c = kLead;
    }
  }
  return classes;
}

// Quantities and prices may have a decimal point.
bool MayHavePoint(std::string_view name) {
  return name.find("量") != std::string_view::npos || name.find("単価") != std::string_view::npos;
}

ColumnRule RuleOf(const FieldLayout& field) {
  ColumnRule rule;
  switch (field.mode) {
    case Mode::kDigits:
      rule.allowed = kDigit | (MayHavePoint(field.name) ? kPoint : 0);
      break;
    case Mode::kAscii:
      rule.allowed = kDigit | kPoint | kHalf;
      break;
    case Mode::kKanji:
      rule.allowed = kWide;
      break;
    case Mode::kAsciiOrKanji:
      rule.unmixed = true;
      break;
    case Mode::kAny:
      break;
  }
  if (field.max_bytes > 0) rule.longest = static_cast<uint16_t>(field.max_bytes);
  if (field.fixed) {
    rule.shortest = rule.longest;
    // Fixed columns of six and eight digits are months and dates; the era calendar writes one digit less.
    const bool date = field.mode == Mode::kDigits && (field.max_bytes == 6 || field.max_bytes == 8);
    if (date) --rule.shortest;
  }
  return rule;
}

}  // namespace

constinit const std::array<uint8_t, 256> kByteClass = ClassifyBytes();

std::vector<ColumnRule> RulesOf(const RecordLayout& layout) {
  std::vector<ColumnRule> rules(static_cast<size_t>(layout.columns));
  for (int column = 2; column <= layout.columns; ++column) {
    if (const FieldLayout* field = layout.FieldAt(column)) rules[static_cast<size_t>(column - 1)] = RuleOf(*field);
  }
  return rules;
}

}  // namespace furikae::uke
