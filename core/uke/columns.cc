#include "core/uke/columns.h"

#include <algorithm>

#include "core/uke/receipt.h"

namespace furikae::uke {
namespace {

// Record, what is wanted, the column's name. Several names for one item: flavours differ, the first that exists counts.
struct Wish {
  std::string_view record;
  Item item;
  std::string_view name;
};
constexpr Wish kWishes[] = {
    {"RE", kReceiptNumber, "レセプト番号"},
    {"RE", kType, "レセプト種別"},
    {"RE", kServiceMonth, "診療年月"},
    {"RE", kServiceMonth, "調剤年月"},
    {"RE", kServiceMonth, "指定訪問看護年月"},
    {"RE", kName, "氏名"},
    {"RE", kKana, "カタカナ（氏名）"},
    {"RE", kSex, "男女区分"},
    {"RE", kBirth, "生年月日"},
    {"RE", kRate, "給付割合"},
    {"RE", kAdmitted, "入院年月日"},
    {"RE", kBurdenClass, "一部負担金・食事療養費・生活療養費標準負担額区分"},
    {"RE", kBurdenClass, "一部負担金区分"},
    {"RE", kNotes, "レセプト特記事項"},
    {"RE", kNotes, "レセプト特記"},
    {"RE", kSearchNumber, "検索番号"},
    {"RE", kDiscountUnitPrice, "割引点数単価"},
    {"RE", kNotVisited, "未来院請求"},
    {"RE", kSummaryClass, "レセプト総括区分"},
    {"HO", kInsurerNumber, "保険者番号"},
    {"HO", kSymbol, "被保険者証等の記号"},
    {"HO", kSymbol, "記号"},
    {"HO", kNumberText, "被保険者証等の番号"},
    {"HO", kNumberText, "番号"},
    {"HO", kActualDays, "診療実日数"},
    {"HO", kActualDays, "処方箋受付回数"},
    {"HO", kActualDays, "実日数"},
    {"HO", kTotalPoints, "合計点数"},
    {"HO", kTotalPoints, "合計金額"},
    {"HO", kMealCount, "食事・生活療養 回数"},
    {"HO", kMealCount, "食事回数"},
    {"HO", kMealAmount, "食事・生活療養 合計金額"},
    {"HO", kMealAmount, "合計金額"},
    {"HO", kStandardBurden, "標準負担額"},
    {"HO", kWorkRelated, "職務上の事由"},
    {"HO", kCopayment, "負担金額 医療保険"},
    {"HO", kCopayment, "一部負担金"},
    {"HO", kCopayment, "一部負担金額"},
    {"HO", kReduction, "減免区分"},
    {"HO", kReductionRate, "減額割合"},
    {"HO", kReductionAmount, "減額金額"},
    {"KO", kTotalPoints, "合計点数"},
    {"KO", kTotalPoints, "合計金額"},
    {"SN", kPayerType, "負担者種別"},
    {"SN", kConfirmationClass, "確認区分"},
    {"SN", kBranch, "枝番"},
    {"JD", kPayerType, "負担者種別"},
    {"MF", kBurdenKind, "窓口負担額区分"},
    {"BU", kDischarged, "今回退院年月日"},
    {"CO", kCommentCode, "コメントコード"},
    {"CO", kCommentText, "文字データ"},
    {"TK", kCommentCode, "コメントコード"},
    {"TK", kCommentText, "文字データ"},
    {"SI", kLineClass, "診療識別"},
    {"IY", kLineClass, "診療識別"},
    {"TO", kLineClass, "診療識別"},
    {"SS", kLineClass, "診療識別"},
    {"SI", kLineBurden, "負担区分"},
    {"IY", kLineBurden, "負担区分"},
    {"TO", kLineBurden, "負担区分"},
    {"SS", kLineBurden, "負担区分"},
    {"SI", kLinePoints, "点数"},
    {"IY", kLinePoints, "点数"},
    {"TO", kLinePoints, "点数"},
    {"SS", kLinePoints, "点数"},
    {"SI", kLineCount, "回数"},
    {"IY", kLineCount, "回数"},
    {"TO", kLineCount, "回数"},
    {"SS", kLineCount, "回数"},
    {"CO", kLineClass, "診療識別"},
    {"CZ", kLineDate, "調剤年月日"},
    {"CZ", kLineBurden, "薬剤調製料 負担区分"},
    {"KI", kLineDate, "算定日"},
    {"KI", kLineBurden, "調剤基本料 負担区分"},
    {"KA", kLineDate, "算定年月日"},
    {"KA", kLineBurden, "負担区分"},
    {"GT", kLinePoints, "今月包括合計点数"},
};

// What the total of a dated record is the sum of (decisions.md §4; CZ's 薬剤料減算 is information only).
struct PointColumn {
  std::string_view record, name;
};
constexpr PointColumn kPointColumns[] = {
    {"CZ", "薬剤調製料 点数"},
    {"CZ", "薬剤料 点数"},
    {"CZ", "加算料# 点数"},
    {"CZ", "外来服薬支援料2 点数"},
    {"CZ", "調剤管理料 点数"},
    {"CZ", "調剤管理料時間外等加算 点数"},
    {"KI", "調剤基本料 点数"},
    {"KI", "薬学管理料# 点数"},
    {"KI", "摘要薬学管理料# 点数"},
    {"KI", "調剤基本料加算# 点数"},
    {"KA", "金額"},
};

// Records that decisions look at, with what their presence means.
struct Known {
  std::string_view record;
  RecordKind kind;
  uint32_t seen;
};
constexpr Known kKnown[] = {
    {"RE", RecordKind::kRe, 0},
    {"HO", RecordKind::kHo, kSeenHo},
    {"KO", RecordKind::kKo, kSeenKo},
    {"SN", RecordKind::kSn, 0},
    {"JD", RecordKind::kJd, 0},
    {"MF", RecordKind::kMf, kSeenMf},
    {"BU", RecordKind::kBu, kSeenBu},
    {"CO", RecordKind::kRemark, 0},
    {"TK", RecordKind::kRemark, 0},
    {"SI", RecordKind::kLine, 0},
    {"IY", RecordKind::kLine, 0},
    {"TO", RecordKind::kLine, 0},
    {"SS", RecordKind::kLine, 0},
    {"CZ", RecordKind::kDated, 0},
    {"KI", RecordKind::kDated, 0},
    {"KA", RecordKind::kDated, 0},
    {"GT", RecordKind::kBlanket, 0},
    {"RR", RecordKind::kOther, kSeenAccident},
    {"RI", RecordKind::kOther, kSeenAccident},
    {"RS", RecordKind::kOther, kSeenAccident},
    {"HH", RecordKind::kOther, kSeenHh},
    {"TI", RecordKind::kOther, kSeenOrgan},
    {"TR", RecordKind::kOther, kSeenOrgan},
    {"TS", RecordKind::kOther, kSeenOrgan},
    {"ST", RecordKind::kOther, kSeenSt},
};

void AddWishes(std::string_view id, RecordPlan& plan) {
  const RecordLayout& layout = *plan.layout;
  for (const Wish& wish : kWishes) {
    const int column = wish.record == id ? layout.ColumnOf(wish.name) : 0;
    const bool taken = std::any_of(plan.wanted.begin(), plan.wanted.end(),
                                   [&](const WantedColumn& w) { return w.item == wish.item || w.column == column; });
    if (column != 0 && !taken) plan.wanted.push_back({static_cast<uint8_t>(column), wish.item});
  }
  std::sort(plan.wanted.begin(), plan.wanted.end(),
            [](const WantedColumn& a, const WantedColumn& b) { return a.column < b.column; });
}

void AddPointColumns(std::string_view id, RecordPlan& plan) {
  for (const PointColumn& part : kPointColumns) {
    const FieldLayout* field = part.record == id ? plan.layout->FieldAt(plan.layout->ColumnOf(part.name)) : nullptr;
    for (int i = 0; field != nullptr && i < field->repeat; ++i) {
      plan.point_columns.push_back(static_cast<uint8_t>(field->column + i * field->group));
    }
  }
  std::sort(plan.point_columns.begin(), plan.point_columns.end());
}

RecordPlan PlanOf(Flavour flavour, std::string_view id) {
  RecordPlan plan;
  plan.layout = FindRecord(flavour, id);
  const Known* known =
      std::find_if(std::begin(kKnown), std::end(kKnown), [&](const Known& k) { return k.record == id; });
  if (known != std::end(kKnown)) {
    plan.seen = known->seen;
    if (plan.layout != nullptr) plan.kind = known->kind;
  }
  if (plan.layout == nullptr) {
    if ((plan.seen & kSeenAccident) == 0) plan.seen |= kSeenUnknown;
    return plan;
  }
  plan.rules = RulesOf(*plan.layout);
  AddWishes(id, plan);
  AddPointColumns(id, plan);
  plan.first_day_column = plan.layout->first_day_column;
  if (flavour == Flavour::kPharmacy && (id == "IY" || id == "TO" || id == "CO")) {
    plan.kind = RecordKind::kOther;  // without days and points here, and remarks are TK
    plan.joins_previous = true;
  }
  return plan;
}

}  // namespace

bool RecordPlan::Wants(int column) const {
  return std::any_of(wanted.begin(), wanted.end(), [&](const WantedColumn& w) { return w.column == column; });
}

Plans::Plans(Flavour flavour) {
  unknown_.seen = kSeenUnknown;
  plans_.push_back(unknown_);
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'A'; second <= 'Z'; ++second) {
      RecordPlan plan = PlanOf(flavour, std::string{first, second});
      if (plan.layout == nullptr && plan.seen == kSeenUnknown) continue;
      position_[(first - 'A') * 26 + (second - 'A')] = static_cast<uint8_t>(plans_.size());
      plans_.push_back(std::move(plan));
    }
  }
}

const Plans& PlansOf(Flavour flavour) {
  static const std::array<Plans, 6> kPlans = {Plans(Flavour::kUnknown),  Plans(Flavour::kMedical),
                                              Plans(Flavour::kDpc),      Plans(Flavour::kDental),
                                              Plans(Flavour::kPharmacy), Plans(Flavour::kNursing)};
  return kPlans[static_cast<size_t>(flavour)];
}

}  // namespace furikae::uke
