#include <array>

#include "rules/receipt_facts.h"

namespace furikae::rules {
namespace {

using enum FactType;
using Choices = std::span<const std::string_view>;
using Name = std::string_view;

constexpr Name kFlavours[] = {"UNKNOWN", "MED", "DPC", "DEN", "PHA", "NUR"};
constexpr Name kCardNumbers[] = {"OTHER", "BLANK", "ALL_SEVENS", "ALL_NINES"};
constexpr Name kStandings[] = {"UNKNOWN", "NOT_YET", "IN_FORCE", "CEASED"};
constexpr Name kHolders[] = {"NONE", "PATIENT", "OTHER_PERSON", "SEVERAL"};
constexpr Name kDayCoverage[] = {"NONE", "SOME", "ALL"};
constexpr Name kDeclaredTypes[] = {"NONE", "SHAHO", "KOKUHO", "KOKUHO_SOCIETY", "LATE_ELDERLY", "OTHER", "UNKNOWN"};
constexpr Name kBranches[] = {"PRESENT", "BLANK", "COMPLETABLE"};
constexpr Name kDeaths[] = {"NONE", "BEFORE", "WITHIN"};
constexpr Name kCorrections[] = {"NONE", "SAME_INSURER", "OTHER_INSURER", "SEVERAL"};
constexpr Name kIdentified[] = {"NONE",           "CERTAIN_ONE_CARD", "CERTAIN_SUCCESSION",
                                "CERTAIN_DOUBLE", "CERTAIN_NO_ROW",   "PROBABLE",
                                "POSSIBLE",       "SEVERAL",          "OUTSIDE_REGISTRY"};
constexpr Name kOutcomes[] = {"UNDECIDED", "AS_CLAIMED",        "BRANCH_COMPLETED", "TRANSFERRED",
                              "SPLIT",     "BILLED_TO_CLAIMED", "RETURNED",         "IN_REVIEW",
                              "PENDING",   "APPORTIONED",       "PASSED_THROUGH"};
constexpr Name kOrigins[] = {
    "UNDECIDED", "OUT_OF_SCOPE", "UNIDENTIFIED", "DISASTER_UNIDENTIFIED", "DISASTER_INSURER_KNOWN", "INVALID_NUMBER",
    "VALID",     "LAPSED",       "UNMATCHED"};
constexpr Name kIssued[] = {"NONE", "CLAIMED", "OTHER", "SEVERAL"};
constexpr Name kAnswers[] = {"NONE", "ACCEPTED", "REJECTED", "CONFIRMED", "DENIED", "CONTRADICTED"};
// In the order of core/masters.h, InsurerKind, and core/coverage.h, Family.
constexpr Name kInsurerKinds[] = {"UNKNOWN",      "KYOKAI_KENPO", "SEAMEN",         "SOCIETY",     "MUTUAL_AID",
                                  "SELF_DEFENCE", "KOKUHO",       "KOKUHO_SOCIETY", "LATE_ELDERLY"};
constexpr Name kFamilies[] = {"UNKNOWN", "SELF", "FAMILY"};
// In the order of rules/duplicate.h, Earlier.
constexpr Name kEarlier[] = {"NONE", "RETURNED", "STANDS"};
constexpr Name kAgencies[] = {"UNKNOWN", "SHAHO", "KOKUHO"};

// In the order of the enumeration Fact.
constexpr std::array<FactDeclaration, static_cast<size_t>(Fact::kCount_)> kDeclarations = {{
    {"claim_month", kMonth, "", {}, "請求年月", "claim month", "the run (--month)"},
    {"service_month", kMonth, "", {}, "診療年月", "service month", "RE"},
    {"flavour", kChoice, "", kFlavours, "レセプトの種類", "flavour", "header, BU and RE"},
    {"has_ho", kFlag, "", {}, "保険者レコードあり", "bills an insurer", "HO"},
    {"accident", kFlag, "", {}, "労災・自賠責", "worker's accident or automobile", "RR, RI, RS"},
    {"paper", kFlag, "", {}, "紙レセプト", "submitted on paper", "the claim"},
    {"insurer_number", kCode, "insurer number", {}, "保険者番号", "insurer number as claimed", "HO", 8},
    {"card_number", kChoice, "", kCardNumbers, "番号の記録", "what stands for the identification number", "HO"},
    {"check_digit", kFlag, "", {}, "検証番号が正しい", "the check digit holds", "HO"},
    {"insurer_standing", kChoice, "", kStandings, "保険者の状態", "the insurer in the service month", "insurer master"},
    {"law_code", kCode, "law code", {}, "法別番号", "law code", "HO, or the insurer that is known", 2},
    {"card_holder", kChoice, "", kHolders, "証の所持者", "whose card it is", "registry"},
    {"card_days", kChoice, "", kDayCoverage, "資格が有効な日", "days on which the patient's card is valid", "registry"},
    {"remark", kFlag, "", {}, "摘要・申立書あり", "any remark or declaration", "CO, TK or the claim"},
    {"declaration_empty",
     kFlag,
     "",
     {},
     "申立書の記載なし",
     "no item that tells anything is declared",
     "CO, TK and the table telling_items"},
    {"declared_type", kChoice, "", kDeclaredTypes, "保険種別", "declared insurance type", "CO, TK"},
    {"card_forgotten", kFlag, "", {}, "証の不持参", "the card was merely not brought", "CO, TK and the list of words"},
    {"former_qualification", kFlag, "", {}, "旧資格情報", "marked as a former qualification", "CO, TK"},
    {"card_collected", kFlag, "", {}, "証回収", "the card had been collected", "CO, TK"},
    {"branch", kChoice, "", kBranches, "枝番", "branch number", "SN and registry"},
    {"death", kChoice, "", kDeaths, "死亡", "death against the days of treatment", "registry"},
    {"other_cards_all_days", kNumber, "cards", {}, "全日有効な他の証", "other cards that cover all days", "registry"},
    {"uncovered_days", kNumber, "days", {}, "資格のない日数", "days that nothing covers", "registry"},
    {"cards_needed", kNumber, "cards", {}, "必要な証の数", "cards that together cover all days", "registry"},
    {"correction", kChoice, "", kCorrections, "記号番号等の補正", "card found by a correction", "registry"},
    {"identified", kChoice, "", kIdentified, "特定作業の結果", "result of the identification",
     "registry and declaration"},
    {"months_since_service",
     kNumber,
     "months",
     {},
     "診療月からの月数",
     "month being closed − service month",
     "the run and RE"},
    {"agency_crossed", kFlag, "", {}, "審査支払機関をまたぐ", "the bearing agency is the other one", "insurer master"},
    {"has_mf", kFlag, "", {}, "窓口負担額レコードあり", "has MF", "MF"},
    {"mf_class", kCode, "window burden class", {}, "窓口負担額区分", "window burden class", "MF"},
    {"has_jd", kFlag, "", {}, "受診日等レコードあり", "has visit days", "JD"},
    {"jd_agrees", kFlag, "", {}, "受診日と算定日が一致", "visit days and counted days agree", "JD and lines"},
    {"has_ko", kFlag, "", {}, "公費あり", "public expense", "KO"},
    {"total_points", kNumber, "points", {}, "合計点数", "total points (yen in home nursing)", "HO"},
    {"type_digit_2",
     kCode,
     "second digit of the receipt type",
     {},
     "種別2桁目",
     "second digit of the receipt type",
     "RE"},
    {"type_digit_3",
     kCode,
     "third digit of the receipt type",
     {},
     "種別3桁目",
     "third digit of the receipt type",
     "RE"},
    {"type_digit_4",
     kCode,
     "fourth digit of the receipt type",
     {},
     "種別4桁目",
     "fourth digit of the receipt type",
     "RE"},
    {"inpatient", kFlag, "", {}, "入院", "inpatient", "RE"},
    {"has_meals", kFlag, "", {}, "食事あり", "meals", "HO"},
    {"meals_by_day", kFlag, "", {}, "食事が日別", "meals have day counts that add up", "SI 97 and HO"},
    {"has_hh", kFlag, "", {}, "包括評価レコードあり", "DPC bundled evaluation", "HH"},
    {"summary_group", kFlag, "", {}, "総括レセプト", "DPC summary group", "RE"},
    {"reduction", kFlag, "", {}, "減免", "reduction or exemption", "HO"},
    {"work_related", kFlag, "", {}, "職務上の事由", "work-related", "HO"},
    {"discount_unit_price", kFlag, "", {}, "割引点数単価", "discount unit price", "RE"},
    {"organ_donor", kFlag, "", {}, "臓器提供", "organ donor", "TI, TR, TS"},
    {"not_visited", kFlag, "", {}, "未来院請求", "patient did not come (dental)", "RE"},
    {"divided_dispensing", kFlag, "", {}, "分割調剤", "divided dispensing", "ST"},
    {"unit_without_day", kFlag, "", {}, "日のない算定単位", "a unit with points but no day", "lines"},
    {"count_differs", kFlag, "", {}, "回数と日の不一致", "a count is not the sum of its days", "lines"},
    {"date_outside_month", kFlag, "", {}, "診療月外の日付", "a date outside the month", "lines"},
    {"points_add_up", kFlag, "", {}, "点数の合計が一致", "points add up to the total", "lines and HO"},
    {"copayment", kNumber, "yen", {}, "負担金額", "copayment; absent when blank", "HO"},
    {"rate_differs",
     kFlag,
     "",
     {},
     "給付割合の相違",
     "the coverage's rate differs from the receipt's",
     "RE and registry"},
    {"rate", kNumber, "per cent", {}, "給付割合", "benefit rate; absent when blank", "RE"},
    {"burden_class", kCode, "burden class", {}, "標準負担額区分", "burden class (別表8)", "RE"},
    {"twenty_per_cent_note",
     kFlag,
     "",
     {},
     "2割負担の特記事項",
     "a remark code that stands for 20 per cent",
     "RE and the list twenty_per_cent_notes"},
    {"age", kNumber, "years", {}, "年齢", "age on the first day", "RE"},
    {"rung", kNumber, "", {}, "按分の段階", "rung of the apportionment ladder", "apportionment"},
    {"origin", kChoice, "", kOrigins, "区分", "origin", "the origin table"},
    {"transfer_allowed", kFlag, "", {}, "振替可能", "a transfer is allowed", "the exclusions table"},
    {"split_allowed", kFlag, "", {}, "分割可能", "a split is allowed", "the exclusions table"},
    {"latest_issued", kChoice, "", kIssued, "最新の交付日", "whose certificate was issued last as of the visit",
     "registry"},
    {"people", kChoice, "", kAnswers, "担当者の判断", "what people decided", "people.csv, review, inquiry"},
    {"self_defence",
     kFlag,
     "",
     {},
     "自衛官等の勤務先",
     "the declared workplace names the self-defence forces",
     "declaration and list of words"},
    {"share_negative", kFlag, "", {}, "負担額が負", "the insurer's share is negative", "HO"},
    {"birth_after_month", kFlag, "", {}, "生年月日が診療月より後", "born after the service month", "RE"},
    {"admitted_after_month", kFlag, "", {}, "入院年月日が診療月より後", "admitted after the service month", "RE"},
    {"discharged_before_admission",
     kFlag,
     "",
     {},
     "退院年月日が入院年月日より前",
     "discharged before the admission",
     "RE and BU"},
    {"namesakes", kNumber, "persons", {}, "同条件の者", "persons who agree on the same items", "registry"},
    {"birth_agrees", kFlag, "", {}, "生年月日の一致", "birth date agrees", "registry"},
    {"sex_agrees", kFlag, "", {}, "性別の一致", "sex agrees", "registry"},
    {"address_agrees", kFlag, "", {}, "住所の一致", "address agrees", "registry and declaration"},
    {"phone_agrees", kFlag, "", {}, "電話番号の一致", "telephone agrees", "registry and declaration"},
    {"workplace_agrees", kFlag, "", {}, "事業所の一致", "workplace agrees", "registry and declaration"},
    {"insurer_agrees", kFlag, "", {}, "保険者の一致", "insurer agrees", "registry, master and declaration"},
    {"kana_agrees", kFlag, "", {}, "カナの一致", "kana name agrees", "registry"},
    {"kanji_agrees", kFlag, "", {}, "漢字氏名の一致", "kanji name agrees", "registry"},
    {"late_elderly", kFlag, "", {}, "後期高齢者医療の資格", "the coverage used is of the late elderly", "registry"},
    {"submitted_to", kChoice, "", kAgencies, "請求先の審査支払機関", "agency submitted to", "header"},
    {"claimed_agency", kChoice, "", kAgencies, "請求された保険者の審査支払機関", "agency of the claimed insurer",
     "insurer master"},
    {"routed_as", kChoice, "", kOrigins, "処理上の区分", "origin whose branch is followed", "routing"},
    {"points_within_limit",
     kFlag,
     "",
     {},
     "点数が上限以下",
     "points within the limit for receipts without MF",
     "the table points_without_mf"},
    {"ground_e0", kFlag, "", {}, "E0に当たる事由", "a ground of E0 holds", "the table exclusion_grounds"},
    {"ground_u2", kFlag, "", {}, "U2に当たる事由", "a ground of U2 holds", "the table exclusion_grounds"},
    {"ground_u6", kFlag, "", {}, "U6に当たる事由", "a ground of U6 holds", "the table exclusion_grounds"},
    {"ground_u7", kFlag, "", {}, "U7に当たる事由", "a ground of U7 holds", "the table exclusion_grounds"},
    {"ground_u9", kFlag, "", {}, "U9に当たる事由", "a ground of U9 holds", "the table exclusion_grounds"},
    {"age_on_april_1", kNumber, "years", {}, "直近の4月1日の年齢", "age on the last 1 April", "RE"},
    {"card_agrees", kFlag, "", {}, "記号・番号の一致", "symbol and number agree", "registry and HO"},
    {"bearer_kind", kChoice, "", kInsurerKinds, "負担する保険者の種別", "kind of the bearing insurer",
     "insurer master"},
    {"bearer_law_code",
     kCode,
     "law code",
     {},
     "負担する保険者の法別番号",
     "law code of the bearing insurer",
     "registry",
     2},
    {"bearer_family", kChoice, "", kFamilies, "本人・家族", "insured person or family", "registry"},
    {"age_on_month_start", kNumber, "years", {}, "診療月初日の年齢", "age on the 1st of the service month", "RE"},
    {"bearer_rate",
     kNumber,
     "per cent",
     {},
     "負担する資格の給付割合",
     "benefit rate of the bearing coverage",
     "registry and the table coverage_rate"},
    {"earlier_same", kChoice, "", kEarlier, "先に受け付けた同一レセプト", "the same receipt received before",
     "the store"},
    {"has_search_number", kFlag, "", {}, "検索番号あり（再請求）", "has a search number: claimed anew", "RE"},
    {"outcome", kChoice, "", kOutcomes, "結果", "outcome", "routing"},
}};

static_assert(kDeclarations.back().name == "outcome");
static_assert(static_cast<int>(Fact::kCount_) <= kMaxFacts);

}  // namespace

std::span<const FactDeclaration> Declarations() { return kDeclarations; }

}  // namespace furikae::rules
