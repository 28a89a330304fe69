// A directory of regulations is laid over those that it includes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/concat.h"
#include "rules/rule_cases.h"
#include "rules/rule_set.h"
#include "rules/table.h"

namespace furikae::rules {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using Files = std::map<std::string, std::string>;

class Includes : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  std::string In(const std::string& directory) const { return (root_ / directory).string(); }
  absl::StatusOr<Files> Read(const std::string& directory) const { return ReadRegulations(In(directory)); }
  std::string ErrorOf(const std::string& directory) const { return std::string(Read(directory).status().message()); }

  fs::path root_;
};

TEST_F(Includes, OfTheBuiltInSetMakeAWholeSetOfOneFile) {
  Files expected = EmbeddedRegulations();
  expected["policy.json"] += "\n";
  Write("own/include.json", R"({"include": ["built-in"]})");
  Write("own/policy.json", expected["policy.json"]);
  const auto files = Read("own");
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(*files, expected);
  EXPECT_TRUE(LoadRuleSet(*files).ok());
}

TEST_F(Includes, DoNotChangeTheDigestOfWhatTheSetHolds) {
  Write("own/include.json", R"({"include": ["built-in"]})");
  const auto files = Read("own");
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(LoadRuleSet(*files)->digest(), LoadRuleSet(EmbeddedRegulations())->digest());
}

TEST_F(Includes, LaterOnesLieOverEarlierOnesAndOwnFilesOverAll) {
  for (const char* file : {"one/a.json", "one/b.json", "one/c.json", "two/b.json", "two/c.json", "own/c.json"})
    Write(file, file);
  Write("own/include.json", R"({"$schema": "x", "include": ["../one", "../two"]})");
  const auto files = Read("own");
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(*files, (Files{{"a.json", "one/a.json"}, {"b.json", "two/b.json"}, {"c.json", "own/c.json"}}));
}

TEST_F(Includes, ReachThroughOthersAndMayMeetAgain) {
  Write("base/a.json", "base");
  Write("left/include.json", R"({"include": ["../base"]})");
  Write("right/include.json", R"({"include": ["../base"]})");
  Write("right/b.json", "right");
  Write("own/include.json", R"({"include": ["../left", "../right"]})");
  const auto files = Read("own");
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(*files, (Files{{"a.json", "base"}, {"b.json", "right"}}));
}

TEST_F(Includes, ThatComeBackAreRefusedNamingTheWay) {
  Write("a/include.json", R"({"include": ["../b"]})");
  Write("b/include.json", R"({"include": ["../a"]})");
  EXPECT_EQ(Read("a").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorOf("a"), Concat(In("a"), "/include.json includes ", In("b"), "/include.json includes ", In("a"),
                                 ", which includes it: that would never end"));
  Write("self/include.json", R"({"include": ["."]})");
  EXPECT_THAT(ErrorOf("self"), HasSubstr("that would never end"));
}

TEST_F(Includes, OfNothingAreRefusedNamingBoth) {
  Write("own/include.json", R"({"include": ["../gone"]})");
  EXPECT_EQ(Read("own").status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(ErrorOf("own"), HasSubstr(Concat(In("own"), "/include.json includes ", In("gone"),
                                               ": the directory of regulations cannot be read")));
}

TEST_F(Includes, ThatAreWrittenWronglyAreRefused) {
  for (const char* text :
       {"", "[]", R"(["built-in"])", R"({"include": "built-in"})", R"({"include": []})", R"({"include": [7]})",
        R"({"include": [""]})", R"({"includes": ["built-in"]})", R"({"include": ["built-in"], "more": 1})",
        R"({"include": ["built-in", "built-in"]})", R"({"include": ["built-in"], "include": []})"}) {
    Write("own/include.json", text);
    EXPECT_EQ(Read("own").status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(ErrorOf("own"), HasSubstr(Concat(In("own"), "/include.json: "))) << text;
  }
}

TEST_F(Includes, BringTheirCasesAndOwnCasesReplaceThem) {
  Write("own/include.json", R"({"include": ["built-in", "../common"]})");
  Write("common/cases/policy.json", "common");
  Write("common/cases/rates.json", "common");
  Write("own/cases/policy.json", "own");
  Files expected = EmbeddedRuleCases();
  expected["policy.json"] = "own";
  expected["rates.json"] = "common";
  const auto cases = ReadRuleCaseFiles(In("own"));
  ASSERT_TRUE(cases.ok()) << cases.status();
  EXPECT_EQ(*cases, expected);
}

TEST_F(Includes, GiveTheirCasesToADirectoryWithoutAny) {
  Write("own/include.json", R"({"include": ["built-in"]})");
  const auto cases = ReadRuleCaseFiles(In("own"));
  ASSERT_TRUE(cases.ok()) << cases.status();
  EXPECT_EQ(*cases, EmbeddedRuleCases());
  Write("none/a.json", "a");
  Write("bare/include.json", R"({"include": ["../none"]})");
  EXPECT_EQ(ReadRuleCaseFiles(In("bare")).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(Includes, AreNotReadBelowTheDirectory) {
  Write("own/a.json", "a");
  Write("own/schema/regulations.schema.json", "{}");
  const auto files = Read("own");
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(*files, (Files{{"a.json", "a"}}));
}

}  // namespace
}  // namespace furikae::rules
