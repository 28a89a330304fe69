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
  // A month in which two receipts were returned, because nobody holds their cards, and one was shared, because its
  // insurer is not known; closed.
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
    ReceiptText shared = nobody;
    shared.number = "4";
    shared.insurer = "77777777";
    shared.symbol = "";
    shared.card = "777777777";
    shared.more =
        "CO,12,1,810000001,不詳・サトウイチロウ・社保・協会けんぽ・青空商事・東京都千代田区神田１－２－３・"
        "０３－１２３４－５６７８・令和６年９月３０日\r\n";
    Write("in/receipts/a.UKE", Cp932(FileText({nobody, good, another, shared})));
    Write(
        "in/payments.csv",
        "InstitutionCode,InsurerNumber,ServiceMonth,Receipts,Points,AmountYen\n1311234567,01130012,2024-06,10,300,3000"
        "\n1311234567,06130488,2024-06,10,100,1000\n");
    const Said said = Month();
    ASSERT_EQ(said.exit, 0) << said.All();
  }
  void WriteRules(const std::string& directory, const std::string& written, const std::string& instead) const {
    int changed = 0;
    for (auto [name, text] : rules::EmbeddedRegulations()) {
      changed += absl::StrReplaceAll({{written, instead}}, &text);
      Write(directory + "/" + name, text);
    }
    ASSERT_EQ(changed, 1) << written;
  }
  // The built-in rules, but receipts with nobody's card are billed as claimed.
  void WriteRules(const std::string& directory) const {
    WriteRules(directory, R"("outcome": "RETURNED", "class": 3, "reason": 5})",
               R"("outcome": "BILLED_TO_CLAIMED", "class": 3})");
  }
  // … but payments of the window count by receipts, not by yen.
  void WriteLadder(const std::string& directory) const {
    WriteRules(directory, R"("then": {"scope": "institution", "months_from": 4, "months_to": 2, "basis": "yen"})",
               R"("then": {"scope": "institution", "months_from": 4, "months_to": 2, "basis": "receipts"})");
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
                              HasSubstr("4 receipts compared, 2 would move"), HasSubstr("insurer/01130012"),
                              HasSubstr("+3,948")));
  EXPECT_EQ(Furikae({"verify", "--data-dir", Path("data")}).out, verified);
}

TEST_F(RulesDiff, TheRuleSetThatDecidedIsFoundByItsDigest) {
  const auto summary = nlohmann::json::parse(Read("out/summary.json"));
  const std::string digest = summary["rules_digest"];
  const Said said = Diff("kept:" + digest.substr(0, 12), "built-in");
  EXPECT_EQ(said.exit, 0) << said.All();
  EXPECT_THAT(said.out, HasSubstr("4 receipts compared, 0 would move"));
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

TEST_F(RulesDiff, TellsWhichInsurersWouldBearMoreOfWhichPool) {
  WriteLadder("mine");
  const Said said = Diff("built-in", Path("mine"));
  EXPECT_EQ(said.exit, 0) << said.All();
  EXPECT_EQ(said.out,
            "pool/1311234567/1/2024-09\n"
            "    1 receipts, 1,974 yen, WINDOW\n"
            "  → 1 receipts, 1,974 yen, WINDOW\n"
            "    insurer/01130012                      -494 yen  (1,481 → 987)\n"
            "    insurer/06130488                      +494 yen  (493 → 987)\n"
            "    ladder/WINDOW answers differently\n"
            "4 receipts compared, 0 would move; 1 pools compared, 1 would be shared otherwise\n"
            "  account                         more yen        less yen        together\n"
            "  insurer/01130012                       0             494            -494\n"
            "  insurer/06130488                     494               0            +494\n");
}

TEST_F(RulesDiff, JsonIsALineForEachPoolToo) {
  WriteLadder("mine");
  const Said said = Diff("built-in", Path("mine"), {"--json"});
  ASSERT_EQ(said.exit, 0) << said.All();
  std::istringstream in(said.out);
  std::string line;
  ASSERT_TRUE(std::getline(in, line));
  const auto pool = nlohmann::json::parse(line);
  EXPECT_EQ(pool["pool"], "pool/1311234567/1/2024-09");
  EXPECT_EQ(pool["before"]["rung"], "WINDOW");
  EXPECT_EQ(pool["shares"][1], (nlohmann::json{{"account", "insurer/06130488"}, {"before", "493"}, {"after", "987"}}));
  ASSERT_TRUE(std::getline(in, line));
  EXPECT_EQ(nlohmann::json::parse(line)["pools_moved"], "1");
  EXPECT_FALSE(std::getline(in, line));
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
