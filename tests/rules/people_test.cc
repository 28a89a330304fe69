// People act on claims that wait for them, or change what was decided before; what would do nothing is refused with the
// state the claim is in (decisions.md §6).
#include "rules/people.h"

#include "core/concat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/rules/month_fixture.h"

namespace furikae::rules {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class People : public Month {
 protected:
  void SetUp() override {
    Month::SetUp();
    Lapsed();
  }
  std::string Decided(const Claim& receipt) {
    const std::string id = Submit("a.UKE", File({receipt})).claim_ids.at(0);
    Decide();
    return id;
  }
  // `second` of the last day of the month.
  absl::Status ActAt(int64_t second, const std::string& id, Action action, const std::string& subject = "") {
    PeopleRow row;
    row.claim_id = id;
    row.action = action;
    row.actor = "reviewer-1";
    row.subject_id = subject;
    if (action == Action::kInquire) row.insurer = kSociety;
    row.at = Moment{Moment::LastSecondOf(kOctober).seconds - 86399 + second};
    return engine_->Act(row, Run(kOctober));
  }
};

TEST_F(People, NobodyCanBeAskedAboutAClaimThatWaitsForNobody) {
  const std::string id = Decided(Claim());
  ASSERT_EQ(ResultOf(id), "TRANSFERRED 04");
  const std::string before = Everything();
  for (const bool closed : {false, true}) {
    if (closed) Close();
    const std::string unchanged = closed ? Everything() : before;
    for (const Action action : {Action::kInquire, Action::kReject, Action::kDefer}) {
      const absl::Status refused = ActAt(1, id, action);
      EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition) << refused;
      EXPECT_THAT(std::string(refused.message()),
                  AllOf(HasSubstr(id), HasSubstr(closed ? "was closed as TRANSFERRED" : "was decided as TRANSFERRED"),
                        HasSubstr(std::string(ActionName(action)) + " would change nothing"),
                        HasSubstr("furikae review list"), Not(HasSubstr("review undo"))));
      EXPECT_EQ(Everything(), unchanged);
    }
  }
}

TEST_F(People, AnActTwiceIsOneAlsoWhenTheClaimWaitsNoMore) {
  const std::string id = Decided(UnidentifiedClaim());
  ASSERT_TRUE(ClaimOf(id).review_open) << ResultOf(id);
  ASSERT_TRUE(ActAt(1, id, Action::kInquire).ok());
  EXPECT_TRUE(ClaimOf(id).inquiry_open);
  ASSERT_TRUE(ActAt(2, id, Action::kReject).ok());
  EXPECT_FALSE(ClaimOf(id).review_open);
  const std::string once = Everything();
  EXPECT_TRUE(ActAt(1, id, Action::kInquire).ok());
  EXPECT_TRUE(ActAt(2, id, Action::kReject).ok());
  EXPECT_EQ(Everything(), once);
  // Asking anew is not the same: the rejection stands, and can be taken back.
  const absl::Status late = ActAt(3, id, Action::kInquire);
  EXPECT_EQ(late.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(late.message()), HasSubstr("`furikae review undo` takes back"));
  EXPECT_TRUE(ActAt(4, id, Action::kUndo).ok());
  EXPECT_TRUE(ClaimOf(id).review_open);
  EXPECT_TRUE(ActAt(5, id, Action::kInquire).ok());
}

TEST_F(People, ADecisionOfPeopleCanBeChangedAndHistoryMayComeLate) {
  const std::string id = Decided(UnidentifiedClaim());
  ASSERT_TRUE(ActAt(2, id, Action::kReject).ok());
  EXPECT_TRUE(ActAt(1, id, Action::kInquire).ok()) << "it was asked before it was rejected";
  EXPECT_FALSE(ClaimOf(id).inquiry_open);
  EXPECT_TRUE(ActAt(3, id, Action::kAccept, "S-hanako").ok());
  EXPECT_EQ(ResultOf(id), "TRANSFERRED 04");
}

// What a run of a later month posted for a claim is not undone in an earlier one, also while neither is closed.
TEST_F(People, NothingIsPostedBehindWhatWasPostedAlready) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({UnidentifiedClaim()})).claim_ids.at(0);
  Decide();
  ASSERT_EQ(ResultOf(id), "IN_REVIEW");
  const ServiceMonth november = kOctober.Plus(1), december = kOctober.Plus(2);
  ASSERT_TRUE(Act(id, Action::kAccept, "S-hanako", december).ok());
  EXPECT_EQ(ClaimOf(id).decided_month, december);
  ASSERT_TRUE(Act(id, Action::kUndo, "", december).ok());
  PeopleRow again{id, Action::kAccept, "S-hanako", {}, "another", Moment::LastSecondOf(december)};
  ASSERT_TRUE(engine_->Act(again, {november, Moment::LastSecondOf(december)}).ok());
  EXPECT_EQ(ClaimOf(id).changed_month, december);
  EXPECT_EQ(Decide(november).decided, 0) << "December has taken it up";
  EXPECT_EQ(Close(november).claims, 0);
  EXPECT_EQ(ResultOf(id), "TRANSFERRED 04");
  EXPECT_THAT(Differences(), IsEmpty());
  EXPECT_EQ(Close(december).claims, 1);
  EXPECT_EQ(ClaimOf(id).closed_month, december);
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(People, WhatWasTakenBackCanBeDoneAgainAtTheSameMoment) {
  const std::string id = Decided(UnidentifiedClaim());
  const auto act = [&](Action action, const std::string& subject = "") {
    const PeopleRow row{id, action, subject, {}, "reviewer-1", Moment::LastSecondOf(kOctober)};
    return engine_->Act(row, Run(), Again::ActOfItsOwn());
  };
  ASSERT_TRUE(act(Action::kAccept, "S-hanako").ok());
  ASSERT_TRUE(act(Action::kUndo).ok());
  ASSERT_EQ(ResultOf(id), "IN_REVIEW");
  ASSERT_TRUE(act(Action::kAccept, "S-hanako").ok());
  EXPECT_EQ(ResultOf(id), "TRANSFERRED 04");
  const std::string accepted = Everything();
  ASSERT_TRUE(act(Action::kAccept, "S-hanako").ok());
  EXPECT_EQ(Everything(), accepted) << "done already";
  ASSERT_TRUE(act(Action::kReject).ok());
  EXPECT_FALSE(ClaimOf(id).review_open);
  ASSERT_TRUE(act(Action::kUndo).ok());
  EXPECT_EQ(ResultOf(id), "TRANSFERRED 04");
  ASSERT_TRUE(act(Action::kUndo).ok());
  EXPECT_TRUE(ClaimOf(id).review_open);
  const std::string undone = Everything();
  EXPECT_EQ(act(Action::kUndo).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Everything(), undone);
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(People, AFileThatDoesATakenBackActAgainCanBeReplayed) {
  const std::string id = Decided(UnidentifiedClaim());
  std::string csv = "ClaimId,Action,SubjectId,InsurerNumber,Actor,At\n";
  for (const char* act : {"ACCEPT,S-hanako", "UNDO,", "ACCEPT,S-hanako"}) {
    csv += id + "," + act + ",,a,2024-10-11T00:00:00+09:00\n";
  }
  std::string once;
  for (const bool again : {false, true}) {
    ASSERT_TRUE(engine_->LoadTable(storage::TableKind::kPeople, "people.csv", csv, /*strict=*/true, Run()).ok());
    EXPECT_EQ(ResultOf(id), "TRANSFERRED 04");
    if (again) {
      EXPECT_EQ(Everything(), once);
    }
    once = Everything();
  }
  EXPECT_THAT(Differences(), IsEmpty());
}

struct HistoryCase {
  std::string name;
  std::vector<std::string> acts;  // the last figure is the second of the day
  std::string result;
};
class PeopleHistory : public People, public testing::WithParamInterface<HistoryCase> {};

// Whether a row of a file is taken does not depend on the rows behind it, which are there when it is read again; nor on
// whether the claim was decided before.
TEST_P(PeopleHistory, ReadAgainChangesNothingAndIsTheSameBeforeDecidingAndAfter) {
  Claim receipt = UnidentifiedClaim();
  for (const bool decided_before : {true, false}) {
    SCOPED_TRACE(decided_before);
    ++receipt.points_per_visit;  // else it would be a duplicate
    const std::string id = Submit("a.UKE", File({receipt})).claim_ids.at(0);
    if (decided_before) Decide();
    std::string csv = "ClaimId,Action,SubjectId,InsurerNumber,At\n";
    for (const std::string& act : GetParam().acts) {
      const size_t last = act.size() - 1;
      csv += Concat(id, ",", act.substr(0, last), "2024-10-11T00:00:0", act.substr(last), "+09:00\n");
    }
    std::string once;
    for (const bool again : {false, true}) {
      const auto report = engine_->LoadTable(storage::TableKind::kPeople, "people.csv", csv, /*strict=*/false, Run());
      ASSERT_TRUE(report.ok()) << report.status();
      EXPECT_EQ(report->refused, 0);
      Decide();
      EXPECT_EQ(ResultOf(id), GetParam().result);
      if (again) {
        EXPECT_EQ(Everything(), once);
      }
      once = Everything();
    }
  }
  EXPECT_THAT(Differences(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Acts, PeopleHistory,
    testing::Values(
        HistoryCase{"ALineTwice", {"ACCEPT,S-hanako,,1", "ACCEPT,S-hanako,,1", "UNDO,,,2"}, "IN_REVIEW"},
        HistoryCase{"AQuestionTooLate", {"ACCEPT,S-hanako,,1", "INQUIRE,,01130012,2", "UNDO,,,3"}, "TRANSFERRED 04"},
        HistoryCase{"UndoneTwice", {"ACCEPT,S-hanako,,1", "INQUIRE,,01130012,2", "UNDO,,,3", "UNDO,,,3"}, "IN_REVIEW"},
        HistoryCase{"NothingToUndo", {"UNDO,,,1", "ACCEPT,S-hanako,,1"}, "TRANSFERRED 04"},
        HistoryCase{"RejectedTwice", {"REJECT,,,1", "REJECT,,,2", "UNDO,,,3"}, "APPORTIONED"}),
    [](const auto& info) { return info.param.name; });

TEST_F(People, ARowOfAFileThatDoesNothingIsNoted) {
  const std::string id = Decided(Claim());
  const std::string csv = "ClaimId,Action,InsurerNumber,At\n" + id + ",INQUIRE,01130012,2024-10-11T00:00:00+09:00\n" +
                          id + ",UNDO,,2024-10-10T00:00:00+09:00\n";
  const auto report = engine_->LoadTable(storage::TableKind::kPeople, "people.csv", csv, /*strict=*/false, Run());
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(report->notes,
              ElementsAre("people.csv row 3: claim " + id + ": there is nothing to undo",
                          AllOf(HasSubstr("people.csv row 2: claim " + id + " was decided as TRANSFERRED"),
                                HasSubstr("INQUIRE would change nothing"))));
  EXPECT_EQ(ResultOf(id), "TRANSFERRED 04");
  Close();
  // Whom it cannot identify any more is refused, whatever follows.
  const std::string late = "ClaimId,Action,SubjectId,At\n" + id + ",ACCEPT,S-hanako,2024-10-31T10:00:00+09:00\n" + id +
                           ",REJECT,,2024-10-31T11:00:00+09:00\n" + id + ",UNDO,,2024-10-31T12:00:00+09:00\n";
  std::string once;
  for (const bool again : {false, true}) {
    const auto after = engine_->LoadTable(storage::TableKind::kPeople, "people.csv", late, /*strict=*/false, Run());
    ASSERT_TRUE(after.ok()) << after.status();
    EXPECT_THAT(after->complaints, ElementsAre(HasSubstr("there is nothing left to identify")));
    EXPECT_EQ(ResultOf(id), "TRANSFERRED 04");
    if (again) {
      EXPECT_EQ(Everything(), once);
    }
    once = Everything();
  }
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(People, NobodyUnknownToTheRegistryCanBeAccepted) {
  const std::string id = Decided(UnidentifiedClaim());
  const std::string before = Everything();
  const absl::Status refused = ActAt(1, id, Action::kAccept, "S-nobody");
  EXPECT_TRUE(absl::IsNotFound(refused)) << refused;
  EXPECT_THAT(std::string(refused.message()), AllOf(HasSubstr(id), HasSubstr("ACCEPT would choose nobody"),
                                                    HasSubstr("furikae review show"), Not(HasSubstr("S-nobody"))));
  EXPECT_EQ(Everything(), before);
}

TEST_F(People, AClaimNotYetDecidedTakesEveryAct) {
  const std::string id = Submit("a.UKE", File({Claim()})).claim_ids.at(0);
  EXPECT_TRUE(ActAt(1, id, Action::kReject).ok());
  Decide();
  EXPECT_EQ(ResultOf(id), "TRANSFERRED 04");
}

}  // namespace
}  // namespace furikae::rules
