// A receipt of a closed month is identified after all, and that is taken back: differences in the open month only
// (decisions.md §8 late identification, §9.8, §9.12).
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rules/receipt_facts.h"
#include "tests/rules/month_fixture.h"

namespace furikae::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

const ServiceMonth kNovember = kOctober.Plus(1);
constexpr int64_t kShare = 3 * 282 * 7;

class Late : public Month {
 protected:
  void SetUp() override {
    Month::SetUp();
    Lapsed();
    Claim other = UnidentifiedClaim();
    other.name = "鈴木　一郎";
    other.kana = "スズキイチロウ";
    other.birth = "19500101";
    other.sex = "1";
    other.remarks = {
        "不詳・スズキイチロウ・社保・協会けんぽ・別の商事・東京都港区芝９－９・０３－９９９９－９９９９・令和６年９月３"
        "０日"};
    const SubmitReport report = Submit("a.UKE", File({UnidentifiedClaim(), other}));
    id_ = report.claim_ids.at(0);
    other_ = report.claim_ids.at(1);
    Decide();
    Close();
    ASSERT_EQ(ResultOf(id_), "APPORTIONED");
    ASSERT_EQ(ResultOf(other_), "APPORTIONED");
  }
  storage::Pool Pool() { return *store_->GetPool({kClinic, Agency::kShaho, ServiceMonth::Of(2024, 9)}); }
  // What was posted in `month`, by account; debits positive.
  std::map<std::string, int64_t> PostedIn(ServiceMonth month) {
    std::map<std::string, int64_t> balances;
    EXPECT_TRUE(store_
                    ->ForEachLedgerEntry([&](const storage::LedgerEntry& entry) {
                      for (const auto& line : entry.lines) {
                        if (entry.month == month) balances[line.account] += (line.debit - line.credit).value;
                      }
                      return absl::OkStatus();
                    })
                    .ok());
    std::erase_if(balances, [](const auto& balance) { return balance.second == 0; });
    return balances;
  }

  std::string id_, other_;
};

TEST_F(Late, TheInsurerFoundIsBilledInFullAndTheOthersGetTheirSharesBack) {
  const auto october = PostedIn(kOctober);
  const storage::Pool before = Pool();
  ASSERT_TRUE(Act(id_, Action::kAccept, "S-hanako", kNovember).ok());
  EXPECT_EQ(ResultOf(id_), "TRANSFERRED 04");
  EXPECT_EQ(ClaimOf(id_).closed_month, kOctober);
  EXPECT_FALSE(ClaimOf(id_).review_open);
  EXPECT_THAT(Pool().receipts, SizeIs(1));
  EXPECT_EQ(Pool().yen, before.yen - Yen{kShare});
  EXPECT_EQ(PostedIn(kOctober), october) << "a closed month never changes";
  // 11,844 was shared 8,883 : 2,961; 5,922 is shared 4,442 : 1,480.
  EXPECT_THAT(PostedIn(kNovember), UnorderedElementsAre(Pair("insurer/01130012", 4442 - 8883),
                                                        Pair("insurer/06130488", kShare + 1480 - 2961)));
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(Late, TheSameAgainChangesNothing) {
  PeopleRow row;
  row.claim_id = id_;
  row.action = Action::kAccept;
  row.subject_id = "S-hanako";
  row.at = Moment::LastSecondOf(kOctober);
  ASSERT_TRUE(engine_->Act(row, Run(kNovember)).ok());
  const std::string once = Everything();
  ASSERT_TRUE(engine_->Act(row, Run(kNovember)).ok());
  EXPECT_EQ(Everything(), once);
}

TEST_F(Late, UndoRestoresTheSharesExactly) {
  const storage::Pool before = Pool();
  const Decision decision = ClaimOf(id_).decision;
  ASSERT_TRUE(Act(id_, Action::kAccept, "S-hanako", kNovember).ok());
  ASSERT_TRUE(Act(id_, Action::kUndo, "", kNovember).ok());
  storage::Pool after = Pool();
  EXPECT_EQ(after.entries, 3u);
  after.entries = before.entries;
  EXPECT_EQ(after, before);
  EXPECT_EQ(ClaimOf(id_).decision, decision);
  EXPECT_TRUE(ClaimOf(id_).review_open);
  EXPECT_THAT(PostedIn(kNovember), IsEmpty());
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(Late, IsPostedInTheFirstOpenMonthEvenWhenTheRunIsOfAClosedOne) {
  PeopleRow row;
  row.claim_id = id_;
  row.action = Action::kAccept;
  row.subject_id = "S-hanako";
  row.at = Moment{Moment::LastSecondOf(kOctober).seconds - 5};
  ASSERT_TRUE(engine_->Act(row, Run(kOctober)).ok());
  EXPECT_EQ(PostedIn(kNovember)["insurer/01130012"], 4442 - 8883);
}

TEST_F(Late, BothIdentifiedLeaveAnEmptyPool) {
  ASSERT_TRUE(Act(id_, Action::kAccept, "S-hanako", kNovember).ok());
  ASSERT_TRUE(Act(other_, Action::kAccept, "S-hanako", kNovember).ok());
  EXPECT_THAT(Pool().receipts, IsEmpty());
  EXPECT_EQ(Pool().yen, Yen{0});
  EXPECT_THAT(Balances(),
              UnorderedElementsAre(Pair("institution/1311234567", -2 * kShare), Pair("insurer/06130488", 2 * kShare)));
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(Late, APersonTheRegistryDoesNotKnowChangesNoShare) {
  const storage::Pool before = Pool();
  EXPECT_TRUE(absl::IsNotFound(Act(id_, Action::kAccept, "S-nobody", kNovember)));
  EXPECT_EQ(ResultOf(id_), "APPORTIONED");
  EXPECT_EQ(Pool(), before);
  EXPECT_THAT(Differences(), IsEmpty());
}

// Whom the other agency pays for, where the agency returns such receipts: the shares go back, nobody else bears it.
TEST_F(Late, AReturnTakesTheReceiptOutOfItsPool) {
  std::map<std::string, std::string> files = EmbeddedRegulations();
  files["policy.json"] =
      absl::StrReplaceAll(files["policy.json"], {{R"("action": "HAND_OVER")", R"("action": "RETURN", "reason": 11)"}});
  auto returning = Rulebook::Load(Declarations(), files);
  ASSERT_TRUE(returning.ok()) << returning.status();
  Engine engine(*store_, *returning);
  Person taro = Hanako();
  taro.subject = "S-taro";
  Covered({{taro, {.insurer = kKokuho, .symbol = "9", .number = "99", .from = "2024-09-01"}}}, kNovember);
  PeopleRow row{id_, Action::kAccept, "S-taro", {}, "reviewer", Moment::LastSecondOf(kNovember)};
  ASSERT_TRUE(engine.Act(row, Run(kNovember)).ok());
  EXPECT_EQ(ResultOf(id_), "RETURNED R11");
  EXPECT_THAT(Pool().receipts, SizeIs(1));
  EXPECT_THAT(PostedIn(kNovember),
              UnorderedElementsAre(Pair("insurer/01130012", 4442 - 8883), Pair("insurer/06130488", 1480 - 2961),
                                   Pair("returns", kShare)));
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(Late, ARejectionEndsTheReviewAndMovesNothing) {
  const storage::Pool before = Pool();
  ASSERT_TRUE(Act(id_, Action::kReject, "", kNovember).ok());
  EXPECT_FALSE(ClaimOf(id_).review_open);
  EXPECT_EQ(Pool(), before);
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(Late, WhatWasClosedAsTransferredHasNothingLeftToIdentify) {
  const std::string id = Submit("b.UKE", File({Claim()}, {.written = "202411"}), kNovember).claim_ids.at(0);
  Decide(kNovember);
  Close(kNovember);
  const ServiceMonth december = kNovember.Plus(1);
  const std::string before = Everything();
  EXPECT_EQ(Act(id, Action::kAccept, "S-hanako", december).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Everything(), before);
}

TEST_F(Late, LaterPaymentRecordsDoNotMoveAClosedPool) {
  ASSERT_TRUE(store_->payments()
                  .Put({kClinic, kSociety, ServiceMonth::Of(2024, 6), 1, 1, Yen{99999}}, storage::Digest{9}, 1)
                  .ok());
  ASSERT_TRUE(store_->payments().Flush().ok());
  ASSERT_TRUE(Act(id_, Action::kAccept, "S-hanako", kNovember).ok());
  EXPECT_EQ(Pool().weights_total, Yen{4000});
}

}  // namespace
}  // namespace furikae::rules
