#include "rules/remark_labels.h"

#include <algorithm>
#include <vector>

namespace furikae::rules {
namespace {

using enum RemarkItem;
using Text = std::u32string_view;

struct Label {
  Text word;
  RemarkItem item;
  bool distinctive;  // cannot begin a value: "住所東京都" is a label, "電話工業株式会社" is none
};

constexpr Label kLabels[] = {
    {U"カナ氏名", kKana, true},
    {U"氏名カナ", kKana, true},
    {U"氏名(カナ)", kKana, true},
    {U"カナ(氏名)", kKana, true},
    {U"患者カナ氏名", kKana, true},
    {U"氏名フリガナ", kKana, true},
    {U"フリガナ", kKana, true},
    {U"ふりがな", kKana, true},
    {U"ヨミガナ", kKana, true},
    {U"カナ名", kKana, false},
    {U"カナ", kKana, false},
    {U"ヨミ", kKana, false},
    {U"患者氏名", kName, true},
    {U"漢字氏名", kName, true},
    {U"氏名", kName, true},
    {U"患者名", kName, true},
    {U"保険種別", kType, true},
    {U"保険種類", kType, true},
    {U"保険の種別", kType, true},
    {U"保険の種類", kType, true},
    {U"医療保険種別", kType, true},
    {U"医療保険の種別", kType, true},
    {U"加入保険", kType, false},
    {U"種別", kType, false},
    {U"保険", kType, false},
    {U"保険者等名称", kInsurer, true},
    {U"保険者等の名称", kInsurer, true},
    {U"保険者等名", kInsurer, true},
    {U"保険者名称", kInsurer, true},
    {U"保険者の名称", kInsurer, true},
    {U"保険者名", kInsurer, true},
    {U"加入保険者", kInsurer, true},
    {U"保険者等", kInsurer, false},
    {U"保険者", kInsurer, false},
    {U"事業所名称", kWorkplace, true},
    {U"事業所の名称", kWorkplace, true},
    {U"事業所名", kWorkplace, true},
    {U"勤務先名称", kWorkplace, true},
    {U"勤務先名", kWorkplace, true},
    {U"会社名", kWorkplace, true},
    {U"事業所", kWorkplace, false},
    {U"勤務先", kWorkplace, true},
    {U"勤め先", kWorkplace, true},
    {U"職場", kWorkplace, false},
    {U"会社", kWorkplace, false},
    {U"患者住所", kAddress, true},
    {U"現住所", kAddress, true},
    {U"住所地", kAddress, false},
    {U"住所", kAddress, true},
    {U"連絡先電話番号", kContact, true},
    {U"連絡先電話", kContact, true},
    {U"連絡先TEL", kContact, true},
    {U"患者連絡先", kContact, true},
    {U"連絡先", kContact, true},
    {U"電話番号", kContact, true},
    {U"携帯電話番号", kContact, true},
    {U"携帯電話", kContact, false},
    {U"携帯番号", kContact, true},
    {U"電話", kContact, false},
    {U"携帯", kContact, false},
    {U"TEL", kContact, false},
    {U"Tel", kContact, false},
    {U"tel", kContact, false},
    {U"℡", kContact, false},
    {U"患者への連絡を行った日", kContactedOn, true},
    {U"患者へ連絡を行った日", kContactedOn, true},
    {U"患者に連絡を行った日", kContactedOn, true},
    {U"患者への連絡日", kContactedOn, true},
    {U"患者へ連絡した日", kContactedOn, true},
    {U"患者に連絡した日", kContactedOn, true},
    {U"患者連絡年月日", kContactedOn, true},
    {U"患者連絡日", kContactedOn, true},
    {U"本人連絡日", kContactedOn, true},
    {U"本人への連絡日", kContactedOn, true},
    {U"最終連絡日", kContactedOn, true},
    {U"連絡を行った日", kContactedOn, true},
    {U"連絡年月日", kContactedOn, true},
    {U"連絡した日", kContactedOn, true},
    {U"連絡日時", kContactedOn, true},
    {U"連絡日", kContactedOn, true},
    {U"患者連絡", kContactedOn, false},
    // Items that the rule does not ask for; named so that their values are not taken for another's.
    {U"生年月日", kOther, true},
    {U"性別", kOther, false},
    {U"保険者番号", kOther, true},
    {U"記号番号", kOther, false},
    {U"記号", kOther, false},
    {U"番号", kOther, false},
    {U"枝番", kOther, false},
    {U"郵便番号", kOther, false},
    {U"患者番号", kOther, true},
    {U"カルテ番号", kOther, true},
    {U"備考", kOther, false},
    {U"理由", kOther, false},
    {U"事業所所在地", kOther, true},
    {U"事業所住所", kOther, true},
    {U"事業所電話番号", kOther, true},
    {U"勤務先所在地", kOther, true},
    {U"勤務先住所", kOther, true},
    {U"勤務先電話番号", kOther, true},
    {U"勤務先電話", kOther, true},
};

bool IsColon(char32_t c) { return c == U':' || c == U'=' || c == U'→'; }
bool IsPhoneStart(char32_t c) { return (c >= U'0' && c <= U'9') || c == U'('; }

// Longest first, so that 連絡先電話番号 is found before 連絡先.
const std::vector<Label>& LabelsBeginningWith(char32_t first) {
  static const auto* const kByFirst = [] {
    auto* lists = new std::vector<std::pair<char32_t, std::vector<Label>>>;
    for (const Label& label : kLabels) {
      auto it =
          std::find_if(lists->begin(), lists->end(), [&](const auto& entry) { return entry.first == label.word[0]; });
      if (it == lists->end()) it = lists->insert(it, {label.word[0], {}});
      it->second.push_back(label);
    }
    for (auto& [character, list] : *lists) {
      std::stable_sort(list.begin(), list.end(),
                       [](const Label& a, const Label& b) { return a.word.size() > b.word.size(); });
    }
    return lists;
  }();
  static const auto* const kNone = new std::vector<Label>;
  for (const auto& [character, list] : *kByFirst) {
    if (character == first) return list;
  }
  return *kNone;
}

}  // namespace

std::optional<LabelMatch> LabelAt(Text text, size_t at, bool item_start) {
  if (at >= text.size()) return std::nullopt;
  for (const Label& label : LabelsBeginningWith(text[at])) {
    if (text.compare(at, label.word.size(), label.word) != 0) continue;
    const size_t after = at + label.word.size();
    size_t end = after;
    while (end < text.size() && text[end] == U' ') ++end;
    if (end < text.size() && IsColon(text[end])) return LabelMatch{label.item, end + 1, true};
    const bool blank = end > after, at_end = end == text.size();
    const bool bare = label.distinctive || (label.item == kContact && !at_end && IsPhoneStart(text[end]));
    if (item_start ? bare || blank : label.distinctive && blank) return LabelMatch{label.item, end, false};
  }
  return std::nullopt;
}

}  // namespace furikae::rules
