#include "storage/closed_months.h"

#include <gtest/gtest.h>

#include <vector>

#include "storage/store.h"
#include "tests/storage/sample_records.h"
#include "tests/storage/temporary_directory.h"

namespace furikae::storage {
namespace {

const ServiceMonth kSeptember = ServiceMonth::Of(2024, 9), kOctober = ServiceMonth::Of(2024, 10),
                   kNovember = ServiceMonth::Of(2024, 11), kDecember = ServiceMonth::Of(2024, 12);

TEST(ClosedWith, IsTheFirstClosedMonthNotBefore) {
  const std::vector<ServiceMonth> closed = {kSeptember, kNovember};
  EXPECT_EQ(ClosedWith(closed, ServiceMonth::Of(2024, 8)), kSeptember);
  EXPECT_EQ(ClosedWith(closed, kSeptember), kSeptember);
  EXPECT_EQ(ClosedWith(closed, kOctober), kNovember);  // October was never closed by itself
  EXPECT_EQ(ClosedWith(closed, kNovember), kNovember);
  EXPECT_EQ(ClosedWith(closed, kDecember), ServiceMonth());
  EXPECT_EQ(ClosedWith({}, kOctober), ServiceMonth());
}

TEST(SeeClosed, OnlySettledClaimsAreClosed) {
  const std::vector<ServiceMonth> closed = {kOctober};
  for (int number = 1; number <= static_cast<int>(Outcome::kPassedThrough); ++number) {
    const auto outcome = static_cast<Outcome>(number);
    const bool waits = outcome == Outcome::kInReview || outcome == Outcome::kPending;
    Claim claim{.state = ClaimState::kDecided, .decided_month = kOctober};
    claim.decision.outcome = outcome;
    SeeClosed(closed, claim);
    EXPECT_EQ(claim.state, waits ? ClaimState::kDecided : ClaimState::kClosed) << OutcomeName(outcome);
    EXPECT_EQ(claim.closed_month, waits ? ServiceMonth() : kOctober) << OutcomeName(outcome);
  }
  Claim received{.state = ClaimState::kReceived};
  SeeClosed(closed, received);
  EXPECT_EQ(received.state, ClaimState::kReceived);
}

// However a claim is read, it is closed from the moment on in which its month is, and by nothing but the month's mark.
TEST(SeeClosed, EveryWayOfReadingSaysTheSame) {
  TemporaryDirectory directory;
  auto store = *Store::Open({.data_dir = directory.path()});
  const auto states = [&] {
    std::vector<ClaimState> seen = {store->GetClaim({1, 1}).value().state, store->GetClaim({1, 2}).value().state};
    const auto note = [&](const Claim& claim) {
      seen.push_back(claim.state);
      return absl::OkStatus();
    };
    EXPECT_TRUE(
        store->ForEachClaim({0, 0}, false, [&](const Claim& claim, std::string_view) { return note(claim); }).ok());
    EXPECT_TRUE(store
                    ->ForEachClaimOutcome([&](const ClaimOutcome& claim) {
                      seen.push_back(claim.state);
                      return absl::OkStatus();
                    })
                    .ok());
    const uint32_t submission = 1;
    EXPECT_TRUE(store->ForEachClaimOf({&submission, 1}, note).ok());
    return seen;
  };
  Group claims;
  Claim october = SampleClaim({1, 1}), november = SampleClaim({1, 2});
  october.decided_month = kOctober;
  november.decided_month = kNovember;
  claims.PutClaim(october);
  claims.PutClaim(november);
  ASSERT_TRUE(store->Commit(std::move(claims)).ok());
  EXPECT_EQ(states(), std::vector<ClaimState>(8, ClaimState::kDecided));
  Group close;
  close.PutMonthClosed(kOctober, Moment{1730386799});
  ASSERT_TRUE(store->Commit(std::move(close)).ok());
  using enum ClaimState;
  EXPECT_EQ(states(),
            (std::vector<ClaimState>{kClosed, kDecided, kClosed, kDecided, kClosed, kDecided, kClosed, kDecided}));
}

}  // namespace
}  // namespace furikae::storage
