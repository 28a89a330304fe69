// Groups are written whole or not at all, one after the other, from any thread; after a failed write nothing more is
// written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "storage/store.h"
#include "tests/storage/disk.h"
#include "tests/storage/sample_records.h"

namespace furikae::storage {
namespace {

using testing::HasSubstr;

Group NumberedGroup(uint32_t number, uint32_t claims) {
  Group group;
  for (uint32_t n = 1; n <= claims; ++n) {
    const ClaimKey key{number, n};
    group.PutClaim(SampleClaim(key));
    group.PutReceipt(key, "RE");
    group.Append(DecidedEvent(key, std::to_string(number)));
    group.Add({ServiceMonth::Of(2024, 10), "outcome", "SPLIT"}, {1, 846, 5922});
  }
  return group;
}

class GroupCommitTest : public StoreOnDisk {};

TEST_F(GroupCommitTest, AfterAFailedWriteNothingMoreIsWrittenAndNothingAcknowledgedIsLost) {
  ASSERT_TRUE(store_->Commit(NumberedGroup(1, 3)).ok());
  disk_.broken = true;
  EXPECT_THAT(std::string(store_->Commit(NumberedGroup(2, 3)).message()), HasSubstr("the disk has failed"));
  disk_.broken = false;  // the disk is well again, but what is on it is not known
  const absl::Status refused = store_->Commit(NumberedGroup(3, 3));
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("the disk has failed"));
  EXPECT_EQ(store_->BeginSubmission(DigestOf(1)).status().code(), absl::StatusCode::kFailedPrecondition);

  Reopen();
  EXPECT_TRUE(store_->GetClaim({1, 3}).ok());
  EXPECT_EQ(store_->GetClaim({3, 1}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(store_->CheckIntegrity().ok()) << store_->CheckIntegrity();
  EXPECT_TRUE(store_->Commit(NumberedGroup(4, 3)).ok());
  EXPECT_TRUE(store_->CheckIntegrity().ok()) << store_->CheckIntegrity();
}

TEST_F(GroupCommitTest, WhatIsAppliedIsSeenAtOnceAndSurvivesALossOfPowerOnceItIsSynced) {
  ASSERT_TRUE(store_->Apply(NumberedGroup(1, 3)).ok());
  ASSERT_TRUE(store_->Apply(NumberedGroup(2, 3)).ok());
  ASSERT_TRUE(store_->Sync().ok());
  ASSERT_TRUE(store_->Apply(NumberedGroup(3, 3)).ok());
  ASSERT_TRUE(store_->Apply(NumberedGroup(4, 3)).ok());
  EXPECT_TRUE(store_->GetClaim({4, 3}).ok());

  LosePower();
  EXPECT_TRUE(store_->GetClaim({1, 3}).ok());
  EXPECT_TRUE(store_->GetClaim({2, 3}).ok());
  EXPECT_EQ(store_->GetClaim({3, 1}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(store_->CheckIntegrity().ok()) << store_->CheckIntegrity();
}

TEST_F(GroupCommitTest, WhoWaitsForASlowDiskWaitsTogether) {
  const int before = disk_.syncs;
  disk_.slow = true;
  std::atomic<int> failures = 0;
  const auto sync = [&] { failures += store_->Sync().ok() ? 0 : 1; };
  ASSERT_TRUE(store_->Apply(NumberedGroup(1, 3)).ok());
  std::vector<std::thread> waiting;
  waiting.emplace_back(sync);
  while (disk_.syncs == before) std::this_thread::yield();
  ASSERT_TRUE(store_->Apply(NumberedGroup(2, 3)).ok());  // nobody waits to apply
  ASSERT_TRUE(store_->Apply(NumberedGroup(3, 3)).ok());
  for (int i = 0; i < 3; ++i) waiting.emplace_back(sync);
  disk_.slow = false;
  for (std::thread& thread : waiting) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(disk_.syncs, before + 2);  // the second covers what came during the first
  EXPECT_TRUE(store_->Sync().ok());
  EXPECT_EQ(disk_.syncs, before + 2);  // nothing new
}

TEST_F(GroupCommitTest, AfterAFailedSyncNothingMoreIsAcknowledged) {
  ASSERT_TRUE(store_->Apply(NumberedGroup(1, 3)).ok());
  disk_.broken = true;
  EXPECT_THAT(std::string(store_->Sync().message()), HasSubstr("the disk has failed"));
  disk_.broken = false;  // it may have dropped what it could not write, and report nothing of it
  EXPECT_THAT(std::string(store_->Sync().message()), HasSubstr("the disk has failed"));
  EXPECT_EQ(store_->Apply(NumberedGroup(2, 3)).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(store_->Commit(NumberedGroup(2, 3)).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(GroupCommitTest, GroupsOfSeveralThreadsAreChainedOneAfterTheOther) {
  constexpr uint32_t kThreads = 4, kGroups = 25, kClaims = 7;
  std::atomic<int> failures = 0;
  std::vector<std::thread> threads;
  for (uint32_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (uint32_t g = 0; g < kGroups; ++g) {
        if (!store_->Commit(NumberedGroup(1 + t * kGroups + g, kClaims)).ok()) ++failures;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_EQ(failures, 0);

  EXPECT_TRUE(store_->CheckIntegrity().ok()) << store_->CheckIntegrity();
  std::set<uint32_t> seen;
  ClaimKey last{};
  ASSERT_TRUE(store_
                  ->ForEachEvent([&](const Event& event) {
                    // The events of one group stay together and in order.
                    const bool begins = event.claim.receipt == 1;
                    if (begins) {
                      EXPECT_TRUE(seen.insert(event.claim.submission).second);
                    } else {
                      EXPECT_EQ(event.claim, (ClaimKey{last.submission, last.receipt + 1}));
                    }
                    last = event.claim;
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_EQ(seen.size(), kThreads * kGroups);
  ASSERT_TRUE(store_
                  ->ForEachRollup([&](const RollupKey&, const RollupSum& sum) {
                    EXPECT_EQ(sum.count, int64_t{kThreads} * kGroups * kClaims);
                    return absl::OkStatus();
                  })
                  .ok());
}

TEST_F(GroupCommitTest, TheSameDigestFromSeveralThreadsIsOneSubmission) {
  std::vector<std::thread> threads;
  std::atomic<uint32_t> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (uint8_t n = 1; n <= 50; ++n) {
        const auto begun = store_->BeginSubmission(DigestOf(n));
        if (!begun.ok() || begun->sequence < 1 || begun->sequence > 50) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0u);
}

}  // namespace
}  // namespace furikae::storage
