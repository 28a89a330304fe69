// rules/remark_shapes.h — what an item of the remarks looks like, whatever its width: a date, a telephone, a kana name,
// an address …
//
//   FoldedText text = FoldCharacters("令和６年１０月３日");
//   size_t length = 0;
//   std::optional<Date> day = DateAt(text.folded, &length);   // 2024-10-03, length 9
//
// Shapes are guesses about free text: they serve items that stand without a label (decisions.md §5). Prefectures, eras,
// what companies and buildings are called serve to read the text and decide nothing, so they stand here; the words that
// decide something stand in the tables (rules/remark_words.h). Every function
// takes folded text, runs in time linear in it, reads no clock, and is thread-safe. Lengths are in characters, offsets
// in bytes; nothing can fail. Private to the remarks parser. Source: decisions.md §5; sources_unidentified.md A3 (the
// items).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/calendar.h"

namespace furikae::rules {

// A text with every character in one comparable width: full-width ASCII as ASCII, half-width kana as katakana, every
// dash as '-', every blank as ' ', a voiced mark joined to its kana. Each knows where it stood, so that an item can be
// cut from the original as it was written.
struct FoldedText {
  std::u32string folded;
  std::vector<uint32_t> offsets;  // of each character in the original bytes, and their end
};
FoldedText FoldCharacters(std::string_view utf8);

// A whole date (western or Japanese era, digits or kanji numerals) that begins `text`; `length` = its characters.
// A date without its year, or one that is no real day, is none.
std::optional<Date> DateAt(std::u32string_view text, size_t* length);
// The first date anywhere in `text`.
std::optional<Date> DateIn(std::u32string_view text);

std::u32string WithoutBlanks(std::u32string_view text);
std::u32string_view Trimmed(std::u32string_view text);
bool LooksLikePhone(std::u32string_view text);  // 9 to 11 digits, perhaps with dashes, brackets and a note in brackets
bool LooksLikeKana(std::u32string_view text);   // katakana alone, at least two
bool StartsWithPrefecture(std::u32string_view text);  // 東京都 …
bool LooksLikeAddress(std::u32string_view text);      // a municipality and a number, or a prefecture and a number
bool NamesMunicipality(std::u32string_view text);     // a municipality without any number
bool ContinuesAddress(std::u32string_view text);      // what may follow an address: a number, a building
bool LooksLikeInsurer(std::u32string_view text);      // 健康保険組合, 共済組合, 広域連合 …
bool LooksLikeWorkplace(std::u32string_view text);    // 株式会社, 市役所, 自衛隊 …
bool SaysNothing(std::u32string_view text);           // なし, －, 不明 …

bool Contains(std::u32string_view text, std::u32string_view part);

}  // namespace furikae::rules
