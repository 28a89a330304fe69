// The month's work over a real store: take in, decide, close; each of them again changes nothing (decisions.md §1, §3,
// §9.8, §10).
#include "rules/engine.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rules/apportion.h"
#include "rules/booking.h"
#include "rules/claim_decider.h"
#include "rules/receipt_facts.h"
#include "tests/rules/month_fixture.h"

namespace furikae::rules {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr int64_t kShare = 3 * 282 * 7;  // the insurer's 70 % of three visits

class TheMonth : public Month {};

TEST_F(TheMonth, FromFileToClose) {
  Lapsed();
  const SubmitReport report = Submit("a.UKE", File({Claim(), UnidentifiedClaim()}));
  ASSERT_EQ(report.accepted, 2);
  ASSERT_THAT(report.claim_ids, SizeIs(2));
  EXPECT_EQ(ClaimOf(report.claim_ids[0]).state, storage::ClaimState::kReceived);

  // 花子's declaration is not enough to be certain: somebody has to look; nobody does before the close.
  const DecideReport decided = Decide();
  EXPECT_EQ(decided.decided, 2);
  EXPECT_EQ(ResultOf(report.claim_ids[0]), "TRANSFERRED 04");
  EXPECT_EQ(Close().claims, 2);

  EXPECT_EQ(ResultOf(report.claim_ids[1]), "APPORTIONED");
  EXPECT_EQ(ClaimOf(report.claim_ids[1]).closed_month, kOctober);
  // Three quarters of the pool to 協会けんぽ, one to the society; 5,922 × 3/4 = 4,441.5: equal remainders, larger
  // weight first.
  EXPECT_THAT(Balances(),
              UnorderedElementsAre(Pair("institution/1311234567", -2 * kShare), Pair("insurer/01130012", 4442),
                                   Pair("insurer/06130488", kShare + 1480)));
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(TheMonth, DoneTwiceIsDoneOnce) {
  Lapsed();
  const std::string file = File({Claim(), UnidentifiedClaim()});
  Submit("a.UKE", file);
  const std::string submitted = Everything();
  EXPECT_TRUE(Submit("other-name.UKE", file).already_known);
  EXPECT_EQ(Everything(), submitted);

  Decide();
  const std::string decided = Everything();
  EXPECT_EQ(Decide().decided, 0);
  EXPECT_EQ(Everything(), decided);

  Close();
  const std::string closed = Everything();
  Reopen();
  const SubmitReport again = Submit("a.UKE", file);
  EXPECT_TRUE(again.already_known);
  EXPECT_THAT(again.claim_ids, SizeIs(2));
  const DecideReport report = Decide();
  EXPECT_TRUE(report.already_closed);
  EXPECT_EQ(report.unchanged, 2);
  EXPECT_TRUE(Close().already_closed);
  EXPECT_EQ(Everything(), closed);
}

TEST_F(TheMonth, AClosedMonthTakesNothingIn) {
  Submit("a.UKE", File({Claim()}));
  Decide();
  Close();
  const auto late = engine_->Submit("b.UKE", File({Claim(), Claim()}), Run());
  EXPECT_EQ(late.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(late.status().message()), AllOf(HasSubstr("2024-10 is closed"), HasSubstr("2024-11")));
  const auto earlier = engine_->Decide(Run(kOctober.Plus(-1)), nullptr);
  EXPECT_EQ(earlier.status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(TheMonth, IsNotClosedBeforeEverythingIsDecided) {
  Submit("a.UKE", File({Claim()}));
  const auto closed = engine_->Close(Run(), nullptr);
  EXPECT_EQ(closed.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(closed.status().message()), HasSubstr("1 receipts are not decided"));
}

// A slip of the year would close every month before it for good.
TEST_F(TheMonth, AMonthOfNothingIsClosedOnlyBesideTheLastOne) {
  Submit("a.UKE", File({UnidentifiedClaim()}));
  Decide();
  const auto refused = engine_->Close(Run(kOctober.Plus(2)), nullptr);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.status().message()),
              AllOf(HasSubstr("claim month 2024-12 cannot be closed: no receipts of it are stored"),
                    HasSubstr("to be closed first: 2024-10")));
  EXPECT_TRUE(store_->ClosedMonths().empty());
  Close();
  const auto after_october = engine_->Close(Run(kOctober.Plus(2)), nullptr);
  EXPECT_THAT(std::string(after_october.status().message()), HasSubstr("the next month to close is 2024-11"));
  Close(kOctober.Plus(1));
  Close(kOctober.Plus(2));
  // With receipts of its own a month may leave months out.
  Submit("b.UKE", File({Claim()}, {.written = "202503"}), kOctober.Plus(5));
  Decide(kOctober.Plus(5));
  Close(kOctober.Plus(5));
  EXPECT_THAT(store_->ClosedMonths(), SizeIs(4));
}

TEST_F(TheMonth, AFileThatCameTooEarlyIsRecordedAndMayComeAgain) {
  const std::string file = File({Claim()}, {.written = "202411"});
  const SubmitReport early = Submit("a.UKE", file);
  EXPECT_TRUE(early.refused_whole);
  EXPECT_THAT(early.complaints, Contains(HasSubstr("later than the claim month 2024-10")));
  EXPECT_TRUE(Submit("a.UKE", file).already_known);
  EXPECT_EQ(Submit("a.UKE", file, kOctober.Plus(1)).accepted, 1);
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(TheMonth, AnInstitutionOutsideTheMasterIsTold) {
  ASSERT_TRUE(
      store_->masters()
          .Put(InstitutionRow{InstitutionCode{1319999999}, "別の医院", InstitutionKind::kClinic, *Date::Of(2000, 1, 1)})
          .ok());
  EXPECT_THAT(Submit("a.UKE", File({Claim()})).notes, ElementsAre(HasSubstr("1311234567 is not in the master")));
}

TEST_F(TheMonth, TotalsOfSeveralVolumesAreCheckedWithTheLast) {
  Submit("1.UKE", File({Claim()}, {.volume = "00", .go = "GO,,,01"}));
  const std::string points = std::to_string(2 * 3 * 282);
  EXPECT_THAT(Submit("2.UKE", File({Claim()}, {.volume = "01", .go = "GO,2," + points + ",99"})).notes, IsEmpty());
  EXPECT_THAT(Submit("3.UKE", File({Claim()}, {.volume = "01", .go = "GO,3," + points + ",99"})).notes,
              ElementsAre(HasSubstr("says 3 claims over all volumes, they count 2")));
  EXPECT_THAT(Submit("4.UKE", File({Claim()}, {.volume = "03", .go = "GO,4," + points + ",99"})).notes,
              ElementsAre(HasSubstr("could not be checked")));
}

TEST_F(TheMonth, EveryJsonLineIsASubmission) {
  Lapsed();
  const std::string file = File({Claim()});
  const std::string head = file.substr(0, file.find("RE,"));
  const std::vector<Engine::JsonClaim> lines = {{1, "{\"a\":1}", UkeClaim{head, Claim().Bytes()}},
                                                {2, "{\"a\":2}", UkeClaim{head, UnidentifiedClaim().Bytes()}}};
  const auto report = engine_->SubmitJson("claims.jsonl", lines, Run(), /*want_claim_ids=*/true);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->accepted, 2);
  ASSERT_THAT(report->claim_ids, SizeIs(2));
  EXPECT_THAT(report->claim_ids[1], testing::EndsWith("-000001"));
  EXPECT_EQ(store_->GetSubmission(1)->original, "{\"a\":1}");
  EXPECT_TRUE(engine_->SubmitJson("claims.jsonl", lines, Run())->already_known);
  Decide();
  EXPECT_EQ(ResultOf(report->claim_ids[0]), "TRANSFERRED 04");
  EXPECT_THAT(Differences(), IsEmpty());
}

// What a line lacks is told by the line and the fields that its sender wrote.
TEST_F(TheMonth, AJsonLineIsToldByItsLineAndField) {
  const std::string written_later = File({Claim()}, {.written = "202411"}),
                    late = File({Claim()}, {.written = "202409"});
  const auto head = [](const std::string& file) { return file.substr(0, file.find("RE,")); };
  const std::vector<Engine::JsonClaim> lines = {{2, "{\"a\":1}", UkeClaim{head(late), Claim().Bytes()}},
                                                {3, "{\"a\":2}", absl::InvalidArgumentError("agency: expected 1 or 2")},
                                                {5, "{\"a\":3}", UkeClaim{head(written_later), Claim().Bytes()}}};
  const auto report = engine_->SubmitJson("k.jsonl", lines, Run());
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->accepted, 1);
  EXPECT_EQ(report->refused, 2);
  EXPECT_FALSE(report->refused_whole);
  EXPECT_THAT(report->complaints,
              ElementsAre("k.jsonl line 3: agency: expected 1 or 2",
                          "k.jsonl line 5: claim_month: 2024-11 is later than the claim month 2024-10"));
  EXPECT_THAT(report->notes, ElementsAre("k.jsonl line 2: claim_month: 2024-09 is earlier than the claim month 2024-10 "
                                         "(late or claimed again)"));
  const std::vector<Engine::JsonClaim> moved = {{7, lines[0].line, lines[0].uke}, {8, lines[2].line, lines[2].uke}};
  const auto again = engine_->SubmitJson("other.jsonl", moved, Run());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->already_known);
  EXPECT_THAT(again->complaints, ElementsAre(testing::StartsWith("other.jsonl line 8: claim_month: ")));
  EXPECT_THAT(again->notes, ElementsAre(testing::StartsWith("other.jsonl line 7: claim_month: ")));
}

TEST_F(TheMonth, AFileThatComesAgainIsToldUnderItsNewName) {
  const std::string file = File({Claim()}, {.written = "202411", .go = ""});
  const SubmitReport first = Submit("a.UKE", file);
  const SubmitReport again = Submit("b.UKE", file);
  EXPECT_TRUE(again.already_known);
  EXPECT_EQ(again.file, "b.UKE");
  ASSERT_THAT(again.complaints, SizeIs(first.complaints.size()));
  EXPECT_THAT(first.complaints, testing::Each(testing::StartsWith("a.UKE")));
  EXPECT_THAT(again.complaints, testing::Each(testing::StartsWith("b.UKE")));
  EXPECT_THAT(again.complaints, testing::Each(testing::Not(HasSubstr("a.UKE"))));
}

// As data directories have it that were begun before.
TEST_F(TheMonth, ComplaintsKeptWithTheNameAreToldOnceAndNotesAmongThemAsNotes) {
  const std::string file = File({Claim()});
  Submit("a.UKE", file);
  storage::Submission kept = *store_->GetSubmission(1);
  kept.complaints = {"a.UKE line 3: a blank line"};
  storage::Group group;
  group.PutSubmission(kept);
  ASSERT_TRUE(store_->Commit(std::move(group)).ok());
  const SubmitReport again = Submit("b.UKE", file);
  EXPECT_THAT(again.complaints, IsEmpty());
  EXPECT_THAT(again.notes, ElementsAre("b.UKE line 3: a blank line"));
}

// ---- duplicates

class Duplicate : public Month {
 protected:
  void SetUp() override {
    Month::SetUp();
    Lapsed();
  }
  std::string Second(const Claim& receipt) {
    Submit("a.UKE", File({Claim()}));
    const SubmitReport second = Submit("b.UKE", File({receipt, UnidentifiedClaim()}));
    Decide();
    return ResultOf(second.claim_ids.at(0));
  }
};

TEST_F(Duplicate, TheLaterReceivedLoses) { EXPECT_EQ(Second(Claim()), "RETURNED R08"); }

// decisions.md §1: the same card, the same person, however a clinic's system writes them.
TEST_F(Duplicate, AnotherSpellingOfCardOrNameIsTheSameReceipt) {
  Claim spelled;
  spelled.symbol = "６４";
  spelled.number = "０１２３４－５６７";
  spelled.name = "山田 花子";
  EXPECT_EQ(Second(spelled), "RETURNED R08");
}

TEST_F(Duplicate, AnotherNumberIsAnotherReceipt) {
  Claim other;
  other.number = "1234576";
  EXPECT_EQ(Second(other), "TRANSFERRED 04") << "corrected to the patient's card";
}

TEST_F(Duplicate, WhatMakesOneIsARowThatARuleSetMayEnd) {
  auto files = EmbeddedRegulations();
  std::string& table = files.at("duplicate.json");
  const std::string id = R"("id": "SAME_RECEIPT",)";
  table.replace(table.find(id), id.size(), id + R"( "until": "2024-09",)");
  *rulebook_ = *Rulebook::Load(Declarations(), files);
  EXPECT_EQ(Second(Claim()), "TRANSFERRED 04");
}

TEST_F(Duplicate, ItsRowIsTheLastOfTheTrace) {
  Submit("a.UKE", File({Claim()}));
  const SubmitReport second = Submit("b.UKE", File({Claim(), UnidentifiedClaim()}));
  Decide();
  const Decision d = ClaimOf(second.claim_ids.at(0)).decision;
  EXPECT_EQ(d.trace.back(), (TraceRow{"duplicate", "SAME_RECEIPT", RowStatus::kAssumed}));
  EXPECT_TRUE(d.parts.empty());
}

TEST_F(Duplicate, AReclaimIsExempt) {
  Claim reclaim;
  reclaim.search_number = "123456789012345678901234567890";
  EXPECT_EQ(Second(reclaim), "TRANSFERRED 04");
}

TEST_F(Duplicate, OtherDaysAreAnotherReceipt) {
  Claim other;
  other.visits = {4, 10, 22};
  EXPECT_EQ(Second(other), "TRANSFERRED 04");
}

TEST_F(Duplicate, WithinOneFileThereIsNone) {
  const SubmitReport report = Submit("a.UKE", File({Claim(), Claim()}));
  Decide();
  EXPECT_EQ(ResultOf(report.claim_ids[1]), "TRANSFERRED 04");
}

// Each line of JSON is a file of its own (decisions.md §1, claim_id).
TEST_F(Duplicate, ALineOfJsonIsComparedWithTheLinesBeforeIt) {
  const std::string file = File({Claim()});
  const std::string head = file.substr(0, file.find("RE,"));
  const UkeClaim uke{head, Claim().Bytes()};
  const auto report = engine_->SubmitJson("claims.jsonl", {{1, "{\"a\":1}", uke}, {2, "{\"a\":2}", uke}}, Run(),
                                          /*want_claim_ids=*/true);
  ASSERT_TRUE(report.ok()) << report.status();
  Decide();
  EXPECT_EQ(ResultOf(report->claim_ids.at(1)), "RETURNED R08");
}

TEST_F(Duplicate, OfAReturnedOneIsWelcome) {
  Claim died;
  died.name = "鈴木　一郎";
  died.birth = "19500101";
  died.sex = "1";
  Submit("a.UKE", File({died}));  // no such card: returned
  const SubmitReport second = Submit("b.UKE", File({died, Claim()}));
  Decide();
  EXPECT_EQ(ResultOf(second.claim_ids[0]), "RETURNED 03 R05");
}

TEST_F(Duplicate, IsFoundInAnEarlierMonthToo) {
  Submit("a.UKE", File({Claim()}));
  Decide();
  Close();
  const SubmitReport second = Submit("b.UKE", File({Claim(), Claim()}, {.written = "202411"}), kOctober.Plus(1));
  Decide(kOctober.Plus(1));
  EXPECT_EQ(ResultOf(second.claim_ids[0]), "RETURNED R08");
  EXPECT_THAT(Differences(), IsEmpty());
}

// ---- what waits

TEST_F(TheMonth, APendingClaimIsTakenUpAgainWithTheNewerRegistry) {
  Covered({{Hanako(), {.until = "2024-09-01"}}});
  Claim former;
  former.remarks = {"旧資格情報"};
  const std::string id = Submit("a.UKE", File({former})).claim_ids.at(0);
  Decide();
  EXPECT_EQ(ResultOf(id), "PENDING");
  Close();
  EXPECT_EQ(ClaimOf(id).state, storage::ClaimState::kDecided);
  EXPECT_THAT(Balances(), UnorderedElementsAre(Pair("institution/1311234567", -kShare), Pair("pending", kShare)));
  EXPECT_THAT(Differences(), IsEmpty());

  const ServiceMonth november = kOctober.Plus(1);
  Covered({{Hanako(),
            {.insurer = kSociety,
             .symbol = "7",
             .number = "55",
             .from = "2024-09-01",
             .registered_at = "2024-11-05T00:00:00+09:00"}}},
          november);
  EXPECT_EQ(Decide(november).decided, 1);
  EXPECT_EQ(ResultOf(id), "TRANSFERRED 04");
  Close(november);
  EXPECT_EQ(ClaimOf(id).closed_month, november);
  EXPECT_THAT(Balances(),
              UnorderedElementsAre(Pair("institution/1311234567", -kShare), Pair("insurer/06130488", kShare)));
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(TheMonth, AReviewNobodyAnswersGetsItsOutcomeAndStaysOpen) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({UnidentifiedClaim()})).claim_ids.at(0);
  Decide();
  ASSERT_EQ(ResultOf(id), "IN_REVIEW");
  EXPECT_TRUE(ClaimOf(id).review_open);
  Close();
  EXPECT_EQ(ResultOf(id), "APPORTIONED");
  EXPECT_EQ(Flags(ClaimOf(id).decision), "REVIEW_OPEN");
  EXPECT_TRUE(ClaimOf(id).review_open);
}

TEST_F(TheMonth, ADeferredReviewKeepsWaiting) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({UnidentifiedClaim()})).claim_ids.at(0);
  Decide();
  ASSERT_TRUE(Act(id, Action::kDefer).ok());
  EXPECT_THAT(Close().notes, ElementsAre(HasSubstr("deferred")));
  EXPECT_EQ(ResultOf(id), "IN_REVIEW");
  EXPECT_THAT(Balances(), UnorderedElementsAre(Pair("institution/1311234567", -kShare), Pair("pending", kShare)));
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(TheMonth, ADeferralIsTakenBackAsAnyAct) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({UnidentifiedClaim()})).claim_ids.at(0);
  Decide();
  ASSERT_TRUE(Act(id, Action::kDefer).ok());
  ASSERT_TRUE(ClaimOf(id).deferred);
  ASSERT_TRUE(Act(id, Action::kUndo).ok());
  EXPECT_FALSE(ClaimOf(id).deferred);
  Close();
  EXPECT_EQ(ResultOf(id), "APPORTIONED");
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(TheMonth, AnAcceptedCandidateIsDecidedAtOnceAndAnUndoTakesItBack) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({UnidentifiedClaim()})).claim_ids.at(0);
  Decide();
  ASSERT_TRUE(Act(id, Action::kAccept, "S-hanako").ok());
  EXPECT_EQ(ResultOf(id), "TRANSFERRED 04");
  EXPECT_EQ(Decide().decided, 0) << "nothing new";
  ASSERT_TRUE(Act(id, Action::kUndo).ok());
  EXPECT_EQ(ResultOf(id), "IN_REVIEW");
  EXPECT_EQ(Act(id, Action::kUndo).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(TheMonth, PeopleFilesApplyInTheOrderOfAtAndRefuseUnknownClaims) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({UnidentifiedClaim()})).claim_ids.at(0);
  Decide();
  const std::string csv = "ClaimId,Action,SubjectId,InsurerNumber,Actor,At\n" + id +
                          ",REJECT,,,b,2024-10-12T00:00:00+09:00\n" +               //
                          id + ",ACCEPT,S-hanako,,a,2024-10-11T00:00:00+09:00\n" +  //
                          id + ",ACCEPT,S-hanako,,c,2024-11-11T00:00:00+09:00\n" +  //
                          "1311234567-1-202410-0123456789abcdef-000001,REJECT,,,b,2024-10-12T00:00:00+09:00\n";
  const auto report = engine_->LoadTable(storage::TableKind::kPeople, "people.csv", csv, /*strict=*/false, Run());
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->refused, 1);
  EXPECT_EQ(ResultOf(id), "APPORTIONED") << "the rejection came last; the November row is for November";
  const std::string before = Everything();
  ASSERT_TRUE(engine_->LoadTable(storage::TableKind::kPeople, "people.csv", csv, /*strict=*/false, Run()).ok());
  EXPECT_EQ(Everything(), before);
  const auto strict = engine_->LoadTable(storage::TableKind::kPeople, "people.csv", csv, /*strict=*/true, Run());
  ASSERT_TRUE(strict.ok()) << strict.status();
  EXPECT_TRUE(strict->refused_whole);
  EXPECT_EQ(Everything(), before);
}

TEST_F(TheMonth, ReceiptsAfterThePoolWasClosedFormAPoolOfTheirOwn) {
  Submit("a.UKE", File({UnidentifiedClaim()}));
  Decide();
  Close();
  const ServiceMonth november = kOctober.Plus(1);
  Claim other = UnidentifiedClaim();
  other.visits = {5};
  Submit("b.UKE", File({other}, {.written = "202411"}), november);
  Decide(november);
  EXPECT_EQ(Close(november).pools, 1);
  const storage::PoolKey first{kClinic, Agency::kShaho, ServiceMonth::Of(2024, 9)};
  storage::PoolKey second = first;
  second.late_month = november;
  EXPECT_EQ(store_->GetPool(first)->yen, Yen{kShare});
  EXPECT_EQ(store_->GetPool(second)->yen, Yen{kShare / 3});
  EXPECT_THAT(Differences(), IsEmpty());
}

// ---- months in other orders, a close cut short

TEST_F(TheMonth, AClaimThatTheRunOfALaterMonthDecidedIsClosedWithThatMonth) {
  const std::string id = Submit("a.UKE", File({UnidentifiedClaim()})).claim_ids.at(0);
  const ServiceMonth november = kOctober.Plus(1);
  Decide(november);
  EXPECT_EQ(Close().claims, 0);
  EXPECT_EQ(ClaimOf(id).state, storage::ClaimState::kDecided);
  EXPECT_THAT(Differences(), IsEmpty());
  EXPECT_EQ(Close(november).claims, 1);
  EXPECT_EQ(ClaimOf(id).closed_month, november);
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(TheMonth, AMonthThatIsNeverClosedByItselfIsClosedWithTheNext) {
  const std::string id = Submit("a.UKE", File({UnidentifiedClaim()})).claim_ids.at(0);
  Decide();
  const ServiceMonth november = kOctober.Plus(1);
  EXPECT_EQ(Close(november).pools, 1);
  EXPECT_EQ(ClaimOf(id).closed_month, november);
  EXPECT_THAT(Differences(), IsEmpty());
}

// Groups of a close reach the disk one by one: pools may stand there before the month is marked as closed.
TEST_F(TheMonth, APoolOfACloseCutShortIsMadeAnewWhenItsReceiptsWereDecidedOtherwise) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({UnidentifiedClaim()})).claim_ids.at(0);
  Decide();
  const storage::PoolKey key{kClinic, Agency::kShaho, ServiceMonth::Of(2024, 9)};
  auto pool = Apportioner(store_->payments(), store_->masters(), *rulebook_, kOctober)
                  .Build(key, {*store_->ParseClaimId(id)}, Yen{kShare});
  ASSERT_TRUE(pool.ok()) << pool.status();
  Booking booking(kOctober, Run().now);
  booking.BookPool(nullptr, *pool);
  ASSERT_TRUE(store_->Commit(booking.Take()).ok());
  EXPECT_THAT(Differences(), IsEmpty());

  ASSERT_TRUE(Act(id, Action::kAccept, "S-hanako").ok());
  Close();
  EXPECT_EQ(ResultOf(id), "TRANSFERRED 04");
  EXPECT_THAT(store_->GetPool(key)->receipts, IsEmpty());
  EXPECT_EQ(store_->GetPool(key)->yen, Yen{0});
  EXPECT_THAT(Balances(),
              UnorderedElementsAre(Pair("institution/1311234567", -kShare), Pair("insurer/06130488", kShare)));
  EXPECT_THAT(Differences(), IsEmpty());
}

// What it made of an open review is not decided anew before somebody acts.
TEST_F(TheMonth, AReviewThatACloseCutShortHadSettledStaysSettled) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({UnidentifiedClaim()})).claim_ids.at(0);
  Decide();
  ASSERT_TRUE(Act(id, Action::kInquire, "S-hanako").ok());
  const storage::Submission submission = *store_->GetSubmission(1);
  storage::Claim claim = ClaimOf(id);
  ClaimDecider decider(*store_, *rulebook_, **store_->registry().index());
  auto unanswered = decider.DecideUnanswered(claim, submission, *store_->GetReceipt(claim.key), Run());
  ASSERT_TRUE(unanswered.ok()) << unanswered.status();
  const Decision before = claim.decision;
  Adopt(*unanswered, *rulebook_, Run(), claim);
  Booking booking(kOctober, Run().now);
  ASSERT_TRUE(booking.Book(submission, before, claim).ok());
  booking.PutDecided(claim);
  ASSERT_TRUE(store_->Commit(booking.Take()).ok());

  EXPECT_EQ(Decide().decided, 0);
  EXPECT_EQ(Close().pools, 1);
  EXPECT_EQ(ResultOf(id), "APPORTIONED");
  EXPECT_EQ(Flags(ClaimOf(id).decision), "REVIEW_OPEN");
  EXPECT_THAT(Differences(), IsEmpty());
}

}  // namespace
}  // namespace furikae::rules
