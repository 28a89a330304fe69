// VALID (decisions.md §3): nothing moves a valid qualification; its branch may be filled in.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/rules/decide_fixture.h"

namespace furikae::rules {
namespace {

TEST(DecideValid, AValidCardIsBilledAsClaimed) {
  World world;
  world.Add(Hanako(), {});
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "AS_CLAIMED 02");
  EXPECT_EQ(Parts(d), "01130012: 3 10 22 = 846");
  EXPECT_EQ(d.insurer_yen.value, 5922);
  EXPECT_EQ(d.parts[0].yen.value, 5922);
  EXPECT_EQ(d.parts[0].card, (Card{kKyokai, "64", "1234567", ""}));
  EXPECT_EQ(DaysFromName(d.days_from), "JD");
  EXPECT_EQ(Rows(d), "origin/VALID rates/GENERAL routing_valid/AS_CLAIMED");
}

TEST(DecideValid, ASecondValidCardChangesNothingFrom202202) {
  World world;
  world.Add(Hanako(), {});
  world.Add(Hanako(), {.insurer = kSociety, .from = "2024-01-01", .issued = "2024-01-10"});
  EXPECT_EQ(Result(world.Decide({})), "AS_CLAIMED 02");
}

TEST(DecideValid, TheBranchIsFilledInForExactlyOneHolderWithTheBirthDate) {
  World world;
  world.Add(Hanako(), {.branch = "01"});
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "BRANCH_COMPLETED 09");
  EXPECT_EQ(d.parts.at(0).card.branch, "01");
  Claim with_branch;
  with_branch.branch = "01";
  EXPECT_EQ(Result(world.Decide(with_branch)), "AS_CLAIMED 02");

  world.Add({.subject = "S-twin", .name = "山田 月子", .kana = "ヤマダ ツキコ"}, {.branch = "02"});
  EXPECT_EQ(Result(world.Decide({})), "AS_CLAIMED 02") << "two holders have the birth date";
}

TEST(DecideValid, BranchZeroZeroIsABranch) {
  World world;
  world.Add(Hanako(), {.branch = "00"});
  const Decision d = world.Decide({});
  EXPECT_EQ(Result(d), "BRANCH_COMPLETED 09");
  EXPECT_EQ(d.parts.at(0).card.branch, "00");
  Claim written;
  written.branch = "00";
  EXPECT_EQ(Result(world.Decide(written)), "AS_CLAIMED 02");
}

TEST(DecideValid, WithoutTheBirthDateTheBranchStaysBlank) {
  World world;
  world.Add(Hanako(), {.branch = "01"});
  Claim claim;
  claim.birth = "19850403";  // sex and name agree
  EXPECT_EQ(Result(world.Decide(claim)), "AS_CLAIMED 02");
}

TEST(DecideValid, TheLatestIssuedCertificateWinsFrom202110To202201) {
  struct {
    const char* says;
    ServiceMonth claim_month;
    std::string claimed_issued, other_issued, mf, result;
  } cases[] = {
      {"before the first claims", ServiceMonth::Of(2021, 9), "2021-04-01", "2021-07-01", "00", "AS_CLAIMED 02"},
      {"the other was issued last", ServiceMonth::Of(2021, 10), "2021-04-01", "2021-07-01", "00", "TRANSFERRED 04"},
      {"last month of the rule", ServiceMonth::Of(2022, 1), "2021-04-01", "2021-07-01", "00", "TRANSFERRED 04"},
      {"after the rule", ServiceMonth::Of(2022, 2), "2021-04-01", "2021-07-01", "00", "AS_CLAIMED 02"},
      {"ties go to the claimed card", ServiceMonth::Of(2021, 12), "2021-07-01", "2021-07-01", "00", "AS_CLAIMED 02"},
      {"the claimed card was issued last", ServiceMonth::Of(2021, 12), "2021-08-01", "2021-07-01", "00",
       "AS_CLAIMED 02"},
      {"issued after the visits", ServiceMonth::Of(2021, 12), "2021-04-01", "2021-12-01", "00", "AS_CLAIMED 02"},
      {"§4 forbids", ServiceMonth::Of(2021, 12), "2021-04-01", "2021-07-01", "", "AS_CLAIMED 02"},
  };
  for (const auto& one : cases) {
    World world;
    world.claim_month = one.claim_month;
    world.Add(Hanako(), {.issued = one.claimed_issued});
    world.Add(Hanako(), {.insurer = kSociety, .from = "2021-04-01", .issued = one.other_issued});
    Claim claim;
    claim.month = one.claim_month.Plus(-1).ToCompact();
    claim.mf = one.mf;
    EXPECT_EQ(Result(world.Decide(claim)), one.result) << one.says;
  }
}

TEST(DecideValid, WhoseCertificateCountsIsWhatTheTableSays) {
  constexpr char kLaterIssued[] = R"({"criterion": "LATER_ISSUED"})";
  struct {
    const char* says;
    std::string instead, result, rows;
  } cases[] = {
      {"as built in", kLaterIssued, "TRANSFERRED 04", "LATER_ISSUED"},
      {"the claimed card goes before all others", R"({"criterion": "CLAIMED_CARD"})", "AS_CLAIMED 02", ""},
      {"the later qualification goes first", R"({"criterion": "LATER_QUALIFICATION"})", "TRANSFERRED 04",
       "LATER_ISSUED"},
      {"most days tell nothing apart, so the claimed card", R"({"criterion": "MOST_DAYS"})", "AS_CLAIMED 02", ""},
  };
  for (const auto& one : cases) {
    World world;
    world.ChangeTables("day_precedence.json", kLaterIssued, one.instead);
    world.claim_month = ServiceMonth::Of(2021, 12);
    world.Add(Hanako(), {.issued = "2021-04-01"});
    world.Add(Hanako(), {.insurer = kSociety, .from = "2021-04-01", .issued = "2021-07-01"});
    Claim claim;
    claim.month = "202111";
    const Decision d = world.Decide(claim);
    EXPECT_EQ(Result(d), one.result) << one.says;
    EXPECT_EQ(Rows(d, "issuance_precedence"), one.rows) << one.says;
  }
}

TEST(DecideValid, ABranchThatTheReceiptDoesNotNameIsNoOtherCard) {
  World world;
  world.claim_month = ServiceMonth::Of(2021, 12);
  world.Add(Hanako(), {.branch = "01", .until = "2021-11-10"});
  world.Add(Hanako(), {.branch = "02", .from = "2021-11-10"});
  Claim claim;
  claim.month = "202111";
  EXPECT_EQ(world.Decide(claim).outcome, Outcome::kBranchCompleted);
}

TEST(DecideValid, ACertificateIssuedBetweenVisitsSplits) {
  World world;
  world.claim_month = ServiceMonth::Of(2021, 12);
  world.Add(Hanako(), {.issued = "2020-04-01"});
  world.Add(Hanako(), {.insurer = kSociety, .from = "2021-04-01", .issued = "2021-11-15"});
  Claim claim;
  claim.month = "202111";
  const Decision d = world.Decide(claim);
  EXPECT_EQ(Result(d), "SPLIT 05");
  EXPECT_EQ(Parts(d), "01130012: 3 10 = 564; 06130488: 22 = 282");
}

TEST(DecideValid, ANegativeShareGoesBack) {
  World world;
  world.Add(Hanako(), {});
  Claim negative;
  negative.copayment = "9000";  // 846 points are 8,460 yen
  const Decision d = world.Decide(negative);
  EXPECT_EQ(Result(d), "RETURNED R09");
  EXPECT_EQ(d.insurer_yen.value, 0);
  EXPECT_TRUE(d.parts.empty());
}

TEST(DecideValid, DatesThatCannotBeGoBackAsTheTableSays) {
  struct {
    const char *row, *condition;
    Date birth, admitted, discharged;
    const char* result;
  } const cases[] = {
      {"BIRTH_AFTER_MONTH", "birth_after_month", *Date::Of(2024, 10, 1), *Date::Of(2024, 9, 3), *Date::Of(2024, 9, 22),
       "RETURNED R09"},
      {"", "birth_after_month", *Date::Of(2024, 9, 30), *Date::Of(2024, 9, 3), *Date::Of(2024, 9, 22), "AS_CLAIMED 02"},
      {"ADMITTED_AFTER_MONTH", "admitted_after_month", *Date::Of(1985, 4, 2), *Date::Of(2024, 10, 1),
       *Date::Of(2024, 10, 1), "RETURNED R09"},
      {"", "admitted_after_month", *Date::Of(1985, 4, 2), *Date::Of(2024, 9, 30), *Date::Of(2024, 9, 30),
       "AS_CLAIMED 02"},
      {"DISCHARGED_BEFORE_ADMISSION", "discharged_before_admission", *Date::Of(1985, 4, 2), *Date::Of(2024, 9, 10),
       *Date::Of(2024, 9, 9), "RETURNED R09"},
      {"", "discharged_before_admission", *Date::Of(1985, 4, 2), *Date::Of(2024, 9, 10), *Date::Of(2024, 9, 10),
       "AS_CLAIMED 02"},
  };
  for (const auto& one : cases) {
    World world;
    world.Add(Hanako(), {});
    Claim claim;
    claim.change = [&](uke::Receipt& r) {
      r.birth = one.birth, r.admitted = one.admitted, r.discharged = one.discharged;
    };
    const Decision d = world.Decide(claim);
    EXPECT_EQ(Result(d), one.result) << one.condition;
    EXPECT_EQ(Rows(d, "contradiction"), one.row);
    const std::string when = absl::StrCat(R"("when": {")", one.condition, R"(": true})");
    world.ChangeTables("routing.json", when, absl::StrCat(R"("until": "2024-09", )", when));
    EXPECT_EQ(Result(world.Decide(claim)), "AS_CLAIMED 02") << one.condition << " is no contradiction any more";
  }
}

}  // namespace
}  // namespace furikae::rules
