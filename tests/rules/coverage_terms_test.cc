// On what terms a coverage bears a receipt: scheme, school age, branch number.
#include "rules/coverage_terms.h"

#include <gtest/gtest.h>

#include "rules/receipt_facts.h"
#include "tests/rules/decide_fixture.h"

namespace furikae::rules {
namespace {

TEST(WritesBranch, ByTheMasterElseByTheLawCode) {
  const Rulebook book = *Rulebook::Load(Declarations(), EmbeddedRegulations());
  const ServiceMonth month = ServiceMonth::Of(2024, 9);
  storage::Masters masters;
  const Date begin = *Date::Of(2000, 4, 1);
  ASSERT_TRUE(masters.Put(InsurerRow{.number = {1}, .kind = InsurerKind::kLateElderly, .valid_from = begin}).ok());
  ASSERT_TRUE(masters.Put(InsurerRow{.number = {39280003}, .kind = InsurerKind::kSociety, .valid_from = begin}).ok());
  EXPECT_FALSE(WritesBranch(book, masters, {1}, month));
  EXPECT_TRUE(WritesBranch(book, masters, {39280003}, month));
  const storage::Masters none;
  EXPECT_FALSE(WritesBranch(book, none, {39280003}, month));
  EXPECT_TRUE(WritesBranch(book, none, {138016}, month));
  EXPECT_TRUE(WritesBranch(book, none, {6130488}, month));
}

TEST(SchoolAge, BeginsWithTheSchoolYearOfTheTable) {
  World world;
  Person child = Hanako();
  child.birth = "2018-06-01";
  world.Add(child, {.until = "2024-09-01"});
  world.Add(child, {.insurer = kSociety, .from = "2024-09-01", .family = Family::kFamily, .contribution = 0});
  Claim claim;
  claim.type = 1116;
  claim.birth = "20180601";
  const Decision d = world.Decide(claim);
  ASSERT_EQ(Result(d), "TRANSFERRED 04");
  EXPECT_EQ(d.parts[0].receipt_type, 1114) << "five years old on 1 April 2024";
  EXPECT_EQ(Rows(d, "school_year"), "");
  world.ChangeTables("receipt_type.json", R"("month": 4, "day": 1)", R"("month": 9, "day": 2)");
  EXPECT_EQ(world.Decide(claim).parts.at(0).receipt_type, 1116) << "six years old on 2 September 2024";
}

TEST(CardsCount, OfAnInsurerThatHasCeasedOnlyWhereTheTableSaysSo) {
  World world;
  world.Add(Hanako(), {.insurer = kCeased});
  Claim claim;
  claim.insurer = kCeased.ToString();
  EXPECT_EQ(world.Decide(claim).origin, Origin::kLapsed);
  world.ChangeTables("origin.json", R"({"counts": false})", R"({"counts": true})");
  EXPECT_EQ(world.Decide(claim).origin, Origin::kValid);
}

}  // namespace
}  // namespace furikae::rules
