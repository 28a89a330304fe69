// What another rule set would move in a stored month, and that asking moves nothing.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/concat.h"
#include "gmock/gmock.h"
#include "rules/receipt_facts.h"
#include "tests/rules/rule_diff_fixture.h"

namespace furikae::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kReturn[] = R"("then": {"outcome": "RETURNED", "class": 3, "reason": 5})";
constexpr char kBill[] = R"("then": {"outcome": "BILLED_TO_CLAIMED", "class": 3})";

// Everybody whom insurers pay 70 per cent for gets 60.
Rulebook SixtyPerCent() {
  std::map<std::string, std::string> files = EmbeddedRegulations();
  EXPECT_GT(absl::StrReplaceAll({{R"("rate_per_cent": 70)", R"("rate_per_cent": 60)"}}, &files["rates.json"]), 0);
  return *Rulebook::Load(Declarations(), files);
}

std::vector<std::string> IdsOf(const std::vector<MovedReceipt>& moved) {
  std::vector<std::string> ids;
  for (const MovedReceipt& receipt : moved) ids.push_back(receipt.claim_id);
  return ids;
}

// "insurer/01130012 +100 -0" …
std::vector<std::string> Lines(const AccountsMoved& yen) {
  std::vector<std::string> lines;
  for (const auto& [account, moved] : yen)
    lines.push_back(absl::StrCat(account, " +", moved.debit.value, " -", moved.credit.value));
  return lines;
}

TEST_F(RuleDiffs, TheSameSetTwiceMovesNothing) {
  Submit("a.UKE", File({Claim(), NobodysCard("8888888"), UnidentifiedClaim()}));
  Decide();
  const RuleDiffSummary summary = Against(*rulebook_);
  EXPECT_EQ(summary.receipts, 3);
  EXPECT_EQ(summary.moved, 0);
  EXPECT_THAT(moved_, IsEmpty());
  EXPECT_THAT(summary.yen, IsEmpty());
  EXPECT_THAT(summary.outcomes, IsEmpty());
  EXPECT_EQ(summary.pools, 1);
  EXPECT_EQ(summary.pools_moved, 0);
  EXPECT_THAT(pools_, IsEmpty());
}

TEST_F(RuleDiffs, AChangedRowMovesTheReceiptsThatItDecides) {
  const std::vector<std::string> ids =
      Submit("a.UKE", File({NobodysCard("8888888"), Claim(), NobodysCard("8888889")})).claim_ids;
  Decide();
  ASSERT_EQ(ResultOf(ids[0]), "RETURNED 03 R05");
  const RuleDiffSummary summary = Against(Changed("policy.json", kReturn, kBill));
  EXPECT_EQ(summary.receipts, 3);
  EXPECT_EQ(summary.moved, 2);
  ASSERT_THAT(IdsOf(moved_), ElementsAre(ids[0], ids[2]));
  const MovedReceipt& first = moved_[0];
  EXPECT_EQ(first.institution, kClinic);
  EXPECT_EQ(Result(first.before), "RETURNED 03 R05");
  EXPECT_EQ(Result(first.after), "BILLED_TO_CLAIMED 03");
  EXPECT_THAT(Lines(first.yen), ElementsAre("insurer/01130012 +5922 -0", "returns +0 -5922"));
  EXPECT_THAT(first.rows, ElementsAre(RowsMoved{.table = "unmatched_card", .before = {"RETURN"}, .after = {"RETURN"}}));
  EXPECT_THAT(Lines(summary.yen), ElementsAre("insurer/01130012 +11844 -0", "returns +0 -11844"));
  ASSERT_EQ(summary.outcomes.size(), 1u);
  const auto& [outcomes, sum] = *summary.outcomes.begin();
  EXPECT_EQ(outcomes, std::pair(Outcome::kReturned, Outcome::kBilledToClaimed));
  EXPECT_EQ(sum.receipts, 2);
  EXPECT_EQ(sum.yen, Yen{11844});
}

TEST_F(RuleDiffs, AnotherRowThatSpeaksIsNamedWithTheOneItReplaces) {
  Submit("a.UKE", File({NobodysCard("8888888")}));
  Decide();
  Against(Changed("policy.json", Concat(R"("when": {}, )", kReturn),
                  Concat(R"("until": "2023-03", "when": {}, )", kReturn, R"(,
                         "source": "policy of this rule set", "status": "assumed", "note": "as before"},
                        {"id": "BILL", "title": {"ja": "請求", "en": "Bill it"}, "from": "2023-04", "when": {}, )",
                         kBill)));
  ASSERT_EQ(moved_.size(), 1u);
  EXPECT_THAT(moved_[0].rows,
              ElementsAre(RowsMoved{.table = "unmatched_card", .before = {"RETURN"}, .after = {"BILL"}}));
}

TEST_F(RuleDiffs, AnotherReceiptTypeMovesTheReceiptAndNoYen) {
  const std::string id = Submit("a.UKE", File({Claim(), NobodysCard("8888888")})).claim_ids[0];
  Decide();
  ASSERT_EQ(ResultOf(id), "TRANSFERRED 04");
  Against(Changed("receipt_type.json", R"("when": {"bearer_family": "SELF"}, "then": {"digit_2": 1, "inpatient": 1)",
                  R"("when": {"bearer_family": "SELF"}, "then": {"digit_2": 3, "inpatient": 1)"));
  ASSERT_THAT(IdsOf(moved_), ElementsAre(id));
  EXPECT_THAT(moved_[0].yen, IsEmpty());
  ASSERT_EQ(moved_[0].rows.size(), 1u);
  EXPECT_EQ(moved_[0].rows[0].table, "receipt_type");
}

TEST_F(RuleDiffs, DebitsAndCreditsBalanceAlsoWhereTheShareChanges) {
  Submit("a.UKE", File({Claim(), NobodysCard("8888888"), UnidentifiedClaim()}));
  Decide();
  const RuleDiffSummary summary = Against(SixtyPerCent());
  ASSERT_EQ(moved_.size(), 3u);
  EXPECT_THAT(Lines(moved_[2].yen), ElementsAre("institution/1311234567 +846 -0", "pool/1311234567/1/2024-09 +0 -846"));
  // 5,922 was shared 4,442 : 1,480; 5,076 is shared 3,807 : 1,269.
  EXPECT_THAT(Lines(summary.yen), ElementsAre("institution/1311234567 +2538 -0", "insurer/01130012 +0 -635",
                                              "insurer/06130488 +0 -1057", "returns +0 -846"));
  EXPECT_EQ(Sum(summary.yen), Yen{0});
  AccountsMoved added;
  for (const MovedReceipt& moved : moved_) {
    EXPECT_EQ(Sum(moved.yen), Yen{0}) << moved.claim_id;
    for (const auto& [account, yen] : moved.yen) {
      added[account].debit += yen.debit;
      added[account].credit += yen.credit;
    }
  }
  ASSERT_EQ(pools_.size(), 1u);
  for (const ShareMoved& share : pools_[0].shares) added[share.account].credit += share.before - share.after;
  added.erase("pool/1311234567/1/2024-09");
  EXPECT_EQ(added, summary.yen);
}

TEST_F(RuleDiffs, ASetThatDoesNotDecideAReceiptIsNamed) {
  Submit("a.UKE", File({NobodysCard("8888888")}));
  Decide();
  std::map<std::string, std::string> files = EmbeddedRegulations();
  files.erase("policy.json");
  const auto summary = Try(*rulebook_, *Rulebook::Load(Declarations(), files));
  EXPECT_EQ(summary.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(summary.status().message()), HasSubstr("under the second rule set: "));
}

TEST_F(RuleDiffs, StopsWhereItsListenerStops) {
  Submit("a.UKE", File(std::vector<Claim>(600, NobodysCard("8888888"))));  // more than are decided at a time
  int heard = 0;
  const auto summary = DiffRules(
      *store_, *rulebook_, Changed("policy.json", kReturn, kBill), Run(),
      [&](const MovedReceipt&) { return ++heard == 3 ? absl::CancelledError("gone") : absl::OkStatus(); },
      GoOnWithPools, nullptr);
  EXPECT_EQ(summary.status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(heard, 3);
}

TEST_F(RuleDiffs, AnOpenReviewCountsAsItWouldCloseAndADeferredOneWaits) {
  const std::string id = Submit("a.UKE", File({UnidentifiedClaim()})).claim_ids[0];
  Decide();
  ASSERT_EQ(ResultOf(id), "IN_REVIEW");
  const Rulebook nobody_asked =
      Changed("routing.json",
              R"("when": {"identified": ["PROBABLE", "POSSIBLE", "SEVERAL"]}, "then": {"outcome": "IN_REVIEW"})",
              R"("when": {"identified": ["PROBABLE", "POSSIBLE", "SEVERAL"]}, "then": {"next": "NOTHING"})");
  EXPECT_THAT(Against(nobody_asked).yen, IsEmpty()) << "either way it is shared";
  ASSERT_EQ(moved_.size(), 1u);
  EXPECT_EQ(Result(moved_[0].before), "APPORTIONED");
  EXPECT_EQ(Flags(moved_[0].before), "REVIEW_OPEN");
  EXPECT_EQ(Flags(moved_[0].after), "");

  ASSERT_TRUE(Act(id, Action::kDefer).ok());
  EXPECT_THAT(Lines(Against(nobody_asked).yen),
              ElementsAre("insurer/01130012 +4442 -0", "insurer/06130488 +1480 -0", "pending +0 -5922"));
  EXPECT_THAT(Lines(moved_[0].yen), ElementsAre("pending +0 -5922", "pool/1311234567/1/2024-09 +5922 -0"));
  EXPECT_EQ(Result(moved_[0].before), "IN_REVIEW");
}

TEST_F(RuleDiffs, ADuplicateStaysOne) {
  const std::string first = Submit("a.UKE", File({Claim()})).claim_ids[0];
  const std::vector<std::string> later = Submit("b.UKE", File({Claim(), NobodysCard("8888888")})).claim_ids;
  Decide();
  ASSERT_EQ(ResultOf(later[0]), "RETURNED R08");
  EXPECT_EQ(Against(SixtyPerCent()).receipts, 3);
  EXPECT_THAT(IdsOf(moved_), ElementsAre(first, later[1]));
}

TEST_F(RuleDiffs, AClosedMonthAndOneNotYetDecidedAreCompared) {
  Submit("a.UKE", File({NobodysCard("8888888")}));
  const Rulebook bills = Changed("policy.json", kReturn, kBill);
  const RuleDiffSummary fresh = Against(bills);
  EXPECT_EQ(fresh.moved, 1);
  Decide();
  Close();
  EXPECT_EQ(Against(bills).yen, fresh.yen);
  EXPECT_EQ(Against(bills).moved, 1);
}

// Deferred in October, so that the close of November is the first that it might be settled by.
TEST_F(RuleDiffs, AReceiptThatWaitedIsComparedWithTheMonthsThatItWaitedIn) {
  const std::string id = Submit("a.UKE", File({UnidentifiedClaim()})).claim_ids.at(0);
  Decide();
  ASSERT_TRUE(Act(id, Action::kDefer).ok());
  Close();
  const Rulebook certain =
      Changed("identification.json", R"("then": {"grade": "PROBABLE"})", R"("then": {"grade": "CERTAIN"})");
  const ServiceMonth november = kOctober.Plus(1), december = kOctober.Plus(2);
  EXPECT_EQ(Against(certain, november).receipts, 1);
  EXPECT_THAT(Lines(Against(certain, november).yen), ElementsAre("insurer/06130488 +5922 -0", "pending +0 -5922"));
  ASSERT_TRUE(Act(id, Action::kReject, "", november).ok());
  Decide(november);
  Close(november);
  EXPECT_EQ(Against(certain, kOctober).receipts, 1);
  EXPECT_EQ(Against(certain, november).receipts, 1);
  EXPECT_EQ(Against(certain, december).receipts, 0) << "settled by the close of November";
}

// One of two strangers was found since: 3 × 300 points, 6,300 yen at 70 per cent and 5,400 at 60.
TEST_F(RuleDiffs, WhatALateIdentificationTookOutOfAPoolMovesWithNeitherSet) {
  Claim found = Stranger(), other = Stranger();
  found.points_per_visit = 300;
  const std::string id = Submit("a.UKE", File({found, other})).claim_ids.at(0);
  Decide();
  Close();
  const ServiceMonth november = kOctober.Plus(1);
  ASSERT_TRUE(Act(id, Action::kAccept, "S-hanako", november).ok());
  ASSERT_EQ(ResultOf(id), "TRANSFERRED 04");
  const RuleDiffSummary summary = Against(SixtyPerCent());
  ASSERT_EQ(pools_.size(), 1u);
  EXPECT_EQ(pools_[0].before, (SharedPool{.receipts = 1, .yen = Yen{5922}, .rung = "WINDOW"}));
  EXPECT_EQ(pools_[0].after, (SharedPool{.receipts = 1, .yen = Yen{5076}, .rung = "WINDOW"}));
  ASSERT_EQ(moved_.size(), 2u);
  EXPECT_EQ(Result(moved_[0].before), "TRANSFERRED 04");
  EXPECT_EQ(moved_[0].yen, (AccountsMoved{{"insurer/06130488", {.credit = Yen{900}}},
                                          {"institution/1311234567", {.debit = Yen{900}}}}));
  EXPECT_EQ(Sum(summary.yen), Yen{0});

  ASSERT_TRUE(Act(id, Action::kUndo, "", november).ok());
  EXPECT_EQ(Against(SixtyPerCent()).moved, 2);
  EXPECT_EQ(pools_.at(0).before, (SharedPool{.receipts = 2, .yen = Yen{12222}, .rung = "WINDOW"}));
}

TEST_F(RuleDiffs, OtherMonthsAreNotCompared) {
  Submit("a.UKE", File({NobodysCard("8888888")}));
  Decide();
  Close();
  FileWishes november;
  november.written = "202411";
  const std::string id =
      Submit("b.UKE", File({NobodysCard("8888889")}, november), ServiceMonth::Of(2024, 11)).claim_ids.at(0);
  const RuleDiffSummary october = Against(Changed("policy.json", kReturn, kBill));
  EXPECT_EQ(october.receipts, 1);
  ASSERT_EQ(moved_.size(), 1u);
  EXPECT_NE(moved_[0].claim_id, id);
}

}  // namespace
}  // namespace furikae::rules
