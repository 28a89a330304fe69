#include "rules/table_contract.h"

#include <algorithm>
#include <limits>
#include <string>

#include "core/decision.h"
#include "rules/card_holders.h"
#include "rules/correction_slips.h"
#include "rules/day_precedence.h"
#include "rules/declared_items.h"
#include "rules/identify/evidence.h"
#include "rules/identify/sought.h"
#include "rules/known_facts.h"
#include "rules/remark_words.h"
#include "rules/words.h"

namespace furikae::rules {
namespace {

using enum Fact;
using Names = std::vector<std::string_view>;
using Rules = std::vector<RowRule>;
using Outputs = std::vector<OutputContract>;

constexpr int64_t kMost = std::numeric_limits<int64_t>::max();

// Origins that are routed; those of them that lead to an identification, a correction, a lapsed card.
Names InScope() {
  return {"UNIDENTIFIED", "DISASTER_UNIDENTIFIED", "DISASTER_INSURER_KNOWN", "INVALID_NUMBER", "VALID", "LAPSED",
          "UNMATCHED"};
}
Names LookedFor() {
  return {"UNIDENTIFIED", "DISASTER_UNIDENTIFIED", "DISASTER_INSURER_KNOWN", "INVALID_NUMBER", "LAPSED", "UNMATCHED"};
}
Names Correctable() { return {"INVALID_NUMBER", "UNMATCHED"}; }
Names Lapsible() { return {"LAPSED", "INVALID_NUMBER", "UNMATCHED"}; }

Rules Both(Rules rules, const Rules& more) {
  rules.insert(rules.end(), more.begin(), more.end());
  return rules;
}

Rules AllNeeded(const Names& outputs) {
  Rules rules;
  for (const std::string_view output : outputs) rules.push_back(Needs(output));
  return rules;
}

// Flags that tables set are told of in notices by a row of the table flags.
Vocabulary FlagOf(Names names) {
  Vocabulary flag = OneOf(std::move(names));
  flag.table = "flags";
  flag.row = [](const OutputValue& value) { return value.text; };
  return flag;
}

// ---- answers that are performed (rules/perform.cc)

Outputs Performed(Names outcomes) {
  return {{"outcome", OneOf(std::move(outcomes))}, {"class", ConfirmationClass()}, {"reason", ReturnReason()}};
}

// The receipt is rewritten by its class, and booked by its outcome: the two have to say the same.
Rules PerformedTogether() {
  Rules rules = {Where({"outcome", {"RETURNED"}}, {"reason"}), Where({"reason"}, {"outcome", {"RETURNED"}}),
                 Where({"outcome", {"AS_CLAIMED", "BILLED_TO_CLAIMED"}}, {"class"})};
  for (const auto& [outcome, number] :
       {std::pair<std::string_view, std::string_view>{"TRANSFERRED", "4"}, {"SPLIT", "5"}, {"BRANCH_COMPLETED", "9"}}) {
    rules.push_back(Where({"outcome", {outcome}}, {"class", {number}}));
    rules.push_back(Where({"class", {number}}, {"outcome", {outcome}}));
  }
  return rules;
}

Outputs Routing(Names outcomes, Names next) {
  const bool may_ask = std::find(outcomes.begin(), outcomes.end(), "IN_REVIEW") != outcomes.end();
  Outputs outputs = Performed(std::move(outcomes));
  outputs.push_back({"next", OneOf(std::move(next))});
  if (may_ask) outputs.push_back({"inquiry", True()});
  return outputs;
}

Rules RoutingRules() {
  return Both(PerformedTogether(), {EitherOr("outcome", "next"), Where({"class"}, {"outcome"}),
                                    Where({"inquiry"}, {"outcome", {"IN_REVIEW"}})});
}

// ---- the tables, in the order in which they are asked

TableContract Origins() {
  const RowBox patients_card = Only(kCardHolder, {"PATIENT"});
  return {
      .table = "origin",
      .outputs = {{"origin", OneOf({"OUT_OF_SCOPE", "UNIDENTIFIED", "DISASTER_UNIDENTIFIED", "DISASTER_INSURER_KNOWN",
                                    "INVALID_NUMBER", "VALID", "LAPSED", "UNMATCHED"})},
                  {"flag", FlagOf({"SENTINEL_INCOMPLETE"})},
                  {"outcome", OneOf({"PASSED_THROUGH"})}},
      .rules = {Needs("origin"), Where({"origin", {"OUT_OF_SCOPE"}}, {"outcome"}),
                Where({"outcome"}, {"origin", {"OUT_OF_SCOPE"}})},
      .only_where = {{{"origin", {"VALID"}}, {Together({patients_card, Only(kCardDays, {"ALL"})})}},
                     {{"origin", {"LAPSED"}}, {Together({patients_card, Perhaps(Only(kCardDays, {"NONE", "SOME"}))})}},
                     {{"origin", {"DISASTER_INSURER_KNOWN"}}, {Only(kInsurerStanding, {"IN_FORCE"})}}},
      .must_answer = true,
      .asked_with = Head()};
}

TableContract CardMarkers() {
  return {
      .table = "card_markers", .outputs = {{"marker", OneOf({"ALL_SEVENS", "ALL_NINES"})}}, .rules = {Needs("marker")}};
}

TableContract CardCounts() {
  return {.table = "card_counts",
          .outputs = {{"counts", Flag()}},
          .rules = {Needs("counts")},
          .must_answer = true,
          .asked_with = Together({Months(), Always({kInsurerStanding})})};
}

TableContract Contradiction() {
  return {.table = "contradiction",
          .outputs = Performed({"RETURNED"}),
          .rules = Both(PerformedTogether(), {Needs("outcome")}),
          .asked_with = Routed(InScope())};
}

TableContract Completeness() {
  return {
      .table = "completeness",
      .outputs = {{"outcome", OneOf({"RETURNED"})}, {"reason", ReturnReason()}, {"lists_missing", True()}},
      .rules = {EitherOr("outcome", "lists_missing"), Where({"outcome"}, {"reason"}), Where({"reason"}, {"outcome"})},
      .asked_with = Together({Routed({"UNIDENTIFIED", "DISASTER_UNIDENTIFIED"}), Declared()})};
}

TableContract DeclarationItems() {
  return {.table = "declaration_items",
          .outputs = {{"item", OneOf(DeclaredItemNames())}, {"text", Word()}},
          .rules = AllNeeded({"item", "text"}),
          .asked_with = Together({Routed({"UNIDENTIFIED", "DISASTER_UNIDENTIFIED"}), Declared()})};
}

TableContract TellingItems() {
  return {.table = "telling_items",
          .outputs = {{"item", OneOf(DeclaredItemNames())}},
          .rules = {Needs("item")},
          .asked_with = Months()};
}

TableContract PoolAgency() {
  return {.table = "pool_agency",
          .outputs = {{"agency", Number(1, 2)}},
          .rules = {Needs("agency")},
          .must_answer = true,
          .asked_with = Together({Routed(LookedFor()), RoutedAs({"UNIDENTIFIED", "DISASTER_UNIDENTIFIED", "LAPSED"}),
                                  Declared(), Always({kClaimedAgency}), Sometimes({kCorrection})})};
}

TableContract Valid() {
  return {
      .table = "routing_valid",
      .outputs = Routing({"AS_CLAIMED", "BRANCH_COMPLETED", "TRANSFERRED", "SPLIT", "RETURNED"}, {"COMPARE_ISSUANCE"}),
      .rules = RoutingRules(),
      .only_where = {{{"outcome", {"BRANCH_COMPLETED"}}, {Only(kBranch, {"COMPLETABLE"})}},
                     {{"outcome", {"TRANSFERRED"}}, {Only(kLatestIssued, {"OTHER"})}},
                     {{"outcome", {"SPLIT"}}, {Only(kLatestIssued, {"SEVERAL"})}},
                     {{"next"}, {Never(kLatestIssued)}}},
      .must_answer = true,
      .asked_with = Together({Routed({"VALID"}), Only(kCardHolder, {"PATIENT"}), Only(kCardDays, {"ALL"}),
                              Always({kBranch}), Perhaps(Only(kLatestIssued, {"CLAIMED", "OTHER", "SEVERAL"})),
                              Perhaps(Examined()), Perhaps(Allowed())})};
}

TableContract LapsedCards() {
  // Of two other cards that cover all days none is the one to move to.
  const RowBox movable = Together({Equal(kUncoveredDays, 0), Between(kOtherCardsAllDays, 0, 1)});
  return {.table = "routing_lapsed",
          .outputs = Routing({"TRANSFERRED", "SPLIT", "BILLED_TO_CLAIMED", "RETURNED", "IN_REVIEW"}, {"IDENTIFY"}),
          .rules = RoutingRules(),
          .only_where = {{{"outcome", {"TRANSFERRED"}},
                          {Together({movable, Always({kTransferAllowed}), Equal(kCardsNeeded, 1)})}},
                         {{"outcome", {"SPLIT"}},
                          {Together({movable, Always({kSplitAllowed}), Between(kCardsNeeded, 2, kMost)})}}},
          .must_answer = true,
          .asked_with = Together({Routed(Lapsible()), RoutedAs({"LAPSED"}), Only(kCardHolder, {"PATIENT"}),
                                  Only(kCardDays, {"NONE", "SOME"}), Declared(), Lapsed(),
                                  Sometimes({kClaimedAgency, kCorrection}), Perhaps(Examined()), Perhaps(Allowed())})};
}

// What depends on the claim month alone is worked out before any receipt is read (rules/by_claim_month.h).
TableContract DayCriteria(std::string_view table) {
  const auto names = DayCriterionNames();
  return {.table = table,
          .outputs = {{"criterion", OneOf({names.begin(), names.end()})}},
          .rules = {Needs("criterion")},
          .asked_with = Always({kClaimMonth})};
}

TableContract Slips() {
  const auto kinds = SlipKindNames(), fields = SlipFieldNames();
  const Answer in_a_field{"slip", {"DIGIT_REPLACED", "NEIGHBOURS_SWAPPED"}};
  return {.table = "correction_slips",
          .outputs = {{"slip", OneOf({kinds.begin(), kinds.end()})}, {"field", OneOf({fields.begin(), fields.end()})}},
          .rules = {Needs("slip"), Where(in_a_field, {"field"}), Where({"field"}, in_a_field)},
          .asked_with = Together({Always({kClaimMonth}), Only(kOrigin, Correctable())})};
}

TableContract HolderAgrees(std::string_view table) {
  return {.table = table,
          .outputs = {{"agrees", Flag()}},
          .rules = {Needs("agrees")},
          .asked_with = Together({Always({kClaimMonth}), OfTheHolder()})};
}

TableContract HolderNarrowing() {
  const auto names = HolderItemNames();
  return {.table = "holder_narrowing",
          .outputs = {{"item", OneOf({names.begin(), names.end()})}},
          .rules = {Needs("item")},
          .asked_with = Always({kClaimMonth})};
}

TableContract Corrected() {
  const RowBox valid = Only(kCardDays, {"ALL"});
  return {.table = "routing_corrected",
          .outputs = Routing({"AS_CLAIMED", "TRANSFERRED", "BILLED_TO_CLAIMED", "RETURNED", "IN_REVIEW"}, {"LAPSED"}),
          .rules = RoutingRules(),
          .only_where = {{{"outcome", {"AS_CLAIMED"}}, {Together({valid, Only(kCorrection, {"SAME_INSURER"})})}},
                         {{"outcome", {"TRANSFERRED"}}, {Together({valid, Only(kCorrection, {"OTHER_INSURER"})})}},
                         {{"outcome", {"BILLED_TO_CLAIMED"}}, {valid}},
                         {{"next"}, {Only(kCardDays, {"NONE", "SOME"})}}},
          .must_answer = true,
          .asked_with = Together({Routed(Correctable()), Only(kCardHolder, {"PATIENT"}), Always({kCardDays}),
                                  Only(kCorrection, {"SAME_INSURER", "OTHER_INSURER"}), Perhaps(Examined()),
                                  Perhaps(Allowed())})};
}

// Nobody can be billed under the number of a receipt that names no insurer, or none that there is.
RowBox HasAnInsurerToBill() { return RoutedAs({"LAPSED", "DISASTER_INSURER_KNOWN", "UNMATCHED"}); }

TableContract Identified() {
  return {.table = "routing_identified",
          .outputs = Routing({"TRANSFERRED", "SPLIT", "BILLED_TO_CLAIMED", "RETURNED", "IN_REVIEW"}, {"NOTHING"}),
          .rules = RoutingRules(),
          .only_where = {{{"outcome", {"TRANSFERRED"}}, {Only(kIdentified, {"CERTAIN_ONE_CARD"})}},
                         {{"outcome", {"SPLIT"}}, {Only(kIdentified, {"CERTAIN_SUCCESSION"})}},
                         {{"outcome", {"BILLED_TO_CLAIMED"}}, {HasAnInsurerToBill()}}},
          .must_answer = true,
          .asked_with =
              Together({Routed(LookedFor()), Declared(), Perhaps(Lapsed()), Sometimes({kClaimedAgency, kCorrection}),
                        Perhaps(Examined()), Perhaps(Allowed()), Always({kIdentified})})};
}

// Also asked for what a review stands for, whatever step it came from.
RowBox AskedWithNothing() {
  return Together({Routed(LookedFor()), Perhaps(Declared()), Perhaps(Lapsed()),
                   Sometimes({kClaimedAgency, kCorrection, kIdentified}), Perhaps(Examined()), Perhaps(Allowed()),
                   Always({kMonthsSinceService})});
}

TableContract Nothing() {
  const RowBox former = Together({RoutedAs({"LAPSED"}), Equal(kFormerQualification, 1)});
  return {.table = "routing_nothing",
          .outputs = Routing({"PENDING", "BILLED_TO_CLAIMED", "RETURNED", "APPORTIONED"},
                             {"former_qualification_unregistered", "unmatched_card"}),
          .rules = RoutingRules(),
          .only_where = {{{"outcome", {"BILLED_TO_CLAIMED"}}, {HasAnInsurerToBill()}},
                         {{"outcome", {"APPORTIONED"}}, {RoutedAs({"UNIDENTIFIED", "DISASTER_UNIDENTIFIED"}), former}},
                         {{"next", {"former_qualification_unregistered"}}, {former}},
                         {{"next", {"unmatched_card"}}, {RoutedAs({"UNMATCHED"})}}},
          .must_answer = true,
          .asked_with = AskedWithNothing()};
}

TableContract OutsideRegistry() {
  return {.table = "outside_registry",
          .outputs = {{"outside", True()}},
          .rules = {Needs("outside")},
          .asked_with =
              Together({Routed(LookedFor()), Declared(), Perhaps(Lapsed()), Sometimes({kClaimedAgency, kCorrection})})};
}

RowBox AskedWhoItIs() {
  return Together({Routed(LookedFor()), Declared(), Perhaps(Lapsed()), Sometimes({kClaimedAgency, kCorrection})});
}

TableContract Namesakes() {
  return {.table = "namesakes",
          .outputs = {{"could_be_meant", Flag()}},
          .rules = {Needs("could_be_meant")},
          .asked_with = Together({AskedWhoItIs(), OfTheContender()})};
}

TableContract SeparatingItems() {
  const auto names = EvidenceItemNames();
  return {.table = "separating_items",
          .outputs = {{"item", OneOf({names.begin(), names.end()})}},
          .rules = {Needs("item")},
          .asked_with = AskedWhoItIs()};
}

// An insurer or a number that stands for none would differ from everybody's.
TableContract ClaimedEvidence() {
  return {
      .table = "claimed_evidence",
      .outputs = {{"item", OneOf({kClaimedInsurer, kClaimedCard})}},
      .rules = {Needs("item")},
      .only_where = {{{"item", {kClaimedInsurer}}, {Only(kOrigin, {"UNMATCHED", "DISASTER_INSURER_KNOWN", "LAPSED"})}},
                     {{"item", {kClaimedCard}}, {Only(kCardNumber, {"OTHER"})}}},
      .asked_with = AskedWhoItIs()};
}

TableContract Identification() {
  return {.table = "identification",
          .outputs = {{"grade", OneOf({"CERTAIN", "PROBABLE", "POSSIBLE", "SEVERAL"})}},
          .rules = {Needs("grade")},
          .must_answer = true,
          .asked_with = Together({AskedWhoItIs(), OfTheContender(), Always({kNamesakes})})};
}

TableContract Candidates() {
  return {.table = "candidates",
          .outputs = {{"shown", Number(1, 100)}},
          .rules = {Needs("shown")},
          .must_answer = true,
          .asked_with = AskedWhoItIs()};
}

// Of a claim that is closed, by what it was closed as.
TableContract LateIdentification() {
  return {.table = "late_identification",
          .outputs = {{"possible", Flag()}},
          .rules = {Needs("possible")},
          .asked_with = Together({Months(), Always({kOutcome})})};
}

TableContract Duplicate() {
  return {.table = "duplicate",
          .outputs = Performed({"RETURNED"}),
          .rules = Both(PerformedTogether(), {Needs("outcome")}),
          .asked_with = Together({Months(), Always({kOutcome, kHasSearchNumber, kEarlierSame})})};
}

TableContract FormerQualification() {
  return {.table = "former_qualification_unregistered",
          .outputs = Performed({"APPORTIONED", "RETURNED"}),
          .rules = Both(PerformedTogether(), {Needs("outcome")}),
          .must_answer = true,
          .asked_with = Together({AskedWithNothing(), RoutedAs({"LAPSED"}), Equal(kFormerQualification, 1)})};
}

TableContract UnmatchedCard() {
  return {.table = "unmatched_card",
          .outputs = Performed({"RETURNED", "BILLED_TO_CLAIMED"}),
          .rules = Both(PerformedTogether(), {Needs("outcome")}),
          .must_answer = true,
          .asked_with = Together({AskedWithNothing(), RoutedAs({"UNMATCHED"})})};
}

TableContract CrossAgency() {
  return {
      .table = "cross_agency",
      .outputs = {{"action", OneOf({"HAND_OVER", "RETURN"})},
                  {"class", ConfirmationClass()},
                  {"reason", ReturnReason()}},
      .rules = {Needs("action"), Where({"action", {"RETURN"}}, {"reason"}), Where({"reason"}, {"action", {"RETURN"}})},
      .asked_with = Together({Routed(InScope()), OnTheWay(), Examined(), Allowed(), Always({kAgencyCrossed})})};
}

// ---- what forbids a move

RowBox Weighed() { return Together({Routed(InScope()), OnTheWay(), Examined()}); }

TableContract PointsWithoutMf() {
  return {.table = "points_without_mf",
          .outputs = {{"limit", Number(0, 1'000'000'000)}},
          .rules = {Needs("limit")},
          .asked_with = Together({Weighed(), Equal(kHasMf, 0), Never(kMfClass)})};
}

TableContract Grounds() {
  return {.table = "exclusion_grounds",
          .outputs = {{"ground_of", OneOf({"E0", "U2", "U6", "U7", "U9"})}},
          .rules = {Needs("ground_of")},
          .asked_with = Together({Weighed(), Sometimes({kPointsWithinLimit})})};
}

TableContract Exclusions() {
  return {.table = "exclusions",
          .outputs = {{"transfer", Flag()},
                      {"split", Flag()},
                      {"unidentified_transfer", Flag()},
                      {"unidentified_split", Flag()},
                      {"lifts", RowOf("exclusions")},
                      {"marks_days", True()},
                      {"flag", FlagOf({"RATE_DIFFERS", "HIGH_COST_IN_KIND", "MEALS_NOT_BY_DAY"})},
                      {"flag_on", OneOf({"MOVED", "TRANSFERRED", "SPLIT_FAILED"})}},
          .rules = {Where({"flag"}, {"flag_on"}), Where({"flag_on"}, {"flag"})},
          .asked_with = Together(
              {Weighed(), Sometimes({kPointsWithinLimit, kGroundE0, kGroundU2, kGroundU6, kGroundU7, kGroundU9})})};
}

// ---- the coverage that bears, and amounts

RowBox AskedOfTheBearer() {
  return Together(
      {Routed(InScope()), OnTheWay(), Examined(), Perhaps(Allowed()), Sometimes({kRateDiffers}), OfTheBearer()});
}

TableContract BearerSystem() {
  return {.table = "bearer_system",
          .outputs = {{"late_elderly", Flag()}, {"writes_rate", Flag()}, {"writes_branch", Flag()}},
          .rules = AllNeeded({"late_elderly", "writes_rate", "writes_branch"}),
          .must_answer = true,
          .asked_with = AskedOfTheBearer()};
}

TableContract SchoolYear() {
  return {.table = "school_year",
          .outputs = {{"month", Number(1, 12)}, {"day", Number(1, 28)}},
          .rules = AllNeeded({"month", "day"}),
          .must_answer = true,
          .asked_with = Together({AskedOfTheBearer(), Sometimes({kAgeOnApril1, kLateElderly, kBearerRate})})};
}

TableContract InsurerAgency() {
  return {.table = "insurer_agency",
          .outputs = {{"agency", Number(1, 2)}},
          .rules = {Needs("agency")},
          .asked_with = Always({kServiceMonth, kLawCode})};
}

TableContract CoverageRates() {
  return {.table = "coverage_rate",
          .outputs = {{"rate_per_cent", Number(0, 100)}},
          .rules = {Needs("rate_per_cent")},
          .must_answer = true,
          .asked_with = Together({AskedOfTheBearer(), Always({kLateElderly})})};
}

TableContract ReceiptType() {
  return {.table = "receipt_type",
          .outputs = {{"as_claimed", True()},
                      {"digit_2", Number(0, 9)},
                      {"inpatient", Number(0, 9)},
                      {"outpatient", Number(0, 9)}},
          .rules = {EitherOr("as_claimed", "digit_2"), Where({"digit_2"}, {"inpatient"}),
                    Where({"digit_2"}, {"outpatient"}), Where({"inpatient"}, {"digit_2"}),
                    Where({"outpatient"}, {"digit_2"})},
          .must_answer = true,
          .asked_with = Together({AskedOfTheBearer(), Always({kRateDiffers, kLateElderly, kBearerRate})})};
}

TableContract Rates() {
  return {.table = "rates",
          .outputs = {{"as_recorded", True()}, {"rate_per_cent", Number(0, 100)}},
          .rules = {EitherOr("as_recorded", "rate_per_cent")},
          .only_where = {{{"as_recorded"}, {Always({kRate})}}},
          .must_answer = true,
          .asked_with = OfTheShare()};
}

TableContract UnitPrice() {
  return {.table = "unit_price",
          .outputs = {{"yen_per_point", Number(1, 1000)}},
          .rules = {Needs("yen_per_point")},
          .must_answer = true,
          .asked_with = OfTheShare()};
}

TableContract InsurerShares() {
  return {.table = "insurer_share",
          .outputs = {{"share", OneOf({"RATE", "FEE_LESS_COPAYMENT"})}},
          .rules = {Needs("share")},
          .only_where = {{{"share", {"FEE_LESS_COPAYMENT"}}, {Always({kCopayment})}}},
          .must_answer = true,
          .asked_with = OfTheShare()};
}

TableContract MealBurden() {
  return {.table = "meal_burden",
          .outputs = {{"yen_per_meal", Number(0, 100'000)}},
          .rules = {Needs("yen_per_meal")},
          .must_answer = true,
          .asked_with = OfTheShare()};
}

TableContract Ladder() {
  const Answer weighs{"scope", {"institution", "prefecture", "nation"}};
  return {.table = "ladder",
          .outputs = {{"scope", OneOf({"institution", "prefecture", "nation", "none"})},
                      {"months_from", Number(0, 1200)},
                      {"months_to", Number(0, 1200)},
                      {"basis", OneOf({"yen", "points", "receipts"})}},
          .rules = {Needs("scope"), Where(weighs, {"months_from"}), Where(weighs, {"months_to"}),
                    Where(weighs, {"basis"}), AtLeast("months_from", "months_to")},
          .must_answer = true,
          .steps = Steps{static_cast<int>(kRung), {"scope", {"none"}}},
          .asked_with = Together({Months(), Always({kRung})})};
}

// ---- words and names

TableContract Words(std::string_view table, Vocabulary word) {
  return {.table = table, .outputs = {{"word", std::move(word)}}, .rules = {Needs("word")}, .asked_with = Months()};
}

// Words of the remarks are made ready for every claim month before a receipt is read: nothing else is known then.
TableContract RemarkWordList(std::string_view table) {
  TableContract words = Words(table, Word());
  words.asked_with = Always({kClaimMonth});
  return words;
}

TableContract RemarkMarkers() {
  TableContract markers = RemarkWordList(kRemarkMarkers);
  markers.outputs.push_back({"marks", OneOf({kMarksUnidentified, kMarksFormerQualification, kMarksCardCollected})});
  markers.outputs.push_back({"may_be_taken_back", True()});
  markers.rules.push_back(Needs("marks"));
  return markers;
}

TableContract InsuranceTypes() {
  const Names types = {"SHAHO", "KOKUHO", "KOKUHO_SOCIETY", "LATE_ELDERLY", "OTHER", "UNKNOWN"};
  TableContract words = RemarkWordList(kInsuranceTypeWords);
  words.outputs.push_back({"type", OneOf(types)});
  words.outputs.push_back({"in_brackets_behind", OneOf(types)});
  words.rules.push_back(Needs("type"));
  return words;
}

TableContract Synonyms() {
  return {.table = "insurer_synonyms",
          .outputs = {{"from", Word()}, {"to", Word()}},
          .rules = AllNeeded({"from", "to"}),
          .asked_with = Months()};
}

TableContract ReturnReasons() {
  return {.table = "return_reasons",
          .outputs = {{"class", Number(0, 9)}, {"code", ReturnCode()}, {"text", ReturnText()}},
          .rules = AllNeeded({"class", "code", "text"})};
}

TableContract ConfirmationClasses() {
  return {.table = "confirmation_classes",
          .outputs = {{"name", Word()}, {"noticed", Flag()}},
          .rules = AllNeeded({"name", "noticed"})};
}

TableContract Printed(std::string_view table, std::string_view output, Names rows) {
  return {.table = table, .outputs = {{output, Word()}}, .rules = {Needs(output)}, .rows = std::move(rows)};
}

std::vector<TableContract> MakeContracts() {
  return {CardMarkers(),
          CardCounts(),
          InsurerAgency(),
          Origins(),
          Contradiction(),
          Completeness(),
          DeclarationItems(),
          TellingItems(),
          PoolAgency(),
          Valid(),
          LapsedCards(),
          DayCriteria("day_precedence"),
          DayCriteria("issuance_precedence"),
          Slips(),
          HolderAgrees("holder_agrees"),
          HolderAgrees("corrected_holder_agrees"),
          HolderNarrowing(),
          Corrected(),
          Identified(),
          Nothing(),
          OutsideRegistry(),
          Namesakes(),
          SeparatingItems(),
          ClaimedEvidence(),
          Identification(),
          Candidates(),
          LateIdentification(),
          Duplicate(),
          FormerQualification(),
          UnmatchedCard(),
          CrossAgency(),
          PointsWithoutMf(),
          Grounds(),
          Exclusions(),
          SchoolYear(),
          BearerSystem(),
          CoverageRates(),
          ReceiptType(),
          Rates(),
          UnitPrice(),
          InsurerShares(),
          MealBurden(),
          Ladder(),
          RemarkMarkers(),
          RemarkWordList(kRetractingWords),
          InsuranceTypes(),
          RemarkWordList(kForgottenWords),
          RemarkWordList(kSelfDefenceWords),
          Words(kTwentyPerCentNotes, Digits(2)),
          Synonyms(),
          ReturnReasons(),
          ConfirmationClasses(),
          Printed("flags", "text", FlagNames(~0u))};
}

}  // namespace

std::span<const TableContract> TableContracts() {
  static const auto& contracts = *new std::vector<TableContract>(MakeContracts());
  return contracts;
}

const TableContract* ContractOf(std::string_view table) {
  const auto contracts = TableContracts();
  const auto found = std::find_if(contracts.begin(), contracts.end(),
                                  [table](const TableContract& contract) { return contract.table == table; });
  return found == contracts.end() ? nullptr : &*found;
}

}  // namespace furikae::rules
