// What another rule set would change in how pools are shared (decisions.md §8), against what a close really books.
#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "rules/closing.h"
#include "rules/receipt_facts.h"
#include "tests/rules/rule_diff_fixture.h"

namespace furikae::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// "WINDOW institution 4-2 yen": id, scope, months before the service month, basis.
struct Rung {
  std::string id, scope = "none";
  int from = 0, to = 0;
  std::string basis = "yen";
};
const Rung kWindow{"WINDOW", "institution", 4, 2}, kYear{"INSTITUTION_12", "institution", 12, 1},
    kPrefecture{"PREFECTURE", "prefecture", 4, 2}, kNobody{"UNALLOCATED"};

std::string RowText(const Rung& rung, size_t number) {
  const std::string window = rung.scope == "none"
                                 ? ""
                                 : absl::StrCat(R"(, "months_from": )", rung.from, R"(, "months_to": )", rung.to,
                                                R"(, "basis": ")", rung.basis, R"(")");
  return absl::StrCat(R"({"id": ")", rung.id, R"(", "title": {"ja": "段", "en": "A rung"}, "when": {"rung": )", number,
                      R"(}, "then": {"scope": ")", rung.scope, R"(")", window,
                      R"(}, "source": "policy of this rule set", "status": "assumed", "note": "of a test"})");
}

// The built-in rules with this ladder.
Rulebook Sharing(const std::vector<Rung>& ladder) {
  std::vector<std::string> rows;
  for (const Rung& rung : ladder) rows.push_back(RowText(rung, rows.size() + 1));
  std::map<std::string, std::string> files = EmbeddedRegulations();
  files["ladder.json"] = absl::StrCat(
      R"({"table": "ladder", "title": {"ja": "段", "en": "Rungs"}, "hit": "UNIQUE", "dated_by": "service_month",
          "outputs": {"scope": "text", "months_from": "number", "months_to": "number", "basis": "text"}, "rows": [)",
      absl::StrJoin(rows, ", "), "]}");
  return *Rulebook::Load(Declarations(), files);
}

// "insurer/01130012 4442→5922" …
std::vector<std::string> Lines(const std::vector<ShareMoved>& shares) {
  std::vector<std::string> lines;
  for (const ShareMoved& share : shares)
    lines.push_back(absl::StrCat(share.account, " ", share.before.value, "→", share.after.value));
  return lines;
}

class PoolDiffs : public RuleDiffs {
 protected:
  // 協会けんぽ and the society paid the clinic 3 : 1 yen, 3 : 1 points and 1 : 1 receipts in the window, 3 : 9 yen over
  // the year; another clinic of the prefecture was paid by the society alone.
  void SetUp() override {
    RuleDiffs::SetUp();
    storage::Payments& payments = store_->payments();
    const InstitutionCode neighbour{1311111111};
    ASSERT_TRUE(
        payments.Put({kClinic, kSociety, ServiceMonth::Of(2024, 1), 1, 800, Yen{8000}}, storage::Digest{2}, 1).ok());
    ASSERT_TRUE(
        payments.Put({neighbour, kSociety, ServiceMonth::Of(2024, 6), 1, 900, Yen{9000}}, storage::Digest{2}, 2).ok());
    ASSERT_TRUE(payments.Flush().ok());
  }
  // "pool name: account yen" of what closing the month posts for its pools.
  std::vector<std::string> PostedForPools() {
    std::vector<std::string> posted;
    EXPECT_TRUE(store_
                    ->ForEachLedgerEntryOf(kOctober, std::nullopt,
                                           [&](const storage::LedgerEntry& entry) {
                                             for (const storage::LedgerLine& line : entry.lines) {
                                               if (!absl::StartsWith(line.account, "clearing/"))
                                                 posted.push_back(absl::StrCat(entry.pool, ": ", line.account, " ",
                                                                               (line.debit - line.credit).value));
                                             }
                                             return absl::OkStatus();
                                           })
                    .ok());
    std::sort(posted.begin(), posted.end());
    return posted;
  }
};

TEST_F(PoolDiffs, AnotherLadderMovesYenBetweenInsurersThoughNoReceiptMoves) {
  Submit("a.UKE", File({Stranger(), Claim()}));
  Decide();
  const struct {
    std::vector<Rung> ladder;
    std::string rung;
    std::vector<std::string> shares, rows;  // rows: before, after
  } cases[] = {
      // 5,922 at 3,000 : 1,000 is 4,442 : 1,480.
      {{{"WINDOW", "institution", 4, 2, "receipts"}, kNobody},
       "WINDOW",
       {"insurer/01130012 4442→2961", "insurer/06130488 1480→2961"},
       {"WINDOW", "WINDOW"}},
      {{{"WINDOW", "institution", 8, 2}, kNobody},
       "WINDOW",
       {"insurer/01130012 4442→1480", "insurer/06130488 1480→4442"},  // half a yen each: the larger weight
       {"WINDOW", "WINDOW"}},
      {{kYear, kPrefecture, kNobody},  // WINDOW is dropped
       "INSTITUTION_12",
       {"insurer/01130012 4442→1480", "insurer/06130488 1480→4442"},
       {"WINDOW", "INSTITUTION_12"}},
      {{kPrefecture, kNobody},
       "PREFECTURE",
       {"insurer/01130012 4442→1367", "insurer/06130488 1480→4555"},  // 3,000 : 10,000
       {"WINDOW", "PREFECTURE"}},
      {{{"NEWEST", "institution", 1, 1}, kNobody},
       "UNALLOCATED",
       {"insurer/01130012 4442→0", "insurer/06130488 1480→0", "unallocated/1 0→5922"},
       {"WINDOW", "UNALLOCATED"}},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.shares[0]);
    const RuleDiffSummary summary = Against(Sharing(one.ladder));
    EXPECT_EQ(summary.moved, 0);
    EXPECT_EQ(summary.pools, 1);
    EXPECT_EQ(summary.pools_moved, 1);
    ASSERT_EQ(pools_.size(), 1u);
    EXPECT_EQ(pools_[0].key.Name(), "pool/1311234567/1/2024-09");
    EXPECT_EQ(pools_[0].before, (SharedPool{.receipts = 1, .yen = Yen{5922}, .rung = "WINDOW"}));
    EXPECT_EQ(pools_[0].after, (SharedPool{.receipts = 1, .yen = Yen{5922}, .rung = one.rung}));
    EXPECT_EQ(Lines(pools_[0].shares), one.shares);
    EXPECT_THAT(pools_[0].rows,
                ElementsAre(RowsMoved{.table = "ladder", .before = {one.rows[0]}, .after = {one.rows[1]}}));
    EXPECT_EQ(Sum(summary.yen), Yen{0});
    EXPECT_EQ(summary.yen.size(), one.shares.size());
  }
}

TEST_F(PoolDiffs, TheSameSharesByTheSameRungAreNotTold) {
  Submit("a.UKE", File({Stranger()}));
  Decide();
  EXPECT_EQ(Against(Sharing({kWindow, kNobody})).pools_moved, 0) << "the later rungs are not asked";
  EXPECT_EQ(Against(Sharing({{"WINDOW", "institution", 5, 2}, kNobody})).pools_moved, 0);
  EXPECT_THAT(pools_, IsEmpty());
}

// The master leaves open which agency serves the mutual aid association, which was paid as much as the society.
TEST_F(PoolDiffs, AnInsurerThatAnotherAgencyServesLeavesThePoolByARowOfItsLawCode) {
  InsurerRow mutual;
  mutual.number = kMutual;
  mutual.kind = InsurerKind::kMutualAid;
  mutual.valid_from = *Date::Of(2000, 4, 1);
  ASSERT_TRUE(store_->masters().Put(mutual).ok());
  ASSERT_TRUE(store_->masters().Flush().ok());
  ASSERT_TRUE(store_->payments()
                  .Put({kClinic, kMutual, ServiceMonth::Of(2024, 6), 1, 100, Yen{1000}}, storage::Digest{3}, 1)
                  .ok());
  ASSERT_TRUE(store_->payments().Flush().ok());
  Submit("a.UKE", File({Stranger()}));
  Decide();
  const RuleDiffSummary summary =
      Against(Changed("insurer_agency.json", R"({"in": "mutual_aid_codes"}}, "then": {"agency": 1})",
                      R"({"in": "mutual_aid_codes"}}, "then": {"agency": 2})"));
  EXPECT_EQ(summary.moved, 0);
  ASSERT_EQ(pools_.size(), 1u);
  // 5,922 at 3,000 : 1,000 : 1,000, and without the last.
  EXPECT_THAT(Lines(pools_[0].shares),
              ElementsAre("insurer/01130012 3553→4442", "insurer/06130488 1185→1480", "insurer/33120015 1184→0"));
  EXPECT_THAT(pools_[0].rows,
              ElementsAre(RowsMoved{.table = "insurer_agency", .before = {"MUTUAL_AID"}, .after = {"MUTUAL_AID"}}));
}

// The person of one of two receipts in a pool is certain enough under the second set.
TEST_F(PoolDiffs, AReceiptTakenOutOfAPoolChangesItsSharesAndBillsTheInsurerFound) {
  const std::string found = Submit("a.UKE", File({UnidentifiedClaim(), Stranger()})).claim_ids[0];
  Decide();
  ASSERT_EQ(ResultOf(found), "IN_REVIEW");
  const RuleDiffSummary summary =
      Against(Changed("identification.json", R"("then": {"grade": "PROBABLE"})", R"("then": {"grade": "CERTAIN"})"));
  ASSERT_EQ(moved_.size(), 1u);
  EXPECT_EQ(Result(moved_[0].after), "TRANSFERRED 04");
  EXPECT_EQ(moved_[0].yen, (AccountsMoved{{"insurer/06130488", {.debit = Yen{5922}}},
                                          {"pool/1311234567/1/2024-09", {.credit = Yen{5922}}}}));
  ASSERT_EQ(pools_.size(), 1u);
  EXPECT_EQ(pools_[0].before, (SharedPool{.receipts = 2, .yen = Yen{11844}, .rung = "WINDOW"}));
  EXPECT_EQ(pools_[0].after, (SharedPool{.receipts = 1, .yen = Yen{5922}, .rung = "WINDOW"}));
  EXPECT_THAT(Lines(pools_[0].shares), ElementsAre("insurer/01130012 8883→4442", "insurer/06130488 2961→1480"));
  EXPECT_THAT(pools_[0].rows, IsEmpty());
  EXPECT_EQ(summary.yen, (AccountsMoved{{"insurer/01130012", {.credit = Yen{4441}}},
                                        {"insurer/06130488", {.debit = Yen{5922}, .credit = Yen{1481}}}}));
}

TEST_F(PoolDiffs, APoolThatOneSetAloneHasIsToldWithoutARungOnTheOtherSide) {
  Submit("a.UKE", File({Stranger()}));
  Decide();
  const Rulebook returns = Changed("routing.json", R"({"in": "insurer_unknown"}}, "then": {"outcome": "APPORTIONED"})",
                                   R"({"in": "insurer_unknown"}}, "then": {"outcome": "RETURNED", "reason": 5})");
  const RuleDiffSummary summary = Between(returns, *rulebook_);
  EXPECT_EQ(summary.pools, 1);
  ASSERT_EQ(pools_.size(), 1u);
  EXPECT_EQ(pools_[0].before, SharedPool{});
  EXPECT_EQ(pools_[0].after.receipts, 1);
  EXPECT_THAT(Lines(pools_[0].shares), ElementsAre("insurer/01130012 0→4442", "insurer/06130488 0→1480"));
  EXPECT_THAT(pools_[0].rows, IsEmpty());
  EXPECT_EQ(summary.yen, (AccountsMoved{{"insurer/01130012", {.debit = Yen{4442}}},
                                        {"insurer/06130488", {.debit = Yen{1480}}},
                                        {"returns", {.credit = Yen{5922}}}}));
}

TEST_F(PoolDiffs, PoolsComeInTheOrderOfTheirKeysAndALatePoolByItsName) {
  Submit("a.UKE", File({Stranger()}));
  Decide();
  Close();
  FileWishes wishes;
  wishes.written = "202411";
  const ServiceMonth november = kOctober.Plus(1);
  Claim late = Stranger();
  late.points_per_visit = 100;  // no duplicate of the first
  Submit("b.UKE", File({Stranger("202410"), late, Stranger("202408")}, wishes), november);
  Decide(november);
  EXPECT_EQ(Against(Sharing({kNobody}), november).pools_moved, 3);
  std::vector<std::string> names;
  for (const MovedPool& pool : pools_) names.push_back(pool.key.Name());
  EXPECT_THAT(names, ElementsAre("pool/1311234567/1/2024-08", "pool/1311234567/1/2024-09/2024-11",
                                 "pool/1311234567/1/2024-10"));
}

// October returned its receipt under `returns`; November is the first to close a pool of the clinic and service month.
TEST_F(PoolDiffs, APoolThatALaterMonthClosedMakesNoLateOneOfAnEarlierMonth) {
  const Rulebook shares = Sharing({kWindow, kNobody});
  rulebook_ = std::make_unique<Rulebook>(
      Changed("routing.json", R"({"in": "insurer_unknown"}}, "then": {"outcome": "APPORTIONED"})",
              R"({"in": "insurer_unknown"}}, "then": {"outcome": "RETURNED", "reason": 5})"));
  Reopen();
  Submit("a.UKE", File({Stranger()}));
  Decide();
  Close();
  Engine november(*store_, shares);
  const RunMoment run = Run(kOctober.Plus(1));
  Claim late = Stranger();
  late.points_per_visit = 100;
  Submit("b.UKE", File({late}, {.written = "202411"}), run.month);
  ASSERT_TRUE(november.Decide(run, nullptr).ok());
  ASSERT_TRUE(november.Close(run, nullptr).ok());
  ASSERT_TRUE(store_->GetPool({kClinic, Agency::kShaho, ServiceMonth::Of(2024, 9)}).ok());
  EXPECT_EQ(Against(shares).pools_moved, 1);
  ASSERT_EQ(pools_.size(), 1u);
  EXPECT_EQ(pools_[0].key.Name(), "pool/1311234567/1/2024-09");
}

TEST_F(PoolDiffs, ALadderThatEndsWithoutABearerIsNamedWithItsPool) {
  Submit("a.UKE", File({Stranger()}));
  Decide();
  const auto summary = Try(*rulebook_, Sharing({{"NEWEST", "institution", 1, 1}}));
  EXPECT_EQ(summary.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(summary.status().message()),
              HasSubstr("pool/1311234567/1/2024-09 under the second rule set: table ladder has no rung 2"));
}

TEST_F(PoolDiffs, StopsWhereTheListenerOfPoolsStops) {
  Submit("a.UKE", File({Stranger(), Stranger("202408")}));
  Decide();
  int heard = 0;
  const auto summary = DiffRules(
      *store_, *rulebook_, Sharing({kNobody}), Run(), GoOn,
      [&](const MovedPool&) {
        ++heard;
        return absl::CancelledError("gone");
      },
      nullptr);
  EXPECT_EQ(summary.status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(heard, 1);
}

// A close under `closing` books to each account what was told before, compared with `other`, which gives none of them
// anything.
struct TwoLadders {
  std::vector<Rung> closing, other;
  std::string rung;
};
class ClosedAsTold : public PoolDiffs, public testing::WithParamInterface<TwoLadders> {};

TEST_P(ClosedAsTold, AccountByAccount) {
  Submit("a.UKE", File({UnidentifiedClaim(), Stranger(), Stranger(), Claim(), Stranger("202408")}));
  Decide();
  const Rulebook closing = Sharing(GetParam().closing);
  Between(closing, Sharing(GetParam().other));
  ASSERT_EQ(pools_.size(), 2u);
  std::vector<std::string> told;
  for (const MovedPool& pool : pools_) {
    for (const ShareMoved& share : pool.shares) {
      if (share.before != Yen{0})
        told.push_back(absl::StrCat(pool.key.Name(), ": ", share.account, " ", share.before.value));
    }
  }
  ASSERT_TRUE(CloseMonth(*store_, closing, Run(), nullptr).ok());
  EXPECT_EQ(told, PostedForPools());
  for (const MovedPool& pool : pools_) {
    const auto booked = store_->GetPool(pool.key);
    ASSERT_TRUE(booked.ok()) << booked.status();
    EXPECT_EQ(booked->rung, GetParam().rung);
    EXPECT_EQ(pool.before, (SharedPool{.receipts = static_cast<int64_t>(booked->receipts.size()),
                                       .yen = booked->yen,
                                       .rung = booked->rung}));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Ladders, ClosedAsTold,
    testing::Values(TwoLadders{{kWindow, kNobody}, {kNobody}, "WINDOW"},
                    TwoLadders{{kYear, kNobody}, {kNobody}, "INSTITUTION_12"},
                    TwoLadders{{kPrefecture, kNobody}, {kNobody}, "PREFECTURE"},
                    TwoLadders{{{"WINDOW", "institution", 4, 2, "receipts"}, kNobody}, {kNobody}, "WINDOW"},
                    TwoLadders{{kNobody}, {kWindow, kNobody}, "UNALLOCATED"}),
    [](const auto& suite) { return absl::StrCat(suite.index, "_", suite.param.rung); });

}  // namespace
}  // namespace furikae::rules
