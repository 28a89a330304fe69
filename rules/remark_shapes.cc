#include "rules/remark_shapes.h"

#include <algorithm>
#include <span>

#include "core/text/fold.h"
#include "core/text/utf8.h"

namespace furikae::rules {
namespace {

using Text = std::u32string_view;

char32_t FoldCharacter(char32_t c) {
  if (text::IsDash(c)) return U'-';
  return c == 0xA0 || c == U'\t' ? U' ' : text::UsualWidth(c);
}

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool IsKatakana(char32_t c) { return (c >= 0x30A1 && c <= 0x30FA) || c == U'ー' || c == U'゛' || c == U'゜'; }
bool HasDigit(Text text) { return std::any_of(text.begin(), text.end(), IsDigit); }
bool ContainsAny(Text text, std::span<const Text> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](Text part) { return Contains(text, part); });
}

// Reading a date.

void SkipBlanks(Text text, size_t* at) {
  while (*at < text.size() && text[*at] == U' ') ++*at;
}

constexpr Text kKanjiDigits = U"〇一二三四五六七八九";

// 1 to `most_digits` digits, or kanji numerals up to 九十九; 元 is 1.
std::optional<int> NumberAt(Text text, size_t* at, int most_digits) {
  SkipBlanks(text, at);
  size_t i = *at;
  int value = 0;
  for (; i < text.size() && IsDigit(text[i]) && static_cast<int>(i - *at) < most_digits; ++i) {
    value = value * 10 + static_cast<int>(text[i] - U'0');
  }
  if (i == *at && i < text.size() && text[i] == U'元') {
    value = 1;
    ++i;
  } else if (i == *at) {
    int tens = 0, ones = 0;
    for (; i < text.size() && i - *at < 4; ++i) {
      const size_t digit = kKanjiDigits.find(text[i]);
      if (text[i] == U'十') {
        tens = ones == 0 ? 10 : ones * 10;
        ones = 0;
      } else if (digit != Text::npos) {
        ones = ones * 10 + static_cast<int>(digit);
      } else {
        break;
      }
    }
    value = tens + ones;
  }
  if (i == *at) return std::nullopt;
  *at = i;
  return value;
}

bool TakeOneOf(Text text, size_t* at, Text characters) {
  SkipBlanks(text, at);
  if (*at >= text.size() || characters.find(text[*at]) == Text::npos) return false;
  ++*at;
  return true;
}

struct Era {
  Text name;
  int year_before_first;
};
constexpr Era kEras[] = {{U"令和", 2018}, {U"平成", 1988}, {U"昭和", 1925}, {U"大正", 1911}, {U"明治", 1867},
                         {U"令", 2018},   {U"平", 1988},   {U"昭", 1925},   {U"大", 1911},   {U"明", 1867},
                         {U"R", 2018},    {U"H", 1988},    {U"S", 1925},    {U"T", 1911},    {U"M", 1867},
                         {U"r", 2018},    {U"h", 1988},    {U"s", 1925}};

std::optional<Date> FinishDate(Text text, size_t at, int year, int month, int day, size_t* length) {
  if (at < text.size() && IsDigit(text[at])) return std::nullopt;
  *length = at;
  return Date::Of(year, month, day);
}

// Month and day after the year and its separator.
std::optional<Date> MonthAndDay(Text text, size_t at, int year, size_t* length) {
  const std::optional<int> month = NumberAt(text, &at, 2);
  if (!month || !TakeOneOf(text, &at, U"月./-・")) return std::nullopt;
  const std::optional<int> day = NumberAt(text, &at, 2);
  if (!day) return std::nullopt;
  if (at < text.size() && text[at] == U'日') ++at;
  return FinishDate(text, at, year, *month, *day, length);
}

std::optional<Date> WesternDate(Text text, size_t* length) {
  size_t at = 0;
  while (at < text.size() && at < 9 && IsDigit(text[at])) ++at;
  const auto number = [&](size_t from, size_t count) {
    int value = 0;
    for (size_t i = from; i < from + count; ++i) value = value * 10 + static_cast<int>(text[i] - U'0');
    return value;
  };
  if (at == 8) return FinishDate(text, at, number(0, 4), number(4, 2), number(6, 2), length);
  if (at != 4 || !TakeOneOf(text, &at, U"年./-・")) return std::nullopt;
  return MonthAndDay(text, at, number(0, 4), length);
}

std::optional<Date> EraDate(Text text, const Era& era, size_t* length) {
  size_t at = era.name.size();
  TakeOneOf(text, &at, U".");
  const std::optional<int> year = NumberAt(text, &at, 2);
  if (!year || *year == 0 || !TakeOneOf(text, &at, U"年./-・")) return std::nullopt;
  return MonthAndDay(text, at, era.year_before_first + *year, length);
}

// Words.

constexpr Text kPrefectures[] = {
    U"北海道", U"青森県", U"岩手県", U"宮城県",   U"秋田県", U"山形県",   U"福島県", U"茨城県", U"栃木県", U"群馬県",
    U"埼玉県", U"千葉県", U"東京都", U"神奈川県", U"新潟県", U"富山県",   U"石川県", U"福井県", U"山梨県", U"長野県",
    U"岐阜県", U"静岡県", U"愛知県", U"三重県",   U"滋賀県", U"京都府",   U"大阪府", U"兵庫県", U"奈良県", U"和歌山県",
    U"鳥取県", U"島根県", U"岡山県", U"広島県",   U"山口県", U"徳島県",   U"香川県", U"愛媛県", U"高知県", U"福岡県",
    U"佐賀県", U"長崎県", U"熊本県", U"大分県",   U"宮崎県", U"鹿児島県", U"沖縄県"};
constexpr Text kInsurerWords[] = {U"健康保険組合", U"健保組合",     U"健保", U"けんぽ",   U"共済",    U"広域連合",
                                  U"健康保険協会", U"国民健康保険", U"国保", U"船員保険", U"健康保険"};
constexpr Text kWorkplaceWords[] = {
    U"株式会社", U"有限会社", U"合同会社", U"合名会社", U"合資会社", U"法人", U"(株)",   U"㈱",
    U"(有)",     U"㈲",       U"(同)",     U"(医)",     U"(社)",     U"役所", U"役場",   U"県庁",
    U"道庁",     U"府庁",     U"都庁",     U"学校",     U"大学",     U"工業", U"商事",   U"商店",
    U"製作所",   U"工務店",   U"事務所",   U"自衛隊",   U"駐屯地",   U"防衛", U"自営業", U"会社"};
constexpr Text kBuildingWords[] = {U"ビル", U"マンション", U"ハイツ", U"コーポ", U"アパート", U"荘",
                                   U"号",   U"階",         U"棟",     U"丁目",   U"番地"};
constexpr Text kEmptyWords[] = {U"なし", U"無し",     U"無",     U"-",        U"--",   U"ー",
                                U"不明", U"記載なし", U"未記載", U"該当なし", U"空欄", U"?"};

// 市区町村郡 after at least one character.
bool HasMunicipality(Text text) { return text.find_first_of(U"市区町村郡", 1) != Text::npos; }

}  // namespace

FoldedText FoldCharacters(std::string_view utf8) {
  FoldedText out;
  for (std::string_view rest = utf8; !rest.empty();) {
    const auto offset = static_cast<uint32_t>(utf8.size() - rest.size());
    const char32_t c = FoldCharacter(text::TakeCodePoint(rest));
    if (const char32_t joined = out.folded.empty() ? 0 : text::WithMark(out.folded.back(), c); joined != 0) {
      out.folded.back() = joined;
    } else {
      out.offsets.push_back(offset);
      out.folded.push_back(c);
    }
  }
  out.offsets.push_back(static_cast<uint32_t>(utf8.size()));
  return out;
}

std::optional<Date> DateAt(Text text, size_t* length) {
  if (text.starts_with(U"西暦")) {
    const std::optional<Date> date = WesternDate(text.substr(2), length);
    *length += 2;
    return date;
  }
  if (!text.empty() && IsDigit(text[0])) return WesternDate(text, length);
  for (const Era& era : kEras) {
    if (text.starts_with(era.name)) return EraDate(text, era, length);
  }
  return std::nullopt;
}

std::optional<Date> DateIn(Text text) {
  bool in_number = false;
  for (size_t i = 0; i < text.size(); ++i) {
    size_t length = 0;
    if (!in_number) {
      if (const std::optional<Date> date = DateAt(text.substr(i), &length)) return date;
    }
    in_number = IsDigit(text[i]);
  }
  return std::nullopt;
}

std::u32string WithoutBlanks(Text text) {
  std::u32string out(text);
  std::erase(out, U' ');
  return out;
}

Text Trimmed(Text text) {
  const size_t first = text.find_first_not_of(U" \r\n");
  if (first == Text::npos) return {};
  return text.substr(first, text.find_last_not_of(U" \r\n") - first + 1);
}

bool LooksLikePhone(Text text) {
  int digits = 0, open = 0;
  size_t i = 0;
  for (; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (IsDigit(c)) {
      ++digits;
    } else if (c == U'(' && digits < 9) {
      ++open;
    } else if (c == U')' && open > 0) {
      --open;
    } else if (c != U'-' && c != U'ー' && c != U' ' && c != U'+') {
      break;
    }
  }
  if (digits < 9 || digits > 12 || !(text[0] == U'0' || text[0] == U'(' || text[0] == U'+')) return false;
  return i == text.size() || text[i] == U'(';  // a note in brackets may follow: (携帯), (母)
}

bool LooksLikeKana(Text text) {
  int kana = 0;
  for (char32_t c : text) {
    if (IsKatakana(c)) {
      ++kana;
    } else if (c != U' ' && c != U'-' && c != U'・') {
      return false;
    }
  }
  return kana >= 2 && !text.empty() && IsKatakana(text[0]);
}

bool StartsWithPrefecture(Text text) {
  return std::any_of(std::begin(kPrefectures), std::end(kPrefectures),
                     [&](Text name) { return text.starts_with(name); });
}

bool LooksLikeAddress(Text text) {
  if (text.starts_with(U"〒")) return HasMunicipality(text);
  const bool numbered = HasDigit(text) || Contains(text, U"丁目") || Contains(text, U"番地");
  return numbered && (StartsWithPrefecture(text) || HasMunicipality(text));
}

bool NamesMunicipality(Text text) { return !HasDigit(text) && (StartsWithPrefecture(text) || HasMunicipality(text)); }

bool ContinuesAddress(Text text) {
  if (text.empty() || LooksLikePhone(text)) return false;
  const bool number = std::all_of(text.begin(), text.end(),
                                  [](char32_t c) { return IsDigit(c) || c == U'-' || c == U'ー' || c == U' '; });
  return number || ContainsAny(text, kBuildingWords);
}

bool LooksLikeInsurer(Text text) { return ContainsAny(text, kInsurerWords); }
bool LooksLikeWorkplace(Text text) { return ContainsAny(text, kWorkplaceWords); }
bool SaysNothing(Text text) {
  return text.empty() || std::find(std::begin(kEmptyWords), std::end(kEmptyWords), text) != std::end(kEmptyWords);
}

bool Contains(Text text, Text part) { return text.find(part) != Text::npos; }

}  // namespace furikae::rules
