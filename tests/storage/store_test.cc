// What a group brings in is what readers find, in arrival order, also after the store was closed and opened again.
#include "storage/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "storage/schema/event.pb.h"
#include "tests/storage/sample_records.h"
#include "tests/storage/temporary_directory.h"

namespace furikae::storage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const ServiceMonth kMonth = ServiceMonth::Of(2024, 10);

class StoreTest : public testing::Test {
 protected:
  void SetUp() override { Reopen(); }
  void Reopen() {
    store_.reset();
    auto opened = Store::Open({.data_dir = directory_.path(), .write_buffer_bytes = 1 << 20});
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
  }
  void Commit(Group group) {
    const absl::Status status = store_->Commit(std::move(group));
    ASSERT_TRUE(status.ok()) << status;
  }
  void CommitClaim(ClaimKey key) {
    Group group;
    group.PutClaim(SampleClaim(key));
    group.PutReceipt(key, "RE," + std::to_string(key.receipt));
    Commit(std::move(group));
  }

  TemporaryDirectory directory_;
  std::unique_ptr<Store> store_;
};

TEST_F(StoreTest, EveryRecordOfAGroupIsFoundAfterReopening) {
  const ClaimKey key{1, 1};
  Group group;
  group.PutSubmission(SampleSubmission(1));
  group.PutReceipt(key, std::string("RE,1,\x83\x00\r\n", 9));
  group.PutClaim(SampleClaim(key));
  group.PutPool(SamplePool());
  group.PutFingerprint(DigestOf(9), key);
  group.PutMonthClosed(kMonth, {1730386799});
  group.PutRuleSet("00ff12ab", "{\"tables\":[]}");
  group.Post(SampleEntry(key));
  group.Add({kMonth, "outcome", "SPLIT"}, {1, 846, 5922});
  Commit(std::move(group));
  Reopen();

  EXPECT_EQ(store_->GetSubmission(1).value(), SampleSubmission(1));
  EXPECT_EQ(store_->GetReceipt(key).value(), std::string("RE,1,\x83\x00\r\n", 9));
  Claim closed = SampleClaim(key);
  closed.state = ClaimState::kClosed;
  closed.closed_month = kMonth;
  EXPECT_EQ(store_->GetClaim(key).value(), closed);
  EXPECT_EQ(store_->GetPool(SamplePool().key).value(), SamplePool());
  EXPECT_THAT(store_->FindFingerprint(DigestOf(9)), ElementsAre(key));
  EXPECT_EQ(store_->ClosedAt(kMonth), Moment{1730386799});
  EXPECT_THAT(store_->ClosedMonths(), ElementsAre(kMonth));
  EXPECT_EQ(store_->GetRuleSet("00ff12ab").value(), "{\"tables\":[]}");
  EXPECT_THAT(store_->LedgerOf(key).value(), ElementsAre(SampleEntry(key)));
}

TEST_F(StoreTest, ARuleSetIsFoundByTheBeginningOfItsDigest) {
  Group group;
  group.PutRuleSet("00ff12ab", "one");
  group.PutRuleSet("00ff34cd", "other");
  Commit(std::move(group));
  EXPECT_EQ(store_->GetRuleSet("00ff1").value(), "one");
  EXPECT_EQ(store_->GetRuleSet("00ff34cd").value(), "other");
  EXPECT_EQ(store_->GetRuleSet("00ff34cd0").status().code(), absl::StatusCode::kNotFound);
  const absl::Status both = store_->GetRuleSet("00ff").status();
  EXPECT_EQ(both.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(both.message()), HasSubstr("2 rule sets begin with \"00ff\""));
}

TEST_F(StoreTest, WhatIsNotThereIsNotFound) {
  EXPECT_EQ(store_->GetSubmission(1).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(store_->GetClaim({1, 1}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(store_->GetReceipt({1, 1}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(store_->GetPool(SamplePool().key).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(store_->GetRuleSet("x").status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(store_->FindFingerprint(DigestOf(9)), IsEmpty());
  EXPECT_EQ(store_->ClosedAt(kMonth), std::nullopt);
  EXPECT_EQ(store_->FindSubmission("0101010101010101"), std::nullopt);
  EXPECT_FALSE(store_->WasLoaded(DigestOf(1)));
}

TEST_F(StoreTest, ClaimsAndReceiptsComeInArrivalOrderFromAGivenOneOn) {
  // Orders that would go wrong if numbers were written as text or little-endian.
  for (ClaimKey key : {ClaimKey{300, 1}, {2, 256}, {2, 1}, {1, 65536}, {2, 255}}) CommitClaim(key);
  std::vector<std::pair<ClaimKey, std::string>> seen;
  const auto record = [&](const Claim& claim, std::string_view receipt) {
    seen.emplace_back(claim.key, receipt);
    return absl::OkStatus();
  };
  ASSERT_TRUE(store_->ForEachClaim({2, 1}, /*with_receipts=*/true, record).ok());
  EXPECT_THAT(seen, ElementsAre(std::pair(ClaimKey{2, 1}, "RE,1"), std::pair(ClaimKey{2, 255}, "RE,255"),
                                std::pair(ClaimKey{2, 256}, "RE,256"), std::pair(ClaimKey{300, 1}, "RE,1")));
  seen.clear();
  ASSERT_TRUE(store_->ForEachClaim({}, /*with_receipts=*/false, record).ok());
  EXPECT_EQ(seen.size(), 5u);
  EXPECT_EQ(seen[0], std::pair(ClaimKey(1, 65536), std::string()));
}

TEST_F(StoreTest, TheVisitorEndsTheWalk) {
  for (uint32_t n = 1; n <= 3; ++n) CommitClaim({1, n});
  int visits = 0;
  const auto stop_with = [&](absl::Status status) {
    visits = 0;
    return store_->ForEachClaim(
        {}, true, [&](const Claim&, std::string_view) { return ++visits == 2 ? status : absl::OkStatus(); });
  };
  EXPECT_TRUE(stop_with(absl::CancelledError()).ok());
  EXPECT_EQ(visits, 2);
  EXPECT_EQ(stop_with(absl::OutOfRangeError("enough")), absl::OutOfRangeError("enough"));
}

TEST_F(StoreTest, AWalkSeesTheMomentItBegan) {
  for (uint32_t n = 1; n <= 2; ++n) CommitClaim({1, n});
  int visits = 0;
  const absl::Status walked = store_->ForEachClaim({}, true, [&](const Claim&, std::string_view) {
    CommitClaim({1, 3u + visits++});
    return absl::OkStatus();
  });
  EXPECT_TRUE(walked.ok()) << walked;
  EXPECT_EQ(visits, 2);
}

TEST_F(StoreTest, AClaimWithoutItsReceiptIsDamage) {
  Group group;
  group.PutClaim(SampleClaim({4, 2}));
  Commit(std::move(group));
  const absl::Status status =
      store_->ForEachClaim({}, true, [](const Claim&, std::string_view) { return absl::OkStatus(); });
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr("claim 4/2"));
}

TEST_F(StoreTest, TheSameBytesAreOneSubmission) {
  const auto first = store_->BeginSubmission(DigestOf(7));
  const auto second = store_->BeginSubmission(DigestOf(8));
  EXPECT_EQ(first->sequence, 1u);
  EXPECT_EQ(second->sequence, 2u);
  EXPECT_FALSE(first->complete);
  Reopen();
  EXPECT_EQ(store_->BeginSubmission(DigestOf(7))->sequence, 1u);
  EXPECT_EQ(store_->BeginSubmission(DigestOf(9))->sequence, 3u);

  Submission submission = SampleSubmission(1);
  submission.digest = DigestOf(7);
  submission.complete = false;
  Group half;
  half.PutSubmission(submission);
  Commit(std::move(half));
  EXPECT_FALSE(store_->BeginSubmission(DigestOf(7))->complete);
  submission.complete = true;
  Group whole;
  whole.PutSubmission(submission);
  Commit(std::move(whole));
  EXPECT_TRUE(store_->BeginSubmission(DigestOf(7))->complete);
  EXPECT_EQ(store_->FindSubmission("0707070707070707"), 1u);
  EXPECT_EQ(store_->FindSubmission("0707070707070708"), std::nullopt);
  EXPECT_EQ(store_->FindSubmission("not hex"), std::nullopt);
}

TEST_F(StoreTest, AClaimIdNamesAClaimAndNothingElse) {
  ASSERT_EQ(store_->BeginSubmission(DigestOf(1))->sequence, 1u);
  Group group;
  group.PutSubmission(SampleSubmission(1));
  Commit(std::move(group));
  CommitClaim({1, 12});
  const std::string id = "1311234567-2-202410-0101010101010101-000012";
  EXPECT_EQ(store_->ClaimId({1, 12}).value(), id);
  EXPECT_EQ(store_->ParseClaimId(id).value(), (ClaimKey{1, 12}));

  struct Case {
    const char* id;
    absl::StatusCode code;
  };
  for (const Case& c :
       {Case{"1311234567-2-202410-0101010101010101-000013", absl::StatusCode::kNotFound},  // no such receipt
        Case{"1311234567-1-202410-0101010101010101-000012", absl::StatusCode::kNotFound},  // other agency
        Case{"1311234567-2-202410-0101010101010102-000012", absl::StatusCode::kNotFound},  // other file
        Case{"1311234567-2-202410-0101010101010101-12", absl::StatusCode::kInvalidArgument},
        Case{"1311234567-2-202410-010101010101010X-000012", absl::StatusCode::kInvalidArgument},
        Case{"1311234567-2-202410-0101010101010101--00012", absl::StatusCode::kInvalidArgument},
        Case{"", absl::StatusCode::kInvalidArgument}}) {
    EXPECT_EQ(store_->ParseClaimId(c.id).status().code(), c.code) << c.id;
  }
  EXPECT_THAT(std::string(store_->ParseClaimId("nonsense").status().message()), HasSubstr("1311234567-1-202410-"));
}

TEST_F(StoreTest, RollupsAddUpWithinAndAcrossGroups) {
  const RollupKey split{kMonth, "outcome", "SPLIT"}, returned{kMonth, "outcome", "RETURNED"};
  Group first;
  first.Add(split, {1, 100, 700});
  first.Add(split, {1, 200, 1400});
  Commit(std::move(first));
  Group second;
  second.Add(split, {-1, -100, -700});
  second.Add(returned, {1, 100, 0});
  Commit(std::move(second));
  Reopen();
  std::vector<std::pair<RollupKey, RollupSum>> seen;
  ASSERT_TRUE(store_
                  ->ForEachRollup([&](const RollupKey& key, const RollupSum& sum) {
                    seen.emplace_back(key, sum);
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_THAT(seen, ElementsAre(std::pair(returned, RollupSum{1, 100, 0}), std::pair(split, RollupSum{1, 200, 1400})));
}

TEST_F(StoreTest, AFingerprintListsItsClaimsOnceInArrivalOrder) {
  for (ClaimKey key : {ClaimKey{2, 1}, {1, 5}, {2, 1}, {1, 7}}) {
    Group group;
    group.PutFingerprint(DigestOf(3), key);
    Commit(std::move(group));
  }
  EXPECT_THAT(store_->FindFingerprint(DigestOf(3)), ElementsAre(ClaimKey{1, 5}, ClaimKey{1, 7}, ClaimKey{2, 1}));
}

TEST_F(StoreTest, TheLedgerOfAClaimSpansMonths) {
  LedgerEntry late = SampleEntry({1, 2}, 2);
  late.month = ServiceMonth::Of(2025, 1);
  LedgerEntry pool = SampleEntry({}, 1);
  pool.claim.reset();
  pool.pool = "pool/1311234567/1/2024-08";
  Group group;
  for (const LedgerEntry& entry : {late, SampleEntry({1, 2}), SampleEntry({1, 1}), SampleEntry({1, 3}), pool})
    group.Post(entry);
  Commit(std::move(group));
  EXPECT_THAT(store_->LedgerOf({1, 2}).value(), ElementsAre(SampleEntry({1, 2}), late));
  std::vector<LedgerEntry> all;
  ASSERT_TRUE(store_
                  ->ForEachLedgerEntry([&](const LedgerEntry& entry) {
                    all.push_back(entry);
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_THAT(all, ElementsAre(SampleEntry({1, 1}), SampleEntry({1, 2}), SampleEntry({1, 3}), pool, late));
}

TEST_F(StoreTest, EventsAreNumberedAndChainedInTheOrderOfCommits) {
  Group group;
  group.Append(DecidedEvent({1, 1}, "one"));
  group.Append(DecidedEvent({1, 2}, "two"));
  Commit(std::move(group));
  Reopen();
  Group later;
  later.Append(DecidedEvent({1, 1}, "three"));
  Commit(std::move(later));

  std::vector<Event> events;
  ASSERT_TRUE(store_
                  ->ForEachEvent([&](const Event& event) {
                    events.push_back(event);
                    return absl::OkStatus();
                  })
                  .ok());
  ASSERT_EQ(events.size(), 3u);
  for (size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].sequence, i + 1);
    EXPECT_EQ(events[i].previous, i == 0 ? Digest() : events[i - 1].hash);
  }
  EXPECT_EQ(events[2].payload, "three");
  EXPECT_EQ(events[2].moment, Moment{1730386799});

  const auto of_claim = store_->EventsOf({1, 1});
  ASSERT_TRUE(of_claim.ok()) << of_claim.status();
  ASSERT_EQ(of_claim->size(), 2u);
  EXPECT_EQ((*of_claim)[0].sequence, 1u);
  EXPECT_EQ((*of_claim)[1].sequence, 3u);
  EXPECT_EQ((*of_claim)[1].previous, events[1].hash);
  EXPECT_TRUE(store_->CheckIntegrity().ok()) << store_->CheckIntegrity();
}

TEST_F(StoreTest, ALoadedTableIsRememberedWithItsEvent) {
  schema::TableLoaded loaded;
  loaded.set_file_digest(std::string(32, '\5'));
  Group group;
  group.Append({.kind = EventKind::kTableLoaded, .month = kMonth, .payload = loaded.SerializeAsString()});
  Commit(std::move(group));
  Reopen();
  EXPECT_TRUE(store_->WasLoaded(DigestOf(5)));
  EXPECT_FALSE(store_->WasLoaded(DigestOf(6)));
}

TEST_F(StoreTest, AGroupThatMakesNoSenseIsRefusedWhole) {
  Group no_digest;
  no_digest.PutClaim(SampleClaim({1, 1}));
  no_digest.Append({.kind = EventKind::kTableLoaded, .payload = "?"});
  EXPECT_EQ(store_->Commit(std::move(no_digest)).code(), absl::StatusCode::kInvalidArgument);
  Group no_owner;
  no_owner.PutClaim(SampleClaim({1, 1}));
  no_owner.Post({.month = kMonth, .kind = "CLAIMED"});
  EXPECT_EQ(store_->Commit(std::move(no_owner)).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(store_->GetClaim({1, 1}).status().code(), absl::StatusCode::kNotFound);
  CommitClaim({1, 1});  // the store itself is fine
}

TEST_F(StoreTest, OpeningRemovesTheScratchOfAProcessThatCouldNot) {
  namespace fs = std::filesystem;
  CommitClaim({1, 1});
  const auto first = store_->NewScratchDirectory(), second = store_->NewScratchDirectory();
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_NE(*first, *second);
  for (const std::string& made : {*first, *second}) {
    EXPECT_TRUE(made.starts_with(directory_.path() + "/"));
    EXPECT_EQ(fs::status(made).permissions(), fs::perms::owner_all) << "others could read it";
    std::ofstream(made + "/left") << "about a person";
  }
  Reopen();
  EXPECT_FALSE(fs::exists(*first) || fs::exists(*second));
  EXPECT_TRUE(store_->GetClaim({1, 1}).ok());
  EXPECT_TRUE(store_->NewScratchDirectory().ok());
}

TEST_F(StoreTest, ScratchThatCannotBeMadeIsNamed) {
  std::ofstream(directory_.File("scratch")) << "in the way";
  const absl::Status status = store_->NewScratchDirectory().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(status.message(), HasSubstr(directory_.File("scratch")));
}

TEST_F(StoreTest, AnEmptyGroupChangesNothing) {
  Group group;
  EXPECT_TRUE(group.empty());
  Commit(std::move(group));
  EXPECT_TRUE(store_->CheckIntegrity().ok());
}

}  // namespace
}  // namespace furikae::storage
