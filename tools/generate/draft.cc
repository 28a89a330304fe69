#include "tools/generate/draft.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "core/text/full_width.h"
#include "core/uke/layouts.h"
#include "core/uke/writer.h"

namespace furikae::generate {
namespace {

constexpr char kFreeComment[] = "810000001";

// A record whose columns are called a little differently from flavour to flavour.
class Record {
 public:
  Record(Flavour flavour, std::string_view id) : flavour_(flavour), id_(id), layout_(uke::FindRecord(flavour, id)) {}
  // Puts the value under the first of the names that this flavour has; nothing when it has none of them.
  Record& Put(std::initializer_list<std::string_view> names, std::string value) {
    for (std::string_view name : names) {
      if (value.empty() || layout_->ColumnOf(name) == 0) continue;
      values_.push_back({name, std::move(value)});
      return *this;
    }
    return *this;
  }
  Record& Put(std::string_view name, std::string value) { return Put({name}, std::move(value)); }
  // 1日の情報 … on the days given.
  Record& Day(int day, int value) { return Put(DayNames()[static_cast<size_t>(day - 1)], absl::StrCat(value)); }
  std::string Text() const { return uke::MakeRecord(flavour_, id_, values_); }

 private:
  static const std::vector<std::string>& DayNames() {
    static const auto* names = [] {
      auto* all = new std::vector<std::string>;
      for (int day = 1; day <= 31; ++day) all->push_back(absl::StrCat(day, "日の情報"));
      return all;
    }();
    return *names;
  }
  Flavour flavour_;
  std::string_view id_;
  const uke::RecordLayout* layout_;
  std::vector<uke::NamedValue> values_;
};

std::string Number(int64_t number) { return number == 0 ? "" : absl::StrCat(number); }

int TypeOf(const Draft& d) {
  const int first = d.flavour == Flavour::kDental     ? 3
                    : d.flavour == Flavour::kPharmacy ? 4
                    : d.flavour == Flavour::kNursing  ? 6
                                                      : 1;
  const int second = !d.has_ho ? 2 : d.late_elderly ? 3 : 1;
  const int third = d.has_ho ? 1 + d.public_expenses : std::max(1, d.public_expenses);
  const int fourth = d.inpatient ? (d.class_digit + 9) % 10 : d.class_digit;
  return first * 1000 + second * 100 + third * 10 + fourth;
}

std::string Receipt(const Draft& d, uint32_t number) {
  Record re(d.flavour, "RE");
  re.Put("レセプト番号", absl::StrCat(number)).Put("レセプト種別", absl::StrFormat("%04d", TypeOf(d)));
  re.Put({"診療年月", "調剤年月", "指定訪問看護年月"}, d.service_month.ToCompact());
  re.Put("氏名", absl::StrReplaceAll(d.name, {{" ", "　"}})).Put("男女区分", absl::StrCat(static_cast<int>(d.sex)));
  re.Put("生年月日", d.birth.ToCompact());
  if (d.rate) re.Put("給付割合", absl::StrCat(*d.rate));
  if (d.admitted) re.Put("入院年月日", d.admitted->ToCompact());
  re.Put({"一部負担金・食事療養費・生活療養費標準負担額区分", "一部負担金区分"}, Number(d.burden_class));
  re.Put({"レセプト特記事項", "レセプト特記"}, d.notes)
      .Put("検索番号", d.search_number)
      .Put("割引点数単価", d.discount_unit_price);
  if (d.not_visited) re.Put("未来院請求", "01");
  if (d.flavour == Flavour::kDpc) re.Put("レセプト総括区分", "0");
  re.Put("カタカナ（氏名）", absl::StrReplaceAll(d.kana, {{" ", ""}}));
  return re.Text();
}

std::string Insurance(const Draft& d) {
  Record ho(d.flavour, "HO");
  const auto number = InsurerNumber::Parse(d.insurer);
  ho.Put("保険者番号", number ? number->ToUkeField() : d.insurer);
  ho.Put({"被保険者証等の記号", "記号"}, text::FullWidth(d.symbol))
      .Put({"被保険者証等の番号", "番号"}, text::FullWidth(d.number));
  ho.Put({"診療実日数", "処方箋受付回数", "実日数"}, absl::StrCat(d.visits.size()));
  ho.Put({"合計点数", "合計金額"}, absl::StrCat(d.Points() + d.points_off));
  if (d.flavour == Flavour::kDpc) {
    ho.Put("食事回数", Number(d.meal_count));
  } else {
    ho.Put("食事・生活療養 回数", Number(d.meal_count)).Put("食事・生活療養 合計金額", Number(d.meal_yen));
  }
  ho.Put("職務上の事由", Number(d.work_related));
  if (d.copayment) ho.Put({"負担金額 医療保険", "一部負担金", "一部負担金額"}, absl::StrCat(*d.copayment));
  ho.Put("減免区分", Number(d.reduction));
  return ho.Text();
}

std::string PublicExpenses(const Draft& d) {
  std::string out;
  for (int i = 0; i < d.public_expenses; ++i) {
    Record ko(d.flavour, "KO");
    ko.Put("負担者番号", i == 0 ? "83196017" : "54196012").Put("受給者番号", "1234567");
    ko.Put({"診療実日数", "処方箋受付回数", "実日数"}, absl::StrCat(d.visits.size()));
    ko.Put({"合計点数", "合計金額"}, absl::StrCat(d.Points()));
    out += ko.Text();
  }
  return out;
}

std::string Confirmation(const Draft& d) {
  std::string out;
  if (d.has_sn && d.has_ho)
    out += Record(d.flavour, "SN").Put("負担者種別", "1").Put("確認区分", "01").Put("枝番", d.branch).Text();
  if (d.has_jd) {
    Record jd(d.flavour, "JD");
    jd.Put("負担者種別", d.has_ho ? "1" : "2");
    std::vector<std::pair<int, int>> days;
    for (int day : d.visits) days.emplace_back(day, 1);
    for (int day : d.jd_only) days.emplace_back(day, 1);
    for (int day : d.uncounted_visits) days.emplace_back(day, 2);
    for (const auto& [day, kind] : days) jd.Day(day, kind);
    out += jd.Text();
  }
  if (!d.window_burden.empty()) out += Record(d.flavour, "MF").Put("窓口負担額区分", d.window_burden).Text();
  return out;
}

std::string Diagnosis(const Draft& d) {
  const std::string since = d.service_month.FirstDay().ToCompact();
  switch (d.flavour) {
    case Flavour::kDental:
      return Record(d.flavour, "HS").Put("歯式コード（傷病名）", "104600").Put("傷病名コード", "5214001").Text();
    case Flavour::kPharmacy:
      return "";
    case Flavour::kNursing:
      return Record(d.flavour, "IH").Put("医療機関都道府県", "19").Put("医療機関点数表", "1").Text() +
             Record(d.flavour, "HJ").Put("指示区分", "01").Put("指示期間自", since).Text() +
             Record(d.flavour, "JS").Put("心身の状態", "安定").Text() +
             Record(d.flavour, "SY").Put("傷病名コード", "8830052").Text();
    case Flavour::kDpc: {
      Record bu(d.flavour, "BU");
      bu.Put("診断群分類番号", "040080xx99x00x").Put("今回入院年月日", d.admitted->ToCompact());
      if (d.discharged) bu.Put("今回退院年月日", d.discharged->ToCompact());
      const int64_t days = static_cast<int64_t>(d.visits.size());
      return bu.Text() + Record(d.flavour, "SB").Put("傷病名コード", "8830417").Put("傷病名区分", "11").Text() +
             Record(d.flavour, "KK").Put("予定・緊急入院区分", "1").Text() +
             Record(d.flavour, "HH")
                 .Put("診療年月", d.service_month.ToCompact())
                 .Put("請求調整区分", "2")
                 .Put("入院期間区分", "1")
                 .Put("入院期間区分点数", "2500")
                 .Put("入院期間区分日数", absl::StrCat(days))
                 .Put("包括小計点数", absl::StrCat(2500 * days))
                 .Text() +
             Record(d.flavour, "GT")
                 .Put("診療年月", d.service_month.ToCompact())
                 .Put("請求調整区分", "2")
                 .Put("包括小計点数合算", absl::StrCat(2500 * days))
                 .Put("包括評価点数", absl::StrCat(2500 * days))
                 .Put("今月包括合計点数", absl::StrCat(2500 * days))
                 .Put("診療識別", "93")
                 .Text();
    }
    default:
      return Record(d.flavour, "SY")
          .Put("傷病名コード", "8830417")
          .Put("診療開始日", since)
          .Put("転帰区分", "1")
          .Put("主傷病", "01")
          .Text();
  }
}

// SI, IY and SS: points, count, and the count on each day.
std::string DayLine(const Draft& d, const DraftLine& line) {
  Record record(d.flavour, line.record);
  int64_t count = line.count;
  for (const auto& [day, times] : line.days) count += times;
  record.Put("診療識別", line.class_code).Put("負担区分", d.has_ho ? d.public_expenses > 0 ? "2" : "1" : "5");
  record.Put({"診療行為コード", "医薬品コード"}, line.code)
      .Put("点数", absl::StrCat(line.points))
      .Put("回数", absl::StrCat(count));
  for (const auto& [day, times] : line.days) record.Day(day, times);
  return record.Text();
}

// Pharmacy and home nursing: one record a day.
std::string DatedLines(const Draft& d, const DraftLine& line) {
  std::string out;
  for (const auto& [day, times] : line.days) {
    const std::string date = d.service_month.Day(day).ToCompact();
    Record record(d.flavour, line.record);
    if (line.record == "CZ") {
      out += Record(d.flavour, "SH")
                 .Put("処方No", absl::StrFormat("%02d", day))
                 .Put("剤形", "1")
                 .Put("用法コード", "013")
                 .Text();
      record.Put("処方箋交付年月日（処方月日）", date)
          .Put("調剤年月日", date)
          .Put("処方箋受付回", "1")
          .Put("調剤数量", "7");
      record.Put("薬剤調製料 負担区分", "1")
          .Put("薬剤調製料コード", line.code)
          .Put("薬剤調製料 点数", absl::StrCat(line.points));
      out +=
          record.Text() +
          Record(d.flavour, "IY").Put("医薬品負担区分", "1").Put("医薬品コード", "620002477").Put("使用量", "3").Text();
      continue;
    }
    if (line.record == "KI") {
      record.Put("算定日", date)
          .Put("処方箋受付回", "1")
          .Put("調剤基本料 負担区分", "1")
          .Put("調剤基本料コード", line.code);
      record.Put("調剤基本料 点数", absl::StrCat(line.points));
    } else {
      record.Put("算定年月日", date)
          .Put("負担区分", "1")
          .Put("訪問看護療養費コード", line.code)
          .Put("金額", absl::StrCat(line.points));
    }
    out += record.Text();
  }
  return out;
}

std::string Treatment(const Draft& d) {
  std::string before, after;  // pharmacy: KI stand behind the free comments
  for (const DraftLine& line : d.lines) {
    if (line.record == "KI") {
      after += DatedLines(d, line);
    } else {
      before += line.record == "CZ" || line.record == "KA" ? DatedLines(d, line) : DayLine(d, line);
    }
  }
  std::string remarks;
  for (const std::string& remark : d.remarks) {
    Record record(d.flavour, d.flavour == Flavour::kPharmacy ? "TK" : "CO");
    remarks += record.Put("診療識別", "01")
                   .Put("負担区分", "1")
                   .Put("コメントコード", kFreeComment)
                   .Put("文字データ", remark)
                   .Text();
  }
  const bool remarks_first = d.flavour != Flavour::kPharmacy && d.flavour != Flavour::kNursing;
  return remarks_first                    ? remarks + before + after
         : d.flavour == Flavour::kNursing ? remarks + before
                                          : before + remarks + after;
}

std::string Extras(const Draft& d) {
  std::string out;
  if (d.organ_donor) out += Record(d.flavour, "TI").Put("臓器提供区分", "1").Put("臓器提供医療機関区分", "1").Text();
  if (d.divided_dispensing) {
    const std::string date = d.service_month.Day(d.visits.front()).ToCompact();
    out += Record(d.flavour, "ST").Put("処方月日", date).Put("調剤月日", date).Text();
  }
  if (d.unknown_record) out += "ZX,1,later,version\r\n";
  return out;
}

}  // namespace

int64_t Draft::Points() const {
  int64_t points = flavour == Flavour::kDpc ? 2500 * static_cast<int64_t>(visits.size()) : 0;
  for (const DraftLine& line : lines) {
    if (line.class_code == "97") continue;  // yen of meals
    int64_t count = line.count;
    for (const auto& [day, times] : line.days) count += times;
    points += line.points * count;
  }
  return points;
}

std::string Records(const Draft& draft, uint32_t number, ServiceMonth claim_month) {
  std::string out;
  if (draft.flavour == Flavour::kDental) {
    out += Record(Flavour::kDental, "IR")
               .Put("審査支払機関", absl::StrCat(static_cast<int>(draft.agency)))
               .Put("都道府県", absl::StrFormat("%02d", draft.institution.Prefecture()))
               .Put("点数表", "3")
               .Put("医療機関コード", absl::StrFormat("%07d", draft.institution.Code()))
               .Put("請求年月", claim_month.ToCompact())
               .Text();
  }
  out += Receipt(draft, number);
  if (draft.accident) out += "RR,1,1,2,,13101123456789\r\n";
  if (draft.has_ho) out += Insurance(draft);
  return out + PublicExpenses(draft) + Confirmation(draft) + Diagnosis(draft) + Treatment(draft) + Extras(draft);
}

std::string Head(Flavour flavour, Agency agency, InstitutionCode institution, const std::string& name,
                 ServiceMonth claim_month) {
  const std::string_view id = flavour == Flavour::kDental     ? "UK"
                              : flavour == Flavour::kPharmacy ? "YK"
                              : flavour == Flavour::kNursing  ? "HM"
                                                              : "IR";
  Record head(flavour, id);
  head.Put("審査支払機関", absl::StrCat(static_cast<int>(agency)))
      .Put("都道府県", absl::StrFormat("%02d", institution.Prefecture()));
  head.Put("点数表", absl::StrCat(institution.PointTable()));
  head.Put({"医療機関コード", "薬局コード", "訪問看護ステーションコード"}, absl::StrFormat("%07d", institution.Code()));
  head.Put({"医療機関名称", "薬局名称（薬局連絡先名称）", "訪問看護ステーション名称"}, text::FullWidth(name));
  head.Put("請求年月", claim_month.ToCompact()).Put("マルチボリューム識別情報", "00").Put("電話番号", "055-000-0000");
  return head.Text();
}

std::vector<DraftLine> OutpatientLines(Flavour flavour, const std::vector<int>& days, uint64_t variant) {
  std::vector<std::pair<int, int>> once, first, rest;
  for (int day : days) {
    once.emplace_back(day, 1);
    (first.empty() ? first : rest).emplace_back(day, 1);
  }
  const int64_t extra = static_cast<int64_t>(variant % 40) * 5;
  switch (flavour) {
    case Flavour::kDental: {
      std::vector<DraftLine> lines = {{"SS", "11", "301000110", 264, first},
                                      {"SS", "41", "308000110", 72 + extra, once}};
      if (!rest.empty()) lines.push_back({"SS", "12", "301001610", 58, rest});
      return lines;
    }
    case Flavour::kPharmacy:
      return {{"CZ", "", "410000110", 24 + extra, once}, {"KI", "", "410008010", 45, once}};
    case Flavour::kNursing:
      return {{"KA", "", "510000110", 5550, once}, {"KA", "", "510001410", 3000 + extra, once}};
    default: {
      std::vector<DraftLine> lines = {{"SI", "11", "111000110", 291, first},
                                      {"SI", "60", "160000310", 60 + extra, once}};
      if (!rest.empty()) lines.push_back({"SI", "12", "112007410", 75, rest});
      if (variant % 3 == 0) lines.push_back({"IY", "21", "620002477", 7 + extra / 5, {{days.front(), 7}}});
      return lines;
    }
  }
}

std::vector<DraftLine> InpatientLines(const std::vector<int>& days, uint64_t variant) {
  std::vector<std::pair<int, int>> once;
  for (int day : days) once.emplace_back(day, 1);
  return {{"SI", "90", "190117710", 1688 + static_cast<int64_t>(variant % 20), once},
          {"SI", "60", "160000310", 120, {once.front()}}};
}

}  // namespace furikae::generate
