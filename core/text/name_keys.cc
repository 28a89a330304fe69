#include "core/text/name_keys.h"

#include <utility>

#include "core/text/fold.h"
#include "core/text/letter_set.h"
#include "core/text/utf8.h"

namespace furikae::text {
namespace {

// Signs that separate parts of a name without being part of it: ・ and its kin, commas, full stops, quotes; and marks
// ゛゜ that no letter before them could take.
bool IsSeparator(char32_t c) {
  constexpr LetterSet kSeparators(U"・･·,.、。'’‘\"゛゜");
  return kSeparators.Has(c);
}

char32_t UpperAscii(char32_t c) { return c >= U'a' && c <= U'z' ? c - 0x20 : c; }

}  // namespace

std::string FoldWidth(std::string_view text) {
  bool ascii = true;
  for (char c : text) ascii = ascii && static_cast<signed char>(c) >= 0;
  return ascii ? std::string(text) : ToUtf8(FoldedWidth(CodePoints(text)));
}

std::string KanaKey(std::string_view kana) { return KanjiKey(kana); }

std::string KanjiKey(std::string_view name) {
  if (name.size() > kLongestText) return "";
  std::u32string letters = FoldedWidth(CodePoints(name));
  std::erase_if(letters, [](char32_t c) { return IsInvisible(c) || IsSeparator(c); });
  for (char32_t& c : letters) c = UpperAscii(FoldKanji(c));
  return ToUtf8(FoldedKana(std::move(letters)));
}

bool HasUnknownGlyph(std::string_view name) { return name.find("●") != std::string_view::npos; }

std::string PhoneKey(std::string_view telephone) {
  if (telephone.size() > kLongestText) return "";
  std::string digits;
  for (char c : FoldWidth(telephone)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits.size() < 8 ? "" : digits.substr(digits.size() - 8);
}

// FNV-1a, then a finaliser that spreads its weak high bits.
uint64_t HashKey(std::string_view key) {
  if (key.empty()) return 0;
  uint64_t hash = 0xcbf29ce484222325;
  for (char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccd;
  hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53;
  hash ^= hash >> 33;
  return hash == 0 ? 1 : hash;
}

}  // namespace furikae::text
