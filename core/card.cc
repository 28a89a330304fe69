#include "core/card.h"

#include "core/text/name_keys.h"
#include "core/text/utf8.h"

namespace furikae {
namespace {

// Width-folded, without spaces and every kind of hyphen (ー too: it is typed for one, and no symbol differs by it
// alone).
std::string ComparableOfAny(std::string_view text) {
  const std::string folded = text::FoldWidth(text);
  std::string kept;
  kept.reserve(folded.size());
  for (std::string_view rest = folded; !rest.empty();) {
    const char32_t c = text::TakeCodePoint(rest);
    if (c != U' ' && !text::IsDash(c) && c != U'ー') text::AppendUtf8(c, kept);
  }
  return kept;
}

// The same, without a detour for what nearly every card has: ASCII, in either width.
std::string Comparable(std::string_view text) {
  constexpr char32_t kFullWidthFirst = 0xFF01, kFullWidthLast = 0xFF5E, kBetweenWidths = 0xFEE0;
  std::string kept;
  for (std::string_view rest = text; !rest.empty();) {
    char32_t c = text::TakeCodePoint(rest);
    if (c >= kFullWidthFirst && c <= kFullWidthLast) c -= kBetweenWidths;
    if (c == U'　') c = U' ';
    if (c >= 0x80) return ComparableOfAny(text);
    if (c != U' ' && !text::IsDash(c)) kept.push_back(static_cast<char>(c));
  }
  return kept;
}

}  // namespace

CardText FoldCard(std::string_view symbol, std::string_view number) {
  CardText folded{Comparable(symbol), Comparable(number)};
  folded.number.erase(0, folded.number.find_first_not_of('0'));  // npos: all zeros, all gone
  return folded;
}

CardKey KeyOf(InsurerNumber insurer, std::string_view symbol, std::string_view number) {
  CardText folded = FoldCard(symbol, number);
  if (folded.number.empty()) return {insurer, 0};
  folded.symbol += '\x1f';  // so that symbol 12 with number 3 is not symbol 1 with number 23
  folded.symbol += folded.number;
  return {insurer, text::HashKey(folded.symbol)};
}

int BranchKey(std::string_view branch) {
  const std::string digits = Comparable(branch);
  if (digits.empty()) return 0;
  int number = 0;
  for (char c : digits) {
    if (c < '0' || c > '9' || number > 9999) return 0;
    number = number * 10 + (c - '0');
  }
  return number + 1;
}

std::string BranchText(int branch_key) {
  if (branch_key == 0) return "";
  const std::string digits = std::to_string(branch_key - 1);
  return digits.size() < 2 ? "0" + digits : digits;
}

}  // namespace furikae
