#include "rules/json_fields.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/concat.h"

namespace furikae::rules {
namespace {

// A column of some records and the field that fills it. Header records of all flavours are meant by "head", counted
// lines by "line", HO of home nursing by "HO of HM"; where two rows fit the first one says which.
struct Column {
  std::string_view records;
  std::string_view name;  // of the column, or how it ends
  std::string_view field;
};
constexpr Column kColumns[] = {
    {"head", "審査支払機関", "agency"},
    {"head", "都道府県", "institution"},
    {"head", "点数表", "institution"},
    {"head", "コード", "institution"},
    {"head", "請求年月", "claim_month"},
    {"RE", "レセプト種別", "type"},
    {"RE", "入院年月日", "admitted_on"},
    {"RE", "生年月日", "patient.birth_date"},
    {"RE", "年月", "service_month"},
    {"RE", "カタカナ（氏名）", "patient.name_kana"},
    {"RE", "氏名", "patient.name"},
    {"RE", "男女区分", "patient.sex"},
    {"RE", "給付割合", "benefit_rate"},
    {"RE", "負担額区分", "burden_class"},
    {"RE", "一部負担金区分", "burden_class"},
    {"RE", "特記事項", "notes"},
    {"RE", "特記", "notes"},
    {"RE", "検索番号", "search_number"},
    {"HO", "保険者番号", "qualification.insurer"},
    {"HO", "記号", "qualification.symbol"},
    {"HO", "番号", "qualification.number"},
    {"HO", "実日数", "visit_days"},
    {"HO", "処方箋受付回数", "visit_days"},
    {"HO", "合計点数", "total_points"},
    {"HO of HM", "合計金額", "total_points"},
    {"HO", "合計金額", "meal_yen"},
    {"HO", "負担金額 医療保険", "copayment_yen"},
    {"HO", "一部負担金", "copayment_yen"},
    {"HO", "一部負担金額", "copayment_yen"},
    {"HO", "食事回数", "meal_count"},
    {"HO", "食事・生活療養 回数", "meal_count"},
    {"KO", "負担者番号", "payer"},
    {"KO", "受給者番号", "recipient"},
    {"KO", "合計点数", "points"},
    {"KO", "合計金額", "points"},
    {"SN", "枝番", "qualification.branch"},
    {"JD", "日の情報", "visit_days"},
    {"MF", "窓口負担額区分", "window_burden_class"},
    {"line", "診療識別", "class_code"},
    {"line", "コード", "code"},
    {"line", "点数", "points"},
    {"line", "金額", "points"},
    {"line", "回数", "counts"},
    {"line", "日の情報", "counts"},
    {"line", "年月日", "counts"},
    {"line", "算定日", "counts"},
    {"line", "年月日（処方月日）", "counts"},
};

constexpr std::string_view kHeads[] = {"IR", "UK", "YK", "HM"};
constexpr std::string_view kLines[] = {"SI", "IY", "TO", "SS", "CZ", "KI", "KA"};
constexpr std::string_view kComments[] = {"CO", "TK"};

template <size_t kSize>
bool IsOneOf(const std::string_view (&ids)[kSize], std::string_view id) {
  return std::find(std::begin(ids), std::end(ids), id) != std::end(ids);
}

// A record of a claim.
struct Place {
  std::string_view records;  // as in kColumns; empty: none of them, such as the trailer
  std::string member;        // of the claim that became the record: "lines[2]"; empty: the claim itself
};

// Goes along the records and says of each what it was made of.
class Places {
 public:
  explicit Places(const UkeClaim& claim) : claim_(claim), nursing_(claim.head.starts_with("HM")) {
    for (const std::string_view records : {std::string_view(claim.head), std::string_view(claim.receipt)}) {
      for (size_t at = 0; at < records.size(); at = std::min(records.find('\n', at), records.size() - 1) + 1)
        places_.push_back(Next(records.substr(at, 2)));
    }
  }

  Place Of(uint32_t line) const { return line > 0 && line <= places_.size() ? places_[line - 1] : Place(); }

 private:
  Place Next(std::string_view id) {
    if (IsOneOf(kLines, id)) {
      const size_t line = counted_++;
      if (line >= claim_.line_of_record.size()) return {};
      return {"line", Concat("lines[", claim_.line_of_record[line], "]")};
    }
    if (id == "KO") return {"KO", Concat("public_expenses[", expenses_++, "]")};
    if (IsOneOf(kComments, id)) return {"", "self_declaration"};
    if (IsOneOf(kHeads, id)) return {"head", ""};
    if (id == "HO" && nursing_) return {"HO of HM", ""};
    const auto column =
        std::find_if(std::begin(kColumns), std::end(kColumns), [&](const Column& c) { return c.records == id; });
    return column == std::end(kColumns) ? Place() : Place{column->records, ""};
  }

  const UkeClaim& claim_;
  const bool nursing_;
  size_t counted_ = 0, expenses_ = 0;
  std::vector<Place> places_;  // by line
};

// The field of the claim that is at fault; else what is nearest to it.
std::string FieldAt(const Place& place, std::string_view column) {
  const auto found = std::find_if(std::begin(kColumns), std::end(kColumns), [&](const Column& row) {
    return place.records.starts_with(row.records) && column.ends_with(row.name);
  });
  const std::string_view name = found != std::end(kColumns) ? found->field : place.records.empty() ? "" : column;
  if (place.member.empty()) return std::string(name.empty() ? column : name);
  return name.empty() ? place.member : Concat(place.member, found != std::end(kColumns) ? "." : " ", name);
}

}  // namespace

void TellByField(const UkeClaim& claim, std::vector<uke::Complaint>& complaints) {
  if (complaints.empty()) return;
  const Places places(claim);
  for (uke::Complaint& complaint : complaints) {
    const std::string field = FieldAt(places.Of(complaint.line), complaint.field);
    if (!field.empty()) complaint.reason = Concat(field, ": ", complaint.reason);
    complaint.line = 0;
    complaint.column = 0;
    complaint.field.clear();
  }
}

}  // namespace furikae::rules
