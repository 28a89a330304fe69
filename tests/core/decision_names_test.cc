// The names that decisions.jsonl and the masters use (decisions.md §2, §10; files.md).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/decision.h"
#include "core/masters.h"

namespace furikae {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(DecisionNamesTest, EveryOriginAndOutcomeIsReadBack) {
  for (int i = 0; i <= static_cast<int>(Origin::kUnmatched); ++i) {
    EXPECT_EQ(ParseOrigin(OriginName(static_cast<Origin>(i))), static_cast<Origin>(i));
  }
  for (int i = 0; i <= static_cast<int>(Outcome::kPassedThrough); ++i) {
    EXPECT_EQ(ParseOutcome(OutcomeName(static_cast<Outcome>(i))), static_cast<Outcome>(i));
  }
  EXPECT_EQ(OriginName(Origin::kDisasterInsurerKnown), "DISASTER_INSURER_KNOWN");
  EXPECT_EQ(OutcomeName(Outcome::kBilledToClaimed), "BILLED_TO_CLAIMED");
  EXPECT_EQ(OutcomeName(Outcome::kPassedThrough), "PASSED_THROUGH");
  EXPECT_EQ(ParseOrigin("valid"), std::nullopt);
  EXPECT_EQ(ParseOutcome(""), std::nullopt);
}

TEST(DecisionNamesTest, ANumberFromADamagedFileHasNoName) {
  EXPECT_EQ(OriginName(static_cast<Origin>(200)), "");
  EXPECT_EQ(OutcomeName(static_cast<Outcome>(200)), "");
  EXPECT_EQ(ActionName(static_cast<Action>(200)), "");
}

TEST(DecisionNamesTest, FlagsStandInTheOrderOfTheRules) {
  EXPECT_THAT(FlagNames(0x7F), ElementsAre("RATE_DIFFERS", "HIGH_COST_IN_KIND", "MEALS_NOT_BY_DAY", "CARD_CORRECTED",
                                           "DECLARATION_INCOMPLETE", "SENTINEL_INCOMPLETE", "REVIEW_OPEN"));
  EXPECT_THAT(FlagNames(kReviewOpen | kCardCorrected), ElementsAre("CARD_CORRECTED", "REVIEW_OPEN"));
  EXPECT_THAT(FlagNames(0), IsEmpty());
}

TEST(DecisionNamesTest, SmallNames) {
  EXPECT_EQ(ReturnReasonName(5), "R05");
  EXPECT_EQ(ReturnReasonName(11), "R11");
  EXPECT_EQ(ReturnReasonName(0), "");
  EXPECT_EQ(GradeName(Grade::kSeveral), "SEVERAL");
  EXPECT_EQ(DaysFromName(DaysFrom::kJd), "JD");
  EXPECT_EQ(DaysFromName(DaysFrom::kMonth), "MONTH");
  EXPECT_EQ(RowStatusName(RowStatus::kAssumed), "assumed");
}

TEST(MasterNamesTest, KindsAreReadBack) {
  for (int i = 1; i <= 8; ++i)
    EXPECT_EQ(ParseInsurerKind(InsurerKindName(static_cast<InsurerKind>(i))), static_cast<InsurerKind>(i));
  for (int i = 1; i <= 5; ++i) {
    EXPECT_EQ(ParseInstitutionKind(InstitutionKindName(static_cast<InstitutionKind>(i))),
              static_cast<InstitutionKind>(i));
  }
  for (int i = 1; i <= 7; ++i) EXPECT_EQ(ParseAction(ActionName(static_cast<Action>(i))), static_cast<Action>(i));
  EXPECT_EQ(ParseInsurerKind("国保組合"), InsurerKind::kKokuhoSociety);
  EXPECT_EQ(ParseInsurerKind(""), std::nullopt);
  EXPECT_EQ(ParseInstitutionKind("薬局"), InstitutionKind::kPharmacy);
  EXPECT_EQ(ParseAction("accept"), std::nullopt);
}

}  // namespace
}  // namespace furikae
