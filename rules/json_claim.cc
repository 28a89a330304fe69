#include "rules/json_claim.h"

#include <algorithm>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "core/calendar.h"
#include "core/concat.h"
#include "core/institution_code.h"
#include "core/insurer_number.h"
#include "core/status.h"
#include "core/text/full_width.h"
#include "core/uke/layouts.h"
#include "core/uke/writer.h"
#include "rules/classify.h"
#include "rules/remark_words.h"

namespace furikae::rules {
namespace {

using Values = std::vector<uke::NamedValue>;

constexpr int64_t kMostPoints = 9'999'999;  // seven digits, as the columns have
constexpr size_t kCommentCharacters = 190;  // of two bytes each: below the 400 bytes of a comment

absl::Status Wrong(std::string_view field, std::string_view expected) {
  return absl::InvalidArgumentError(Concat(field, ": expected ", expected));
}

bool IsDigits(std::string_view text, size_t length) {
  return text.size() == length && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string DayColumn(int day) { return Concat(day, "日の情報"); }

// What the records are made of, once every field has been checked.
class ClaimWriter {
 public:
  ClaimWriter(const JsonClaim& claim, const Rulebook& rulebook) : claim_(claim), rulebook_(rulebook) {}

  absl::StatusOr<UkeClaim> Write() {
    RETURN_IF_ERROR(Check());
    ASSIGN_OR_RETURN(const std::string marks, Marks());
    UkeClaim out;
    out.head = Head();
    if (flavour_ == Flavour::kDental) out.receipt += DentalInstitution();
    ASSIGN_OR_RETURN(const std::string payers, Payers());
    ASSIGN_OR_RETURN(const std::string lines, CountedLines());
    out.receipt += Re() + payers + Visits() + Remarks(marks) + lines;
    for (size_t i = 0; i < claim_.lines.size(); ++i) {
      const JsonLine& line = claim_.lines[i];
      out.line_of_record.insert(out.line_of_record.end(), IsDated(line.kind) ? line.counts.size() : 1, i);
    }
    return out;
  }

 private:
  absl::Status Check() {
    const std::optional<Flavour> flavour = ParseFlavour(claim_.flavour);
    if (!flavour || *flavour == Flavour::kUnknown) return Wrong("flavour", "MED, DPC, DEN, PHA or NUR");
    flavour_ = *flavour;
    const std::optional<InstitutionCode> institution = InstitutionCode::Parse(claim_.institution);
    if (!institution) return Wrong("institution", "10 digits");
    institution_ = *institution;
    if (claim_.agency != 1 && claim_.agency != 2) return Wrong("agency", "1 or 2");
    RETURN_IF_ERROR(CheckMonth("claim_month", claim_.claim_month, claim_month_));
    RETURN_IF_ERROR(CheckMonth("service_month", claim_.service_month, service_month_));
    if (!IsDigits(claim_.type, 4)) return Wrong("type", "four digits");
    if (claim_.sex != 1 && claim_.sex != 2) return Wrong("patient.sex", "1 or 2");
    RETURN_IF_ERROR(CheckDate("patient.birth_date", claim_.birth_date, birth_));
    if (!claim_.admitted_on.empty()) RETURN_IF_ERROR(CheckDate("admitted_on", claim_.admitted_on, admitted_));
    for (const std::vector<int>* days : {&claim_.visit_days, &claim_.uncounted_visit_days}) {
      for (int day : *days) RETURN_IF_ERROR(CheckDay("visit_days", day));
    }
    for (const std::string& note : claim_.notes) {
      if (!IsDigits(note, 2)) return Wrong("notes", "two digits each");
    }
    if (claim_.total_points < 0) return Wrong("total_points", "a number that is not negative");
    return absl::OkStatus();
  }

  // Months and dates of JSON are western, with hyphens; the wareki forms of old files are not.
  static absl::Status CheckMonth(std::string_view field, std::string_view text, ServiceMonth& month) {
    const std::optional<ServiceMonth> parsed = text.size() == 7 ? ServiceMonth::Parse(text) : std::nullopt;
    if (!parsed) return Wrong(field, "a month such as 2024-10");
    month = *parsed;
    return absl::OkStatus();
  }
  static absl::Status CheckDate(std::string_view field, std::string_view text, Date& date) {
    const std::optional<Date> parsed = text.size() == 10 ? Date::Parse(text) : std::nullopt;
    if (!parsed) return Wrong(field, "a date such as 2024-10-05");
    date = *parsed;
    return absl::OkStatus();
  }
  absl::Status CheckDay(std::string_view field, int day) const {
    return day >= 1 && day <= service_month_.Length() ? absl::OkStatus() : Wrong(field, "days of the service month");
  }

  // A record; values whose column this flavour does not have are left out.
  std::string Record(std::string_view id, Values values) const {
    const uke::RecordLayout* layout = uke::FindRecord(flavour_, id);
    std::erase_if(values, [&](const uke::NamedValue& v) { return v.value.empty() || layout->ColumnOf(v.name) == 0; });
    return uke::MakeRecord(flavour_, id, values);
  }

  Values Institution() const {
    const std::string digits = institution_.ToString();
    const std::string code = digits.substr(3);
    return {{"審査支払機関", std::to_string(claim_.agency)},
            {"都道府県", digits.substr(0, 2)},
            {"点数表", digits.substr(2, 1)},
            {"医療機関コード", code},
            {"薬局コード", code},
            {"訪問看護ステーションコード", code},
            {"請求年月", claim_month_.ToCompact()},
            {"マルチボリューム識別情報", "00"}};
  }
  std::string Head() const {
    const std::string_view id = flavour_ == Flavour::kDental     ? "UK"
                                : flavour_ == Flavour::kPharmacy ? "YK"
                                : flavour_ == Flavour::kNursing  ? "HM"
                                                                 : "IR";
    return Record(id, Institution());
  }
  std::string DentalInstitution() const { return Record("IR", Institution()); }

  std::string Re() const {
    std::string notes;
    for (const std::string& note : claim_.notes) notes += note;
    const std::string month = service_month_.ToCompact();
    const std::string burden = claim_.burden_class > 0 ? std::to_string(claim_.burden_class) : "";
    return Record("RE", {{"レセプト番号", "1"},
                         {"レセプト種別", claim_.type},
                         {"診療年月", month},
                         {"調剤年月", month},
                         {"指定訪問看護年月", month},
                         {"氏名", text::FullWidth(claim_.name)},
                         {"カタカナ（氏名）", absl::StrReplaceAll(text::FullWidth(claim_.name_kana), {{"　", ""}})},
                         {"男女区分", std::to_string(claim_.sex)},
                         {"生年月日", birth_.ToCompact()},
                         {"給付割合", claim_.benefit_rate ? std::to_string(*claim_.benefit_rate) : ""},
                         {"入院年月日", claim_.admitted_on.empty() ? "" : admitted_.ToCompact()},
                         {"一部負担金・食事療養費・生活療養費標準負担額区分", burden},
                         {"一部負担金区分", burden},
                         {"レセプト特記事項", notes},
                         {"レセプト特記", notes},
                         {"検索番号", claim_.search_number}});
  }

  // HO, KO and SN.
  absl::StatusOr<std::string> Payers() const {
    std::string out;
    if (!claim_.insurer.empty()) {
      const std::optional<InsurerNumber> insurer = InsurerNumber::Parse(claim_.insurer);
      if (!insurer) return Wrong("qualification.insurer", "up to 8 digits");
      out += Record("HO", HoValues(*insurer));
    } else if (claim_.public_expenses.empty()) {
      return Wrong("qualification.insurer", "an insurer number, or public expenses");
    }
    for (const JsonPublicExpense& expense : claim_.public_expenses) {
      const std::string points = std::to_string(expense.points);
      out += Record("KO", {{"負担者番号", expense.payer},
                           {"受給者番号", expense.recipient},
                           {flavour_ == Flavour::kNursing ? "合計金額" : "合計点数", points}});
    }
    if (!claim_.insurer.empty() && !claim_.branch.empty()) {
      out += Record("SN", {{"負担者種別", "1"}, {"確認区分", "01"}, {"枝番", claim_.branch}});
    }
    return out;
  }

  Values HoValues(InsurerNumber insurer) const {
    const std::string days = std::to_string(claim_.visit_days.size());
    const std::string copayment = claim_.copayment_yen ? std::to_string(*claim_.copayment_yen) : "";
    Values values = {{"保険者番号", insurer.ToUkeField()},
                     {"被保険者証等の記号", text::FullWidth(claim_.symbol)},
                     {"記号", text::FullWidth(claim_.symbol)},
                     {"被保険者証等の番号", text::FullWidth(claim_.number)},
                     {"番号", text::FullWidth(claim_.number)},
                     {"診療実日数", days},
                     {"処方箋受付回数", days},
                     {"実日数", days},
                     {flavour_ == Flavour::kNursing ? "合計金額" : "合計点数", std::to_string(claim_.total_points)},
                     {"負担金額 医療保険", copayment},
                     {"一部負担金", copayment},
                     {"一部負担金額", copayment}};
    if (claim_.meal_count > 0 || claim_.meal_yen > 0) {
      const bool dpc = flavour_ == Flavour::kDpc;
      values.push_back({dpc ? "食事回数" : "食事・生活療養 回数", std::to_string(claim_.meal_count)});
      values.push_back({dpc ? "合計金額" : "食事・生活療養 合計金額", std::to_string(claim_.meal_yen)});
    }
    return values;
  }

  // JD and MF.
  std::string Visits() const {
    std::string out;
    if (!claim_.visit_days.empty() || !claim_.uncounted_visit_days.empty()) {
      std::map<int, std::string> marks;
      for (int day : claim_.uncounted_visit_days) marks[day] = "2";
      for (int day : claim_.visit_days) marks[day] = "1";
      out += DayRecord("JD", {{"負担者種別", claim_.insurer.empty() ? "2" : "1"}}, marks);
    }
    if (!claim_.window_burden_class.empty()) out += Record("MF", {{"窓口負担額区分", claim_.window_burden_class}});
    return out;
  }

  std::string DayRecord(std::string_view id, Values values, const std::map<int, std::string>& days) const {
    std::vector<std::string> names;
    names.reserve(days.size());
    for (const auto& [day, text] : days) {
      names.push_back(DayColumn(day));
      values.push_back({names.back(), text});
    }
    return Record(id, std::move(values));
  }

  // The words at the head of the remarks that say what kind of claim it is, as the tables have them in its month.
  absl::StatusOr<std::string> Marks() const {
    std::string marks;
    if (!claim_.declaration) return marks;
    const std::optional<InsurerNumber> insurer = InsurerNumber::Parse(claim_.insurer);
    if (insurer && IsUnidentified(rulebook_, *insurer, claim_month_))
      marks = MarkingWord(rulebook_, kMarksUnidentified, claim_month_);
    if (!claim_.declaration->former_qualification) return marks;
    const std::string former = MarkingWord(rulebook_, kMarksFormerQualification, claim_month_);
    if (former.empty())
      return Wrong("self_declaration.former_qualification", "false: no word marks it in claims of this month");
    return Concat(marks, marks.empty() ? "" : "、", former);
  }

  // The declaration as free comments. Consecutive comments are joined when they are read, so a long text is cut
  // anywhere.
  std::string Remarks(std::string text) const {
    if (!claim_.declaration) return "";
    const JsonDeclaration& d = *claim_.declaration;
    const std::pair<std::string_view, const std::string*> items[] = {{"氏名", &d.name},
                                                                     {"カナ氏名", &d.name_kana},
                                                                     {"保険種別", &d.insurance_type},
                                                                     {"保険者等名称", &d.insurer_name},
                                                                     {"事業所名", &d.workplace},
                                                                     {"住所", &d.address},
                                                                     {"連絡先", &d.contact},
                                                                     {"患者への連絡を行った日", &d.contacted_on},
                                                                     {"備考", &d.remark}};
    for (const auto& [label, value] : items) {
      if (!value->empty()) text += Concat(text.empty() ? "" : "、", label, "：", Quoted(*value));
    }
    return Comments(text::FullWidth(text));
  }

  // In brackets that the value does not close, so that it is read back as it is, separators and labels in it included.
  static std::string Quoted(const std::string& value) {
    if (!absl::StrContains(value, "」")) return Concat("「", value, "」");
    return absl::StrContains(value, "』") ? value : Concat("『", value, "』");
  }

  std::string Comments(std::string_view text) const {
    const std::string_view id = flavour_ == Flavour::kPharmacy ? "TK" : "CO";
    std::string out;
    for (size_t from = 0; from < text.size();) {
      size_t to = from, characters = 0;
      for (; to < text.size() && characters < kCommentCharacters; ++characters) {
        do ++to;
        while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80);
      }
      const Values values = {{"診療識別", out.empty() ? "01" : ""},
                             {"負担区分", "1"},
                             {"コメントコード", "810000001"},
                             {"文字データ", std::string(text.substr(from, to - from))}};
      out += Record(id, values);
      from = to;
    }
    return out;
  }

  absl::StatusOr<std::string> CountedLines() const {
    std::string out;
    bool section_open = false;
    for (size_t i = 0; i < claim_.lines.size(); ++i) {
      const JsonLine& line = claim_.lines[i];
      const std::string place = Concat("lines[", i, "]");
      RETURN_IF_ERROR(CheckLine(place, line));
      if (line.kind == "CZ" && !section_open) out += Record("SH", {{"処方No", "01"}, {"剤形", "9"}});
      section_open = section_open || line.kind == "CZ";
      out += IsDated(line.kind) ? DatedRecords(line) : CountedRecord(line);
    }
    return out;
  }

  static bool IsDated(std::string_view kind) { return kind == "CZ" || kind == "KI" || kind == "KA"; }

  absl::Status CheckLine(std::string_view place, const JsonLine& line) const {
    constexpr std::string_view kKinds[] = {"SI", "IY", "TO", "SS", "CZ", "KI", "KA"};
    const uke::RecordLayout* layout = uke::FindRecord(flavour_, line.kind);
    const bool counts = layout != nullptr && (IsDated(line.kind) || layout->ColumnOf("回数") > 0);
    if (std::find(std::begin(kKinds), std::end(kKinds), line.kind) == std::end(kKinds) || !counts) {
      return Wrong(Concat(place, ".kind"), "a counted record of the flavour");
    }
    if (!IsDigits(line.code, 9)) return Wrong(Concat(place, ".code"), "9 digits");
    if (line.points < 0 || line.points > kMostPoints)
      return Wrong(Concat(place, ".points"), "a number from 0 to 9999999");
    for (const auto& [day, count] : line.counts) {
      RETURN_IF_ERROR(CheckDay(Concat(place, ".counts"), day));
      if (count < 1 || count > 255) return Wrong(Concat(place, ".counts"), "counts from 1 to 255");
    }
    return absl::OkStatus();
  }

  std::string Burden() const { return claim_.insurer.empty() ? "5" : claim_.public_expenses.empty() ? "1" : "2"; }

  std::string CountedRecord(const JsonLine& line) const {
    std::map<int, std::string> days;
    int sum = 0;
    for (const auto& [day, count] : line.counts) {
      days[day] = std::to_string(count);
      sum += count;
    }
    return DayRecord(line.kind,
                     {{"診療識別", line.class_code},
                      {"負担区分", Burden()},
                      {"診療行為コード", line.code},
                      {"医薬品コード", line.code},
                      {"特定器材コード", line.code},
                      {"点数", std::to_string(line.points)},
                      {"回数", std::to_string(sum)}},
                     days);
  }

  std::string DatedRecords(const JsonLine& line) const {
    std::string out;
    for (const auto& [day, count] : line.counts) {
      const std::string date = service_month_.Day(day).ToCompact(), total = std::to_string(line.points * count);
      if (line.kind == "CZ") {
        out += Record("CZ", {{"医師No", "1"},
                             {"処方箋交付年月日（処方月日）", date},
                             {"調剤年月日", date},
                             {"薬剤調製料 負担区分", Burden()},
                             {"薬剤調製料コード", line.code},
                             {"薬剤調製料 点数", total}});
      } else if (line.kind == "KI") {
        out += Record("KI", {{"算定日", date},
                             {"調剤基本料 負担区分", Burden()},
                             {"調剤基本料コード", line.code},
                             {"調剤基本料 点数", total}});
      } else {
        out += Record(
            "KA", {{"算定年月日", date}, {"負担区分", Burden()}, {"訪問看護療養費コード", line.code}, {"金額", total}});
      }
    }
    return out;
  }

  const JsonClaim& claim_;
  const Rulebook& rulebook_;
  Flavour flavour_ = Flavour::kUnknown;
  InstitutionCode institution_;
  ServiceMonth claim_month_, service_month_;
  Date birth_, admitted_;
};

}  // namespace

absl::StatusOr<UkeClaim> ToUke(const JsonClaim& claim, const Rulebook& rulebook) {
  return ClaimWriter(claim, rulebook).Write();
}

}  // namespace furikae::rules
