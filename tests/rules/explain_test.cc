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

}  // namespace
}  // namespace furikae::rules
