#include <array>

#include "core/text/fold.h"

namespace furikae::text {
namespace {

// U+FF61 … U+FF9F.
constexpr std::u32string_view kHalfWidthKana =
    U"。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリ"
    U"ルレロワン゛゜";
static_assert(kHalfWidthKana.size() == 0xFF9F - 0xFF61 + 1);
// U+FFE0 … U+FFE6.
constexpr std::u32string_view kFullWidthSigns = U"¢£¬¯¦¥₩";

bool IsDakuten(char32_t c) { return c == 0x3099 || c == 0x309B; }
bool IsHandakuten(char32_t c) { return c == 0x309A || c == 0x309C; }

// In Unicode's kana rows a voiced kana follows its plain one: か が, は ば ぱ. Hiragana are 0x60 below katakana.
char32_t Voiced(char32_t c) {
  const char32_t katakana = c >= 0x3041 && c <= 0x3096 ? c + 0x60 : c;
  constexpr std::u32string_view kPlain = U"カキクケコサシスセソタチツテトハヒフヘホ";
  if (kPlain.find(katakana) != std::u32string_view::npos) return c + 1;
  switch (c) {
    case U'ウ':
      return U'ヴ';
    case U'う':
      return U'ゔ';
    case U'ワ':
      return U'ヷ';
    case U'ヰ':
      return U'ヸ';
    case U'ヱ':
      return U'ヹ';
    case U'ヲ':
      return U'ヺ';
    case U'ヽ':
      return U'ヾ';
    case U'ゝ':
      return U'ゞ';
    default:
      return 0;
  }
}

char32_t HalfVoiced(char32_t c) {
  const char32_t katakana = c >= 0x3041 && c <= 0x3096 ? c + 0x60 : c;
  return std::u32string_view(U"ハヒフヘホ").find(katakana) != std::u32string_view::npos ? c + 2 : 0;
}

}  // namespace

char32_t UsualWidth(char32_t c) {
  if (c > 0x3000 && c < 0xFF01) return c;  // nearly every letter
  if (c == 0x3000) return U' ';
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  if (c >= 0xFF61 && c <= 0xFF9F) return kHalfWidthKana[c - 0xFF61];
  if (c >= 0xFFE0 && c <= 0xFFE6) return kFullWidthSigns[c - 0xFFE0];
  return c;
}

char32_t WithMark(char32_t before, char32_t mark) {
  return IsDakuten(mark) ? Voiced(before) : IsHandakuten(mark) ? HalfVoiced(before) : 0;
}

std::u32string FoldedWidth(std::u32string text) {
  size_t folded = 0;  // letters written; never ahead of the letter that is read
  for (char32_t raw : text) {
    char32_t c = UsualWidth(raw);
    const char32_t before = folded == 0 ? 0 : text[folded - 1];
    if (const char32_t joined = WithMark(before, c); joined != 0) {
      text[folded - 1] = joined;
    } else {
      if (c == 0x3099) c = 0x309B;  // a mark that joins nothing stands alone
      if (c == 0x309A) c = 0x309C;
      text[folded++] = c;
    }
  }
  text.resize(folded);
  return text;
}

}  // namespace furikae::text
