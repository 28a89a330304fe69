// core/text/fold.h — the steps that the keys of name_keys.h are made of: width, kana, kanji.
//
//   FoldedWidth(CodePoints("ｶﾞ（株）"))   // ガ(株)
//   FoldedKana(U"ショウイチ")              // シヨーイチ: K1
//   FoldKanji(U'髙')                       // 高
//
// A fold never makes a text longer: it is written over the text that it is given.
//
// Nothing here asks ICU or a locale: the results are part of stored keys and must never move. Source: identification.md
// §2, §4.
#pragma once

#include <string>
#include <string_view>

namespace furikae::text {

// Full-width ASCII, half-width kana and the ideographic space to their usual width; dakuten and handakuten, half-width,
// spacing or combining, joined to the kana before them.
std::u32string FoldedWidth(std::u32string text);
// Its two steps, letter by letter. What a voiced or half-voiced mark after `before` makes of it; 0: it joins nothing
// there, or is no mark.
char32_t UsualWidth(char32_t c);
char32_t WithMark(char32_t before, char32_t mark);

// K1 of width-folded text: katakana, large; ッ→ツ; ヂ→ジ, ヅ→ズ, ヲ→オ, ヰ→イ, ヱ→エ, ヴァ→バ …; iteration marks (ゝ ヾ
// 々) written out; one spelling ー for a long vowel (オウ = オオ = オー, ウウ = ウー, アア = アー …), so that オオノ is
// オーノ but not オノ.
std::u32string FoldedKana(std::u32string text);

// The common form of a kanji that has one (kanji_variants.txt and Unihan); any other character is returned unchanged.
char32_t FoldKanji(char32_t c);

bool IsKatakana(char32_t c);
bool IsKanji(char32_t c);

}  // namespace furikae::text
