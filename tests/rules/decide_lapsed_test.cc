// LAPSED (decisions.md §3): death and collected cards first, then transfer, split, identification, and what is left.
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_replace.h"
#include "tests/rules/decide_fixture.h"

namespace furikae::rules {
namespace {

TEST(DecideLapsed, DeathOnOrBeforeTheFirstDayGoesBack) {
  struct {
    const char* says;
    std::string lost, result;
  } cases[] = {{"before the month", "2024-08-20", "RETURNED 08 R07"},
               {"on the first day", "2024-09-03", "RETURNED 08 R07"},
               {"between the visits", "2024-09-04", "IN_REVIEW"},
               {"on the last day", "2024-09-22", "IN_REVIEW"}};
  for (const auto& one : cases) {
    World world;
    world.Add(Hanako(), {.until = one.lost, .loss = LossReason::kDeath});
    EXPECT_EQ(Result(world.Decide({})), one.result) << one.says;
  }
}

TEST(DecideLapsed, TheDeathMayBeOnAnotherCoverageOfThePerson) {
  World world;
  world.Add(Hanako(), {.until = "2024-01-01"});
  world.Add(
      Hanako(),
      {.insurer = kSociety, .number = "99", .from = "2024-01-01", .until = "2024-09-02", .loss = LossReason::kDeath});
  EXPECT_EQ(Result(world.Decide({})), "RETURNED 08 R07");
}

TEST(DecideLapsed, ACollectedCardGoesBack) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-01"});
  world.Add(Hanako(), {.insurer = kSociety, .from = "2024-09-01"});
  Claim claim;
  claim.remarks = {"証回収"};
  EXPECT_EQ(Result(world.Decide(claim)), "RETURNED 07 R06");
}

TEST(DecideLapsed, WithoutTheRowsOfDeathAndCollectedCardsTheReceiptMovesLikeAnyOther) {
  World died;
  died.Add(Hanako(), {.until = "2024-09-01", .loss = LossReason::kDeath});
  died.Add(Hanako(), {.insurer = kSociety, .from = "2024-09-01"});
  EXPECT_EQ(Result(died.Decide({})), "RETURNED 08 R07");
  died.ChangeTables("routing.json", R"("when": {"death": "BEFORE"})",
                    R"("until": "2024-09", "when": {"death": "BEFORE"})");
  EXPECT_EQ(Result(died.Decide({})), "TRANSFERRED 04");

  World collected;
  collected.Add(Hanako(), {.until = "2024-09-16"});
  collected.Add(Hanako(), {.insurer = kSociety, .from = "2024-09-16"});
  collected.ChangeTables("routing.json", R"("when": {"card_collected": true})",
                         R"("until": "2024-09", "when": {"card_collected": true})");
  Claim claim;
  claim.remarks = {"証回収"};
  EXPECT_EQ(Result(collected.Decide(claim)), "SPLIT 05");
}

TEST(DecideLapsed, AReceiptThatGoesBackWasNotToBeSplitSoItsMealsAreNoMatter) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-16"});
  world.Add(Hanako(), {.insurer = kSociety, .from = "2024-09-16"});
  Claim claim;
  claim.type = 1111;
  claim.meals = 4;
  EXPECT_EQ(Flags(world.Decide(claim)), "MEALS_NOT_BY_DAY");
  claim.remarks = {"証回収"};
  const Decision d = world.Decide(claim);
  EXPECT_EQ(Result(d), "RETURNED 07 R06");
  EXPECT_EQ(Rows(d, "exclusions"), "U5") << "every row that holds stands in the trace";
  EXPECT_EQ(Flags(d), "");
}

TEST(DecideLapsed, OneOtherCardForAllDaysIsATransfer) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-16"});
  world.Add(Hanako(), {.insurer = kSociety, .symbol = "２０", .number = "55", .branch = "03", .from = "2024-09-01"});
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "TRANSFERRED 04");
  EXPECT_EQ(Parts(d), "06130488: 3 10 22 = 846");
  EXPECT_EQ(d.parts[0].card, (Card{kSociety, "２０", "55", "03"})) << "the card stands as registered";
  EXPECT_EQ(d.parts[0].subject_id, "S-hanako");
  EXPECT_EQ(d.parts[0].yen.value, 5922);
  EXPECT_EQ(d.claimed_disqualified.ToString(), "2024-09-16");
  EXPECT_EQ(Rows(d),
            "origin/LAPSED rates/GENERAL routing_lapsed/TRANSFERRED bearer_system/EMPLOYEES receipt_type/SELF "
            "day_precedence/ONLY_OTHER_ALL_DAYS")
      << "on the 3rd and the 10th the claimed card was valid as well";
}

TEST(DecideLapsed, WhereNoDayIsContestedNoCriterionSettledIt) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-03"});
  world.Add(Hanako(), {.insurer = kSociety, .from = "2024-09-01"});
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "TRANSFERRED 04");
  EXPECT_EQ(Rows(d, "day_precedence"), "");
}

// Two rows that hold in every claim month, each with the criterion of the other.
constexpr char kOnlyOther[] = R"({"criterion": "ONLY_OTHER_ALL_DAYS"})",
               kClaimed[] = R"({"criterion": "CLAIMED_CARD"})";

TEST(DecideLapsed, WhetherTheOnlyOtherCardGoesBeforeTheClaimedOneIsForTheTable) {
  World world;
  world.UseTables("day_precedence.json", absl::StrReplaceAll(EmbeddedRegulations().at("day_precedence.json"),
                                                             {{kOnlyOther, kClaimed}, {kClaimed, kOnlyOther}}));
  world.Add(Hanako(), {.until = "2024-09-16"});
  world.Add(Hanako(), {.insurer = kSociety, .from = "2024-09-01"});
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "SPLIT 05");
  EXPECT_EQ(Parts(d), "01130012: 3 10 = 564; 06130488: 22 = 282");
  EXPECT_EQ(Rows(d, "day_precedence"), "ONLY_OTHER_ALL_DAYS") << "the row that names the claimed card now";
  Claim undivided;
  undivided.has_jd = false;  // E3
  EXPECT_EQ(Result(world.Decide(undivided)), "BILLED_TO_CLAIMED 06");
}

TEST(DecideLapsed, ATypeAndRateFollowTheNewCoverage) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-01"});
  world.Add(Hanako(), {.insurer = kKokuho, .from = "2024-09-01", .family = Family::kFamily});
  const Decision d = world.Decide({});
  ASSERT_EQ(Result(d), "TRANSFERRED 04");
  EXPECT_EQ(d.parts[0].receipt_type, 1116);
  EXPECT_EQ(d.parts[0].rate, 70) << "national health insurance writes its rate";
  EXPECT_EQ(d.parts[0].agency, Agency::kKokuho);
  EXPECT_EQ(Rows(d, "cross_agency"), "HAND_OVER");
}

TEST(DecideLapsed, WhereTheMasterDoesNotTellTheLawCodeTellsTheAgency) {
  World world;
  ASSERT_TRUE(world.masters.Put(InsurerRow{.number = {67130001}, .valid_from = *Date::Parse("2000-01-01")}).ok());
  world.Add(Hanako(), {.until = "2024-09-01"});
  world.Add(Hanako(), {.insurer = {67130001}, .from = "2024-09-01"});
  const Decision d = world.Decide({});
  ASSERT_EQ(d.parts.size(), 1u);
  EXPECT_EQ(d.parts[0].agency, Agency::kKokuho);
  EXPECT_EQ(Rows(d, "insurer_agency"), "KOKUHO_RETIRED");
  world.ChangeTables("insurer_agency.json", R"("when": {"law_code": 67}, "then": {"agency": 2})",
                     R"("until": "2024-08", "when": {"law_code": 67}, "then": {"agency": 2})");
  EXPECT_EQ(world.Decide({}).parts.at(0).agency, Agency::kShaho) << "nobody knows: as submitted";
}

TEST(DecideLapsed, TwoOtherCardsForAllDaysAreForAReviewer) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-01"});
  world.Add(Hanako(), {.insurer = kSociety, .from = "2024-08-01"});
  world.Add(Hanako(), {.insurer = kMutual, .from = "2024-08-01"});
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "IN_REVIEW");
  EXPECT_EQ(OutcomeName(d.fallback_outcome), "BILLED_TO_CLAIMED");
  EXPECT_EQ(d.fallback_class, 6);

  world.Said(Action::kConfirm, "", kMutual);
  EXPECT_EQ(Parts(world.Decide({})), "33120015: 3 10 22 = 846") << "the insurer that confirmed";
  world.Said(Action::kUndo);
  world.Said(Action::kDeny, "", kMutual);
  EXPECT_EQ(Parts(world.Decide({})), "06130488: 3 10 22 = 846") << "the insurer that did not deny";
  world.Said(Action::kReject);
  EXPECT_EQ(Result(world.Decide({})), "BILLED_TO_CLAIMED 06");
}

TEST(DecideLapsed, EveryDayCoveredByTwoCardsIsASplit) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-16"});
  world.Add(Hanako(), {.insurer = kSociety, .from = "2024-09-16"});
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "SPLIT 05");
  EXPECT_EQ(Parts(d), "01130012: 3 10 = 564; 06130488: 22 = 282");
  EXPECT_EQ(d.parts[0].yen.value + d.parts[1].yen.value, d.insurer_yen.value);
  EXPECT_EQ(d.parts[0].yen.value, 3948);
}

TEST(DecideLapsed, ADayThatSeveralCoverGoesByTheAssignmentRule) {
  struct {
    const char* says;
    std::vector<Cover> others;
    std::string parts;
  } cases[] = {
      {"the claimed card where it is valid",
       {{.insurer = kSociety, .from = "2024-09-10"}},
       "01130012: 3 10 = 564; 06130488: 22 = 282"},
      {"the card that covers most days",
       {{.insurer = kSociety, .from = "2024-09-11"},
        {.insurer = kMutual, .from = "2024-09-20"},
        {.insurer = kKokuho, .from = "2024-09-10"}},
       "01130012: 3 10 = 564; 00138016: 22 = 282"},
      {"the later qualification date",
       {{.insurer = kSociety, .from = "2024-09-11"}, {.insurer = kMutual, .from = "2024-09-20"}},
       "01130012: 3 10 = 564; 33120015: 22 = 282"},
      {"the smaller insurer number",
       {{.insurer = kMutual, .from = "2024-09-20"}, {.insurer = kSociety, .from = "2024-09-20"}},
       "01130012: 3 10 = 564; 06130488: 22 = 282"},
  };
  for (const auto& one : cases) {
    World world;
    world.Add(Hanako(), {.until = "2024-09-16"});
    for (const Cover& other : one.others) world.Add(Hanako(), other);
    EXPECT_EQ(Parts(world.Decide({})), one.parts) << one.says;
  }
}

TEST(DecideLapsed, TheCriteriaForADayAreThoseOfTheTableInItsOrder) {
  const Cover two_days{.insurer = kMutual, .from = "2024-09-10"};
  const Cover later{.insurer = kSociety, .from = "2024-09-11"};
  struct {
    const char* says;
    std::string written, instead, parts;
    std::string rows;  // that a day was settled by, in the order in which they were needed
  } cases[] = {
      {"as built in", R"("rows": [)", R"("rows": [)", "01130012: 3 10 = 564; 33120015: 22 = 282",
       "CLAIMED_CARD MOST_DAYS"},
      {"the claimed card has no precedence", R"({"criterion": "CLAIMED_CARD"})", R"({"criterion": "MOST_DAYS"})",
       "01130012: 3 = 282; 33120015: 10 22 = 564", "LATER_QUALIFICATION CLAIMED_CARD"},
      {"the later qualification goes before most days", R"({"criterion": "MOST_DAYS"})",
       R"({"criterion": "LATER_QUALIFICATION"})", "01130012: 3 10 = 564; 06130488: 22 = 282", "CLAIMED_CARD MOST_DAYS"},
      {"the smaller insurer number goes before most days", R"({"criterion": "MOST_DAYS"})",
       R"({"criterion": "SMALLER_INSURER"})", "01130012: 3 10 = 564; 06130488: 22 = 282", "CLAIMED_CARD MOST_DAYS"},
      {"no precedence of the claimed card from October on", R"("when": {}, "then": {"criterion": "CLAIMED_CARD"})",
       R"("until": "2024-09", "when": {}, "then": {"criterion": "CLAIMED_CARD"})",
       "01130012: 3 = 282; 33120015: 10 22 = 564", "LATER_QUALIFICATION MOST_DAYS"},
      {"it still has it in its last month", R"("when": {}, "then": {"criterion": "CLAIMED_CARD"})",
       R"("until": "2024-10", "when": {}, "then": {"criterion": "CLAIMED_CARD"})",
       "01130012: 3 10 = 564; 33120015: 22 = 282", "CLAIMED_CARD MOST_DAYS"},
  };
  for (const auto& one : cases) {
    World world;
    world.ChangeTables("day_precedence.json", one.written, one.instead);
    world.Add(Hanako(), {.until = "2024-09-16"});
    world.Add(Hanako(), two_days);
    world.Add(Hanako(), later);
    const Decision d = world.Decide({});
    EXPECT_EQ(Parts(d), one.parts) << one.says;
    EXPECT_EQ(Rows(d, "day_precedence"), one.rows) << one.says;
  }
}

// Two cards of one insurer that differ in their number alone, whichever was registered first.
TEST(DecideLapsed, WhatIsEqualGoesToTheSameCardWhateverWasRegisteredFirst) {
  const Cover one{.insurer = kSociety, .number = "51", .from = "2024-09-16"};
  const Cover other{.insurer = kSociety, .number = "52", .from = "2024-09-16"};
  const struct {
    const char* says;
    std::string instead, rows;
  } cases[] = {{"as built in", R"({"criterion": "SMALLER_CARD"})", "SMALLER_CARD"},
               {"no criterion tells them apart", R"({"criterion": "SMALLER_INSURER"})", ""}};
  for (const auto& c : cases) {
    std::set<std::string> seen;
    for (const bool swapped : {false, true}) {
      World world;
      world.ChangeTables("day_precedence.json", R"({"criterion": "SMALLER_CARD"})", c.instead);
      world.Add(Hanako(), {.until = "2024-09-22"});
      world.Add(Hanako(), swapped ? other : one);
      world.Add(Hanako(), swapped ? one : other);
      const Decision d = world.Decide({});
      EXPECT_EQ(Result(d), "SPLIT 05") << c.says;
      EXPECT_EQ(Rows(d, "day_precedence"), c.rows) << c.says;
      seen.insert(d.parts.back().card.number);
    }
    EXPECT_EQ(seen.size(), 1u) << c.says;
  }
}

TEST(DecideLapsed, CoveragesOfOneCardAreOneCard) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-01"});
  world.Add(Hanako(), {.insurer = kSociety, .from = "2024-09-01", .until = "2024-09-11"});
  world.Add(Hanako(), {.insurer = kSociety, .from = "2024-09-11"});
  EXPECT_EQ(Parts(world.Decide({})), "06130488: 3 10 22 = 846");
}

TEST(DecideLapsed, TheSameCardUnderAnotherBranchIsATransfer) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-11"});
  world.Add(Hanako(), {.branch = "01", .from = "2024-09-11"});
  Claim claim;
  claim.branch = "02";
  const Decision d = world.Decide(claim);
  EXPECT_EQ(Result(d), "TRANSFERRED 04");
  EXPECT_EQ(d.parts.at(0).card.branch, "01");
}

TEST(DecideLapsed, ThePartsStandInTheOrderOfTheirFirstDay) {
  World world;
  world.Add(Hanako(), {.from = "2024-09-10"});
  world.Add(Hanako(), {.insurer = kSociety, .from = "2024-01-01", .until = "2024-09-10"});
  EXPECT_EQ(Parts(world.Decide({})), "06130488: 3 = 282; 01130012: 10 22 = 564");
}

TEST(DecideLapsed, NothingElseIsBilledToTheClaimedInsurer) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-16"});
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "BILLED_TO_CLAIMED 06") << "no partial transfer";
  EXPECT_EQ(Parts(d), "01130012: 3 10 22 = 846");
  EXPECT_EQ(Rows(d),
            "origin/LAPSED rates/GENERAL routing_lapsed/UNCOVERED routing_identified/NOTHING routing_nothing/LAPSED");
}

TEST(DecideLapsed, AnUnlinkedRecordIsForAReviewerUnlessTheReceiptNamesAnAnchor) {
  constexpr char kAddress[] = "東京都千代田区神田1-2-3";
  World world;
  Person hanako = Hanako();
  hanako.address = kAddress;
  world.Add(hanako, {.until = "2024-09-16"});
  world.Add(Unlinked("S-other", "東京都千代田区神田１丁目２番３号"),
            {.insurer = kSociety, .number = "9", .from = "2024-09-16"});
  EXPECT_EQ(Result(world.Decide({})), "IN_REVIEW") << "the registry's address is not the receipt's own word";

  Claim declared;
  declared.remarks = {"旧資格情報・住所：東京都千代田区神田１－２－３"};
  const Decision d = world.Decide(declared);
  EXPECT_EQ(Result(d), "SPLIT 05");
  EXPECT_EQ(Parts(d), "01130012: 3 10 = 564; 06130488: 22 = 282");
  EXPECT_EQ(d.parts.at(1).subject_id, "S-other");
}

TEST(DecideLapsed, AReviewerDecidesOnAnUnlinkedRecord) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-16"});
  world.Add(Unlinked("S-other"), {.insurer = kSociety, .number = "9", .from = "2024-09-16"});
  EXPECT_EQ(Result(world.Decide({})), "IN_REVIEW");
  world.Said(Action::kAccept, "S-other");
  EXPECT_EQ(Parts(world.Decide({})), "01130012: 3 10 = 564; 06130488: 22 = 282");
  world.Said(Action::kReject);
  EXPECT_EQ(Result(world.Decide({})), "BILLED_TO_CLAIMED 06");
}

TEST(DecideLapsed, ACandidateHasACoverageOnTheUncoveredDays) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-16"});
  world.Add(Unlinked("S-other"), {.insurer = kSociety, .number = "9", .from = "2024-01-01", .until = "2024-09-15"});
  EXPECT_EQ(Result(world.Decide({})), "BILLED_TO_CLAIMED 06");
}

// 旧資格情報

TEST(DecideFormerQualification, WaitsUntilTheThirdMonthThenFollowsThePolicy) {
  Claim claim;
  claim.remarks = {"旧資格情報"};
  struct {
    ServiceMonth closing;
    std::string result;
  } cases[] = {{ServiceMonth::Of(2024, 10), "PENDING"},
               {ServiceMonth::Of(2024, 11), "PENDING"},
               {ServiceMonth::Of(2024, 12), "APPORTIONED"}};
  for (const auto& one : cases) {
    World world;
    world.Add(Hanako(), {.until = "2024-09-01"});
    world.context.closing_month = one.closing;
    const Decision d = world.Decide(claim);
    EXPECT_EQ(Result(d), one.result) << one.closing.ToString();
    EXPECT_EQ(d.pool_agency, Agency::kShaho) << "the claimed insurer's agency";
    EXPECT_TRUE(d.parts.empty());
  }
}

TEST(DecideFormerQualification, ANewerRegistryEndsTheWait) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-01"});
  world.Add(Hanako(), {.insurer = kSociety, .from = "2024-09-01", .registered_at = "2024-11-20T00:00:00+09:00"});
  Claim claim;
  claim.remarks = {"旧資格情報"};
  EXPECT_EQ(Result(world.Decide(claim)), "PENDING");
  world.context.now = Moment::LastSecondOf(ServiceMonth::Of(2024, 11));
  world.context.closing_month = ServiceMonth::Of(2024, 11);
  EXPECT_EQ(Result(world.Decide(claim)), "TRANSFERRED 04");
}

TEST(DecideFormerQualification, ThePoolOfANationalHealthInsurerIsTheOtherAgencys) {
  World world;
  world.Add(Hanako(), {.insurer = kKokuho, .until = "2024-09-01"});
  Claim claim;
  claim.insurer = "138016";
  claim.remarks = {"旧資格情報"};
  EXPECT_EQ(world.Decide(claim).pool_agency, Agency::kKokuho);
}

}  // namespace
}  // namespace furikae::rules
