#include "rules/known_facts.h"

#include <algorithm>
#include <limits>

#include "rules/table_condition.h"

namespace furikae::rules {
namespace {

using enum Fact;

const FactDeclaration& DeclarationOf(Fact fact) { return Declarations()[static_cast<size_t>(fact)]; }

// Every value that the fact can have when it is set.
ValueSet ValuesOf(Fact fact) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  switch (fact) {
    case kTypeDigit2:
    case kTypeDigit3:
    case kTypeDigit4:
    case kBurdenClass:
      return ValueSet::Between(0, 9);
    case kInsurerNumber:
      return ValueSet::Between(0, 99'999'999);
    case kLawCode:
    case kBearerLawCode:
      return ValueSet::Between(0, 99);
    case kUncoveredDays:
      return ValueSet::Between(0, 31);
    case kOtherCardsAllDays:
    case kCardsNeeded:
    case kNamesakes:
    case kMfClass:
      return ValueSet::Between(0, kMost);
    case kRate:
      return ValueSet::Between(0, 100);
    case kRung:
      return ValueSet::Between(1, kMost);
    case kGroundE0:
    case kGroundU2:
    case kGroundU6:
    case kGroundU7:
    case kGroundU9:
      return ValueSet::Of(1);  // set where a ground holds, absent elsewhere
    default:
      return Difference(PossibleValues(DeclarationOf(fact)), ValueSet::Absent());
  }
}

}  // namespace

RowBox Always(std::initializer_list<Fact> facts) {
  RowBox box;
  for (const Fact fact : facts) box[static_cast<int>(fact)] = ValuesOf(fact);
  return box;
}

RowBox Perhaps(RowBox box) {
  for (auto& [fact, values] : box) values = Union(values, ValueSet::Absent());
  return box;
}

RowBox Sometimes(std::initializer_list<Fact> facts) { return Perhaps(Always(facts)); }

RowBox Only(Fact choice, const std::vector<std::string_view>& names) {
  const auto& choices = DeclarationOf(choice).choices;
  ValueSet values;
  for (const std::string_view name : names)
    values = Union(values, ValueSet::Of(std::find(choices.begin(), choices.end(), name) - choices.begin()));
  return {{static_cast<int>(choice), std::move(values)}};
}

RowBox Between(Fact fact, int64_t low, int64_t high) {
  return {{static_cast<int>(fact), ValueSet::Between(low, high)}};
}
RowBox Equal(Fact fact, int64_t value) { return Between(fact, value, value); }
RowBox Never(Fact fact) { return {{static_cast<int>(fact), ValueSet::Absent()}}; }

RowBox Together(std::initializer_list<RowBox> boxes) {
  RowBox all;
  for (const RowBox& box : boxes) {
    for (const auto& [fact, values] : box) all[fact] = values;
  }
  return all;
}

RowBox Months() { return Always({kClaimMonth, kServiceMonth}); }

RowBox Head() {
  return Together({Months(),
                   Always({kFlavour, kHasHo, kAccident, kPaper, kCardNumber, kPeople, kBirthAfterMonth,
                           kAdmittedAfterMonth, kDischargedBeforeAdmission, kCheckDigit, kCardHolder}),
                   Only(kSubmittedTo, {"SHAHO", "KOKUHO"}),
                   Sometimes({kInsurerNumber, kInsurerStanding, kLawCode, kCardDays})});
}

RowBox RoutedAs(const std::vector<std::string_view>& origins) { return Only(kRoutedAs, origins); }

RowBox Routed(const std::vector<std::string_view>& origins) {
  return Together({Head(), Only(kOrigin, origins), RoutedAs(origins), Always({kShareNegative})});
}

RowBox Declared() {
  return Always(
      {kRemark, kDeclarationEmpty, kDeclaredType, kCardForgotten, kFormerQualification, kCardCollected, kSelfDefence});
}

RowBox Lapsed() { return Always({kDeath, kOtherCardsAllDays, kUncoveredDays, kCardsNeeded}); }

RowBox Examined() {
  return Together({Always({kHasMf,        kHasJd,       kHasKo,           kTotalPoints,       kTypeDigit2,
                           kTypeDigit3,   kTypeDigit4,  kInpatient,       kHasMeals,          kHasHh,
                           kSummaryGroup, kReduction,   kWorkRelated,     kDiscountUnitPrice, kOrganDonor,
                           kNotVisited,   kMealsByDay,  kUnitWithoutDay,  kDividedDispensing, kCountDiffers,
                           kPointsAddUp,  kRateDiffers, kDateOutsideMonth}),
                   Sometimes({kMfClass, kCopayment, kJdAgrees})});
}

RowBox Allowed() {
  return Together({Always({kTransferAllowed, kSplitAllowed}),
                   Sometimes({kPointsWithinLimit, kGroundE0, kGroundU2, kGroundU6, kGroundU7, kGroundU9})});
}

RowBox OnTheWay() {
  return Together({Perhaps(Declared()), Perhaps(Lapsed()),
                   Sometimes({kBranch, kLatestIssued, kClaimedAgency, kCorrection, kIdentified, kMonthsSinceService})});
}

RowBox OfTheBearer() {
  return Together(
      {Always({kBearerLawCode, kAge, kAgeOnMonthStart, kAgeOnApril1}), Sometimes({kBearerKind, kBearerFamily})});
}

RowBox OfTheHolder() { return Together({Always({kBirthAgrees}), Sometimes({kSexAgrees, kKanaAgrees, kKanjiAgrees})}); }

RowBox OfTheContender() {
  return Together(
      {OfTheHolder(), Sometimes({kAddressAgrees, kPhoneAgrees, kWorkplaceAgrees, kInsurerAgrees, kCardAgrees})});
}

RowBox OfTheShare() {
  return Together(
      {Months(),
       Always({kFlavour, kTypeDigit2, kTypeDigit3, kTypeDigit4, kInpatient, kTwentyPerCentNote, kBurdenClass}),
       Sometimes({kRate, kCopayment})});
}

}  // namespace furikae::rules
