// 按分: shares add up to the yen, follow the weights, and depend on nothing else (decisions.md §8, §9.5).
#include "rules/apportion.h"

#include <algorithm>
#include <random>

#include "absl/numeric/int128.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rules/receipt_facts.h"

namespace furikae::rules {
namespace {

using storage::Share;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

InsurerNumber N(uint32_t value) { return InsurerNumber{value}; }

std::vector<int64_t> YenOf(const std::vector<Share>& shares) {
  std::vector<int64_t> yen;
  for (const Share& share : shares) yen.push_back(share.yen.value);
  return yen;
}

absl::uint128 NumeratorOf(const Share& share) {
  return absl::MakeUint128(share.quota_numerator_high, share.quota_numerator_low);
}

TEST(Apportion, GivesTheOddYenToTheLargestRemainders) {
  // 100 yen by 1 : 1 : 1 — 33⅓ each: equal remainders, equal weights, so the smallest number gets the odd yen.
  EXPECT_THAT(YenOf(Apportion(Yen{100}, {{N(3), 5}, {N(1), 5}, {N(2), 5}})), ElementsAre(34, 33, 33));
  // 10 yen by 6 : 3 : 2 — quotas 5.45, 2.72, 1.81: the two larger remainders get one each.
  EXPECT_THAT(YenOf(Apportion(Yen{10}, {{N(1), 6}, {N(2), 3}, {N(3), 2}})), ElementsAre(5, 3, 2));
}

TEST(Apportion, BreaksEqualRemaindersByLargerWeightThenSmallerNumber) {
  // 5 yen by 1 : 3 — quotas 1.25 and 3.75. 1 yen by 1 : 3 : … see ranks.
  const auto shares = Apportion(Yen{2}, {{N(7), 1}, {N(5), 3}});  // quotas 0.5 and 1.5: remainders equal, 3 > 1
  ASSERT_THAT(shares, SizeIs(2));
  EXPECT_EQ(shares[0].insurer, N(5));
  EXPECT_EQ(shares[0].remainder_rank, 1u);
  EXPECT_THAT(YenOf(shares), ElementsAre(2, 0));
}

TEST(Apportion, KeepsRowsOfZeroYenAndRanksAll) {
  const auto shares = Apportion(Yen{0}, {{N(1), 4}, {N(2), 9}});
  EXPECT_THAT(YenOf(shares), ElementsAre(0, 0));
  EXPECT_EQ(shares[0].remainder_rank, 2u);
  EXPECT_EQ(shares[1].remainder_rank, 1u);
}

TEST(Apportion, SeveralWeightsOfOneInsurerAddUpBeforeTheyCount) {
  EXPECT_THAT(YenOf(Apportion(Yen{90}, {{N(1), 10}, {N(2), 5}, {N(1), -5}, {N(2), 5}})), ElementsAre(30, 60));
  EXPECT_THAT(Apportion(Yen{90}, {{N(1), 10}, {N(1), -10}}), IsEmpty());
}

TEST(Apportion, IsEmptyWithoutWeight) {
  EXPECT_THAT(Apportion(Yen{100}, {}), IsEmpty());
  EXPECT_THAT(Apportion(Yen{100}, {{N(1), 0}, {N(2), -3}}), IsEmpty());
}

TEST(Apportion, HoldsForAmountsNearTheEndOf63Bits) {
  const int64_t huge = int64_t{1} << 61;
  const auto shares = Apportion(Yen{huge}, {{N(1), huge}, {N(2), huge}, {N(3), 1}});
  int64_t sum = 0;
  for (const Share& share : shares) sum += share.yen.value;
  EXPECT_EQ(sum, huge);
  EXPECT_THAT(Apportion(Yen{1}, {{N(1), huge * 2 - 1}, {N(2), huge * 2 - 1}, {N(3), 7}}), IsEmpty())
      << "the weights exceed 63 bits";
}

// A random pool; small and large magnitudes, many equal weights.
struct Example {
  Yen amount;
  std::vector<Weight> weights;
};
Example Draw(std::mt19937_64& random) {
  Example example;
  const int bits = 1 + static_cast<int>(random() % 45);
  example.amount = Yen{static_cast<int64_t>(random() >> (64 - 1 - random() % 44))};
  const int insurers = 1 + static_cast<int>(random() % 40);
  for (int i = 0; i < insurers; ++i) {
    const int64_t weight = random() % 4 == 0 ? 1000 : static_cast<int64_t>(random() >> (64 - bits));
    example.weights.push_back({N(1 + static_cast<uint32_t>(random() % 99999999)), weight + 1});
  }
  return example;
}

TEST(ApportionLaws, HoldForRandomPools) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 10000; ++round) {
    const Example example = Draw(random);
    const auto shares = Apportion(example.amount, example.weights);
    absl::int128 sum = 0;
    for (const Share& share : shares) {
      sum += share.yen.value;
      const absl::int128 difference =
          absl::int128(share.yen.value) * share.quota_denominator.value - absl::int128(NumeratorOf(share));
      ASSERT_LT(difference < 0 ? -difference : difference, share.quota_denominator.value)
          << "a share is a yen or more off its quota";
    }
    ASSERT_EQ(sum, example.amount.value);

    auto shuffled = example.weights;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    ASSERT_EQ(Apportion(example.amount, shuffled), shares) << "the order of the weights matters";

    auto with_zero = example.weights;
    with_zero.push_back({N(99999998), 0});
    ASSERT_EQ(Apportion(example.amount, with_zero), shares) << "an insurer of weight 0 matters";

    auto scaled = example.weights;
    for (Weight& weight : scaled) weight.value *= 7;
    ASSERT_EQ(YenOf(Apportion(example.amount, scaled)), YenOf(shares)) << "a common factor matters";
  }
}

TEST(Reapportion, TakingAReceiptOutAndPuttingItBackRestoresEveryShare) {
  storage::Pool pool;
  pool.rung = "WINDOW";
  pool.receipts = {{1, 1}, {1, 2}};
  pool.yen = Yen{1001};
  pool.shares = Apportion(pool.yen, {{N(1), 3}, {N(2), 5}, {N(3), 11}});
  pool.weights_total = Yen{19};
  const storage::Pool without = Reapportion(pool, {{1, 2}}, Yen{400});
  EXPECT_NE(without.shares, pool.shares);
  EXPECT_EQ(Reapportion(without, pool.receipts, pool.yen), pool);
}

// ---- the ladder

constexpr InstitutionCode kClinic{1311234567};
const ServiceMonth kService = ServiceMonth::Of(2024, 8);
const ServiceMonth kClosing = ServiceMonth::Of(2024, 10);
const InsurerNumber kSociety{6139463}, kOld{6130017}, kNew{6130025}, kKokuho{138016};

class Ladder : public testing::Test {
 protected:
  void SetUp() override {
    Insurer(kSociety, Agency::kShaho);
    Insurer(kNew, Agency::kShaho);
    Insurer(kKokuho, Agency::kKokuho);
    std::map<std::string, std::string> files;
    for (const char* file : {"ladder.json", "insurer_agency.json", "sets.json"})
      files[file] = EmbeddedRegulations().at(file);
    absl::StatusOr<Rulebook> book = Rulebook::Load(Declarations(), files);
    ASSERT_TRUE(book.ok()) << book.status();
    rulebook_ = std::make_unique<Rulebook>(*std::move(book));
  }
  void Insurer(InsurerNumber number, Agency agency, Date valid_to = kOpenEnd, InsurerNumber successor = {}) {
    InsurerRow row;
    row.number = number;
    row.agency = agency;
    row.valid_from = *Date::Of(2000, 4, 1);
    row.valid_to = valid_to;
    row.successor = successor;
    ASSERT_TRUE(masters_.Put(row).ok());
  }
  void Paid(InstitutionCode institution, InsurerNumber insurer, ServiceMonth month, int64_t yen) {
    const PaymentRow row{institution, insurer, month, 1, yen / 10, Yen{yen}};
    ASSERT_TRUE(payments_.Put(row, storage::Digest{}, ++rows_).ok());
  }
  storage::Pool Build(Yen yen) {
    auto pool =
        BuildPool({kClinic, Agency::kShaho, kService}, {{1, 1}}, yen, kClosing, payments_, masters_, *rulebook_);
    EXPECT_TRUE(pool.ok()) << pool.status();
    return pool.ok() ? *pool : storage::Pool{};
  }

  storage::Payments payments_;
  storage::Masters masters_;
  std::unique_ptr<Rulebook> rulebook_;
  int64_t rows_ = 0;
};

TEST_F(Ladder, WindowIsFourToTwoMonthsBeforeTheServiceMonth) {
  Paid(kClinic, kSociety, kService.Plus(-4), 300);
  Paid(kClinic, kNew, kService.Plus(-2), 100);
  Paid(kClinic, kNew, kService.Plus(-1), 5000);  // too late
  Paid(kClinic, kNew, kService.Plus(-5), 5000);  // too early
  const storage::Pool pool = Build(Yen{1000});
  EXPECT_EQ(pool.rung, "WINDOW");
  EXPECT_EQ(pool.weights_total, Yen{400});
  EXPECT_THAT(YenOf(pool.shares), ElementsAre(250, 750)) << "in the order of the numbers 06130025, 06139463";
}

TEST_F(Ladder, InsurersOfTheOtherAgencyTakeNoPart) {
  Paid(kClinic, kSociety, kService.Plus(-3), 10);
  Paid(kClinic, kKokuho, kService.Plus(-3), 990);
  EXPECT_THAT(YenOf(Build(Yen{77}).shares), ElementsAre(77));
}

TEST_F(Ladder, ClimbsDownOnlyWhenARungHasNoWeight) {
  const InstitutionCode neighbour{1317654321}, far{2711111111}, dentist{1331111111};
  Paid(dentist, kSociety, kService.Plus(-3), 40);
  EXPECT_EQ(Build(Yen{10}).rung, "UNALLOCATED") << "another point table";
  EXPECT_THAT(Build(Yen{10}).shares, IsEmpty());
  Paid(far, kSociety, kService.Plus(-3), 40);
  EXPECT_EQ(Build(Yen{10}).rung, "NATION");
  Paid(neighbour, kSociety, kService.Plus(-3), 90);
  EXPECT_EQ(Build(Yen{10}).rung, "PREFECTURE");
  Paid(kClinic, kSociety, kService.Plus(-12), 40);
  EXPECT_EQ(Build(Yen{10}).rung, "INSTITUTION_12");
  Paid(kClinic, kSociety, kService.Plus(-2), -40);
  EXPECT_EQ(Build(Yen{10}).rung, "PREFECTURE") << "the twelve months add up to nothing";
  Paid(kClinic, kNew, kService.Plus(-4), 1);
  EXPECT_EQ(Build(Yen{10}).rung, "WINDOW");
}

TEST_F(Ladder, WhatACeasedInsurerPaidCountsForItsSuccessor) {
  Insurer(kOld, Agency::kShaho, *Date::Of(2024, 9, 30), kNew);
  Paid(kClinic, kOld, kService.Plus(-3), 600);
  Paid(kClinic, kNew, kService.Plus(-3), 100);
  Paid(kClinic, kSociety, kService.Plus(-3), 300);
  const storage::Pool pool = Build(Yen{100});
  EXPECT_THAT(YenOf(pool.shares), ElementsAre(70, 30));
  EXPECT_THAT(pool.left_out, IsEmpty());
}

TEST_F(Ladder, AnInsurerThatCeasesWithinTheClosingMonthStillBears) {
  Insurer(kOld, Agency::kShaho, *Date::Of(2024, 10, 1), kNew);
  Paid(kClinic, kOld, kService.Plus(-3), 600);
  EXPECT_EQ(Build(Yen{100}).shares.at(0).insurer, kOld);
}

TEST_F(Ladder, WeightsWithoutALivingSuccessorAreLeftOutAndReported) {
  Insurer(kOld, Agency::kShaho, *Date::Of(2024, 9, 30), kKokuho);  // successor of the other agency
  Paid(kClinic, kOld, kService.Plus(-3), 600);
  Paid(kClinic, kSociety, kService.Plus(-3), 300);
  const storage::Pool pool = Build(Yen{100});
  EXPECT_THAT(YenOf(pool.shares), ElementsAre(100));
  EXPECT_THAT(pool.left_out, ElementsAre(HasSubstr("06130017: ")));
}

TEST_F(Ladder, WhereTheMasterDoesNotTellTheAgencyTheLawCodeDoes) {
  Insurer(kOld, Agency::kUnknown, *Date::Of(2024, 9, 30), kNew);
  Paid(kClinic, kOld, kService.Plus(-3), 600);
  EXPECT_EQ(Build(Yen{100}).shares.at(0).insurer, kNew) << "06 is served by the same agency as its successor";
}

TEST_F(Ladder, AmountsBeyond63BitsAreRefusedNotWrapped) {
  Paid(kClinic, kSociety, kService.Plus(-3), int64_t{1} << 62);
  Paid(kClinic, kNew, kService.Plus(-3), int64_t{1} << 62);
  const auto pool =
      BuildPool({kClinic, Agency::kShaho, kService}, {}, Yen{1}, kClosing, payments_, masters_, *rulebook_);
  EXPECT_EQ(pool.status().code(), absl::StatusCode::kOutOfRange);
}

}  // namespace
}  // namespace furikae::rules
