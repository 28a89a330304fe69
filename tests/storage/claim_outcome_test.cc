// The short reading of a claim agrees with the whole one.
#include "storage/claim_outcome.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "storage/codec.h"
#include "tests/storage/sample_records.h"

namespace furikae::storage {
namespace {

std::string BytesOf(const Claim& claim) {
  std::string bytes;
  SerializeClaim(claim, bytes);
  return bytes;
}

ClaimOutcome WholeReading(ClaimKey key, const std::string& bytes) {
  const Claim claim = ParseClaim(key, bytes).value();
  return {.key = key,
          .state = claim.state,
          .service_month = claim.service_month,
          .decided_month = claim.decided_month,
          .outcome = claim.decision.outcome,
          .pool_agency = claim.decision.pool_agency,
          .insurer_yen = claim.decision.insurer_yen};
}

TEST(ClaimOutcome, AgreesWithTheWholeClaim) {
  const ClaimKey key{7, 3};
  for (const int64_t yen : {int64_t{0}, int64_t{1}, int64_t{-1}, int64_t{5922}, std::numeric_limits<int64_t>::max(),
                            std::numeric_limits<int64_t>::min()}) {
    for (int outcome = 0; outcome <= static_cast<int>(Outcome::kPassedThrough); ++outcome) {
      Claim claim = SampleClaim(key);
      claim.decision.outcome = static_cast<Outcome>(outcome);
      claim.decision.insurer_yen = Yen{yen};
      const std::string bytes = BytesOf(claim);
      EXPECT_EQ(ParseClaimOutcome(key, bytes).value(), WholeReading(key, bytes)) << outcome << " " << yen;
    }
  }
  const std::string received = BytesOf({.key = key, .service_month = ServiceMonth::Of(2024, 9)});
  EXPECT_EQ(ParseClaimOutcome(key, received).value(), WholeReading(key, received));
}

// Wherever a claim's bytes are cut, the short reading fails or reads no more than the whole one would.
TEST(ClaimOutcome, CutBytesAreDamageOrReadAlike) {
  const ClaimKey key{7, 3};
  const std::string bytes = BytesOf(SampleClaim(key));
  int refused = 0;
  for (size_t length = 0; length < bytes.size(); ++length) {
    const std::string cut = bytes.substr(0, length);
    const auto outcome = ParseClaimOutcome(key, cut);
    refused += outcome.ok() ? 0 : 1;
    if (ParseClaim(key, cut).ok()) {
      ASSERT_TRUE(outcome.ok()) << length;
      EXPECT_EQ(*outcome, WholeReading(key, cut)) << length;
    } else if (!outcome.ok()) {
      EXPECT_EQ(outcome.status().code(), absl::StatusCode::kDataLoss) << length;
    }
  }
  EXPECT_GT(refused, 0);
  EXPECT_EQ(ParseClaimOutcome(key, "\x08\x07").status().code(), absl::StatusCode::kDataLoss) << "no such state";
}

}  // namespace
}  // namespace furikae::storage
