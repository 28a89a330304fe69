// rules/receipt_facts.h — the facts of a receipt that decision tables ask about, in one enumeration beside their
// declarations.
//
// facts.cc declares each (name in tables = the comment's first word, type, unit, labels, source). Choices are listed
// there.
//
// Amounts are in yen or points as the comment says, periods in days or months, dates and months as rules/facts.h keeps
// them. Source: decisions.md §2–§8, at each fact in facts.cc.
#pragma once

#include <span>

#include "rules/facts.h"

namespace furikae::rules {

enum class Fact : int {
  kClaimMonth,           // claim_month: the run's claim month
  kServiceMonth,         // service_month
  kFlavour,              // flavour: MED DPC DEN PHA NUR
  kHasHo,                // has_ho: the receipt bills an insurer
  kAccident,             // accident: worker's accident or automobile records
  kPaper,                // paper
  kInsurerNumber,        // insurer_number: as a number, 77777777 …
  kCardNumber,           // card_number: OTHER BLANK ALL_SEVENS ALL_NINES
  kCheckDigit,           // check_digit: the insurer number's check digit holds
  kInsurerStanding,      // insurer_standing: UNKNOWN NOT_YET IN_FORCE CEASED (in the service month)
  kLawCode,              // law_code
  kCardHolder,           // card_holder: NONE PATIENT OTHER_PERSON SEVERAL
  kCardDays,             // card_days: NONE SOME ALL days on which the patient's card is valid
  kRemark,               // remark: any remark or declaration at all
  kDeclarationEmpty,     // declaration_empty: the declaration has no item of the table telling_items
  kDeclaredType,         // declared_type: NONE SHAHO KOKUHO KOKUHO_SOCIETY LATE_ELDERLY OTHER UNKNOWN
  kCardForgotten,        // card_forgotten
  kFormerQualification,  // former_qualification: marked 旧資格情報
  kCardCollected,        // card_collected: marked 証回収
  kBranch,               // branch: PRESENT BLANK COMPLETABLE (blank, registered, exactly one such holder)
  kDeath,                // death: NONE BEFORE (on or before the first day) WITHIN (days on both sides)
  kOtherCardsAllDays,    // other_cards_all_days: other cards of the person that cover all days
  kUncoveredDays,        // uncovered_days: days that no coverage covers
  kCardsNeeded,          // cards_needed: cards that together cover all days
  kCorrection,           // correction: NONE SAME_INSURER OTHER_INSURER SEVERAL
  kIdentified,  // identified: NONE CERTAIN_ONE_CARD CERTAIN_SUCCESSION CERTAIN_DOUBLE CERTAIN_NO_ROW PROBABLE POSSIBLE
                // SEVERAL OUTSIDE_REGISTRY
  kMonthsSinceService,  // months_since_service: month being closed − service month
  kAgencyCrossed,       // agency_crossed: the bearing agency is not the one submitted to
  kHasMf,               // has_mf
  kMfClass,             // mf_class
  kHasJd,               // has_jd
  kJdAgrees,            // jd_agrees: lines and JD agree (E4)
  kHasKo,               // has_ko
  kTotalPoints,         // total_points; yen in home nursing
  kTypeDigit2,          // type_digit_2
  kTypeDigit3,          // type_digit_3
  kTypeDigit4,          // type_digit_4
  kInpatient,           // inpatient
  kHasMeals,            // has_meals
  kMealsByDay,          // meals_by_day: lines 97 have day counts that sum to HO's meal count
  kHasHh,               // has_hh
  kSummaryGroup,        // summary_group: DPC 総括
  kReduction,           // reduction: 減免
  kWorkRelated,         // work_related
  kDiscountUnitPrice,   // discount_unit_price
  kOrganDonor,          // organ_donor
  kNotVisited,          // not_visited: 未来院
  kDividedDispensing,   // divided_dispensing: ST
  kUnitWithoutDay,      // unit_without_day
  kCountDiffers,        // count_differs
  kDateOutsideMonth,    // date_outside_month
  kPointsAddUp,         // points_add_up
  kCopayment,           // copayment: yen; absent when blank
  kRateDiffers,         // rate_differs (U1)
  kRate,                // rate: RE 給付割合; absent when blank
  kBurdenClass,         // burden_class: 別表8
  kTwentyPerCentNote,   // twenty_per_cent_note: 特記事項 of the list twenty_per_cent_notes
  kAge,                 // age: on the first day
  kRung,                // rung: number of the ladder's rung being looked at
  kOrigin,              // origin: as in decisions.jsonl
  kTransferAllowed,     // transfer_allowed: no row of `exclusions` forbids the transfer
  kSplitAllowed,        // split_allowed: no row of `exclusions` forbids the split
  kLatestIssued,        // latest_issued: NONE CLAIMED OTHER SEVERAL: whose certificate was issued last as of the visits
  kPeople,         // people: NONE ACCEPTED REJECTED CONFIRMED DENIED CONTRADICTED: what people decided about the claim
  kSelfDefence,    // self_defence: the declared workplace names the self-defence forces
  kShareNegative,  // share_negative: the insurer's share would be below zero
  kBirthAfterMonth,            // birth_after_month: born after the service month
  kAdmittedAfterMonth,         // admitted_after_month: admitted after the service month
  kDischargedBeforeAdmission,  // discharged_before_admission
  kNamesakes,                  // namesakes: other persons who could be meant, by the table of that name
  kBirthAgrees,                // birth_agrees; these are absent where one side has nothing to compare
  kSexAgrees,                  // sex_agrees
  kAddressAgrees,              // address_agrees
  kPhoneAgrees,                // phone_agrees
  kWorkplaceAgrees,            // workplace_agrees
  kInsurerAgrees,              // insurer_agrees: the insurer's name or kind as declared
  kKanaAgrees,                 // kana_agrees: K1
  kKanjiAgrees,                // kanji_agrees: folded
  kLateElderly,                // late_elderly: the coverage used is of 後期高齢者医療
  kSubmittedTo,                // submitted_to: SHAHO KOKUHO: the agency submitted to
  kClaimedAgency,              // claimed_agency: UNKNOWN SHAHO KOKUHO: that of the claimed insurer
  kRoutedAs,           // routed_as: the origin whose branch is followed (LAPSED once a corrected card has lapsed)
  kPointsWithinLimit,  // points_within_limit: at most what `points_without_mf` allows
  kGroundE0,           // ground_e0: a row of `exclusion_grounds` for E0 holds; the same for the next
  kGroundU2,           // ground_u2
  kGroundU6,           // ground_u6
  kGroundU7,           // ground_u7
  kGroundU9,           // ground_u9
  kAgeOnApril1,        // age_on_april_1: on the last 1 April up to the first day: school begins on the one after the
                       // sixth birthday
  kCardAgrees,         // card_agrees: symbol and number on a disaster receipt
  kBearerKind,         // bearer_kind: what the master says of the insurer whose coverage is used; absent: not in it
  kBearerLawCode,      // bearer_law_code: of that insurer's number
  kBearerFamily,       // bearer_family: SELF FAMILY; absent when the registry leaves it blank
  kAgeOnMonthStart,    // age_on_month_start: on the 1st of the service month: 70 begins in the month after the birthday
  kBearerRate,         // bearer_rate: benefit rate of the coverage used, as registered or by the table coverage_rate
  kEarlierSame,  // earlier_same: NONE RETURNED STANDS: the same receipt in an earlier submission, and what became of it
  kHasSearchNumber,  // has_search_number: claimed anew after a return (検索番号)
  kOutcome,          // outcome: what the receipt came out as
  kCount_,
};

// The declarations, in the order of the enumeration.
std::span<const FactDeclaration> Declarations();

}  // namespace furikae::rules
