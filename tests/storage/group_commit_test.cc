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
#include "tests/storage/temporary_directory.h"

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

TEST(GroupCommitTest, AfterAFailedWriteNothingMoreIsWrittenAndNothingAcknowledgedIsLost) {
  TemporaryDirectory directory;
  Disk disk;
  const std::unique_ptr<rocksdb::Env> env = EnvOver(disk);
  {
    auto store = Store::Open({.data_dir = directory.path(), .env = env.get()});
    ASSERT_TRUE(store.ok()) << store.status();
    ASSERT_TRUE((*store)->Commit(NumberedGroup(1, 3)).ok());
    disk.broken = true;
    EXPECT_THAT(std::string((*store)->Commit(NumberedGroup(2, 3)).message()), HasSubstr("the disk has failed"));
    disk.broken = false;  // the disk is well again, but what is on it is not known
    const absl::Status refused = (*store)->Commit(NumberedGroup(3, 3));
    EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(refused.message()), HasSubstr("the disk has failed"));
    EXPECT_EQ((*store)->BeginSubmission(DigestOf(1)).status().code(), absl::StatusCode::kFailedPrecondition);
  }
  auto store = Store::Open({.data_dir = directory.path()});
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_TRUE((*store)->GetClaim({1, 3}).ok());
  EXPECT_EQ((*store)->GetClaim({3, 1}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE((*store)->CheckIntegrity().ok()) << (*store)->CheckIntegrity();
  EXPECT_TRUE((*store)->Commit(NumberedGroup(4, 3)).ok());
  EXPECT_TRUE((*store)->CheckIntegrity().ok()) << (*store)->CheckIntegrity();
}

TEST(GroupCommitTest, WhatIsAppliedIsSeenAtOnceAndSurvivesALossOfPowerOnceItIsSynced) {
  TemporaryDirectory directory;
  Disk disk;
  const std::unique_ptr<rocksdb::Env> env = EnvOver(disk);
  {
    auto store = Store::Open({.data_dir = directory.path(), .env = env.get()});
    ASSERT_TRUE(store.ok()) << store.status();
    ASSERT_TRUE((*store)->Apply(NumberedGroup(1, 3)).ok());
    ASSERT_TRUE((*store)->Apply(NumberedGroup(2, 3)).ok());
    ASSERT_TRUE((*store)->Sync().ok());
    ASSERT_TRUE((*store)->Apply(NumberedGroup(3, 3)).ok());
    ASSERT_TRUE((*store)->Apply(NumberedGroup(4, 3)).ok());
    EXPECT_TRUE((*store)->GetClaim({4, 3}).ok());
  }
  disk.LosePower();
  auto store = Store::Open({.data_dir = directory.path()});
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_TRUE((*store)->GetClaim({1, 3}).ok());
  EXPECT_TRUE((*store)->GetClaim({2, 3}).ok());
  EXPECT_EQ((*store)->GetClaim({3, 1}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE((*store)->CheckIntegrity().ok()) << (*store)->CheckIntegrity();
}

TEST(GroupCommitTest, WhoWaitsForASlowDiskWaitsTogether) {
  TemporaryDirectory directory;
  Disk disk;
  const std::unique_ptr<rocksdb::Env> env = EnvOver(disk);
  auto opened = Store::Open({.data_dir = directory.path(), .env = env.get()});
  ASSERT_TRUE(opened.ok()) << opened.status();
  Store& store = **opened;
  const int before = disk.syncs;
  disk.slow = true;
  std::atomic<int> failures = 0;
  const auto sync = [&] { failures += store.Sync().ok() ? 0 : 1; };
  ASSERT_TRUE(store.Apply(NumberedGroup(1, 3)).ok());
  std::vector<std::thread> waiting;
  waiting.emplace_back(sync);
  while (disk.syncs == before) std::this_thread::yield();
  ASSERT_TRUE(store.Apply(NumberedGroup(2, 3)).ok());  // nobody waits to apply
  ASSERT_TRUE(store.Apply(NumberedGroup(3, 3)).ok());
  for (int i = 0; i < 3; ++i) waiting.emplace_back(sync);
  disk.slow = false;
  for (std::thread& thread : waiting) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(disk.syncs, before + 2);  // the second covers what came during the first
  EXPECT_TRUE(store.Sync().ok());
  EXPECT_EQ(disk.syncs, before + 2);  // nothing new
}

TEST(GroupCommitTest, AfterAFailedSyncNothingMoreIsAcknowledged) {
  TemporaryDirectory directory;
  Disk disk;
  const std::unique_ptr<rocksdb::Env> env = EnvOver(disk);
  auto store = Store::Open({.data_dir = directory.path(), .env = env.get()});
  ASSERT_TRUE(store.ok()) << store.status();
  ASSERT_TRUE((*store)->Apply(NumberedGroup(1, 3)).ok());
  disk.broken = true;
  EXPECT_THAT(std::string((*store)->Sync().message()), HasSubstr("the disk has failed"));
  disk.broken = false;  // it may have dropped what it could not write, and report nothing of it
  EXPECT_THAT(std::string((*store)->Sync().message()), HasSubstr("the disk has failed"));
  EXPECT_EQ((*store)->Apply(NumberedGroup(2, 3)).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ((*store)->Commit(NumberedGroup(2, 3)).code(), absl::StatusCode::kFailedPrecondition);
}

TEST(GroupCommitTest, GroupsOfSeveralThreadsAreChainedOneAfterTheOther) {
  constexpr uint32_t kThreads = 4, kGroups = 25, kClaims = 7;
  TemporaryDirectory directory;
  auto opened = Store::Open({.data_dir = directory.path()});
  ASSERT_TRUE(opened.ok());
  Store& store = **opened;
  std::atomic<int> failures = 0;
  std::vector<std::thread> threads;
  for (uint32_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (uint32_t g = 0; g < kGroups; ++g) {
        if (!store.Commit(NumberedGroup(1 + t * kGroups + g, kClaims)).ok()) ++failures;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_EQ(failures, 0);

  EXPECT_TRUE(store.CheckIntegrity().ok()) << store.CheckIntegrity();
  std::set<uint32_t> seen;
  ClaimKey last{};
  ASSERT_TRUE(store
                  .ForEachEvent([&](const Event& event) {
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
  ASSERT_TRUE(store
                  .ForEachRollup([&](const RollupKey&, const RollupSum& sum) {
                    EXPECT_EQ(sum.count, int64_t{kThreads} * kGroups * kClaims);
                    return absl::OkStatus();
                  })
                  .ok());
}

TEST(GroupCommitTest, TheSameDigestFromSeveralThreadsIsOneSubmission) {
  TemporaryDirectory directory;
  auto opened = Store::Open({.data_dir = directory.path()});
  ASSERT_TRUE(opened.ok());
  std::vector<std::thread> threads;
  std::atomic<uint32_t> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (uint8_t n = 1; n <= 50; ++n) {
        const auto begun = (*opened)->BeginSubmission(DigestOf(n));
        if (!begun.ok() || begun->sequence < 1 || begun->sequence > 50) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0u);
}

}  // namespace
}  // namespace furikae::storage
