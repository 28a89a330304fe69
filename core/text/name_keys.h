// core/text/name_keys.h — names, addresses, workplaces and telephone numbers in comparable form (key form); display
// text is never changed.
//
//   KanaKey("ショウイチ") == KanaKey("シヨウイチ")    // K1: large kana; long vowels, ヂ ヅ ヲ ヴ folded; no spaces
//   KanjiKey("渡邊　太郎") == KanjiKey("渡辺 太郎")   // folded kanji
//
// All texts UTF-8; an empty result means "nothing to compare". Source: identification.md §4.1–4.5 (K1, fold), §2
// (traps).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace furikae::text {

// The longest text, in bytes, that has a key: a longer one is no name or address, and its key is "".
inline constexpr size_t kLongestText = 4096;

std::string KanaKey(std::string_view kana);  // K1
std::string KanjiKey(
    std::string_view name);  // NFKC-like width folding, variant fold, no spaces; kana as in K1's katakana
bool HasUnknownGlyph(std::string_view name);  // contains ●
std::string AddressKey(
    std::string_view address);  // width, kanji fold, dashes, 丁目/番地/号 and kanji numerals → digits and '-'
// Whether two address keys name the same place: equal, a leading prefecture counting only when both state one. False
// unless both have a house number.
bool SameAddress(std::string_view key_a, std::string_view key_b);
std::string PhoneKey(std::string_view telephone);  // last 8 digits; "" when fewer
std::string WorkplaceKey(std::string_view name);   // legal form and branch words off, kana K1, kanji folded
// An insurer's name with its kind written out: 協会けんぽ東京支部 → 全国健康保険協会東京支部, ○○健保 → ○○健康保険組合,
// 国保 → 国民健康保険.
std::string InsurerKey(std::string_view name);
// Whether two insurer keys name the same insurer: equal, or equal but for a kind (健康保険組合 …) that only one of them
// states.
bool SameInsurer(std::string_view key_a, std::string_view key_b);
uint64_t HashKey(std::string_view key);  // 64-bit, the same on every machine and run; 0 only for ""

// Width folding alone: full-width ASCII and half-width kana to their usual width, ideographic space to space.
std::string FoldWidth(std::string_view text);

}  // namespace furikae::text
