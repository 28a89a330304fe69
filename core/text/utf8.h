// core/text/utf8.h — code points of UTF-8 text, one at a time.
//
//   for (std::string_view rest = text; !rest.empty();) AppendUtf8(Folded(TakeCodePoint(rest)), out);
//
// A byte that begins no well-formed sequence is taken alone and becomes U+FFFD, so that any input ends. Thread-safe.
// Lengths are in bytes; nothing can fail. Source: RFC 3629 (well-formed UTF-8); identification.md §4.1 (dashes, what is
// invisible).
#pragma once

#include <string>
#include <string_view>

namespace furikae::text {

inline constexpr char32_t kReplacement = 0xFFFD;

// The first code point of `rest`, which must not be empty; `rest` moves behind it. Overlong forms, surrogates and code
// points above U+10FFFF are not well formed.
char32_t TakeCodePoint(std::string_view& rest);
void AppendUtf8(char32_t code_point, std::string& out);
std::u32string CodePoints(std::string_view text);
std::string ToUtf8(std::u32string_view code_points);
bool IsUtf8(std::string_view text);

// Kana, kanji and their like, nearly every letter of our texts: neither a dash nor invisible.
inline bool IsOrdinary(char32_t c) { return c > 0x3000 && c < 0xFE00 && c != 0x3164; }
bool IsOtherDash(char32_t c);       // for those that are not ordinary
bool IsOtherInvisible(char32_t c);  // likewise

// Every sign that people type for a hyphen or minus: - ‐ ‑ ‒ – — ― ⁃ − ─ ━ ﹣ －. Not ー, which is a letter of kana.
inline bool IsDash(char32_t c) { return !IsOrdinary(c) && IsOtherDash(c); }
// Blanks, joiners, soft hyphens, variation selectors (IVS), controls: what a reader does not see.
inline bool IsInvisible(char32_t c) { return !IsOrdinary(c) && IsOtherInvisible(c); }

}  // namespace furikae::text
