// `furikae rules diff` as an agency asks it: what would my change have done to last month?
#include <gmock/gmock.h>

#include "absl/strings/str_replace.h"
#include "rules/table.h"
#include "tests/end_to_end/program_fixture.h"

namespace furikae {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class RulesDiff : public Program {
 protected:
  // A month in which two receipts were returned, because nobody holds their cards, and closed.
  void SetUp() override {
    WriteWorld();
    ReceiptText nobody;
    nobody.card = "8888888";
    nobody.name = "佐藤　一郎";
    nobody.kana = "サトウイチロウ";
    nobody.birth = "19600101";
    ReceiptText another = nobody;
    another.number = "3";
    another.card = "8888889";
    ReceiptText good;
    good.number = "2";
    Write("in/receipts/a.UKE", Cp932(FileText({nobody, good, another})));
    const Said said = Month();
    ASSERT_EQ(said.exit, 0) << said.All();
  }
  // The built-in rules, but such receipts are billed as claimed.
  void WriteRules(const std::string& directory) const {
    for (auto [name, text] : rules::EmbeddedRegulations()) {
      absl::StrReplaceAll(
          {{R"("outcome": "RETURNED", "class": 3, "reason": 5})", R"("outcome": "BILLED_TO_CLAIMED", "class": 3})"}},
          &text);
      Write(directory + "/" + name, text);
    }
  }
  Said Diff(const std::string& before, const std::string& after, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"rules", "diff", before, after, "--data-dir", Path("data"), "--month", "2024-10"});
    return Furikae(more);
  }
};

TEST_F(RulesDiff, ListsReceiptsYenAndRowsAndWritesNothing) {
  WriteRules("mine");
  const std::string verified = Furikae({"verify", "--data-dir", Path("data")}).out;
  const Said said = Diff("built-in", Path("mine"));
  EXPECT_EQ(said.exit, 0) << said.All();
  EXPECT_THAT(said.out, AllOf(HasSubstr("RETURNED 03 R05\n  → BILLED_TO_CLAIMED 03 (01130012 1,974 yen)"),
                              HasSubstr("unmatched_card/RETURN answers differently"),
                              HasSubstr("3 receipts compared, 2 would move"), HasSubstr("insurer/01130012"),
                              HasSubstr("+3,948")));
  EXPECT_EQ(Furikae({"verify", "--data-dir", Path("data")}).out, verified);
}

TEST_F(RulesDiff, TheRuleSetThatDecidedIsFoundByItsDigest) {
  const auto summary = nlohmann::json::parse(Read("out/summary.json"));
  const std::string digest = summary["rules_digest"];
  const Said said = Diff("kept:" + digest.substr(0, 12), "built-in");
  EXPECT_EQ(said.exit, 0) << said.All();
  EXPECT_THAT(said.out, HasSubstr("3 receipts compared, 0 would move"));
}

TEST_F(RulesDiff, JsonIsALineForEachReceiptAndOneForTheSum) {
  WriteRules("mine");
  const Said said = Diff("built-in", Path("mine"), {"--json"});
  ASSERT_EQ(said.exit, 0) << said.All();
  std::vector<nlohmann::json> lines;
  std::istringstream in(said.out);
  for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0]["before"]["outcome"], "RETURNED");
  EXPECT_EQ(lines[1]["after"]["outcome"], "BILLED_TO_CLAIMED");
  EXPECT_EQ(lines[2]["moved"], "2");
}

TEST_F(RulesDiff, AWrongRuleSetIsNamed) {
  Write("broken/policy.json", "[");
  const Said broken = Diff("built-in", Path("broken"));
  EXPECT_EQ(broken.exit, 1) << broken.All();
  EXPECT_THAT(broken.err, HasSubstr("the second rule set: policy.json"));
  EXPECT_NE(Diff("kept:", "built-in").exit, 0);
  EXPECT_NE(Diff(Path("nowhere"), "built-in").exit, 0);
}

}  // namespace
}  // namespace furikae
