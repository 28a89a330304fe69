// Why a claim was decided as it was: by the rule set that decided it, also when another one is in force.
#include "rules/explain.h"

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "rules/receipt_facts.h"
#include "tests/rules/month_fixture.h"

namespace furikae::rules {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Explaining : public Month {
 protected:
  std::string Explain(const Rulebook& rulebook, const std::string& id) {
    return *ExplainClaim(*store_, rulebook, *store_->ParseClaimId(id));
  }
};

TEST_F(Explaining, NamesFactsRowsSourcesAndResult) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({Claim()})).claim_ids[0];
  Decide();
  EXPECT_THAT(Explain(*rulebook_, id),
              AllOf(HasSubstr("submitted by 1311234567"), HasSubstr("origin/LAPSED"), HasSubstr("source: "),
                    HasSubstr("Result: TRANSFERRED"), HasSubstr("確認区分 04"), Not(HasSubstr("earlier rule set"))));
}

TEST_F(Explaining, TakesTheRuleSetThatDecided) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({Claim()})).claim_ids[0];
  Decide();
  const Row* row = rulebook_->FindRow("origin", "LAPSED");
  ASSERT_NE(row, nullptr);
  std::map<std::string, std::string> files = EmbeddedRegulations();
  files["origin.json"] = absl::StrReplaceAll(files["origin.json"], {{row->title_en, "Another title"}});
  const Rulebook another = *Rulebook::Load(Declarations(), files);
  ASSERT_NE(another.digest(), rulebook_->digest());
  EXPECT_THAT(Explain(another, id), AllOf(HasSubstr("decided by the earlier rule set " + rulebook_->digest()),
                                          HasSubstr(row->title_en), Not(HasSubstr("Another title"))));
}

TEST_F(Explaining, TellsWhatAnotherFactOrMomentWouldHaveMade) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({Claim()})).claim_ids[0];
  Decide();
  const std::string before = Everything();
  const auto assume = [&](const Assumptions& assumptions) {
    const std::string letter = *ExplainClaim(*store_, *rulebook_, *store_->ParseClaimId(id), assumptions);
    return letter.substr(letter.find("\nIf "));
  };
  EXPECT_THAT(assume({.facts = {*ReadPinnedFact("card_collected=true")}}),
              AllOf(HasSubstr("(card_collected) were true"), HasSubstr("would have spoken: routing_lapsed/"),
                    Not(HasSubstr("Result: TRANSFERRED"))));
  // Before anything was registered nobody held the card.
  EXPECT_THAT(assume({.as_of = Moment{0}}),
              AllOf(HasSubstr("the registry were as at 1970"), HasSubstr("would not have spoken: origin/LAPSED"),
                    HasSubstr("would have spoken: origin/UNMATCHED")));
  // What changes nothing is told as well.
  const std::string same = assume({.facts = {*ReadPinnedFact("paper=false")}});
  EXPECT_THAT(same, AllOf(HasSubstr("Result: TRANSFERRED"), Not(HasSubstr("spoken"))));
  EXPECT_EQ(Everything(), before);
}

TEST(ReadPinnedFact, SaysWhatAFactCanBe) {
  EXPECT_EQ(ReadPinnedFact("copayment=absent")->value, kAbsent);
  EXPECT_EQ(ReadPinnedFact("total_points=11800")->value, 11800);
  EXPECT_EQ(ReadPinnedFact("service_month=2024-10")->value, ServiceMonth::Of(2024, 10).index);
  for (const auto& [text, reason] : std::map<std::string, std::string>{{"paper", "write fact=value"},
                                                                       {"colour=red", "there is no fact \"colour\""},
                                                                       {"origin=LOST", "expected one of"},
                                                                       {"paper=[true]", "is no single value"},
                                                                       {"total_points=", "is no single value"},
                                                                       {"total_points=1.5", "expected an integer"}}) {
    EXPECT_THAT(std::string(ReadPinnedFact(text).status().message()), HasSubstr(reason)) << text;
  }
}

}  // namespace
}  // namespace furikae::rules
