// Named value sets, and what the members of several files have to do with each other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "core/calendar.h"
#include "core/concat.h"
#include "rules/check.h"
#include "rules/table.h"

namespace furikae::rules {
namespace {

using ::testing::HasSubstr;
using Files = std::map<std::string, std::string>;

constexpr std::string_view kColours[] = {"RED", "GREEN", "BLUE"};
constexpr std::string_view kShapes[] = {"ROUND", "SQUARE"};
enum TestFact { kMonth, kPaper, kPoints, kYen, kLaw, kBearersLaw, kDigit, kColour, kSignal, kShape };
const FactDeclaration kFacts[] = {
    {"month", FactType::kMonth},
    {"paper", FactType::kFlag},
    {"points", FactType::kNumber, "points"},
    {"yen", FactType::kNumber, "yen"},
    {"law", FactType::kCode, "law code"},
    {"bearers_law", FactType::kCode, "law code"},
    {"digit", FactType::kCode, "digit of the type"},
    {"colour", FactType::kChoice, "", kColours},
    {"signal", FactType::kChoice, "", kColours},
    {"shape", FactType::kChoice, "", kShapes},
};

std::string Quoted(std::string_view text) { return absl::StrReplaceAll(AbslView(text), {{"'", "\""}}); }

// Single quotes stand for double ones.
std::string TableText(std::string_view when) {
  return Quoted(
      Concat("{'table': 't', 'title': {'ja': '表', 'en': 'Table'}, 'hit': 'FIRST', 'outputs': {'yes': 'flag'}, ",
             "'rows': [{'id': 'r', 'title': {'ja': '行', 'en': 'Row'}, 'when': {", when,
             "}, 'then': {'yes': true}, 'source': 'test', 'status': 'sourced'}]}"));
}
std::string SetText(std::string_view name, std::string_view fact, std::string_view values) {
  return Quoted(Concat("{'set': '", name, "', 'fact': '", fact, "', 'title': {'ja': '値', 'en': 'Values'}, 'values': ",
                       values, ", 'source': 'test', 'status': 'sourced'}"));
}

absl::StatusOr<Rulebook> Load(const Files& files) { return Rulebook::Load(kFacts, files); }

ValueSet Of(const Rulebook& book, TestFact fact) { return book.Find("t")->conditions().front().at(fact); }

// ---- what a set stands for

TEST(NamedSets, AreTheValuesThatTheyStandFor) {
  const struct {
    std::string fact, values, named, listed;
  } kCases[] = {
      {"points", "[1, 3, 5]", "{'in': 's'}", "[1, 3, 5]"},
      {"points", "[{'min': 3, 'max': 9}]", "{'in': 's'}", "{'min': 3, 'max': 9}"},
      {"points", "[2, {'max': 1}]", "{'in': 's'}", "{'max': 2}"},
      {"points", "[1, 3]", "{'not': {'in': 's'}}", "{'not': [1, 3]}"},
      {"month", "['2024-10', {'min': '2024-11'}]", "{'in': 's'}", "{'min': '2024-10'}"},
      {"colour", "['RED', 'BLUE']", "{'in': 's'}", "['RED', 'BLUE']"},
      {"colour", "['RED', 'BLUE']", "{'not': {'in': 's'}}", "'GREEN'"},
      {"paper", "[false]", "{'in': 's'}", "false"},
  };
  for (const auto& c : kCases) {
    const std::string when = Concat("'", c.fact, "': ");
    const auto named = Load({{"a.json", TableText(when + c.named)}, {"b.json", SetText("s", c.fact, c.values)}});
    const auto listed = Load({{"a.json", TableText(when + c.listed)}});
    ASSERT_TRUE(named.ok()) << named.status();
    ASSERT_TRUE(listed.ok()) << listed.status();
    EXPECT_EQ(named->Find("t")->conditions(), listed->Find("t")->conditions()) << c.named << " of " << c.values;
  }
}

TEST(NamedSets, MayStandInAnyFileBeforeOrAfterTheTable) {
  const std::string table = TableText("'colour': {'in': 's'}"), set = SetText("s", "colour", "['RED']");
  const Files kCases[] = {{{"a.json", table}, {"b.json", set}},
                          {{"a.json", set}, {"b.json", table}},
                          {{"a.json", Concat("[", table, ", ", set, "]")}}};
  for (const Files& files : kCases) {
    const auto book = Load(files);
    ASSERT_TRUE(book.ok()) << book.status();
    EXPECT_EQ(Of(*book, kColour), ValueSet::Of(0));
  }
}

TEST(NamedSets, ServeEveryFactWithTheSameUnitAndValues) {
  const auto book =
      Load({{"a.json", TableText("'signal': {'in': 's'}")}, {"b.json", SetText("s", "colour", "['GREEN']")}});
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_EQ(Of(*book, kSignal), ValueSet::Of(1));
  const auto codes =
      Load({{"a.json", TableText("'bearers_law': {'in': 's'}")}, {"b.json", SetText("s", "law", "[31, 32]")}});
  ASSERT_TRUE(codes.ok()) << codes.status();
  EXPECT_EQ(Of(*codes, kBearersLaw), ValueSet::Between(31, 32));
}

TEST(NamedSets, AreKeptWithTitleSourceAndUse) {
  const auto book =
      Load({{"a.json", TableText("'points': {'in': 'small'}")},
            {"b.json", Concat("[", SetText("small", "points", "[1]"), ",", SetText("big", "points", "[9]"), "]")}});
  ASSERT_TRUE(book.ok()) << book.status();
  ASSERT_EQ(book->sets().size(), 2u);
  const NamedSet &big = book->sets()[0], &small = book->sets()[1];
  EXPECT_EQ(small.name, "small");
  EXPECT_EQ(small.file, "b.json");
  EXPECT_EQ(small.fact, kPoints);
  EXPECT_EQ(small.title_ja, "値");
  EXPECT_EQ(small.source, "test");
  EXPECT_TRUE(small.used);
  EXPECT_FALSE(big.used);
}

// ---- what is refused

TEST(NamedSets, AreRefusedNamingFileSetAndReason) {
  const struct {
    std::string set, message;
  } kCases[] = {
      {SetText("s", "color", "['RED']"), "b.json, set s: \"fact\" must name the fact"},
      {SetText("s", "colour", "['PINK']"), "b.json, set s: \"PINK\" is no value of colour; expected one of RED"},
      {SetText("s", "points", "[]"), "b.json, set s: \"values\" must be an array of values or ranges"},
      {SetText("s", "points", "3"), "b.json, set s: \"values\" must be an array of values or ranges"},
      {SetText("s", "points", "[null]"), "b.json, set s: null is no value of points"},
      {SetText("s", "points", "[1.5]"), "b.json, set s: 1.5 is no value of points"},
      {SetText("s", "points", "[[1]]"), "b.json, set s: [1] is no value of points"},
      {SetText("s", "points", "[{}]"), "b.json, set s: {} is no value of points"},
      {SetText("s", "points", "[1, 1]"), "b.json, set s: 1 has a value that the set already has"},
      {SetText("s", "points", "[{'max': 5}, {'min': 5}]"), "b.json, set s: {\"min\":5} has a value that the set"},
      {SetText("s", "points", "[{'min': 5, 'max': 4}]"), "b.json, set s: no value of points satisfies"},
      {SetText("s", "points", "[{'in': 'q'}]"), "b.json, set s: unknown key \"in\""},
      {SetText("s", "colour", "[{'min': 'RED'}]"), "b.json, set s: colour has no order"},
      {SetText("s 1", "points", "[1]"), "b.json: \"set\" must be a name"},
      {absl::StrReplaceAll(SetText("s", "points", "[1]"), {{"\"title\"", "\"titel\""}}), "unknown key \"titel\""},
      {absl::StrReplaceAll(SetText("s", "points", "[1]"), {{"sourced", "assumed"}}), "needs a \"note\""},
      {Concat("[", SetText("s", "points", "[1]"), ",", SetText("s", "points", "[2]"), "]"),
       "b.json, set s: it stands twice; the first is in b.json"},
  };
  for (const auto& c : kCases) {
    const auto book = Load({{"a.json", TableText("'paper': true")}, {"b.json", c.set}});
    ASSERT_FALSE(book.ok()) << c.set;
    EXPECT_THAT(std::string(book.status().message()), HasSubstr(c.message));
  }
}

TEST(NamedSets, AreRefusedWhereTheyDoNotFit) {
  const struct {
    std::string when, message;
  } kCases[] = {
      {"'points': {'in': 'many'}", "unknown set \"many\""},
      {"'points': {'not': {'in': 'many'}}", "unknown set \"many\""},
      {"'points': {'in': ['few']}", "\"in\" of points must name a set"},
      {"'points': {'in': 'few', 'min': 1}", "unknown key \"in\" in the condition on points"},
      {"'points': ['few']", "\"few\" is no value of points"},
      {"'yen': {'in': 'few'}", "the set \"few\" holds values of points, which are not of the kind of yen"},
      {"'colour': {'in': 'few'}", "the set \"few\" holds values of points, which are not of the kind of colour"},
      {"'digit': {'in': 'aid'}", "the set \"aid\" holds values of law, which are not of the kind of digit"},
      {"'points': {'in': 'aid'}", "the set \"aid\" holds values of law, which are not of the kind of points"},
      {"'law': {'not': {'in': 'few'}}", "the set \"few\" holds values of points, which are not of the kind of law"},
      {"'shape': {'in': 'warm'}", "the set \"warm\" holds values of colour, which are not of the kind of shape"},
      {"'paper': {'not': {'in': 'both'}}", "no value of paper satisfies"},
  };
  const std::string sets =
      Concat("[", SetText("few", "points", "[1, 2]"), ",", SetText("warm", "colour", "['RED']"), ",",
             SetText("both", "paper", "[true, false]"), ",", SetText("aid", "law", "[31, 32]"), "]");
  for (const auto& c : kCases) {
    const auto book = Load({{"a.json", TableText(c.when)}, {"b.json", sets}});
    ASSERT_FALSE(book.ok()) << c.when;
    EXPECT_THAT(std::string(book.status().message()), HasSubstr(Concat("a.json, table t, row r: ", c.message)));
  }
}

TEST(NamedSets, WithAFaultAreToldBeforeTheRowsThatNameThem) {
  std::vector<TableComplaint> complaints;
  const auto book = Rulebook::LoadGood(
      kFacts, {{"a.json", TableText("'points': {'in': 's'}")}, {"b.json", SetText("s", "points", "[true]")}},
      complaints);
  ASSERT_TRUE(book.ok()) << book.status();
  ASSERT_EQ(complaints.size(), 2u);
  EXPECT_EQ(complaints[0].ToString(), "b.json, set s: true is no value of points; expected an integer");
  EXPECT_EQ(complaints[1].ToString(), "a.json, table t, row r: the set \"s\" of b.json has a fault");
  EXPECT_TRUE(book->tables().empty());
  EXPECT_TRUE(book->sets().empty());
}

TEST(NamedSets, ThatNothingUsesAreFoundByTheCheck) {
  Files files = EmbeddedRegulations();
  files["own.json"] = SetText("unread", "type_digit_2", "[3]");
  const std::vector<RuleFinding> findings = CheckRules(files);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings.front().ToString(), "own.json, set unread: unused: no row names this set");
}

// ---- several files

TEST(Loader, OfTwoTablesWithOneNameTheFirstStaysAndBothFilesAreNamed) {
  std::vector<TableComplaint> complaints;
  const auto book = Rulebook::LoadGood(
      kFacts, {{"f.json", TableText("'points': 1")}, {"g.json", TableText("'points': 2")}}, complaints);
  ASSERT_TRUE(book.ok()) << book.status();
  ASSERT_EQ(complaints.size(), 1u);
  EXPECT_EQ(complaints.front().ToString(), "g.json, table t: it stands twice; the first is in f.json");
  ASSERT_EQ(book->tables().size(), 1u);
  EXPECT_EQ(Of(*book, kPoints), ValueSet::Of(1));
}

TEST(Loader, AnObjectMayNameItsSchemaButAnArraysMembersMayNot) {
  const std::string schema = Quoted("{'$schema': 'schema/regulations.schema.json', ");
  const std::string table = TableText("'points': 1"), with_schema = schema + table.substr(1);
  EXPECT_TRUE(Load({{"f.json", with_schema}}).ok());
  EXPECT_THAT(std::string(Load({{"f.json", Concat("[", with_schema, "]")}}).status().message()),
              HasSubstr("table t: unknown key \"$schema\""));
  EXPECT_THAT(std::string(Load({{"f.json", Quoted("{'$schema': 7, ") + table.substr(1)}}).status().message()),
              HasSubstr("f.json: \"$schema\" must be a text"));
}

}  // namespace
}  // namespace furikae::rules
