// What a rewritten receipt says, and what it leaves alone (decisions.md §4 "Rewritten receipt", §9 laws 2, 9, 10).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/uke/cp932.h"
#include "core/uke/edit.h"
#include "core/uke/layouts.h"
#include "core/uke/writer.h"
#include "rules/split.h"
#include "tests/rules/random_receipt_fixture.h"

namespace furikae::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr Flavour kFlavours[] = {Flavour::kMedical, Flavour::kDpc, Flavour::kDental, Flavour::kPharmacy,
                                 Flavour::kNursing};

const Card kNewCard = {InsurerNumber{138016}, "１２・ア", "00345", "1"};

NewQualification Transfer() {
  return {.card = kNewCard, .confirmation_class = 4, .agency = Agency::kKokuho, .type = 1116, .rate = 70};
}

uke::Receipt Read(const RandomReceipt& made, std::string_view bytes) {
  absl::StatusOr<uke::Receipt> receipt = uke::ReadReceipt(made.head, bytes);
  EXPECT_TRUE(receipt.ok()) << receipt.status();
  return receipt.ok() ? *std::move(receipt) : uke::Receipt{};
}

std::string Rewritten(const uke::Receipt& receipt, const NewQualification& change) {
  absl::StatusOr<std::string> bytes = Rewrite(receipt, uke::ReadLineDays(receipt), change);
  EXPECT_TRUE(bytes.ok()) << bytes.status();
  return bytes.ok() ? *std::move(bytes) : "";
}

std::vector<std::string> LinesOf(std::string_view bytes, std::string_view id) {
  std::vector<std::string> out;
  for (const uke::Line& line : uke::Lines(bytes)) {
    if (line.Id() == id) out.emplace_back(line.text);
  }
  return out;
}

bool Counts(std::string_view id) { return id == "SI" || id == "IY" || id == "TO" || id == "SS"; }

// 診療識別 → in force for each code of a counted line, carried on from the record that begins its group.
std::map<std::string, std::string> GroupClasses(Flavour flavour, std::string_view bytes) {
  std::map<std::string, std::string> classes;
  std::string in_force;
  for (const uke::Line& line : uke::Lines(bytes)) {
    if (!Counts(line.Id()) && line.Id() != "CO") continue;
    const uke::RecordLayout* layout = uke::FindRecord(flavour, line.Id());
    const std::string_view shown = uke::Column(line.text, layout->ColumnOf("診療識別"));
    if (!shown.empty()) in_force = shown;
    if (Counts(line.Id())) classes[std::string(uke::Column(line.text, 4))] = in_force;
  }
  return classes;
}

TEST(RewriteTest, ATransferChangesTheCardAndNothingElse) {
  for (Flavour flavour : kFlavours) {
    for (uint32_t seed = 1; seed <= 100; ++seed) {
      SCOPED_TRACE(testing::Message() << FlavourName(flavour) << " seed " << seed);
      std::mt19937 random(seed);
      const RandomReceipt made = MakeRandomReceipt(random, flavour);
      const uke::Receipt before = Read(made, made.bytes);
      const std::string bytes = Rewritten(before, Transfer());
      const uke::Receipt after = Read(made, bytes);

      EXPECT_EQ(after.insurer_text, "138016");
      EXPECT_EQ(uke::FromCp932(after.symbol), kNewCard.symbol);
      EXPECT_EQ(after.number_text, kNewCard.number);
      EXPECT_EQ(after.sn_class, "04");
      EXPECT_EQ(after.branch, "01");
      EXPECT_EQ(after.rate, 70);
      EXPECT_EQ(after.TypeDigit(4), 6);
      EXPECT_EQ(after.TypeDigit(1), before.TypeDigit(1));
      EXPECT_EQ(after.total_points, before.total_points);
      EXPECT_EQ(after.JdDays(), before.JdDays());

      const std::set<std::string_view> changed = {"RE", "HO", "SN", "IR"};
      std::vector<std::string> kept, original;
      for (const uke::Line& line : uke::Lines(bytes)) {
        if (!changed.contains(line.Id())) kept.emplace_back(line.text);
      }
      for (const uke::Line& line : uke::Lines(made.bytes)) {
        if (!changed.contains(line.Id())) original.emplace_back(line.text);
      }
      EXPECT_EQ(kept, original);
      EXPECT_EQ(LinesOf(bytes, "SN").size(), 1u);
      EXPECT_THAT(LinesOf(bytes, "HO").front(), HasSubstr("HO,  138016,")) << "six digits, padded on the left";
      if (flavour == Flavour::kDental) {
        EXPECT_THAT(LinesOf(bytes, "IR").front(), HasSubstr("IR,2,13,3"));
      }
    }
  }
}

TEST(RewriteTest, TheSidesOfASplitReadAsTheirDaysAndAddUpToTheWhole) {
  for (Flavour flavour : kFlavours) {
    for (uint32_t seed = 1; seed <= 400; ++seed) {
      SCOPED_TRACE(testing::Message() << FlavourName(flavour) << " seed " << seed);
      std::mt19937 random(seed);
      const RandomReceipt made = MakeRandomReceipt(random, flavour);
      const uke::Receipt whole = Read(made, made.bytes);
      const uke::LineDays lines = uke::ReadLineDays(whole);
      std::vector<DayMask> masks(2 + random() % 2);
      for (int day = 1; day <= 31; ++day) masks[random() % masks.size()].Add(day);
      const std::map<std::string, std::string> classes = GroupClasses(flavour, made.bytes);

      std::map<std::string, int> counts;
      std::map<std::string, DayMask> line_days;
      DayMask jd, counted;
      int64_t points = 0;
      for (const Side& side : SplitByDays(whole, lines, masks)) {
        NewQualification change = Transfer();
        change.outcome = Outcome::kSplit;
        change.confirmation_class = 5;
        change.side = side;
        const std::string bytes = Rewritten(whole, change);
        const uke::Receipt part = Read(made, bytes);
        const uke::LineDays part_lines = uke::ReadLineDays(part);

        EXPECT_EQ(part.total_points, made.PointsOf(side.days));
        EXPECT_EQ(part_lines.insured_points, part.total_points);
        EXPECT_TRUE(side.days.Covers(part_lines.days));
        EXPECT_FALSE(part_lines.count_differs);
        EXPECT_FALSE(part_lines.unit_without_day);
        EXPECT_EQ(part.sn_class, "05");
        EXPECT_EQ(part.jd_counted, made.visits & side.days);
        EXPECT_EQ(part.jd_uncounted, made.uncounted_visits & side.days);
        EXPECT_EQ(part.actual_days, part.jd_counted.Count());
        EXPECT_EQ(part.meal_count, made.MealsOf(side.days));
        EXPECT_EQ(part.meal_amount, Yen{made.MealYenOf(side.days)});
        EXPECT_EQ(part_lines.meal_count, part.meal_count);
        EXPECT_EQ(LinesOf(bytes, "ZZ"), LinesOf(made.bytes, "ZZ")) << "what nobody knows goes through";
        for (const char* text_for_both : {"SY", "SJ", "HS", "TK", "MF"}) {
          EXPECT_EQ(LinesOf(bytes, text_for_both), LinesOf(made.bytes, text_for_both));
        }
        if (flavour != Flavour::kPharmacy) {
          EXPECT_EQ(LinesOf(bytes, "CO").size(), LinesOf(made.bytes, "CO").size());
        }
        for (const auto& [code, group_class] : GroupClasses(flavour, bytes))
          EXPECT_EQ(group_class, classes.at(code)) << code;

        points += part.total_points;
        jd = jd | part.JdDays();
        counted = counted | part_lines.days;
        for (const uke::Line& line : uke::Lines(bytes)) {
          const uke::RecordLayout* layout = uke::FindRecord(flavour, line.Id());
          if (!Counts(line.Id()) || layout->ColumnOf("回数") == 0) continue;
          const std::string code(uke::Column(line.text, 4));
          const std::string_view count = uke::Column(line.text, layout->ColumnOf("回数"));
          int number = 0;
          std::from_chars(count.data(), count.data() + count.size(), number);
          EXPECT_GT(number, 0) << "a line without a day of the side is gone";
          counts[code] += number;
          for (int day = 1; day <= 31; ++day) {
            if (uke::Column(line.text, layout->ColumnOf(std::to_string(day) + "日の情報")).empty()) continue;
            EXPECT_FALSE(line_days[code].Has(day)) << "a day of a line goes to one side";
            line_days[code].Add(day);
          }
        }
      }
      EXPECT_EQ(points, whole.total_points);
      EXPECT_EQ(jd, whole.JdDays());
      EXPECT_EQ(counted, lines.days);
      for (const uke::Line& line : uke::Lines(made.bytes)) {
        const uke::RecordLayout* layout = uke::FindRecord(flavour, line.Id());
        if (!Counts(line.Id()) || layout->ColumnOf("回数") == 0) continue;
        const std::string code(uke::Column(line.text, 4));
        EXPECT_EQ(std::to_string(counts[code]), uke::Column(line.text, layout->ColumnOf("回数")));
      }
      if (testing::Test::HasFailure()) return;
    }
  }
}

// Each dispensing goes to the side of its day with its drugs; a prescription's head goes to every side that has one of
// them.
TEST(RewriteTest, PharmacySectionsFollowTheirDispensings) {
  const auto cz = [](const char* date, const char* points) {
    return uke::MakeRecord(Flavour::kPharmacy, "CZ", {{"調剤年月日", date}, {"薬剤料 点数", points}});
  };
  RandomReceipt made;
  made.head.flavour = Flavour::kPharmacy;
  made.bytes = "RE,1,4112,202410,X,1,19800402\r\nHO,06139463,1,2,2,60\r\nJD,1,,,1,,,,,,,1\r\nSH,01,1\r\n" +
               cz("20241003", "10") + "IY,1,620000001,1\r\nCO,820000001,A\r\n" + cz("20241010", "20") +
               "IY,1,620000002,1\r\nSH,02,1\r\n" + cz("20241010", "30") +
               "IY,1,620000003,1\r\nTO,1,710000001,1\r\nTK,810000001,B\r\n";
  const uke::Receipt receipt = Read(made, made.bytes);
  const std::vector<Side> sides =
      SplitByDays(receipt, uke::ReadLineDays(receipt), {DayMask::Of({3}), DayMask::Of({10})});
  ASSERT_EQ(sides.size(), 2u);
  EXPECT_EQ(sides[0].points, 10);
  EXPECT_EQ(sides[1].points, 50);
  NewQualification change = Transfer();
  change.side = sides[0];
  const std::string third = Rewritten(receipt, change);
  EXPECT_THAT(LinesOf(third, "SH"), ElementsAre("SH,01,1"));
  EXPECT_THAT(LinesOf(third, "IY"), ElementsAre("IY,1,620000001,1"));
  EXPECT_THAT(LinesOf(third, "CO"), ElementsAre("CO,820000001,A"));
  EXPECT_TRUE(LinesOf(third, "TO").empty());
  EXPECT_EQ(LinesOf(third, "TK").size(), 1u);
  change.side = sides[1];
  const std::string tenth = Rewritten(receipt, change);
  EXPECT_THAT(LinesOf(tenth, "SH"), ElementsAre("SH,01,1", "SH,02,1"));
  EXPECT_THAT(LinesOf(tenth, "IY"), ElementsAre("IY,1,620000002,1", "IY,1,620000003,1"));
  EXPECT_TRUE(LinesOf(tenth, "CO").empty());
}

TEST(RewriteTest, BilledAsClaimedOnlyTheConfirmationClassIsNew) {
  std::mt19937 random(7);
  const RandomReceipt made = MakeRandomReceipt(random, Flavour::kMedical, {.sn = false});
  const uke::Receipt receipt = Read(made, made.bytes);
  NewQualification change = {
      .card = {*receipt.insurer, uke::FromCp932(receipt.symbol), uke::FromCp932(receipt.number_text), ""},
      .outcome = Outcome::kBilledToClaimed,
      .confirmation_class = 6,
      .agency = Agency::kShaho};
  const std::string bytes = Rewritten(receipt, change);
  EXPECT_THAT(LinesOf(bytes, "SN"), ElementsAre("SN,1,06,,,,,,"));
  std::string without_sn = bytes;
  without_sn.erase(without_sn.find("SN,1,06"), std::string("SN,1,06,,,,,,\r\n").size());
  EXPECT_EQ(without_sn, made.bytes);
  change.confirmation_class = 0;
  EXPECT_EQ(Rewritten(receipt, change), made.bytes) << "an outcome without a class leaves the receipt as it is";
}

TEST(RewriteTest, ACompletedBranchIsFilledInAlone) {
  const std::string bytes =
      "RE,1,1112,202410,X,1,19800402\r\nHO,06139463,1,2,1,0\r\nSN,1,01\r\nSN,2,01\r\nSY,8830417\r\n";
  RandomReceipt made;
  made.head.flavour = Flavour::kMedical;
  const uke::Receipt receipt = Read(made, bytes);
  const std::string after = Rewritten(
      receipt,
      {.card = {*receipt.insurer, "１", "２", "03"}, .outcome = Outcome::kBranchCompleted, .confirmation_class = 9});
  EXPECT_THAT(LinesOf(after, "SN"), ElementsAre("SN,1,09,,,,03", "SN,2,01"));
  EXPECT_THAT(LinesOf(after, "HO"), ElementsAre("HO,06139463,1,2,1,0"))
      << "another spelling of the same card is no change";
}

TEST(RewriteTest, ACorrectedCardIsBilledWhateverTheClass) {
  const std::string bytes = "RE,1,1112,202410,X,1,19800402\r\nHO,06139463,1,2,1,0\r\nSY,8830417\r\n";
  RandomReceipt made;
  made.head.flavour = Flavour::kMedical;
  const uke::Receipt receipt = Read(made, bytes);
  const std::string after = Rewritten(
      receipt, {.card = {*receipt.insurer, "1", "20", ""}, .outcome = Outcome::kAsClaimed, .confirmation_class = 2});
  EXPECT_THAT(LinesOf(after, "HO"), ElementsAre("HO,06139463,1,20,1,0"));
  EXPECT_THAT(LinesOf(after, "SN"), ElementsAre("SN,1,02,06139463,1,20,,,"));
  EXPECT_THAT(LinesOf(after, "RE"), ElementsAre("RE,1,1112,202410,X,1,19800402"));
}

TEST(RewriteTest, CardsThatHaveNoBranchAreBilledWithoutOne) {
  const std::string bytes = "RE,1,1118,202410,X,1,19491002\r\nHO,06139463,1,2,1,0\r\n";
  RandomReceipt made;
  made.head.flavour = Flavour::kMedical;
  const std::string after = Rewritten(Read(made, bytes), {.card = {InsurerNumber{39280003}, "", "12345678", "00"},
                                                          .confirmation_class = 4,
                                                          .writes_branch = false,
                                                          .type = 1318});
  EXPECT_THAT(LinesOf(after, "SN"), ElementsAre("SN,1,04,39280003,,12345678,,,"));
  EXPECT_THAT(LinesOf(after, "RE"), ElementsAre("RE,1,1318,202410,X,1,19491002")) << "the rate is blank but for 国保";
}

TEST(RewriteTest, ADayThatDisagreesIsMarkedNineForTheInsurance) {
  const std::string bytes = "RE,1,1112,202410,X,1,19800402\r\nHO,06139463,1,2,1,0\r\nJD,1,1,,1\r\nJD,2,1,,1\r\n";
  RandomReceipt made;
  made.head.flavour = Flavour::kMedical;
  NewQualification change = Transfer();
  change.disagreeing_days = DayMask::Of({3, 4});
  EXPECT_THAT(LinesOf(Rewritten(Read(made, bytes), change), "JD"), ElementsAre("JD,1,1,,9,9", "JD,2,1,,1"));
}

TEST(RewriteTest, EveryReceiptOfADpcGroupIsRewritten) {
  const std::string bytes =
      "RE,1,1111,202410,X,1,19800402,,,,,,,,,,,,1\r\nHO,06139463,1,2,1,0\r\nRE,1,1111,202410,X,1,19800402,,,,,,,,,,,,"
      "2\r\nHO,06139463,1,2,1,"
      "0\r\nBU,010010xx99x0xx,20241001\r\n";
  RandomReceipt made;
  made.head.flavour = Flavour::kMedical;
  const std::string after = Rewritten(Read(made, bytes), Transfer());
  EXPECT_THAT(LinesOf(after, "HO"), testing::Each(HasSubstr("  138016")));
  EXPECT_THAT(LinesOf(after, "RE"), testing::Each(HasSubstr(",1116,")));
  EXPECT_EQ(LinesOf(after, "SN").size(), 1u);
}

TEST(RewriteTest, WithoutAnInsurerThereIsNothingToReplace) {
  RandomReceipt made;
  made.head.flavour = Flavour::kMedical;
  const uke::Receipt receipt = Read(made, "RE,1,1212,202410,X,1,19800402\r\nKO,12130001,0000012\r\n");
  EXPECT_EQ(Rewrite(receipt, {}, Transfer()).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(RewriteHeadTest, NamesTheBearingAgencyAndNothingElse) {
  EXPECT_EQ(RewriteHead("IR,1,13,1,1234567,,X,202410,00,\r\n", Agency::kKokuho), "IR,2,13,1,1234567,,X,202410,00,\r\n");
  EXPECT_EQ(RewriteHead("UK,2,13,3,1234567,,X,202410,,00\r\n", Agency::kShaho), "UK,1,13,3,1234567,,X,202410,,00\r\n");
  EXPECT_EQ(RewriteHead("YK,1,13,4,1234567,X,202410,00\r\n", Agency::kKokuho), "YK,2,13,4,1234567,X,202410,00\r\n");
  EXPECT_EQ(RewriteHead("HM,1,13,6,1234567,X,202410\n", Agency::kKokuho), "HM,2,13,6,1234567,X,202410\n");
  EXPECT_EQ(RewriteHead("HM,1,13,6,1234567,X,202410\n", Agency::kUnknown), "HM,1,13,6,1234567,X,202410\n");
}

}  // namespace
}  // namespace furikae::rules
