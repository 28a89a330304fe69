#include "tests/rules/random_receipt_fixture.h"

#include <utility>
#include <vector>

#include "core/uke/layouts.h"
#include "core/uke/writer.h"

namespace furikae::rules {
namespace {

using uke::NamedValue;
using Values = std::vector<NamedValue>;

class Maker {
 public:
  Maker(std::mt19937& random, Flavour flavour, ReceiptWishes wishes)
      : random_(random), flavour_(flavour), wishes_(wishes) {}

  RandomReceipt Make() {
    made_.head.flavour = flavour_ == Flavour::kDpc ? Flavour::kMedical : flavour_;
    made_.head.agency = Agency::kShaho;
    made_.head.claim_month = ServiceMonth::Of(2024, 11);
    inpatient_ = (flavour_ == Flavour::kMedical || flavour_ == Flavour::kDental) && Chance(3);
    has_public_expense_ = wishes_.public_expense && Chance(4);
    DrawVisits();
    const std::string body = Body();
    std::string head;
    if (flavour_ == Flavour::kDental)
      head += Record("IR", {{"審査支払機関", "1"},
                            {"都道府県", "13"},
                            {"点数表", "3"},
                            {"医療機関コード", "1234567"},
                            {"請求年月", "202411"}});
    head += Record("RE", ReValues()) + Record("HO", HoValues());
    if (has_public_expense_) head += Record("KO", {{"負担者番号", "12130001"}, {"受給者番号", "0000012"}});
    if (wishes_.sn && Chance(2)) head += Record("SN", {{"負担者種別", "1"}, {"確認区分", "01"}, {"枝番", "00"}});
    head += Jd("1");
    if (has_public_expense_) head += Jd("2");
    head += Record("MF", {{"窓口負担額区分", "00"}});
    made_.bytes = head + body;
    return made_;
  }

 private:
  int Draw(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }
  bool Chance(int one_in) { return Draw(1, one_in) == 1; }
  std::string Record(std::string_view id, const Values& values) { return uke::MakeRecord(flavour_, id, values); }
  bool Has(std::string_view id, std::string_view column) {
    const uke::RecordLayout* layout = uke::FindRecord(flavour_, id);
    return layout != nullptr && layout->ColumnOf(column) > 0;
  }
  std::string_view FirstOf(std::string_view id, std::initializer_list<std::string_view> names) {
    for (std::string_view name : names) {
      if (Has(id, name)) return name;
    }
    return "";
  }
  std::string NextCode() { return std::to_string(100000000 + ++codes_); }

  void DrawVisits() {
    const int visits = Draw(1, 8);
    for (int i = 0; i < visits; ++i) made_.visits.Add(Draw(1, 31));
    if (Chance(3)) made_.uncounted_visits.Add(Draw(1, 31));
    made_.uncounted_visits = made_.uncounted_visits - made_.visits;
  }
  int DrawDay() {
    const std::vector<int> days = (made_.visits | made_.uncounted_visits).Days();
    return days[Draw(0, static_cast<int>(days.size()) - 1)];
  }
  std::string DateOf(int day) { return ServiceMonth::Of(2024, 10).Day(day).ToCompact(); }

  Values ReValues() {
    const int first_digit = flavour_ == Flavour::kDental     ? 3
                            : flavour_ == Flavour::kPharmacy ? 4
                            : flavour_ == Flavour::kNursing  ? 6
                                                             : 1;
    Values values = {{"レセプト番号", std::to_string(Draw(1, 999))},
                     {"レセプト種別", std::to_string(first_digit * 1000 + 110 + (inpatient_ ? 1 : 2))},
                     {FirstOf("RE", {"診療年月", "調剤年月", "指定訪問看護年月"}), "202410"},
                     {"氏名", "山田　太郎"},
                     {"男女区分", "1"},
                     {"生年月日", "19800402"}};
    if (Has("RE", "カタカナ（氏名）")) values.push_back({"カタカナ（氏名）", "ヤマダタロウ"});
    if (inpatient_) values.push_back({"入院年月日", "20241001"});
    return values;
  }

  Values HoValues() {
    const bool nursing = flavour_ == Flavour::kNursing;
    Values values = {{"保険者番号", "06139463"},
                     {FirstOf("HO", {"被保険者証等の記号", "記号"}), "６４・ア"},
                     {FirstOf("HO", {"被保険者証等の番号", "番号"}), "１２３"},
                     {FirstOf("HO", {"診療実日数", "処方箋受付回数", "実日数"}), std::to_string(made_.visits.Count())},
                     {nursing ? "合計金額" : "合計点数", std::to_string(made_.Total())}};
    const DayMask all{0x7FFFFFFF};
    if (made_.MealsOf(all) > 0) {
      values.push_back({FirstOf("HO", {"食事・生活療養 回数", "食事回数"}), std::to_string(made_.MealsOf(all))});
      values.push_back({FirstOf("HO", {"食事・生活療養 合計金額", "合計金額"}), std::to_string(made_.MealYenOf(all))});
    }
    return values;
  }

  std::string Jd(std::string payer) {
    Values values = {{"負担者種別", payer}};
    std::vector<std::string> names(32);
    for (int day = 1; day <= 31; ++day) {
      names[day] = std::to_string(day) + "日の情報";
      if (made_.visits.Has(day)) values.push_back({names[day], "1"});
      if (made_.uncounted_visits.Has(day)) values.push_back({names[day], "2"});
    }
    return Record("JD", values);
  }

  std::string Body() {
    std::string body;
    if (flavour_ == Flavour::kPharmacy) {
      body = Pharmacy();
    } else if (flavour_ == Flavour::kNursing) {
      const int records = Draw(1, 12);
      for (int i = 0; i < records; ++i) body += Ka();
    } else {
      body = flavour_ == Flavour::kDental
                 ? Record("HS", {{"傷病名コード", "5250001"}})
                 : WithExtraColumn(Record("SY", {{"傷病名コード", "8830417"}, {"主傷病", "01"}}));
      const int groups = Draw(1, 6);
      for (int i = 0; i < groups; ++i) body += Group();
      if (inpatient_) body += Meals();
      body += Record("SJ", {{"症状詳記区分", "90"}, {"症状詳記データ", "経過良好"}});
    }
    return body + "ZZ,未知,1,,\r\n";  // a record that nobody knows, in bytes that nobody reads
  }

  static std::string WithExtraColumn(std::string record) { return record.insert(record.size() - 2, ",9,"); }

  // 点数・回数算定単位 of one 診療識別, which stands on the first record alone.
  std::string Group() {
    static constexpr const char* kClasses[] = {"11", "12", "13", "21", "33", "40", "60", "80"};
    std::string out, group_class = kClasses[Draw(0, 7)];
    const int units = Draw(1, 3);
    for (int i = 0; i < units; ++i) out += CountedUnit(group_class);
    return out;
  }

  std::string Comment(std::string& group_class) {
    const std::string shown = std::exchange(group_class, "");
    return Record("CO",
                  {{"診療識別", shown}, {"負担区分", "1"}, {"コメントコード", "810000001"}, {"文字データ", "右眼"}});
  }

  std::string CountedUnit(std::string& group_class) {
    std::string out;
    int counts[31] = {};
    const int hits = Draw(1, 4);
    for (int i = 0; i < hits; ++i) ++counts[DrawDay() - 1];
    const int lines = Draw(1, 3), points = Chance(6) ? 0 : Draw(1, 2000);
    const std::string burden = has_public_expense_ && Chance(3) ? "5" : has_public_expense_ && Chance(2) ? "2" : "1";
    if (Chance(5)) out += Comment(group_class);
    for (int line = 1; line <= lines; ++line) {
      out += CountedLine(std::exchange(group_class, ""), burden, counts, line == lines ? std::to_string(points) : "");
      if (Chance(5)) out += Comment(group_class);
    }
    for (int i = 0; i < 31 && burden != "5"; ++i) made_.points_on_day[i] += int64_t{points} * counts[i];
    return out;
  }

  std::string CountedLine(std::string shown_class, const std::string& burden, const int (&counts)[31],
                          std::string points) {
    static constexpr const char* kMedical[] = {"SI", "IY", "TO", "SI"};
    static constexpr const char* kDental[] = {"SS", "SI", "IY", "TO"};
    const std::string_view id = (flavour_ == Flavour::kDental ? kDental : kMedical)[Draw(0, 3)];
    int sum = 0;
    Values values = {{"診療識別", std::move(shown_class)}, {"負担区分", burden}, {"点数", std::move(points)}};
    values.push_back({FirstOf(id, {"診療行為コード", "医薬品コード", "特定器材コード"}), NextCode()});
    std::vector<std::string> names(32);
    for (int day = 1; day <= 31; ++day) {
      names[day] = std::to_string(day) + "日の情報";
      if (counts[day - 1] > 0) values.push_back({names[day], std::to_string(counts[day - 1])});
      sum += counts[day - 1];
    }
    values.push_back({"回数", std::to_string(sum)});
    const std::string record = Record(id, values);
    return Chance(8) ? WithExtraColumn(record) : record;
  }

  std::string Meals() {
    int counts[31] = {};
    for (int day : made_.visits.Days()) counts[day - 1] = Draw(0, 3);
    int sum = 0;
    Values values = {{"診療識別", "97"}, {"負担区分", "1"}, {"診療行為コード", NextCode()}, {"点数", "690"}};
    std::vector<std::string> names(32);
    for (int day = 1; day <= 31; ++day) {
      names[day] = std::to_string(day) + "日の情報";
      if (counts[day - 1] == 0) continue;
      values.push_back({names[day], std::to_string(counts[day - 1])});
      made_.meals_on_day[day - 1] = counts[day - 1];
      made_.meal_yen_on_day[day - 1] = 690 * counts[day - 1];
      sum += counts[day - 1];
    }
    if (sum == 0) return "";
    values.push_back({"回数", std::to_string(sum)});
    return Record("SI", values);
  }

  std::string Ka() {
    const int day = DrawDay(), yen = Draw(1, 900) * 10;
    made_.points_on_day[day - 1] += yen;
    return Record("KA", {{"算定年月日", DateOf(day)},
                         {"負担区分", "1"},
                         {"訪問看護療養費コード", NextCode()},
                         {"金額", std::to_string(yen)}});
  }

  std::string Pharmacy() {
    std::string out;
    const int sections = Draw(1, 3);
    for (int section = 1; section <= sections; ++section) {
      out += Record("SH", {{"処方No", "0" + std::to_string(section)}, {"剤形", "1"}});
      const int dispensings = Draw(1, 3);
      for (int i = 0; i < dispensings; ++i) out += Dispensing();
    }
    out += Record("TK", {{"コメントコード", "810000001"}, {"文字データ", "摘要"}});
    const int fees = Draw(1, 3);
    for (int i = 0; i < fees; ++i) out += Ki();
    return out;
  }

  std::string Dispensing() {
    const int day = DrawDay(), fee = Draw(0, 30), drug = Draw(1, 500), extra = Draw(0, 20), service = Draw(0, 60);
    made_.points_on_day[day - 1] += fee + drug + extra + service;
    std::string out = Record("CZ", {{"医師No", "1"},
                                    {"処方箋交付年月日（処方月日）", DateOf(day)},
                                    {"調剤年月日", DateOf(day)},
                                    {"薬剤調製料 負担区分", "1"},
                                    {"薬剤調製料コード", NextCode()},
                                    {"薬剤調製料 点数", std::to_string(fee)},
                                    {"薬剤料 点数", std::to_string(drug)},
                                    {"加算料3 点数", std::to_string(extra)},
                                    {"調剤管理料 点数", std::to_string(service)},
                                    {"薬剤料減算 合計点数", "7"}});
    const int drugs = Draw(1, 3);
    for (int i = 0; i < drugs; ++i)
      out += Record("IY", {{"医薬品負担区分", "1"}, {"医薬品コード", NextCode()}, {"使用量", "1"}});
    if (Chance(3)) out += Record("TO", {{"特定器材コード", NextCode()}});
    if (Chance(3)) out += Record("CO", {{"コメントコード", NextCode()}, {"文字データ", "食後"}});
    return out;
  }

  std::string Ki() {
    const int day = DrawDay(), basic = Draw(1, 60), guidance = Draw(0, 60), added = Draw(0, 30);
    made_.points_on_day[day - 1] += basic + guidance + added;
    return Record("KI", {{"算定日", DateOf(day)},
                         {"調剤基本料 負担区分", "1"},
                         {"調剤基本料コード", NextCode()},
                         {"調剤基本料 点数", std::to_string(basic)},
                         {"薬学管理料2 点数", std::to_string(guidance)},
                         {"調剤基本料加算10 点数", std::to_string(added)}});
  }

  std::mt19937& random_;
  Flavour flavour_;
  ReceiptWishes wishes_;
  RandomReceipt made_;
  bool inpatient_ = false, has_public_expense_ = false;
  int codes_ = 0;
};

template <typename Number>
Number Sum(const Number (&per_day)[31], DayMask days) {
  Number sum = 0;
  for (int day = 1; day <= 31; ++day) {
    if (days.Has(day)) sum += per_day[day - 1];
  }
  return sum;
}

}  // namespace

int64_t RandomReceipt::PointsOf(DayMask days) const { return Sum(points_on_day, days); }
int RandomReceipt::MealsOf(DayMask days) const { return Sum(meals_on_day, days); }
int64_t RandomReceipt::MealYenOf(DayMask days) const { return Sum(meal_yen_on_day, days); }

RandomReceipt MakeRandomReceipt(std::mt19937& random, Flavour flavour, ReceiptWishes wishes) {
  return Maker(random, flavour, wishes).Make();
}

}  // namespace furikae::rules
