#include <array>

#include "core/text/fold.h"
#include "core/text/letter_set.h"
#include "core/text/name_keys.h"
#include "core/text/utf8.h"

namespace furikae::text {
namespace {

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

// 〇 to 九 as 0 to 9, 十 百 千 as 10 100 1000; -1 for anything else.
int NumeralOf(char32_t c) {
  switch (c) {
    case U'〇':
    case U'零':
      return 0;
    case U'一':
    case U'壱':
      return 1;
    case U'二':
    case U'弐':
      return 2;
    case U'三':
    case U'参':
      return 3;
    case U'四':
      return 4;
    case U'五':
      return 5;
    case U'六':
      return 6;
    case U'七':
      return 7;
    case U'八':
      return 8;
    case U'九':
      return 9;
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1000;
    default:
      return -1;
  }
}

template <typename Belongs>
size_t LengthOfRun(std::u32string_view text, Belongs belongs) {
  size_t length = 0;
  while (length < text.size() && belongs(text[length])) ++length;
  return length;
}

bool IsNumeral(char32_t c) {
  constexpr LetterSet kNumerals(U"〇零一壱二弐三参四五六七八九十百千");
  return kNumerals.Has(c);
}

// 二十三 → 23, 二三 → 23, 千二百 → 1200. Runs too long for a house number are -1.
int64_t ValueOf(std::u32string_view numerals) {
  if (numerals.size() > 9) return -1;
  int64_t total = 0, pending = 0;
  bool any_pending = false;
  for (char32_t c : numerals) {
    const int value = NumeralOf(c);
    if (value < 10) {
      pending = pending * 10 + value;
      any_pending = true;
    } else {
      total += (any_pending ? pending : 1) * value;
      pending = 0;
      any_pending = false;
    }
  }
  return total + pending;
}

// The length of the word at the start of `rest` that stands between two numbers of an address or closes one; 0 if none.
// What makes another word of it (番町, 号棟, 丁堀) is not such a word.
size_t LengthOfUnit(std::u32string_view rest) {
  constexpr std::array<std::u32string_view, 9> kUnits = {U"丁目", U"番地", U"番", U"号室", U"号",
                                                         U"丁",   U"ノ",   U"之", U"目"};
  constexpr LetterSet kFirstLetters(U"丁番号ノ之目");
  constexpr std::u32string_view kOtherwise = U"町丁棟館地堀線";
  if (rest.empty() || !kFirstLetters.Has(rest[0])) return 0;
  for (std::u32string_view unit : kUnits) {
    if (!rest.starts_with(unit)) continue;
    const char32_t after = rest.size() > unit.size() ? rest[unit.size()] : 0;
    const bool joins_digits_only = unit == U"ノ" || unit == U"之" || unit == U"丁" || unit == U"目";
    if (joins_digits_only) return IsDigit(after) || IsNumeral(after) ? unit.size() : 0;
    return after != 0 && kOtherwise.find(after) != std::u32string_view::npos ? 0 : unit.size();
  }
  return 0;
}

bool IsJoint(char32_t c) { return IsDash(c) || c == U'ー' || c == U' '; }

// What stands between the number that ended just before `rest` and whatever follows: units, dashes, spaces.
size_t LengthBetween(std::u32string_view rest) {
  size_t length = 0;
  for (;;) {
    const size_t unit = LengthOfUnit(rest.substr(length));
    const size_t joints = LengthOfRun(rest.substr(length + unit), IsJoint);
    if (unit + joints == 0) return length;
    length += unit + joints;
  }
}

// A numeral written in kanji counts as a number when a unit or dash says so, or when it follows a number's joint;
// elsewhere it belongs to a name (四日市, 三条, 千代田).
bool CountsAsNumber(std::u32string_view rest, bool after_joint) {
  if (rest.empty()) return after_joint;
  const size_t dashes = LengthOfRun(rest, [](char32_t c) { return IsDash(c) || c == U'ー'; });
  if (dashes > 0 && dashes < rest.size() && (IsDigit(rest[dashes]) || IsNumeral(rest[dashes]))) return true;
  if (rest.starts_with(U'ノ') && LengthOfUnit(rest) > 0) return true;  // 五の六
  if (rest.starts_with(U"丁目") || rest.starts_with(U"番") || rest.starts_with(U"号") || rest.starts_with(U"条"))
    return true;
  return after_joint && (rest[0] == U' ' || LengthOfUnit(rest) > 0);
}

bool IsSpace(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n'; }

// Letters as they compare: width, kanji, katakana; ヶ ガ カ between kanji are one (霞が関 = 霞ヶ関 = 霞ケ関). Spaces
// stay, for they may part two numbers.
std::u32string Letters(std::string_view address) {
  std::u32string letters = FoldedWidth(CodePoints(address));
  std::erase_if(letters, [](char32_t c) {
    constexpr LetterSet kIgnored(U"、，,。．.・()「」[]〔〕【】〒");
    return kIgnored.Has(c) || (IsInvisible(c) && !IsSpace(c));
  });
  for (char32_t& c : letters) {
    if (IsSpace(c)) c = U' ';
    if (c >= 0x3041 && c <= 0x3096) c += 0x60;
    c = c >= U'a' && c <= U'z' ? c - 0x20 : FoldKanji(c);
  }
  for (size_t i = 1; i + 1 < letters.size(); ++i) {
    constexpr LetterSet kLinks(U"ヶケガヵカ");
    if (kLinks.Has(letters[i]) && IsKanji(letters[i - 1]) && IsKanji(letters[i + 1])) letters[i] = U'ケ';
  }
  return letters;
}

std::u32string WithoutPostNumber(std::u32string letters) {
  const size_t digits = LengthOfRun(letters, [](char32_t c) { return IsDigit(c) || IsDash(c) || c == U' '; });
  size_t count = 0;
  for (size_t i = 0; i < digits; ++i) count += IsDigit(letters[i]);
  if (count == 7) letters.erase(0, digits);
  return letters;
}

// Writes each number as digits without leading zeros, with one '-' between two numbers that only units and dashes part.
std::u32string WithPlainNumbers(std::u32string_view rest) {
  std::u32string plain;
  plain.reserve(rest.size());
  bool after_joint = false;  // a number and its joint were just read
  while (!rest.empty()) {
    const size_t digits = LengthOfRun(rest, IsDigit), numerals = LengthOfRun(rest, IsNumeral);
    const int64_t value = numerals == 0 ? -1 : ValueOf(rest.substr(0, numerals));
    const bool number = digits > 0 || (value >= 0 && CountsAsNumber(rest.substr(numerals), after_joint));
    if (!number) {
      if (rest[0] != U' ') plain += rest[0];
      rest.remove_prefix(1);
      after_joint = false;
      continue;
    }
    if (after_joint) plain += U'-';
    if (digits > 0) {
      const size_t zeros = std::min(LengthOfRun(rest, [](char32_t c) { return c == U'0'; }), digits - 1);
      plain += rest.substr(zeros, digits - zeros);
    } else {
      for (char c : std::to_string(value)) plain += static_cast<char32_t>(c);
    }
    rest.remove_prefix(digits > 0 ? digits : numerals);
    const size_t between = LengthBetween(rest);
    after_joint = between > 0;
    rest.remove_prefix(between);
  }
  return plain;
}

std::u32string Without(std::u32string text, std::u32string_view word) {
  for (size_t at = text.find(word); at != std::u32string::npos; at = text.find(word, at)) text.erase(at, word.size());
  return text;
}

constexpr std::array<std::string_view, 47> kPrefectures = {
    "北海道", "青森県", "岩手県", "宮城県",   "秋田県", "山形県",   "福島県", "茨城県", "栃木県", "群馬県",
    "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県",   "石川県", "福井県", "山梨県", "長野県",
    "岐阜県", "静岡県", "愛知県", "三重県",   "滋賀県", "京都府",   "大阪府", "兵庫県", "奈良県", "和歌山県",
    "鳥取県", "島根県", "岡山県", "広島県",   "山口県", "徳島県",   "香川県", "愛媛県", "高知県", "福岡県",
    "佐賀県", "長崎県", "熊本県", "大分県",   "宮崎県", "鹿児島県", "沖縄県"};

std::string_view WithoutPrefecture(std::string_view key) {
  for (std::string_view prefecture : kPrefectures) {
    if (key.starts_with(prefecture)) return key.substr(prefecture.size());
  }
  return key;
}

}  // namespace

std::string AddressKey(std::string_view address) {
  if (address.size() > kLongestText) return "";
  const std::u32string letters = WithoutPostNumber(Without(Letters(address), U"大字"));
  return ToUtf8(FoldedKana(WithPlainNumbers(letters)));
}

bool SameAddress(std::string_view key_a, std::string_view key_b) {
  const std::string_view a = WithoutPrefecture(key_a), b = WithoutPrefecture(key_b);
  const bool both_state_one = a.size() != key_a.size() && b.size() != key_b.size();
  return !a.empty() && (both_state_one ? key_a == key_b : a == b) &&
         a.find_first_of("0123456789") != std::string_view::npos;
}

}  // namespace furikae::text
