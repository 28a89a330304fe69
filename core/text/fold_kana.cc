#include <algorithm>
#include <array>
#include <utility>

#include "core/text/fold.h"
#include "core/text/utf8.h"

namespace furikae::text {
namespace {

char32_t ToKatakana(char32_t c) { return (c >= 0x3041 && c <= 0x3096) || c == U'ゝ' || c == U'ゞ' ? c + 0x60 : c; }

// Large form, and one letter for each pair that sounds alike.
char32_t Plain(char32_t c) {
  if (!(c >= 0x30A1 && c <= 0x31FF)) return c;
  switch (c) {
    case U'ァ':
      return U'ア';
    case U'ィ':
      return U'イ';
    case U'ゥ':
      return U'ウ';
    case U'ェ':
      return U'エ';
    case U'ォ':
      return U'オ';
    case U'ッ':
      return U'ツ';
    case U'ャ':
      return U'ヤ';
    case U'ュ':
      return U'ユ';
    case U'ョ':
      return U'ヨ';
    case U'ヮ':
      return U'ワ';
    case U'ヵ':
      return U'カ';
    case U'ヶ':
      return U'ケ';
    case U'ヂ':
      return U'ジ';
    case U'ヅ':
      return U'ズ';
    case U'ヲ':
      return U'オ';
    case U'ヰ':
      return U'イ';
    case U'ヱ':
      return U'エ';
    case U'ヷ':
      return U'バ';
    case U'ヸ':
      return U'ビ';
    case U'ヹ':
      return U'ベ';
    case U'ヺ':
      return U'ボ';
    default:
      break;
  }
  constexpr std::u32string_view kAinu = U"クシストヌハヒフヘホムラリルレロ";  // U+31F0 … U+31FF, the small ones
  return c >= 0x31F0 && c <= 0x31FF ? kAinu[c - 0x31F0] : c;
}

// ヴ with the vowel after it: ヴア → バ. 0 when the vowel is none of a i e o; ヴ alone is ブ.
char32_t VWith(char32_t vowel) {
  switch (vowel) {
    case U'ア':
      return U'バ';
    case U'イ':
      return U'ビ';
    case U'エ':
      return U'ベ';
    case U'オ':
      return U'ボ';
    default:
      return 0;
  }
}

// The vowel a large katakana ends in, as the letter ア イ ウ エ オ; 0 for ン and everything else.
char32_t VowelOf(char32_t c) {
  constexpr char32_t kFirst = 0x30A0;  // of the block of katakana
  static constexpr std::u32string_view kByVowel[] = {U"アカガサザタダナハバパマヤラワ", U"イキギシジチニヒビピミリ",
                                                     U"ウクグスズツヌフブプムユル", U"エケゲセゼテデネヘベペメレ",
                                                     U"オコゴソゾトドノホボポモヨロ"};
  static constexpr std::u32string_view kVowels = U"アイウエオ";
  static constexpr auto kVowelOf = [] {
    std::array<char32_t, 0x60> vowel_of{};
    for (size_t i = 0; i < kVowels.size(); ++i) {
      for (char32_t kana : kByVowel[i]) vowel_of[kana - kFirst] = kVowels[i];
    }
    return vowel_of;
  }();
  return c >= kFirst && c < kFirst + kVowelOf.size() ? kVowelOf[c - kFirst] : 0;
}

// Whether `c` after a kana with vowel `vowel` is heard as that vowel held: the same vowel, ー, or ウ after オ.
bool Lengthens(char32_t c, char32_t vowel) { return c == vowel || (c == U'ウ' && vowel == U'オ'); }

char32_t WithDakuten(char32_t c) {
  const std::u32string joined = FoldedWidth(std::u32string{c, 0x3099});
  return joined.size() == 1 ? Plain(joined[0]) : c;
}

// Katakana, large and alike-sounding letters unified, marks of repetition written out.
std::u32string Unified(std::u32string text) {
  size_t unified = 0;  // letters written; never ahead of the letter that is read
  bool after_v = false;
  for (char32_t raw : text) {
    char32_t c = Plain(ToKatakana(raw));
    const char32_t before = unified == 0 ? 0 : text[unified - 1];
    // Repetitions first: what they stand for may be ヴ (ウヾ).
    if (c == U'ヽ' && IsKatakana(before)) c = before;
    if (c == U'ヾ' && IsKatakana(before)) c = WithDakuten(before);
    if ((c == U'々' || c == U'〻') && IsKanji(before)) c = before;
    if (after_v && VWith(c) != 0) {
      text[unified - 1] = VWith(c);
      after_v = false;
      continue;
    }
    after_v = c == U'ヴ';
    if (after_v) c = U'ブ';
    text[unified++] = c;
  }
  text.resize(unified);
  return text;
}

// Whether a text without such a letter stays as it is: kana and the marks of repetition all lie here.
bool MayChange(char32_t c) { return c >= 0x3005 && c <= 0x31FF; }

}  // namespace

bool IsKatakana(char32_t c) { return c >= 0x30A1 && c <= 0x30FA; }

bool IsKanji(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x323AF);
}

std::u32string FoldedKana(std::u32string text) {
  if (std::none_of(text.begin(), text.end(), MayChange)) return text;
  text = Unified(std::move(text));
  size_t folded = 0;   // letters written; never ahead of the letter that is read
  char32_t vowel = 0;  // of the kana just written; 0 once it has been lengthened
  for (char32_t c : text) {
    const char32_t before = folded == 0 ? 0 : text[folded - 1];
    const bool long_mark = c == U'ー' || (IsDash(c) && (IsKatakana(before) || before == U'ー'));  // ロ−ラ
    if (long_mark && before == U'ー') continue;
    if (long_mark || (vowel != 0 && Lengthens(c, vowel))) {
      text[folded++] = U'ー';
      vowel = 0;
    } else {
      text[folded++] = c;
      vowel = VowelOf(c);
    }
  }
  text.resize(folded);
  return text;
}

}  // namespace furikae::text
