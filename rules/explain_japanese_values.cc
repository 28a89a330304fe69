#include "rules/explain_japanese_values.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "core/concat.h"
#include "core/coverage.h"
#include "core/decision.h"
#include "core/masters.h"
#include "rules/people_answer.h"
#include "rules/why_not.h"

namespace furikae::rules {
namespace {

using Name = std::string_view;

// The choices of a fact, in the order of its declaration.
struct ChoiceWords {
  Name fact;
  std::span<const Name> words;
};
constexpr Name kFlavours[] = {"不明", "医科", "DPC", "歯科", "調剤", "訪問看護"};
constexpr Name kCardNumbers[] = {"通常の番号", "空欄", "すべて7", "すべて9"};
constexpr Name kStandings[] = {"不明", "設立前", "存続", "廃止済み"};
constexpr Name kHolders[] = {"該当者なし", "本人", "別人", "複数人"};
constexpr Name kDayCoverage[] = {"なし", "一部の日", "全日"};
constexpr Name kDeclaredTypes[] = {"記載なし", "社保", "国保", "国保組合", "後期高齢者医療", "その他", "わからない"};
constexpr Name kBranches[] = {"記録あり", "空欄", "空欄（補完可能）"};
constexpr Name kDeaths[] = {"なし", "診療開始日以前", "診療期間中"};
constexpr Name kCorrections[] = {"なし", "同じ保険者", "別の保険者", "複数"};
constexpr Name kIdentified[] = {"該当者なし",       "確実（証が一つ）", "確実（証が連続）",
                                "確実（証が重複）", "確実（資格なし）", "有力",
                                "可能性あり",       "複数該当",         "登録対象外"};
constexpr Name kOutcomes[] = {"未決定", "請求どおり", "枝番補完", "振替", "分割",  "記載保険者へ請求",
                              "返戻",   "職員確認",   "保留",     "按分", "対象外"};
constexpr Name kOrigins[] = {"未区分",     "対象外",   "不詳",     "災害（資格不詳）", "災害（保険者判明）",
                             "番号の誤り", "資格有効", "資格喪失", "該当資格なし"};
constexpr Name kIssued[] = {"なし", "請求された証", "他の証", "複数"};
constexpr Name kAnswers[] = {"なし", "承認", "却下", "保険者が確認", "保険者が否認", "回答が相違"};
constexpr Name kAgencies[] = {"不明", "支払基金", "国保連"};
constexpr Name kInsurerKinds[] = {"不明",   "協会けんぽ", "船員保険", "健康保険組合",  "共済組合",
                                  "自衛官", "市町村国保", "国保組合", "後期高齢者医療"};
constexpr Name kEarlier[] = {"なし", "返戻済み", "あり"};
constexpr Name kFamilies[] = {"不明", "本人", "家族"};

static_assert(std::size(kOutcomes) == static_cast<size_t>(Outcome::kPassedThrough) + 1);
static_assert(std::size(kOrigins) == static_cast<size_t>(Origin::kUnmatched) + 1);
static_assert(std::size(kAnswers) == static_cast<size_t>(PeopleAnswer::Kind::kContradicted) + 1);
static_assert(std::size(kAgencies) == static_cast<size_t>(Agency::kKokuho) + 1);
static_assert(std::size(kInsurerKinds) == static_cast<size_t>(InsurerKind::kLateElderly) + 1);
static_assert(std::size(kFamilies) == static_cast<size_t>(Family::kFamily) + 1);

constexpr ChoiceWords kChoices[] = {
    {"flavour", kFlavours},
    {"card_number", kCardNumbers},
    {"insurer_standing", kStandings},
    {"card_holder", kHolders},
    {"card_days", kDayCoverage},
    {"declared_type", kDeclaredTypes},
    {"branch", kBranches},
    {"death", kDeaths},
    {"correction", kCorrections},
    {"identified", kIdentified},
    {"origin", kOrigins},
    {"routed_as", kOrigins},
    {"latest_issued", kIssued},
    {"people", kAnswers},
    {"submitted_to", kAgencies},
    {"claimed_agency", kAgencies},
    {"bearer_kind", kInsurerKinds},
    {"bearer_family", kFamilies},
    {"earlier_same", kEarlier},
    {"outcome", kOutcomes},
};

constexpr std::pair<Name, Name> kUnits[] = {{"points", "点"}, {"yen", "円"},   {"days", "日"},    {"months", "か月"},
                                            {"cards", "枚"},  {"years", "歳"}, {"persons", "人"}, {"per cent", "％"}};

struct Era {
  Name name;
  int year, month, day;  // its first day
};
constexpr Era kEras[] = {
    {"令和", 2019, 5, 1}, {"平成", 1989, 1, 8}, {"昭和", 1926, 12, 25}, {"大正", 1912, 7, 30}, {"明治", 1873, 1, 1}};

std::string WarekiYear(Date date) {
  for (const Era& era : kEras) {
    if (date < *Date::Of(era.year, era.month, era.day)) continue;
    // 明治 began in 1868; its dates are those of the western calendar from 明治6年 on.
    const int year = date.Year() - (era.name == "明治" ? 1868 : era.year) + 1;
    return Concat(era.name, year == 1 ? std::string("元") : std::to_string(year), "年");
  }
  return Concat(date.Year(), "年");
}

std::string Choice(const FactDeclaration& fact, int64_t value) {
  const auto* found =
      std::find_if(std::begin(kChoices), std::end(kChoices), [&](const ChoiceWords& c) { return c.fact == fact.name; });
  const auto place = static_cast<size_t>(value);
  if (found != std::end(kChoices) && place < found->words.size()) return std::string(found->words[place]);
  return place < fact.choices.size() ? std::string(fact.choices[place]) : std::to_string(value);
}

std::string Number(const FactDeclaration& fact, int64_t value) {
  const auto* unit =
      std::find_if(std::begin(kUnits), std::end(kUnits), [&](const auto& one) { return one.first == fact.unit; });
  return Concat(Grouped(value), unit == std::end(kUnits) ? Name() : unit->second);
}

}  // namespace

std::span<const Name> JapaneseOutcomes() { return kOutcomes; }
std::span<const Name> JapaneseOrigins() { return kOrigins; }

std::string Grouped(int64_t number) {
  const std::string digits = std::to_string(number);
  const size_t sign = number < 0 ? 1 : 0;
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > sign && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string WarekiDate(Date date) {
  if (date == kOpenEnd) return "";
  return Concat(WarekiYear(date), date.Month(), "月", date.Day(), "日");
}

std::string WarekiMonth(ServiceMonth month) { return Concat(WarekiYear(month.LastDay()), month.Month(), "月"); }

std::string WarekiMoment(Moment moment) {
  const std::string text = moment.ToString();  // 2024-10-31T23:59:59+09:00
  const size_t clock = text.find('T') + 1;
  return Concat(WarekiDate(moment.DayInJapan()), text.substr(clock, 2), "時", text.substr(clock + 3, 2), "分",
                text.substr(clock + 6, 2), "秒");
}

std::string JapaneseValue(const FactDeclaration& fact, int64_t value) {
  if (value == kAbsent) return "記録なし";
  switch (fact.type) {
    case FactType::kFlag:
      return value == 0 ? "いいえ" : "はい";
    case FactType::kChoice:
      return Choice(fact, value);
    case FactType::kMonth:
      return WarekiMonth(ServiceMonth{static_cast<int32_t>(value)});
    case FactType::kDate:
      return WarekiDate(Date{static_cast<int32_t>(value)});
    case FactType::kNumber:
      return Number(fact, value);
    case FactType::kCode:
      return ValueText(fact, value);
  }
  return "";
}

}  // namespace furikae::rules
