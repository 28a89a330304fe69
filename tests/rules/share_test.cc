// The insurer's share in yen, by rate, copayment and meals (decisions.md §7).
#include "rules/share.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "rules/receipt_facts.h"
#include "rules/words.h"

namespace furikae::rules {
namespace {

const Rulebook& Regulations() {
  static const auto* const kBook = [] {
    std::map<std::string, std::string> files;
    for (const char* name : {"rates.json", "sets.json", "share.json", "meal_burden.json", "words.json"})
      files[name] = EmbeddedRegulations().at(name);
    absl::StatusOr<Rulebook> book = Rulebook::Load(Declarations(), files);
    EXPECT_TRUE(book.ok()) << book.status();
    return new Rulebook(*std::move(book));
  }();
  return *kBook;
}

uke::Receipt Receipt(int type, int64_t points, ServiceMonth month = ServiceMonth::Of(2024, 10)) {
  uke::Receipt receipt;
  receipt.flavour = Flavour::kMedical;
  receipt.type = type;
  receipt.total_points = points;
  receipt.service_month = month;
  receipt.head.claim_month = month.Plus(1);
  receipt.seen = uke::kSeenHo;
  return receipt;
}

InsurerShare Share(const uke::Receipt& receipt) {
  return InsurerShareOf(receipt, receipt.head.claim_month, Regulations());
}

TEST(ShareTest, TheTypeTellsTheRateWhenTheReceiptDoesNot) {
  struct Case {
    const char* story;
    int type;
    const char* notes;
    int rate;
    const char* row;
  };
  const Case cases[] = {
      {"self, outpatient", 1112, "", 70, "GENERAL"},
      {"family, inpatient", 1115, "", 70, "GENERAL"},
      {"preschool, inpatient", 1113, "", 80, "PRESCHOOL"},
      {"preschool, outpatient", 1114, "", 80, "PRESCHOOL"},
      {"70 to 74, general", 1118, "29", 80, "ELDERLY"},
      {"70 to 74, as the working", 1110, "26", 70, "ELDERLY_70"},
      {"70 to 74, as the working, inpatient", 1119, "", 70, "ELDERLY_70"},
      {"late elderly", 1318, "42", 90, "LATE_ELDERLY_90"},
      {"late elderly, remark 41", 1318, "41", 80, "LATE_ELDERLY_80"},
      {"late elderly, remark 43 behind another", 1317, "0243", 80, "LATE_ELDERLY_80"},
      {"digits of two remarks do not make a third", 1318, "0410", 90, "LATE_ELDERLY_90"},
      {"late elderly, as the working", 1310, "41", 70, "LATE_ELDERLY_70"},
  };
  for (const Case& c : cases) {
    uke::Receipt receipt = Receipt(c.type, 1000);
    receipt.notes = c.notes;
    const InsurerShare share = Share(receipt);
    EXPECT_EQ(share.rate_per_cent, c.rate) << c.story;
    EXPECT_EQ(share.yen, Yen{c.rate * 100}) << c.story;
    ASSERT_EQ(share.trace.size(), 1u) << c.story;
    EXPECT_EQ(share.trace[0], (TraceRow{"rates", c.row, RowStatus::kSourced})) << c.story;
  }
}

TEST(ShareTest, WhatAPointIsWorthAndWhatACopaymentMeansAreRows) {
  auto files = EmbeddedRegulations();
  std::string& json = files.at("share.json");
  for (const auto& [written, instead] :
       {std::pair<std::string, std::string>{R"("yen_per_point": 10})", R"("yen_per_point": 12})"},
        {R"("share": "FEE_LESS_COPAYMENT"})", R"("share": "RATE"})"}}) {
    ASSERT_NE(json.find(written), std::string::npos);
    json.replace(json.find(written), written.size(), instead);
  }
  const Rulebook other = *Rulebook::Load(Declarations(), files);
  uke::Receipt receipt = Receipt(1112, 1000);
  receipt.copayment = Yen{2000};
  EXPECT_EQ(Share(receipt).yen, Yen{8000});
  EXPECT_EQ(InsurerShareOf(receipt, receipt.head.claim_month, other).yen, Yen{8400}) << "12 yen a point, 70 per cent";
  receipt.flavour = Flavour::kNursing;
  EXPECT_EQ(InsurerShareOf(receipt, receipt.head.claim_month, other).yen, Yen{700}) << "yen as they are";
}

TEST(ShareTest, TheTwentyPerCentClassBeganInOctober2022) {
  uke::Receipt receipt = Receipt(1318, 1000, ServiceMonth::Of(2022, 9));
  receipt.notes = "41";
  EXPECT_EQ(Share(receipt).rate_per_cent, 90);
}

TEST(ShareTest, ARecordedRateGoesBeforeTheTypeAndFractionsAreDropped) {
  uke::Receipt receipt = Receipt(1112, 123);
  receipt.rate = 75;
  EXPECT_EQ(Share(receipt).yen, Yen{922}) << "1,230 yen × 75 % = 922.5";
  EXPECT_EQ(Share(receipt).trace.front().row, "RECORDED");
}

TEST(ShareTest, ACopaymentIsTakenOffTheWholeInstead) {
  uke::Receipt receipt = Receipt(1112, 50000);
  receipt.copayment = Yen{80100};
  EXPECT_EQ(Share(receipt).yen, Yen{419900});
  receipt.copayment = Yen{0};
  EXPECT_EQ(Share(receipt).yen, Yen{500000}) << "zero is written, not blank";
}

TEST(ShareTest, ANegativeShareIsNothingAndSaysSo) {
  uke::Receipt receipt = Receipt(1112, 10);
  receipt.copayment = Yen{101};
  EXPECT_TRUE(Share(receipt).negative);
  EXPECT_EQ(Share(receipt).yen, Yen{0});
}

TEST(ShareTest, MealsCountAboveTheStandardBurdenOfTheirMonthAndClass) {
  struct Case {
    ServiceMonth month;
    int burden_class;
    int64_t per_meal;
  };
  const ServiceMonth may = ServiceMonth::Of(2024, 5), june = may.Plus(1), march = ServiceMonth::Of(2025, 3),
                     april = march.Plus(1);
  const Case cases[] = {{may, 0, 460},  {june, 0, 490},  {march, 0, 490}, {april, 0, 510}, {may, 1, 210},
                        {june, 1, 230}, {april, 1, 240}, {may, 2, 160},   {march, 2, 180}, {april, 2, 190},
                        {may, 3, 100},  {june, 4, 110},  {april, 3, 110}};
  for (const Case& c : cases) {
    uke::Receipt receipt = Receipt(1111, 1000, c.month);
    receipt.burden_class = c.burden_class;
    receipt.meal_count = 10;
    receipt.meal_amount = Yen{6700};
    EXPECT_EQ(Share(receipt).yen, Yen{7000 + 6700 - 10 * c.per_meal})
        << c.month.ToString() << " class " << c.burden_class;
  }
}

TEST(ShareTest, ARecordedStandardBurdenGoesBeforeTheTable) {
  uke::Receipt receipt = Receipt(1111, 0);
  receipt.meal_count = 10;
  receipt.meal_amount = Yen{6700};
  receipt.standard_burden = Yen{1100};
  EXPECT_EQ(Share(receipt).yen, Yen{5600});
}

TEST(ShareTest, HomeNursingIsInYenAlready) {
  uke::Receipt receipt = Receipt(6112, 12345);
  receipt.flavour = Flavour::kNursing;
  EXPECT_EQ(Share(receipt).yen, Yen{8641});
  receipt.copayment = Yen{345};
  EXPECT_EQ(Share(receipt).yen, Yen{12000});
}

TEST(ShareTest, WithoutAnInsurerThereIsNoShare) {
  uke::Receipt receipt = Receipt(1212, 0);
  receipt.seen = uke::kSeenKo;
  EXPECT_EQ(Share(receipt).yen, Yen{0});
  EXPECT_FALSE(Share(receipt).negative);
  EXPECT_TRUE(Share(receipt).trace.empty());
}

TEST(ShareByPointsTest, RoundsDownAndGivesTheRestToTheLast) {
  EXPECT_THAT(ShareByPoints(Yen{100}, {1, 1, 1}), testing::ElementsAre(Yen{33}, Yen{33}, Yen{34}));
  EXPECT_THAT(ShareByPoints(Yen{100}, {564, 0}), testing::ElementsAre(Yen{100}, Yen{0}));
  EXPECT_THAT(ShareByPoints(Yen{100}, {0, 0}), testing::ElementsAre(Yen{0}, Yen{100})) << "no points to go by";
  EXPECT_THAT(ShareByPoints(Yen{7}, {5}), testing::ElementsAre(Yen{7}));
  EXPECT_TRUE(ShareByPoints(Yen{7}, {}).empty());
}

TEST(ShareByPointsTest, AddsUpWhateverThePoints) {
  for (uint32_t seed = 1; seed <= 2000; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<int64_t> points(1 + random() % 5);
    for (int64_t& p : points) p = static_cast<int64_t>(random() % 100000000);
    const Yen share{static_cast<int64_t>(random() % 1000000000000)};
    Yen sum;
    const int64_t total = std::accumulate(points.begin(), points.end(), int64_t{0});
    const std::vector<Yen> parts = ShareByPoints(share, points);
    for (size_t i = 0; i < parts.size(); ++i) {
      sum += parts[i];
      const auto product = static_cast<__int128>(share.value) * points[i];
      if (i + 1 < parts.size() && total > 0) {
        EXPECT_LE(static_cast<__int128>(parts[i].value) * total, product) << "seed " << seed;
      }
      EXPECT_GE(parts[i].value, 0) << "seed " << seed;
    }
    EXPECT_EQ(sum, share) << "seed " << seed;
  }
}

TEST(WordsTest, ComeFromTheTables) {
  Facts facts;
  facts.Set(Fact::kClaimMonth, ServiceMonth::Of(2024, 10).index);
  EXPECT_THAT(WordsOf(Regulations(), kForgottenWords, facts),
              testing::IsSupersetOf({"保険証忘れ", "カード忘れ", "資格確認書忘れ"}));
  EXPECT_THAT(WordsOf(Regulations(), kSelfDefenceWords, facts), testing::IsSupersetOf({"自衛隊", "駐屯地"}));
  EXPECT_TRUE(WordsOf(Regulations(), "no_such_list", facts).empty());
}

}  // namespace
}  // namespace furikae::rules
