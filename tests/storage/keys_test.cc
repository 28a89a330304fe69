// Keys sort as bytes in the order that scans need, and give back what they were made of.
#include "storage/keys.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/storage/sample_records.h"

namespace furikae::storage {
namespace {

void ExpectAscending(const std::vector<std::string>& in_order) {
  for (size_t i = 1; i < in_order.size(); ++i) EXPECT_LT(in_order[i - 1], in_order[i]) << "at " << i;
}

TEST(KeysTest, ClaimsSortByArrival) {
  const std::vector<ClaimKey> arrival = {{0, 1}, {1, 0},   {1, 255},        {1, 256},
                                         {2, 1}, {256, 0}, {0x80000000, 7}, {~0u, ~0u}};
  std::vector<std::string> sorted;
  for (ClaimKey key : arrival) {
    sorted.push_back(keys::OfClaim(key));
    EXPECT_EQ(keys::ParseClaim(sorted.back()), key);
  }
  ExpectAscending(sorted);
  EXPECT_EQ(keys::OfClaim({7, 12}), std::string("\0\0\0\7\0\0\0\f", 8));
  EXPECT_EQ(keys::ParseClaim("short"), std::nullopt);
}

TEST(KeysTest, EventsSortBySequenceAndApartFromTheirIndex) {
  ExpectAscending({keys::OfClaimEvent({1, 2}, 9), keys::OfClaimEvent({1, 2}, 256), keys::OfClaimEvent({1, 3}, 1),
                   keys::OfEvent(1), keys::OfEvent(255), keys::OfEvent(256), keys::OfEvent(uint64_t{1} << 40)});
  EXPECT_EQ(keys::ParseEvent(keys::OfEvent(uint64_t{1} << 40)), uint64_t{1} << 40);
  EXPECT_EQ(keys::ParseEvent(keys::OfClaimEvent({1, 2}, 9)), std::nullopt);
  EXPECT_EQ(keys::ParseClaimEvent(keys::OfClaimEvent({1, 2}, 9)), 9u);
  EXPECT_TRUE(keys::OfClaimEvent({1, 2}, 9).starts_with(keys::ClaimEvents({1, 2})));
}

TEST(KeysTest, SubmissionsAreFoundByNumberAndByTheBeginningOfTheirDigest) {
  ExpectAscending({keys::OfSubmission(1), keys::OfSubmission(255), keys::OfSubmission(256)});
  EXPECT_EQ(keys::ParseSubmission(keys::OfSubmission(256)), 256u);
  EXPECT_EQ(keys::ParseSubmission(keys::OfDigest(DigestOf(0x1f))), std::nullopt);
  EXPECT_TRUE(keys::OfDigest(DigestOf(0x1f)).starts_with(*keys::DigestRange("1f1f1f1f1f1f1f1f")));
  for (const char* bad : {"1", "1F", "xy", "1f 1f"}) EXPECT_EQ(keys::DigestRange(bad), std::nullopt) << bad;
}

TEST(KeysTest, LedgerEntriesSortByMonthThenClaimsThenPoolsThenNumber) {
  const auto entry = [](int month, std::optional<ClaimKey> claim, std::string pool, uint32_t number) {
    return LedgerEntry{
        .month = ServiceMonth::Of(2024, month), .claim = claim, .pool = std::move(pool), .number = number};
  };
  const std::vector<LedgerEntry> in_order = {
      entry(10, ClaimKey{1, 2}, "", 1), entry(10, ClaimKey{1, 2}, "", 2), entry(10, ClaimKey{1, 10}, "", 1),
      entry(10, std::nullopt, "pool/1311234567/1/2024-08", 300),
      // A late pool's name continues the first one's; their entries do not mix.
      entry(10, std::nullopt, "pool/1311234567/1/2024-08/2024-11", 1), entry(11, ClaimKey{0, 1}, "", 1)};
  std::vector<std::string> sorted;
  for (const LedgerEntry& expected : in_order) {
    sorted.push_back(keys::OfLedgerEntry(expected));
    LedgerEntry parsed;
    ASSERT_TRUE(keys::ParseLedgerEntry(sorted.back(), &parsed));
    EXPECT_EQ(parsed, expected);
  }
  ExpectAscending(sorted);
  EXPECT_TRUE(sorted[2].starts_with(keys::LedgerOfClaim(ServiceMonth::Of(2024, 10), {1, 10})));
  LedgerEntry ignored;
  for (const std::string& bad : {std::string("x"), sorted[0].substr(1), sorted[0] + "x", std::string(9, '\2')}) {
    EXPECT_FALSE(keys::ParseLedgerEntry(bad, &ignored));
  }
}

TEST(KeysTest, RollupsSortByMonthDimensionMember) {
  const auto key = [](int month, std::string dimension, std::string member) {
    return RollupKey{ServiceMonth::Of(2024, month), std::move(dimension), std::move(member)};
  };
  const std::vector<RollupKey> in_order = {key(9, "outcome", "SPLIT"), key(10, "insurer", "01130012"),
                                           key(10, "outcome", ""), key(10, "outcome", "RETURNED"),
                                           key(10, "outcome2", "A")};
  std::vector<std::string> sorted;
  for (const RollupKey& expected : in_order) {
    sorted.push_back(keys::OfRollup(expected));
    EXPECT_EQ(keys::ParseRollup(sorted.back()), expected);
  }
  ExpectAscending(sorted);
  EXPECT_EQ(keys::ParseRollup("abc"), std::nullopt);
  EXPECT_EQ(keys::ParseRollup("abcdefgh"), std::nullopt);
}

TEST(KeysTest, PoolsSortByInstitutionAgencyMonth) {
  const InstitutionCode a = InstitutionCode::Of(1, 1, 9), b = InstitutionCode::Of(13, 1, 1);
  const ServiceMonth august = ServiceMonth::Of(2024, 8), november = ServiceMonth::Of(2024, 11);
  ExpectAscending({keys::OfPool({a, Agency::kShaho, august}), keys::OfPool({a, Agency::kShaho, august, november}),
                   keys::OfPool({a, Agency::kShaho, november}), keys::OfPool({a, Agency::kKokuho, august}),
                   keys::OfPool({b, Agency::kShaho, august})});
}

}  // namespace
}  // namespace furikae::storage
