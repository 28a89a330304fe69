// A rule set decides only when it is whole.
#include "rules/rule_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace furikae::rules {
namespace {

TEST(RuleSet, TheOneBuiltInIsWhole) { EXPECT_TRUE(LoadRuleSet(EmbeddedRegulations()).ok()); }

TEST(RuleSet, WithoutAnyOneOfItsFilesItIsRefused) {
  for (const auto& [name, text] : EmbeddedRegulations()) {
    auto files = EmbeddedRegulations();
    files.erase(name);
    const auto book = LoadRuleSet(files);
    ASSERT_FALSE(book.ok()) << name;
    EXPECT_EQ(book.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(book.status().message()), testing::HasSubstr("the rule set has no table")) << name;
  }
}

}  // namespace
}  // namespace furikae::rules
