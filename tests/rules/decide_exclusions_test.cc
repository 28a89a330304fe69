// Exclusions (decisions.md §4): what cannot be transferred or split, with the trace and the flags that follow.
#include <gtest/gtest.h>

#include "tests/rules/decide_fixture.h"

namespace furikae::rules {
namespace {

// The lapsed card and one that covers all days, or only the last one.
World Moved(std::string new_from, ServiceMonth claim_month = ServiceMonth::Of(2024, 10)) {
  World world;
  world.claim_month = claim_month;
  world.Add(Hanako(), {.until = new_from});
  world.Add(Hanako(), {.insurer = kSociety, .from = new_from});
  return world;
}

struct ExclusionCase {
  const char* says;
  std::function<void(Claim&)> with;
  std::string rows, transfer, split;
};

TEST(DecideExclusions, EachRowForbidsWhatItSays) {
  const std::string moved = "TRANSFERRED 04", cut = "SPLIT 05", stays = "BILLED_TO_CLAIMED 06";
  const ExclusionCase cases[] = {
      {"nothing", [](Claim&) {}, "", moved, cut},
      {"E1 no MF, many points", [](Claim& c) { c.mf = "", c.points_per_visit = 4000; }, "E1", stays, stays},
      {"E2 no MF, few points", [](Claim& c) { c.mf = ""; }, "E2", moved, cut},
      {"E3 no JD", [](Claim& c) { c.has_jd = false; }, "E3", moved, stays},
      {"E4 a line without JD", [](Claim& c) { c.lines_only = {5}; }, "E4", moved, stays},
      {"E4 a JD day without a line", [](Claim& c) { c.change = [](uke::Receipt& r) { r.jd_counted.Add(12); }; }, "E4",
       moved, stays},
      {"a 2 without a line agrees", [](Claim& c) { c.change = [](uke::Receipt& r) { r.jd_uncounted.Add(12); }; }, "",
       moved, cut},
      {"E7 public expense", [](Claim& c) { c.public_payer = "12130001"; }, "E7", moved, stays},
      {"U2 MF 01", [](Claim& c) { c.mf = "01"; }, "U2", moved, stays},
      {"U2 MF 02", [](Claim& c) { c.mf = "02"; }, "U2", moved, stays},
      {"U2 copayment", [](Claim& c) { c.copayment = "100"; }, "U2", moved, stays},
      {"U5 meals not by day", [](Claim& c) { c.type = 1111, c.meals = 4; }, "U5", moved, stays},
      {"U5 meals by day", [](Claim& c) { c.type = 1111, c.meals = 3, c.meals_by_day = 3; }, "", moved, cut},
      {"an inpatient without meals", [](Claim& c) { c.type = 1111; }, "", moved, cut},
      {"U6 HH", [](Claim& c) { c.change = [](uke::Receipt& r) { r.flavour = Flavour::kDpc, r.seen |= uke::kSeenHh; }; },
       "U6", moved, stays},
      {"U6 総括", [](Claim& c) { c.change = [](uke::Receipt& r) { r.seen |= uke::kSeenSummaryGroup; }; }, "U6", moved,
       stays},
      {"U7 reduction", [](Claim& c) { c.change = [](uke::Receipt& r) { r.reduction = 1; }; }, "U7", stays, stays},
      {"U7 work-related", [](Claim& c) { c.change = [](uke::Receipt& r) { r.work_related = 1; }; }, "U7", stays, stays},
      {"U7 discount", [](Claim& c) { c.change = [](uke::Receipt& r) { r.discount_unit_price = "09"; }; }, "U7", stays,
       stays},
      {"U7 organ donor", [](Claim& c) { c.change = [](uke::Receipt& r) { r.seen |= uke::kSeenOrgan; }; }, "U7", stays,
       stays},
      {"U7 未来院", [](Claim& c) { c.change = [](uke::Receipt& r) { r.not_visited = true; }; }, "U7", stays, stays},
      {"U7 分割調剤", [](Claim& c) { c.change = [](uke::Receipt& r) { r.seen |= uke::kSeenSt; }; }, "U7", stays, stays},
      {"U9 points do not add up", [](Claim& c) { c.total_points = 847; }, "U9", moved, stays},
      {"every row that holds, in table order",
       [](Claim& c) { c.mf = "", c.total_points = 12000, c.public_payer = "12130001"; }, "E1 E7 U9", stays, stays},
  };
  for (const ExclusionCase& one : cases) {
    Claim claim;
    one.with(claim);
    const Decision transfer = Moved("2024-09-01").Decide(claim);
    EXPECT_EQ(Rows(transfer, "exclusions"), one.rows) << one.says;
    EXPECT_EQ(Result(transfer), one.transfer) << one.says;
    EXPECT_EQ(Result(Moved("2024-09-16").Decide(claim)), one.split) << one.says;
  }
}

TEST(DecideExclusions, E0BeforeTransfersBegan) {
  struct {
    ServiceMonth claim_month;
    std::string month, rows, result;
  } cases[] = {
      {ServiceMonth::Of(2021, 9), "202108", "E0", "BILLED_TO_CLAIMED 06"},
      {ServiceMonth::Of(2021, 10), "202108", "E0", "BILLED_TO_CLAIMED 06"},
      {ServiceMonth::Of(2021, 10), "202109", "", "TRANSFERRED 04"},
  };
  for (const auto& one : cases) {
    Claim claim;
    claim.month = one.month;
    const Decision d = Moved("2021-08-01", one.claim_month).Decide(claim);
    EXPECT_EQ(Rows(d, "exclusions"), one.rows) << one.claim_month.ToString() << " " << one.month;
    EXPECT_EQ(Result(d), one.result) << one.claim_month.ToString() << " " << one.month;
  }
}

TEST(DecideExclusions, E2LimitsByTypeFromClaims202303) {
  struct {
    int type;
    int64_t limit;
  } limits[] = {{1318, 3000}, {1312, 3000}, {1118, 4000}, {1110, 4000}, {1114, 17700}, {1112, 11800}, {1116, 11800}};
  for (const auto& [type, limit] : limits) {
    for (int64_t points : {limit, limit + 1}) {
      Claim claim;
      claim.type = type, claim.mf = "", claim.points_per_visit = static_cast<int>(points), claim.visits = {3};
      const Decision d = Moved("2024-09-01").Decide(claim);
      EXPECT_EQ(Rows(d, "exclusions").substr(0, 2), points == limit ? "E2" : "E1") << type << " " << points;
    }
  }
  Claim nursing;
  nursing.mf = "", nursing.visits = {3}, nursing.points_per_visit = 118000;
  nursing.change = [](uke::Receipt& r) { r.flavour = Flavour::kNursing; };
  EXPECT_EQ(Rows(Moved("2024-09-01").Decide(nursing), "points_without_mf"), "NURSING_GENERAL")
      << "ten times that, in yen";

  Claim early;
  early.mf = "", early.month = "202301";
  EXPECT_EQ(Rows(Moved("2023-01-01", ServiceMonth::Of(2023, 2)).Decide(early), "exclusions"), "E1");
  early.month = "202302";
  EXPECT_EQ(Rows(Moved("2023-01-01", ServiceMonth::Of(2023, 3)).Decide(early), "exclusions"), "E2");
}

TEST(DecideExclusions, E7AllowsATransferFromClaims202303) {
  Claim claim;
  claim.public_payer = "12130001", claim.month = "202301";
  const Decision before = Moved("2023-01-01", ServiceMonth::Of(2023, 2)).Decide(claim);
  EXPECT_EQ(Rows(before, "exclusions"), "E7_UNTIL_2023_02");
  EXPECT_EQ(Result(before), "BILLED_TO_CLAIMED 06");
  const Decision after = Moved("2023-01-01", ServiceMonth::Of(2023, 3)).Decide(claim);
  EXPECT_EQ(Rows(after, "exclusions"), "E7");
  EXPECT_EQ(Result(after), "TRANSFERRED 04");
}

TEST(DecideExclusions, E11Paper) {
  World world = Moved("2024-09-01");
  world.context.paper = true;
  const Decision d = world.Decide({});
  EXPECT_EQ(Rows(d, "exclusions"), "E11");
  EXPECT_EQ(Result(d), "BILLED_TO_CLAIMED 06");
}

TEST(DecideExclusions, U9GroundsOfLinesThatNoDayExplains) {
  struct {
    const char* says;
    std::string record, ground;
  } cases[] = {
      {"points without a day", "SI,11,1,111000110,,10,1,,,,,,\r\n",
       "UNIT_WITHOUT_DAY COUNT_DIFFERS POINTS_DO_NOT_ADD_UP"},
      {"a count that differs", "SI,11,1,111000110,,0,2,,,,,,,,,1\r\n", "COUNT_DIFFERS"},
  };
  for (const auto& one : cases) {
    Claim claim;
    claim.extra_records = one.record;
    EXPECT_EQ(Rows(Moved("2024-09-16").Decide(claim), "exclusion_grounds"), one.ground) << one.says;
  }
}

TEST(DecideExclusions, AFlagIsSetOnlyWhereItsOutcomeHappened) {
  struct {
    const char* says;
    std::function<void(Claim&)> with;
    std::string transfer, split;
  } cases[] = {
      {"RATE_DIFFERS", [](Claim& c) { c.rate = "80"; }, "RATE_DIFFERS", "RATE_DIFFERS"},
      {"not where nothing moves", [](Claim& c) { c.rate = "80", c.change = [](uke::Receipt& r) { r.reduction = 1; }; },
       "", ""},
      {"HIGH_COST_IN_KIND", [](Claim& c) { c.mf = "01"; }, "HIGH_COST_IN_KIND", ""},
      {"MEALS_NOT_BY_DAY", [](Claim& c) { c.type = 1111, c.meals = 4; }, "", "MEALS_NOT_BY_DAY"},
  };
  for (const auto& one : cases) {
    Claim claim;
    one.with(claim);
    EXPECT_EQ(Flags(Moved("2024-09-01").Decide(claim)), one.transfer) << one.says;
    EXPECT_EQ(Flags(Moved("2024-09-16").Decide(claim)), one.split) << one.says;
  }
}

TEST(DecideExclusions, U1ComparesABlankRatioByAge) {
  struct {
    std::string birth;
    InsurerNumber insurer;
    std::string row;
  } cases[] = {{"1949-09-04", kSociety, "AGE_70"},          {"1949-09-03", kSociety, "AGE_75"},
               {"1954-09-01", kSociety, "AGE_70"},          {"1954-09-02", kSociety, "OTHERS"},
               {"2018-04-01", kSociety, "OTHERS"},          {"2018-04-02", kSociety, "PRESCHOOL"},
               {"1960-01-01", kLateElderly, "LATE_ELDERLY"}};
  for (const auto& one : cases) {
    World world;
    Person person = Hanako();
    person.birth = one.birth;
    world.Add(person, {.until = "2024-09-01"});
    world.Add(person, {.insurer = one.insurer, .from = "2024-09-01", .contribution = 0});
    Claim claim;
    claim.birth = Date::Parse(one.birth)->ToCompact();
    const Decision d = world.Decide(claim);
    EXPECT_EQ(Rows(d, "coverage_rate"), one.row) << one.birth;
    EXPECT_EQ(Flags(d), one.row == "OTHERS" ? "" : "RATE_DIFFERS") << one.birth;
  }
}

}  // namespace
}  // namespace furikae::rules
