// A rule set decides only when it is whole.
#include "rules/rule_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace furikae::rules {
namespace {

constexpr char kFirstText[] = R"("text": "保険者番号に誤りがあります。")";

std::string Quoted(const std::string& name, const std::string& value) { return "\"" + name + "\": \"" + value + "\""; }

std::string Repeated(const std::string& piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(RuleSet, TheOneBuiltInIsWhole) { EXPECT_TRUE(LoadRuleSet(EmbeddedRegulations()).ok()); }

TEST(RuleSet, WithoutAnyOneOfItsFilesItIsRefused) {
  for (const auto& [name, text] : EmbeddedRegulations()) {
    auto files = EmbeddedRegulations();
    files.erase(name);
    const auto book = LoadRuleSet(files);
    ASSERT_FALSE(book.ok()) << name;
    EXPECT_EQ(book.status().code(), absl::StatusCode::kInvalidArgument);
    const char* missing = name == "sets.json" ? "unknown set" : "the rule set has no table";
    EXPECT_THAT(std::string(book.status().message()), testing::HasSubstr(missing)) << name;
  }
}

// The files with one text in place of another, which stands in the return reasons.
std::map<std::string, std::string> ReasonsWith(const std::string& written, const std::string& instead) {
  auto files = EmbeddedRegulations();
  std::string& text = files.at("return_reasons.json");
  const size_t at = text.find(written);
  EXPECT_NE(at, std::string::npos) << written;
  if (at != std::string::npos) text.replace(at, written.size(), instead);
  return files;
}

TEST(RuleSet, AReturnReasonThatFitsTheReturnRecordIsTaken) {
  for (const char* code : {"F", "FR01", "12345", "abcde"}) {
    const auto book = LoadRuleSet(ReasonsWith(R"("code": "FR001")", Quoted("code", code)));
    EXPECT_TRUE(book.ok()) << book.status();
  }
  EXPECT_TRUE(LoadRuleSet(ReasonsWith(R"("class": 1)", R"("class": 9)")).ok());
  EXPECT_TRUE(LoadRuleSet(ReasonsWith(kFirstText, Quoted("text", Repeated("誤", 500)))).ok());
}

TEST(RuleSet, AReturnReasonThatTheReturnRecordCannotCarryIsRefused) {
  const struct {
    std::string written, instead, complaint;
  } kCases[] = {
      {R"("code": "FR001")", Quoted("code", "FR0001"), "output \"code\" must be 1 to 5 letters or digits"},
      {R"("code": "FR001")", Quoted("code", ""), "output \"code\" must be"},
      {R"("code": "FR001")", Quoted("code", "FR,01"), "output \"code\" must be"},
      {R"("code": "FR001")", Quoted("code", "返1"), "output \"code\" must be"},
      {R"("class": 1)", R"("class": 10)", "output \"class\" must be a number from 0 to 9"},
      {R"("class": 1)", R"("class": -1)", "output \"class\" must be a number from 0 to 9"},
      {kFirstText, Quoted("text", ""), "output \"text\" must be 1 to 1000 bytes"},
      {kFirstText, Quoted("text", Repeated("誤", 501)), "output \"text\" must be"},
      {kFirstText, Quoted("text", "誤り,二つ"), "output \"text\" must be"},
      {kFirstText, Quoted("text", "誤り\\n二つ"), "output \"text\" must be"},
      {kFirstText, Quoted("text", "\U0001F600"), "output \"text\" must be"},
  };
  for (const auto& c : kCases) {
    const auto book = LoadRuleSet(ReasonsWith(c.written, c.instead));
    ASSERT_FALSE(book.ok()) << c.instead;
    EXPECT_EQ(book.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(book.status().message()),
                testing::AllOf(testing::HasSubstr("table return_reasons, row R01"), testing::HasSubstr(c.complaint)));
  }
}

}  // namespace
}  // namespace furikae::rules
