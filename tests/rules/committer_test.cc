// Groups are written in the order in which they are handed over; a slow disk stops nobody for a while, a broken one
// everybody for good.
#include "rules/committer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "tests/storage/disk.h"
#include "tests/storage/sample_records.h"

namespace furikae::rules {
namespace {

using testing::HasSubstr;

class CommitterTest : public storage::StoreOnDisk {
 protected:
  static storage::Group GroupOf(uint32_t number) {
    storage::Group group;
    group.PutClaim(storage::SampleClaim({number, 1}));
    group.Append(storage::DecidedEvent({number, 1}, "payload"));
    return group;
  }
  std::vector<uint32_t> Written() const {
    std::vector<uint32_t> numbers;
    const absl::Status walked = store_->ForEachEvent([&](const storage::Event& event) {
      numbers.push_back(event.claim.submission);
      return absl::OkStatus();
    });
    EXPECT_TRUE(walked.ok()) << walked;
    return numbers;
  }
};

TEST_F(CommitterTest, GroupsAreWrittenInTheirOrderAndDurableWhenItFinishes) {
  std::vector<uint32_t> handed;
  {
    Committer committer(*store_);
    for (uint32_t number = 1; number <= 200; ++number) {
      handed.push_back(number);
      ASSERT_TRUE(committer.Hand(GroupOf(number)).ok());
    }
    ASSERT_TRUE(committer.Finish().ok());
    EXPECT_TRUE(committer.Finish().ok());  // nothing more to wait for
  }
  LosePower();
  EXPECT_EQ(Written(), handed);
}

TEST_F(CommitterTest, WhatWasHandedOverIsWrittenAlsoWithoutFinish) {
  {
    Committer committer(*store_);
    for (uint32_t number = 1; number <= 20; ++number) ASSERT_TRUE(committer.Hand(GroupOf(number)).ok());
  }
  EXPECT_EQ(Written().size(), 20u);
}

TEST_F(CommitterTest, ASlowDiskHoldsUpFinishAndNotTheGroups) {
  constexpr uint32_t kGroups = 3 * Committer::kMostWaiting;
  Committer committer(*store_);
  disk_.slow = true;
  // That all can be handed over tells that most are applied, though none is durable.
  for (uint32_t number = 1; number <= kGroups; ++number) ASSERT_TRUE(committer.Hand(GroupOf(number)).ok());
  std::atomic<bool> released = false;
  std::thread releasing([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    released = true;
    disk_.slow = false;
  });
  EXPECT_TRUE(committer.Finish().ok());
  EXPECT_TRUE(released);
  releasing.join();
  EXPECT_EQ(Written().size(), kGroups);
}

TEST_F(CommitterTest, AfterAFailedWriteNothingFollows) {
  Committer committer(*store_);
  ASSERT_TRUE(committer.Hand(GroupOf(1)).ok());
  ASSERT_TRUE(committer.Finish().ok());
  disk_.broken = true;
  ASSERT_TRUE(committer.Hand(GroupOf(2)).ok());  // not known yet
  EXPECT_THAT(std::string(committer.Finish().message()), HasSubstr("the disk has failed"));
  disk_.broken = false;
  EXPECT_THAT(std::string(committer.Hand(GroupOf(3)).message()), HasSubstr("the disk has failed"));
  EXPECT_THAT(std::string(committer.Finish().message()), HasSubstr("the disk has failed"));
  EXPECT_THAT(Written(), testing::Not(testing::Contains(3u)));
}

}  // namespace
}  // namespace furikae::rules
