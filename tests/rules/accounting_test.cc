// Double entry: every entry balances, clearing is empty once everything has its place, and the institution gets its due
// (§9.6).
#include "rules/accounting.h"

#include <map>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rules/apportion.h"

namespace furikae::rules {
namespace {

using storage::LedgerEntry;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

const ServiceMonth kMonth = ServiceMonth::Of(2024, 10);
const ClaimFacts kClaim{{7, 12}, InstitutionCode{1311234567}, Agency::kShaho, ServiceMonth::Of(2024, 8)};

Decision Of(Outcome outcome, int64_t yen) {
  Decision decision;
  decision.origin = Origin::kLapsed;
  decision.outcome = outcome;
  decision.total_points = yen / 7;
  decision.insurer_yen = Yen{yen};
  return decision;
}

Decision BorneBy(Outcome outcome, std::vector<std::tuple<uint32_t, Agency, int64_t>> parts) {
  Decision decision = Of(outcome, 0);
  for (const auto& [insurer, agency, yen] : parts) {
    Part part;
    part.card.insurer = InsurerNumber{insurer};
    part.agency = agency;
    part.yen = Yen{yen};
    decision.parts.push_back(part);
    decision.insurer_yen += part.yen;
  }
  return decision;
}

Decision Apportioned(Agency pool_agency, int64_t yen) {
  Decision decision = Of(Outcome::kApportioned, yen);
  decision.pool_agency = pool_agency;
  return decision;
}

// Debits positive; accounts that stand at zero are left out. Fails when an entry does not balance.
std::map<std::string, int64_t> Balances(const std::vector<LedgerEntry>& entries) {
  std::map<std::string, int64_t> balances;
  for (const LedgerEntry& entry : entries) {
    int64_t sum = 0;
    for (const storage::LedgerLine& line : entry.lines) {
      balances[line.account] += (line.debit - line.credit).value;
      sum += (line.debit - line.credit).value;
    }
    EXPECT_EQ(sum, 0) << "entry " << entry.kind << " does not balance";
    EXPECT_FALSE(entry.lines.empty());
  }
  std::erase_if(balances, [](const auto& balance) { return balance.second == 0; });
  return balances;
}

std::vector<std::string> Kinds(const std::vector<LedgerEntry>& entries) {
  std::vector<std::string> kinds;
  for (const LedgerEntry& entry : entries) kinds.push_back(entry.kind);
  return kinds;
}

TEST(Accounting, ABorneReceiptMovesFromTheInsurerToTheInstitution) {
  const auto entries =
      EntriesFor(kClaim, nullptr, BorneBy(Outcome::kAsClaimed, {{1130012, Agency::kShaho, 700}}), kMonth, 1);
  EXPECT_THAT(Kinds(entries), ElementsAre("CLAIMED", "BORNE"));
  EXPECT_THAT(Balances(entries),
              UnorderedElementsAre(Pair("insurer/01130012", 700), Pair("institution/1311234567", -700)));
  EXPECT_EQ(entries[0].number, 1u);
  EXPECT_EQ(entries[1].number, 2u);
  EXPECT_EQ(entries[1].claim, kClaim.key);
  EXPECT_EQ(entries[1].month, kMonth);
}

TEST(Accounting, AReceiptOfTwoAgenciesIsHandedOver) {
  const auto entries =
      EntriesFor(kClaim, nullptr,
                 BorneBy(Outcome::kSplit, {{1130012, Agency::kShaho, 300}, {138016, Agency::kKokuho, 400}}), kMonth, 1);
  EXPECT_THAT(Kinds(entries), ElementsAre("CLAIMED", "HANDED_OVER", "BORNE"));
  EXPECT_THAT(Balances(entries), UnorderedElementsAre(Pair("insurer/01130012", 300), Pair("insurer/00138016", 400),
                                                      Pair("institution/1311234567", -700)));
}

struct Stand {
  Outcome outcome;
  std::string account;
};
class Standing : public testing::TestWithParam<Stand> {};
TEST_P(Standing, TheAmountStandsOnItsAccount) {
  const auto entries = EntriesFor(kClaim, nullptr, Of(GetParam().outcome, 700), kMonth, 1);
  EXPECT_THAT(Balances(entries),
              UnorderedElementsAre(Pair(GetParam().account, 700), Pair("institution/1311234567", -700)));
}
INSTANTIATE_TEST_SUITE_P(Accounts, Standing,
                         testing::Values(Stand{Outcome::kReturned, "returns"}, Stand{Outcome::kPending, "pending"},
                                         Stand{Outcome::kInReview, "pending"}));

TEST(Accounting, NothingIsPostedForNothing) {
  EXPECT_THAT(EntriesFor(kClaim, nullptr, Of(Outcome::kPassedThrough, 0), kMonth, 1), IsEmpty());
  EXPECT_THAT(EntriesFor(kClaim, nullptr, Of(Outcome::kReturned, 0), kMonth, 1), IsEmpty()) << "R09";
  EXPECT_THAT(EntriesFor(kClaim, nullptr, BorneBy(Outcome::kAsClaimed, {{1130012, Agency::kShaho, 0}}), kMonth, 1),
              IsEmpty());
}

TEST(Accounting, AChangedDecisionReversesTheOldOne) {
  const Decision pending = Of(Outcome::kPending, 700);
  const Decision found = BorneBy(Outcome::kTransferred, {{138016, Agency::kKokuho, 700}});
  auto entries = EntriesFor(kClaim, nullptr, pending, kMonth, 1);
  const auto change = EntriesFor(kClaim, &pending, found, kMonth.Plus(1), 3);
  EXPECT_THAT(Kinds(change), ElementsAre("REVERSED", "HANDED_OVER", "BORNE"));
  EXPECT_EQ(change[0].number, 3u);
  entries.insert(entries.end(), change.begin(), change.end());
  EXPECT_THAT(Balances(entries),
              UnorderedElementsAre(Pair("insurer/00138016", 700), Pair("institution/1311234567", -700)));
}

TEST(Accounting, AnotherAmountReversesTheClaimToo) {
  const Decision before = Of(Outcome::kPending, 700), after = Of(Outcome::kReturned, 650);
  auto entries = EntriesFor(kClaim, nullptr, before, kMonth, 1);
  for (const LedgerEntry& entry : EntriesFor(kClaim, &before, after, kMonth, 3)) entries.push_back(entry);
  EXPECT_THAT(Balances(entries), UnorderedElementsAre(Pair("returns", 650), Pair("institution/1311234567", -650)));
}

TEST(Accounting, TheSamePlaceIsNotPostedAgain) {
  const Decision review = Of(Outcome::kInReview, 700);
  Decision later = review;
  later.moment = Moment{99};
  EXPECT_THAT(EntriesFor(kClaim, &review, later, kMonth, 3), IsEmpty());
  EXPECT_THAT(EntriesFor(kClaim, &review, Of(Outcome::kPending, 700), kMonth, 3), IsEmpty())
      << "both wait on the same account";
}

storage::Pool PoolOf(Agency agency, int64_t yen, std::vector<Weight> weights) {
  storage::Pool pool;
  pool.key = {kClaim.institution, agency, kClaim.service_month};
  pool.receipts = {kClaim.key};
  pool.yen = Yen{yen};
  pool.shares = Apportion(pool.yen, std::move(weights));
  return pool;
}

TEST(Accounting, APoolTakesItsReceiptsOutOfClearing) {
  auto entries = EntriesFor(kClaim, nullptr, Apportioned(Agency::kKokuho, 700), kMonth, 1);
  EXPECT_THAT(Balances(entries), UnorderedElementsAre(Pair("clearing/2", 700), Pair("institution/1311234567", -700)));
  const auto pool = EntriesFor(
      nullptr, PoolOf(Agency::kKokuho, 700, {{InsurerNumber{138016}, 3}, {InsurerNumber{138024}, 4}}), kMonth);
  EXPECT_THAT(Kinds(pool), ElementsAre("APPORTIONED"));
  EXPECT_EQ(pool[0].pool, "pool/1311234567/2/2024-08");
  entries.insert(entries.end(), pool.begin(), pool.end());
  EXPECT_THAT(Balances(entries), UnorderedElementsAre(Pair("insurer/00138016", 300), Pair("insurer/00138024", 400),
                                                      Pair("institution/1311234567", -700)));
}

TEST(Accounting, WhatNobodyBearsHasItsOwnAccount) {
  EXPECT_THAT(Balances(EntriesFor(nullptr, PoolOf(Agency::kShaho, 700, {}), kMonth)),
              UnorderedElementsAre(Pair("unallocated/1", 700), Pair("clearing/1", -700)));
}

TEST(Accounting, ALateIdentificationPostsOnlyDifferencesAndItsUndoTakesThemBack) {
  storage::Pool before = PoolOf(Agency::kShaho, 700, {{InsurerNumber{1130012}, 3}, {InsurerNumber{6139463}, 4}});
  before.receipts = {kClaim.key, {7, 13}};
  const auto close = EntriesFor(nullptr, before, kMonth);
  before.entries = 1;
  storage::Pool after = Reapportion(before, {{7, 13}}, Yen{210});
  auto late = EntriesFor(&before, after, kMonth.Plus(1));
  ASSERT_THAT(Kinds(late), ElementsAre("ADJUSTED"));
  EXPECT_EQ(late[0].number, 2u);
  EXPECT_THAT(Balances(late), UnorderedElementsAre(Pair("insurer/01130012", -210), Pair("insurer/06139463", -280),
                                                   Pair("clearing/1", 490)));
  after.entries = 2;
  const auto undo = EntriesFor(&after, Reapportion(after, before.receipts, Yen{700}), kMonth.Plus(1));
  late.insert(late.end(), undo.begin(), undo.end());
  EXPECT_THAT(Balances(late), IsEmpty());
  EXPECT_THAT(EntriesFor(&before, before, kMonth.Plus(1)), IsEmpty()) << "repeating changes nothing";
}

TEST(Accounting, RollupsMoveWithTheDecisionInTheMonthOfTheChange) {
  const Decision pending = Of(Outcome::kPending, 700);
  const Decision found = BorneBy(Outcome::kTransferred, {{138016, Agency::kKokuho, 700}});
  const auto first = RollupsFor(kClaim, nullptr, pending, kMonth);
  EXPECT_THAT(first, UnorderedElementsAre(
                         Pair(storage::RollupKey{kMonth, "outcome", "PENDING"}, storage::RollupSum{1, 100, 700}),
                         Pair(storage::RollupKey{kMonth, "origin", "LAPSED"}, storage::RollupSum{1, 100, 700}),
                         Pair(storage::RollupKey{kMonth, "institution", "1311234567/PENDING"},
                              storage::RollupSum{1, 100, 700})));
  std::map<storage::RollupKey, int64_t> counts;
  for (const auto& [key, sum] : RollupsFor(kClaim, &pending, found, kMonth.Plus(1))) counts[key] = sum.count;
  EXPECT_EQ((counts[{kMonth.Plus(1), "outcome", "PENDING"}]), -1);
  EXPECT_EQ((counts[{kMonth.Plus(1), "outcome", "TRANSFERRED"}]), 1);
  EXPECT_EQ((counts[{kMonth.Plus(1), "insurer", "00138016"}]), 1);
  EXPECT_THAT(RollupsFor(kClaim, &found, found, kMonth), IsEmpty());
}

TEST(Accounting, WhatCannotBeBookedIsNamed) {
  Decision short_by_one = BorneBy(Outcome::kSplit, {{1130012, Agency::kShaho, 300}, {138016, Agency::kKokuho, 400}});
  EXPECT_TRUE(CheckBookable(short_by_one).ok());
  short_by_one.parts[0].yen -= Yen{1};
  EXPECT_FALSE(CheckBookable(short_by_one).ok());
  EXPECT_FALSE(CheckBookable(Apportioned(Agency::kUnknown, 5)).ok());
  EXPECT_FALSE(CheckBookable(Of(Outcome::kAsClaimed, 5)).ok());
  EXPECT_FALSE(CheckBookable(Of(Outcome::kReturned, -5)).ok());
  EXPECT_TRUE(CheckBookable(Of(Outcome::kReturned, 5)).ok());
}

}  // namespace
}  // namespace furikae::rules
