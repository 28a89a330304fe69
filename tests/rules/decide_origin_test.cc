// Origin (decisions.md §2): the first row that matches names where a receipt stands.
#include <gtest/gtest.h>

#include "tests/rules/decide_fixture.h"

namespace furikae::rules {
namespace {

struct OriginCase {
  const char* says;
  std::string insurer, number;
  ServiceMonth claim_month;
  Origin origin;
  std::string row;
};

TEST(DecideOrigin, TheInsurerNumberDecides) {
  const ServiceMonth now = ServiceMonth::Of(2024, 10);
  const OriginCase cases[] = {
      {"nine sevens", "77777777", "777777777", now, Origin::kUnidentified, "UNIDENTIFIED"},
      {"eight sevens, late elderly", "77777777", "77777777", now, Origin::kUnidentified, "UNIDENTIFIED"},
      {"full-width sevens", "77777777", "７７７７７７７７７", now, Origin::kUnidentified, "UNIDENTIFIED"},
      {"another number", "77777777", "123", now, Origin::kUnidentified, "UNIDENTIFIED_INCOMPLETE"},
      {"seven sevens", "77777777", "7777777", now, Origin::kUnidentified, "UNIDENTIFIED_INCOMPLETE"},
      {"the alternative from 2023-10", "77777779", "777777777", ServiceMonth::Of(2023, 10), Origin::kUnidentified,
       "ALTERNATIVE"},
      {"the alternative, no number", "77777779", "", now, Origin::kUnidentified, "ALTERNATIVE_INCOMPLETE"},
      {"the alternative in 2023-09", "77777779", "777777777", ServiceMonth::Of(2023, 9), Origin::kInvalidNumber,
       "UNKNOWN_INSURER"},
      {"disaster, insurer unknown", "99999999", "999999999", now, Origin::kDisasterUnidentified,
       "DISASTER_UNIDENTIFIED"},
      {"disaster, a real-looking number", "99999999", "1234567", now, Origin::kDisasterUnidentified,
       "DISASTER_UNIDENTIFIED"},
      {"disaster, insurer known", "01130012", "999999999", now, Origin::kDisasterInsurerKnown,
       "DISASTER_INSURER_KNOWN"},
      {"disaster, eight nines only", "01130012", "99999999", now, Origin::kUnmatched, "UNMATCHED"},
      {"39777777 is no sentinel", "39777777", "777777777", now, Origin::kInvalidNumber, "CHECK_DIGIT"},
      {"777777 is no sentinel", "777777", "777777777", now, Origin::kInvalidNumber, "CHECK_DIGIT"},
      {"check digit fails", "01130013", "1234567", now, Origin::kInvalidNumber, "CHECK_DIGIT"},
      {"in no row of the master", "01010016", "1234567", now, Origin::kInvalidNumber, "UNKNOWN_INSURER"},
      {"begins after the service month", "01110014", "1234567", now, Origin::kInvalidNumber, "NOT_YET"},
      {"ceased, no such card", "01140011", "1234567", now, Origin::kInvalidNumber, "CEASED"},
      {"disaster number with a ceased insurer", "01140011", "999999999", now, Origin::kInvalidNumber, "CEASED"},
      {"real insurer, sevens as number", "01130012", "777777777", now, Origin::kUnmatched, "UNMATCHED"},
      {"real insurer, card not registered", "01130012", "1234567", now, Origin::kUnmatched, "UNMATCHED"},
  };
  for (const OriginCase& one : cases) {
    World world;
    world.claim_month = one.claim_month;
    Claim claim;
    claim.month = one.claim_month.Plus(-1).ToCompact();
    claim.insurer = one.insurer;
    claim.number = one.number;
    const Decision d = world.Decide(claim);
    EXPECT_EQ(OriginName(d.origin), OriginName(one.origin)) << one.says;
    EXPECT_EQ(Rows(d, "origin"), one.row) << one.says;
  }
}

TEST(DecideOrigin, OutOfScopePassesThroughWithoutPartOrYen) {
  World world;
  Claim public_only;
  public_only.has_ho = false;
  public_only.public_payer = "12130001";
  const Decision d = world.Decide(public_only);
  EXPECT_EQ(OriginName(d.origin), "OUT_OF_SCOPE");
  EXPECT_EQ(Result(d), "PASSED_THROUGH");
  EXPECT_TRUE(d.parts.empty());
  EXPECT_EQ(d.insurer_yen.value, 0);
  EXPECT_EQ(d.total_points, 0);
  EXPECT_EQ(d.public_points, 846);

  Claim accident;
  accident.extra_records = "RR,1\r\n";
  EXPECT_EQ(Result(world.Decide(accident)), "PASSED_THROUGH");
}

TEST(DecideOrigin, SentinelWithAnotherNumberIsFlagged) {
  World world;
  EXPECT_EQ(Flags(world.Decide(UnidentifiedClaim("123"))), "SENTINEL_INCOMPLETE");
  EXPECT_EQ(Flags(world.Decide(UnidentifiedClaim())), "");
}

TEST(DecideOrigin, ARegisteredCardOfADissolvedInsurerIsLapsed) {
  for (const std::string& until : {std::string("2020-04-01"), std::string()}) {
    World world;
    world.Add(Hanako(), {.insurer = kCeased, .from = "2015-04-01", .until = until});
    Claim claim;
    claim.insurer = "01140011";
    const Decision d = world.Decide(claim);
    EXPECT_EQ(OriginName(d.origin), "LAPSED") << "loss registered: " << until;
    EXPECT_EQ(Result(d), "BILLED_TO_CLAIMED 06") << "loss registered: " << until;
    world.Add(Hanako(), {.insurer = kSociety, .from = "2020-04-01"});
    EXPECT_EQ(Parts(world.Decide(claim)), "06130488: 3 10 22 = 846") << "loss registered: " << until;
  }
}

TEST(DecideOrigin, ACardIsValidUntilTheDayBeforeTheDisqualificationDate) {
  for (const auto& [until, origin] : {std::pair("2024-09-23", "VALID"), {"2024-09-22", "LAPSED"}, {"", "VALID"}}) {
    World world;
    world.Add(Hanako(), {.from = "2024-09-03", .until = until});
    EXPECT_EQ(OriginName(world.Decide({}).origin), origin) << until;
  }
}

TEST(DecideOrigin, ACardIsValidOnADayWhenAnyOfItsCoveragesIs) {
  World world;
  world.Add(Hanako(), {.from = "2020-04-01", .until = "2024-09-11"});
  world.Add(Hanako(), {.from = "2024-09-11"});
  EXPECT_EQ(OriginName(world.Decide({}).origin), "VALID");
}

TEST(DecideOrigin, WhatIsRegisteredAfterTheMomentDoesNotCount) {
  World world;
  world.Add(Hanako(), {.registered_at = "2024-11-01T00:00:00+09:00"});
  EXPECT_EQ(OriginName(world.Decide({}).origin), "UNMATCHED");
  world.Add(Hanako(), {.number = "7654321", .registered_at = "2024-10-31T23:59:59+09:00", .suspended = true});
  Claim suspended;
  suspended.number = "7654321";
  EXPECT_EQ(OriginName(world.Decide(suspended).origin), "UNMATCHED");
}

// The patient's card (decisions.md §1).

TEST(DecidePatientsCard, TheHolderAgreesOnBirthDateOrOnSexAndName) {
  struct {
    const char* says;
    std::string name, kana, birth, sex, origin;
  } cases[] = {
      {"all agree", "山田　花子", "ヤマダハナコ", "19850402", "2", "VALID"},
      {"only the birth date", "鈴木　一郎", "スズキイチロウ", "19850402", "1", "VALID"},
      {"sex and kana, large and small kana alike", "山田　華子", "ヤマダハナコ", "19850403", "2", "VALID"},
      {"sex and kanji", "山田　花子", "", "19850403", "2", "VALID"},
      {"name without sex", "山田　花子", "ヤマダハナコ", "19850403", "1", "UNMATCHED"},
      {"● is never exact", "山田　●子", "", "19850403", "2", "UNMATCHED"},
      {"nothing", "鈴木　一郎", "スズキイチロウ", "19700101", "2", "UNMATCHED"},
  };
  for (const auto& one : cases) {
    World world;
    world.Add(Hanako(), {});
    Claim claim;
    claim.name = one.name, claim.kana = one.kana, claim.birth = one.birth, claim.sex = one.sex;
    EXPECT_EQ(OriginName(world.Decide(claim).origin), one.origin) << one.says;
  }
}

TEST(DecidePatientsCard, WhatHasToAgreeIsWhatTheTableSays) {
  const Person birth_alone{.name = "鈴木 一郎", .kana = "スズキ イチロウ", .sex = Sex::kMale};
  const Person kana_and_sex{.name = "山田 華子", .birth = "1985-04-03"};
  const Person birth_and_no_sex{.name = "鈴木 一郎", .kana = "スズキ イチロウ", .sex = Sex::kUnknown};
  const std::string birth = R"("when": {"birth_agrees": true})";
  struct {
    const char* says;
    Person holder;
    std::string written, instead, before, after;
  } cases[] = {
      {"the birth date alone is not enough", birth_alone, birth,
       R"("when": {"birth_agrees": true, "sex_agrees": true})", "VALID", "UNMATCHED"},
      {"a sex that nobody knows is no other sex", birth_and_no_sex, birth,
       R"("when": {"birth_agrees": true, "sex_agrees": [true, null]})", "VALID", "VALID"},
      {"the sex has to be unknown", birth_alone, birth, R"("when": {"birth_agrees": true, "sex_agrees": null})",
       "VALID", "UNMATCHED"},
      {"the kana name without the kanji is not enough", kana_and_sex,
       R"("when": {"sex_agrees": true, "kana_agrees": true})",
       R"("when": {"sex_agrees": true, "kana_agrees": true, "kanji_agrees": {"present": false}})", "VALID",
       "UNMATCHED"},
      {"until September", birth_alone, birth, R"("until": "2024-09", )" + birth, "VALID", "UNMATCHED"},
      {"until October", birth_alone, birth, R"("until": "2024-10", )" + birth, "VALID", "VALID"},
      {"a row that refuses", birth_alone, birth + R"(, "then": {"agrees": true})",
       birth + R"(, "then": {"agrees": false})", "VALID", "UNMATCHED"},
  };
  for (const auto& one : cases) {
    World world;
    world.Add(one.holder, {});
    EXPECT_EQ(OriginName(world.Decide({}).origin), one.before) << one.says;
    world.ChangeTables("card_holders.json", one.written, one.instead);
    EXPECT_EQ(OriginName(world.Decide({}).origin), one.after) << one.says;
  }
}

TEST(DecidePatientsCard, SymbolsAndNumbersAreComparedFolded) {
  World world;
  world.Add(Hanako(), {.symbol = "６４", .number = "0001234567"});
  Claim claim;
  claim.symbol = "6-4", claim.number = "１２３４５６７";
  EXPECT_EQ(OriginName(world.Decide(claim).origin), "VALID");
  claim.symbol = "064";
  EXPECT_EQ(OriginName(world.Decide(claim).origin), "UNMATCHED") << "the symbol keeps its zeros";
}

TEST(DecidePatientsCard, OfAFamilyTheBirthDateDecidesThenSexThenName) {
  World world;
  world.Add(
      {.subject = "S-father", .name = "山田 太郎", .kana = "ヤマダ タロウ", .birth = "1983-01-01", .sex = Sex::kMale},
      {});
  world.Add({.subject = "S-son", .name = "山田 一", .kana = "ヤマダ ハジメ", .birth = "2012-05-05", .sex = Sex::kMale},
            {});
  world.Add({.subject = "S-daughter", .name = "山田 二葉", .kana = "ヤマダ フタバ", .birth = "2012-05-05"},
            {.until = "2024-09-05"});
  Claim claim;
  claim.birth = "20120505", claim.name = "山田　一", claim.kana = "ヤマダハジメ", claim.sex = "1";
  EXPECT_EQ(OriginName(world.Decide(claim).origin), "VALID");
  claim.sex = "2";
  EXPECT_EQ(OriginName(world.Decide(claim).origin), "LAPSED");
}

// The receipt has the name and sex of one holder, and the birth date of the other, whose card has lapsed.
TEST(DecidePatientsCard, TheItemsByWhichOneOfSeveralIsToldStandInTheOrderOfTheTable) {
  for (const std::string item : {"BIRTH", "SEX", "NAME", "KANA", "KANJI"}) {
    World world;
    world.Add({.subject = "S-sister", .birth = "1985-04-03"}, {});
    world.Add({.subject = "S-brother", .name = "山田 一", .kana = "ヤマダ ハジメ", .sex = Sex::kMale},
              {.until = "2024-09-05"});
    world.ChangeTables("card_holders.json", R"("then": {"item": "BIRTH"})", R"("then": {"item": ")" + item + R"("})");
    EXPECT_EQ(OriginName(world.Decide({}).origin), item == "BIRTH" ? "LAPSED" : "VALID") << item << " goes first";
  }
}

TEST(DecidePatientsCard, TwinsWhomNothingTellsApartAreForAReviewer) {
  World world;
  world.Add({.subject = "S-one", .name = "山田 一葉", .kana = "ヤマダ カズハ"}, {});
  world.Add({.subject = "S-two", .name = "山田 二葉", .kana = "ヤマダ フタバ"}, {});
  const Decision d = world.Decide({});
  EXPECT_EQ(OriginName(d.origin), "UNMATCHED");
  EXPECT_EQ(Result(d), "IN_REVIEW");
  ASSERT_TRUE(d.identification.has_value());
  EXPECT_EQ(d.identification->candidates.size(), 2u);
  EXPECT_EQ(OutcomeName(d.fallback_outcome), "RETURNED");
  EXPECT_EQ(d.fallback_class, 3);
  EXPECT_EQ(d.fallback_reason, 5);

  world.context.settle_open = true;  // the month is being closed
  const Decision closed = world.Decide({});
  EXPECT_EQ(Result(closed), "RETURNED 03 R05");
  EXPECT_EQ(Flags(closed), "REVIEW_OPEN");

  world.context.settle_open = false;
  world.Said(Action::kAccept, "S-two");
  EXPECT_EQ(Result(world.Decide({})), "AS_CLAIMED 02");
}

TEST(DecidePatientsCard, ABranchIsComparedWhenBothHaveOne) {
  for (const auto& [registered, claimed, origin] :
       {std::tuple("01", "01", "VALID"), {"01", "02", "UNMATCHED"}, {"", "02", "VALID"}, {"01", "", "VALID"}}) {
    World world;
    world.Add(Hanako(), {.branch = registered});
    Claim claim;
    claim.branch = claimed;
    EXPECT_EQ(OriginName(world.Decide(claim).origin), origin) << registered << " / " << claimed;
  }
}

TEST(DecideOrigin, WhatStandsForAnUnknownNumberIsInTheTable) {
  World world;
  Claim claim = UnidentifiedClaim("888888888");
  EXPECT_EQ(Rows(world.Decide(claim), "origin"), "UNIDENTIFIED_INCOMPLETE");
  world.ChangeTables("origin.json", R"("id": "777777777")", R"("id": "888888888")");
  EXPECT_EQ(Rows(world.Decide(claim), "origin"), "UNIDENTIFIED");
}

}  // namespace
}  // namespace furikae::rules
