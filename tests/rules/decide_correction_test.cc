// Corrections (decisions.md §3): a slip in the card is followed only to one person who agrees exactly.
#include <gtest/gtest.h>

#include "tests/rules/decide_fixture.h"

namespace furikae::rules {
namespace {

struct Slip {
  const char* says;
  std::string insurer, symbol, number;
  std::string result;
  std::string row = "";  // of correction_slips
};

TEST(DecideCorrection, OneSlipInTheCardIsCorrected) {
  const Slip cases[] = {
      {"a digit of the number", "01130012", "64", "1234568", "AS_CLAIMED 02", "NUMBER_DIGIT"},
      {"two neighbours of the number", "01130012", "64", "1234576", "AS_CLAIMED 02", "NUMBER_NEIGHBOURS"},
      {"a digit of the symbol", "01130012", "65", "1234567", "AS_CLAIMED 02", "SYMBOL_DIGIT"},
      {"two neighbours of the symbol", "01130012", "46", "1234567", "AS_CLAIMED 02", "SYMBOL_NEIGHBOURS"},
      {"symbol and number exchanged", "01130012", "1234567", "64", "AS_CLAIMED 02", "EXCHANGED"},
      {"branch before the number", "01130012", "64", "011234567", "AS_CLAIMED 02",
       "NUMBER_DIGIT"},  // for 001234567 is the number as well, and the table has that row first
      {"branch after the number", "01130012", "64", "123456701", "AS_CLAIMED 02", "BRANCH_AFTER"},
      {"a digit of the insurer number", "01130013", "64", "1234567", "TRANSFERRED 04", "INSURER_DIGIT"},
      {"neighbours of the insurer number", "10130012", "64", "1234567", "TRANSFERRED 04", "INSURER_NEIGHBOURS"},
  };
  for (const Slip& one : cases) {
    World world;
    world.Add({.subject = "S-x", .name = "佐藤 月子", .kana = "サトウ ツキコ", .birth = "1990-01-01"},
              {.number = "777", .branch = "01"});
    world.Add(Hanako(), {.branch = "01"});
    Claim claim;
    claim.insurer = one.insurer, claim.symbol = one.symbol, claim.number = one.number;
    const Decision d = world.Decide(claim);
    EXPECT_EQ(Result(d), one.result) << one.says;
    EXPECT_EQ(Flags(d), "CARD_CORRECTED") << one.says;
    EXPECT_EQ(Rows(d, "correction_slips"), one.row) << one.says;
    ASSERT_EQ(d.parts.size(), 1u) << one.says;
    EXPECT_EQ(d.parts[0].card, (Card{kKyokai, "64", "1234567", "01"})) << one.says;
    EXPECT_EQ(OriginName(d.origin), one.insurer == "01130012" ? "UNMATCHED" : "INVALID_NUMBER") << one.says;
  }
}

// The built-in rows, each with something else in its place.
TEST(DecideCorrection, OnlySlipsThatTheTableListsAreLookedFor) {
  struct {
    Slip slip;
    std::string written, instead;
  } cases[] = {
      {{"a digit of the number", "01130012", "64", "1234568", ""},
       R"({"slip": "DIGIT_REPLACED", "field": "NUMBER"})",
       R"({"slip": "DIGIT_REPLACED", "field": "SYMBOL"})"},
      {{"two neighbours of the symbol", "01130012", "46", "1234567", ""},
       R"({"slip": "NEIGHBOURS_SWAPPED", "field": "SYMBOL"})",
       R"({"slip": "BRANCH_AFTER_NUMBER"})"},
      {{"symbol and number exchanged", "01130012", "1234567", "64", ""},
       R"("when": {}, "then": {"slip": "SYMBOL_AND_NUMBER_EXCHANGED"})",
       R"("until": "2024-09", "when": {}, "then": {"slip": "SYMBOL_AND_NUMBER_EXCHANGED"})"},
      {{"branch before the number", "01130012", "64", "111234567", ""},
       R"({"slip": "BRANCH_BEFORE_NUMBER"})",
       R"({"slip": "BRANCH_AFTER_NUMBER"})"},
      {{"branch after the number", "01130012", "64", "123456711", ""},
       R"({"slip": "BRANCH_AFTER_NUMBER"})",
       R"({"slip": "BRANCH_BEFORE_NUMBER"})"},
      {{"a digit of the insurer number", "01130013", "64", "1234567", ""},
       R"("when": {"origin": "INVALID_NUMBER"}, "then": {"slip": "DIGIT_REPLACED")",
       R"("when": {"origin": "UNMATCHED"}, "then": {"slip": "DIGIT_REPLACED")"},
  };
  for (const auto& one : cases) {
    World world;
    world.Add(Hanako(), {.branch = "11"});
    Claim claim;
    claim.insurer = one.slip.insurer, claim.symbol = one.slip.symbol, claim.number = one.slip.number;
    EXPECT_EQ(Flags(world.Decide(claim)), "CARD_CORRECTED") << one.slip.says;
    world.ChangeTables("correction_slips.json", one.written, one.instead);
    EXPECT_EQ(Flags(world.Decide(claim)), one.slip.result) << one.slip.says;
  }
}

// 00 is a branch as any other.
TEST(DecideCorrection, TheBranchWithinTheNumberMayBe00) {
  World world;
  world.Add(Hanako(), {.branch = "00"});
  Claim claim;
  claim.number = "123456700";
  const Decision d = world.Decide(claim);
  EXPECT_EQ(Result(d), "AS_CLAIMED 02");
  EXPECT_EQ(Flags(d), "CARD_CORRECTED");
}

TEST(DecideCorrection, TwoSlipsOrARealInsurerAreNotCorrected) {
  const Slip cases[] = {
      // the person is found all the same: by identification, where the claimed insurer is the anchor
      {"digits that are not neighbours swapped", "01130012", "64", "7234561", "TRANSFERRED 04"},
      {"two digits of the number", "01130012", "64", "1234599", "TRANSFERRED 04"},
      {"another branch after the number", "01130012", "64", "123456702", "TRANSFERRED 04"},
      {"another real insurer", "06130488", "64", "1234567", "IN_REVIEW"},
  };
  for (const Slip& one : cases) {
    World world;
    world.Add(Hanako(), {.branch = "01"});
    Claim claim;
    claim.insurer = one.insurer, claim.symbol = one.symbol, claim.number = one.number;
    const Decision d = world.Decide(claim);
    EXPECT_EQ(Result(d), one.result) << one.says;
    EXPECT_EQ(Rows(d, "routing_corrected"), "") << one.says;
    EXPECT_EQ(Flags(d), "") << one.says;
  }
}

TEST(DecideCorrection, ThePersonAgreesExactly) {
  struct {
    const char* says;
    std::string name, kana, birth, sex, flags;
  } cases[] = {
      {"kana alone", "山田　華子", "ヤマダハナコ", "19850402", "2", "CARD_CORRECTED"},
      {"kanji alone", "山田　花子", "", "19850402", "2", "CARD_CORRECTED"},
      {"neither name", "鈴木　華子", "スズキハナコ", "19850402", "2", ""},
      {"another sex", "山田　花子", "ヤマダハナコ", "19850402", "1", ""},
      {"another birth date", "山田　花子", "ヤマダハナコ", "19850403", "2", ""},
      {"● is never exact", "山田　●子", "", "19850402", "2", ""},
  };
  for (const auto& one : cases) {
    World world;
    world.Add(Hanako(), {});
    Claim claim;
    claim.number = "1234568";
    claim.name = one.name, claim.kana = one.kana, claim.birth = one.birth, claim.sex = one.sex;
    EXPECT_EQ(Flags(world.Decide(claim)), one.flags) << one.says;
  }
}

TEST(DecideCorrection, WhatHasToAgreeIsWhatTheTableSays) {
  const std::string kana = R"("when": {"birth_agrees": true, "sex_agrees": true, "kana_agrees": true})";
  struct {
    const char* says;
    std::string name, kana, sex, instead, before, after;
  } cases[] = {
      {"kanji as well", "山田　華子", "ヤマダハナコ", "2",
       R"("when": {"birth_agrees": true, "sex_agrees": true, "kana_agrees": true, "kanji_agrees": true})",
       "CARD_CORRECTED", ""},
      {"whatever the sex", "山田　花子", "ヤマダハナコ", "1", R"("when": {"birth_agrees": true, "kana_agrees": true})",
       "", "CARD_CORRECTED"},
      {"another kana name", "鈴木　華子", "スズキハナコ", "2",
       R"("when": {"birth_agrees": true, "sex_agrees": true, "kana_agrees": false})", "", "CARD_CORRECTED"},
  };
  for (const auto& one : cases) {
    World world;
    world.Add(Hanako(), {});
    Claim claim;
    claim.number = "1234568", claim.name = one.name, claim.kana = one.kana, claim.sex = one.sex;
    EXPECT_EQ(Flags(world.Decide(claim)), one.before) << one.says;
    world.ChangeTables("card_holders.json", kana, one.instead);
    EXPECT_EQ(Flags(world.Decide(claim)), one.after) << one.says;
  }
}

TEST(DecideCorrection, TwoPersonsAreNoCorrection) {
  World world;
  world.Add(Hanako(), {.number = "1234561"});
  world.Add(Unlinked("S-other"), {.number = "1234562"});
  EXPECT_EQ(Flags(world.Decide({})), "");
}

// The typed number 1234567 is one digit away from two cards of the patient.
TEST(DecideCorrection, OfSeveralCardsOfThePersonTheTableOfPrecedenceTakesOne) {
  const Cover two_days{.number = "1234561", .from = "2024-09-10"}, all_days{.number = "1234562", .from = "2024-09-01"};
  const Cover later{.number = "1234561", .from = "2024-08-02"}, earlier{.number = "1234562", .from = "2024-08-01"};
  struct {
    const char* says;
    Cover one, other;
    std::string first_criterion, result, number;
  } cases[] = {
      {"most days", two_days, all_days, "MOST_DAYS", "AS_CLAIMED 02", "1234562"},
      {"the later qualification goes before most days: that card has lapsed", two_days, all_days, "LATER_QUALIFICATION",
       "TRANSFERRED 04", "1234562"},
      {"the later qualification", later, earlier, "MOST_DAYS", "AS_CLAIMED 02", "1234561"},
  };
  for (const auto& one : cases) {
    World world;
    world.ChangeTables("day_precedence.json", R"({"criterion": "MOST_DAYS"})",
                       R"({"criterion": ")" + one.first_criterion + R"("})");
    world.Add(Hanako(), one.one);
    world.Add(Hanako(), one.other);
    const Decision d = world.Decide({});
    EXPECT_EQ(Result(d), one.result) << one.says;
    EXPECT_EQ(d.parts.at(0).card.number, one.number) << one.says;
    EXPECT_EQ(Flags(d), "CARD_CORRECTED") << one.says;
  }
}

TEST(DecideCorrection, ALapsedCorrectedCardGoesOnAsLapsed) {
  World world;
  world.Add(Hanako(), {.until = "2024-09-16"});
  Claim claim;
  claim.number = "1234568";
  const Decision alone = world.Decide(claim);
  EXPECT_EQ(Result(alone), "BILLED_TO_CLAIMED 06");
  EXPECT_EQ(OriginName(alone.origin), "UNMATCHED") << "the origin stays";
  EXPECT_EQ(alone.parts.at(0).card.number, "1234567") << "billed to the corrected card";
  EXPECT_EQ(Flags(alone), "CARD_CORRECTED");

  world.Add(Hanako(), {.insurer = kSociety, .from = "2024-09-16"});
  const Decision split = world.Decide(claim);
  EXPECT_EQ(Result(split), "SPLIT 05");
  EXPECT_EQ(Flags(split), "CARD_CORRECTED");
}

TEST(DecideCorrection, WhatCannotBeMovedToACorrectedInsurerGoesBack) {
  World world;
  world.Add(Hanako(), {});
  Claim claim;
  claim.insurer = "01130013";
  claim.mf = "";
  claim.total_points = 12000;  // E1
  const Decision d = world.Decide(claim);
  EXPECT_EQ(Result(d), "RETURNED R01");
  EXPECT_EQ(Rows(d, "routing_corrected"), "NOT_MOVABLE");

  World lapsed;
  lapsed.Add(Hanako(), {.until = "2024-09-16"});
  EXPECT_EQ(Result(lapsed.Decide(claim)), "RETURNED R01");
}

TEST(DecideCorrection, NothingFoundFollowsThePolicies) {
  World world;
  EXPECT_EQ(Result(world.Decide({})), "RETURNED 03 R05");
  Claim invalid;
  invalid.insurer = "01130013";
  EXPECT_EQ(Result(world.Decide(invalid)), "RETURNED 03 R01");
}

TEST(DecideCorrection, AnotherCardOfTheClaimedInsurerIsIdentified) {
  World world;
  world.Add(Hanako(), {.number = "888888"});  // number changed beyond a slip; the insurer is the anchor
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "TRANSFERRED 04");
  EXPECT_EQ(Rows(d, "identification"), "INSURER");
}

TEST(DecideCorrection, WhetherTheClaimedInsurerIsAnAnchorIsForTheTable) {
  World world;
  world.Add(Hanako(), {.number = "888888"});
  world.ChangeTables("identification.json", R"("origin": ["UNMATCHED", "DISASTER_INSURER_KNOWN"])",
                     R"("origin": "DISASTER_INSURER_KNOWN")");
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "IN_REVIEW");
  EXPECT_EQ(Rows(d, "identification"), "NO_ANCHOR");
}

TEST(DecideCorrection, AnIdentifiedUnmatchedReceiptThatCannotBeMovedIsAsIfNobodyWereFound) {
  World world;
  world.Add(Hanako(), {.number = "888888"});
  Claim claim;
  claim.mf = "", claim.total_points = 12000;
  EXPECT_EQ(Result(world.Decide(claim)), "RETURNED 03 R05");
}

}  // namespace
}  // namespace furikae::rules
