// `verify` finds what is not as the event log says, and names it. Each test damages one thing behind the engine's back.
#include "rules/verify.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/rules/month_fixture.h"

namespace furikae::rules {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class Verify : public Month {
 protected:
  void SetUp() override {
    Month::SetUp();
    Lapsed();
    const SubmitReport report = Submit("a.UKE", File({Claim(), UnidentifiedClaim()}));
    id_ = report.claim_ids.at(0);
    pooled_ = report.claim_ids.at(1);
    Decide();
    Close();
    ASSERT_THAT(Differences(), IsEmpty());
  }
  storage::Pool Pool() { return *store_->GetPool({kClinic, Agency::kShaho, ServiceMonth::Of(2024, 9)}); }
  void Write(storage::Group group) { ASSERT_TRUE(store_->Commit(std::move(group)).ok()); }
  void WriteClaim(const storage::Claim& claim) {
    storage::Group group;
    group.PutClaim(claim);
    Write(std::move(group));
  }
  void WritePool(const storage::Pool& pool) {
    storage::Group group;
    group.PutPool(pool);
    Write(std::move(group));
  }

  std::string id_, pooled_;
};

TEST_F(Verify, CountsWhatItSaw) {
  const auto report = engine_->Verify(nullptr);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->claims, 2);
  EXPECT_EQ(report->pools, 1);
  EXPECT_EQ(report->registry_rows, 2);
  EXPECT_GT(report->events, 4);
  EXPECT_GT(report->entries, 3);
}

TEST_F(Verify, FindsAChangedDecision) {
  storage::Claim claim = ClaimOf(id_);
  claim.decision.insurer_yen += Yen{1};
  WriteClaim(claim);
  EXPECT_THAT(Differences(), Contains(AllOf(StartsWith("claims: "), HasSubstr(id_), HasSubstr("the decision"))));
}

TEST_F(Verify, FindsAReopenedClaim) {
  storage::Claim claim = ClaimOf(id_);
  claim.decided_month = kOctober.Plus(1);
  WriteClaim(claim);
  EXPECT_THAT(Differences(), Contains(HasSubstr("the state is not what")));
}

TEST_F(Verify, FindsActsThatNobodyDid) {
  storage::Claim claim = ClaimOf(pooled_);
  claim.people.push_back({"", Action::kReject, "", {}, "x", Moment{5}});
  WriteClaim(claim);
  EXPECT_THAT(Differences(), Contains(HasSubstr("what people decided")));
}

TEST_F(Verify, FindsAnEntryThatFollowsFromNothing) {
  storage::Group group;
  storage::LedgerEntry entry;
  entry.month = kOctober;
  entry.claim = *store_->ParseClaimId(id_);
  entry.number = 9;
  entry.kind = "BORNE";
  entry.lines = {{"insurer/01130012", Yen{5}, Yen{0}}, {"clearing/1", Yen{0}, Yen{4}}};
  group.Post(entry);
  Write(std::move(group));
  const auto differences = Differences();
  EXPECT_THAT(differences, Contains(AllOf(StartsWith("ledger: "), HasSubstr(id_))));
  EXPECT_THAT(differences, Contains(AllOf(StartsWith("law 6: "), HasSubstr("off balance by 1 yen"))));
}

TEST_F(Verify, FindsAnEntryOfAClaimThatDoesNotExist) {
  storage::Group group;
  storage::LedgerEntry entry;
  entry.month = kOctober;
  entry.claim = storage::ClaimKey{1, 999};
  entry.number = 1;
  entry.kind = "BORNE";
  entry.lines = {{"insurer/01130012", Yen{5}, Yen{0}}, {"returns", Yen{0}, Yen{5}}};
  group.Post(entry);
  Write(std::move(group));
  EXPECT_THAT(Differences(), Contains(AllOf(StartsWith("ledger: "), HasSubstr("the log makes"))));
}

TEST_F(Verify, FindsAMovedShare) {
  storage::Pool pool = Pool();
  ASSERT_EQ(pool.shares.size(), 2u);
  pool.shares[0].yen += Yen{1};
  pool.shares[1].yen -= Yen{1};
  WritePool(pool);
  const auto differences = Differences();
  EXPECT_THAT(differences, Contains(AllOf(StartsWith("pools: "), HasSubstr("pool/1311234567/1/2024-09 is not what"))));
  EXPECT_THAT(differences, Contains(AllOf(StartsWith("law 5: "), HasSubstr("do not follow from the weights"))));
}

TEST_F(Verify, FindsAPoolNobodyApportioned) {
  storage::Pool pool = Pool();
  pool.key.service_month = ServiceMonth::Of(2024, 7);
  WritePool(pool);
  EXPECT_THAT(Differences(), Contains(AllOf(StartsWith("pools: "), HasSubstr("2024-07"))));
}

TEST_F(Verify, FindsAWrongRollup) {
  storage::Group group;
  group.Add({kOctober, "outcome", "TRANSFERRED"}, {1, 0, 0});
  Write(std::move(group));
  EXPECT_THAT(Differences(),
              Contains(AllOf(StartsWith("rollups: "), HasSubstr("2024-10 outcome TRANSFERRED has 2 receipts"))));
}

TEST_F(Verify, FindsAChangedSubmission) {
  storage::Submission submission = *store_->GetSubmission(1);
  submission.accepted = 3;
  storage::Group group;
  group.PutSubmission(submission);
  Write(std::move(group));
  const auto differences = Differences();
  EXPECT_THAT(differences, Contains(StartsWith("submissions: submission 1 is not")));
  EXPECT_THAT(differences, Contains(AllOf(StartsWith("law 1: "), HasSubstr("3 receipts were accepted, 2 are there"))));
}

TEST_F(Verify, FindsADecisionThatNoRuleMade) {
  storage::Claim claim = ClaimOf(id_);
  claim.decision.trace.push_back({"origin", "NO_SUCH_ROW", RowStatus::kSourced});
  WriteClaim(claim);
  EXPECT_THAT(Differences(), Contains(AllOf(StartsWith("law 11: "), HasSubstr("NO_SUCH_ROW"))));
}

TEST_F(Verify, FindsAPartWhoseInsurerDoesNotCoverItsDays) {
  storage::Claim claim = ClaimOf(id_);
  claim.decision.parts[0].card = {kKyokai, "64", "1234567", ""};  // lapsed on these days
  WriteClaim(claim);
  EXPECT_THAT(Differences(), Contains(AllOf(StartsWith("law 3: "), HasSubstr("01130012"))));
}

TEST_F(Verify, FindsAPartOfWhichOnlyARelativeHasTheCard) {
  storage::Claim claim = ClaimOf(id_);
  claim.decision.parts[0].subject_id = "S-taro";
  WriteClaim(claim);
  EXPECT_THAT(Differences(), Contains(StartsWith("law 3: ")));
}

TEST_F(Verify, FindsAValidQualificationThatWasMoved) {
  storage::Claim claim = ClaimOf(id_);
  claim.decision.origin = Origin::kValid;
  WriteClaim(claim);
  EXPECT_THAT(Differences(), Contains(AllOf(StartsWith("law 4: "), HasSubstr("TRANSFERRED"))));
}

TEST_F(Verify, FindsASplitThatLosesPoints) {
  storage::Claim claim = ClaimOf(id_);
  claim.decision.outcome = Outcome::kSplit;
  claim.decision.parts.push_back(claim.decision.parts[0]);
  WriteClaim(claim);
  EXPECT_THAT(Differences(), Contains(AllOf(StartsWith("law 2: "), HasSubstr("share a day"))));
}

TEST_F(Verify, CountsFurtherDifferencesOfAKind) {
  for (const std::string& id : {id_, pooled_}) {
    storage::Claim claim = ClaimOf(id);
    claim.decision.flags |= kCardCorrected;
    WriteClaim(claim);
  }
  EXPECT_THAT(Differences(), Contains(AllOf(StartsWith("claims: "), HasSubstr("(and 1 more)"))));
}

}  // namespace
}  // namespace furikae::rules
