// Example cases: those shipped hold and leave nothing out; what is no case is refused; a changed table is noticed.
#include "rules/rule_cases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_replace.h"
#include "core/concat.h"
#include "rules/receipt_facts.h"
#include "rules/rule_coverage.h"
#include "rules/rule_set.h"

namespace furikae::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// ----------------------------------------------------------------------------------------------------------------
// the cases that come with the regulations

Rulebook Shipped() { return *LoadRuleSet(EmbeddedRegulations()); }

std::vector<RuleCase> ShippedCases(const Rulebook& book) {
  auto cases = ReadRuleCases(book, Declarations(), EmbeddedRuleCases());
  EXPECT_TRUE(cases.ok()) << cases.status();
  return cases.ok() ? *std::move(cases) : std::vector<RuleCase>();
}

TEST(ShippedCases, AllPass) {
  const Rulebook book = Shipped();
  const std::vector<RuleCase> cases = ShippedCases(book);
  EXPECT_GE(cases.size(), 150u);
  for (const CaseFailure& failure : RunRuleCases(Declarations(), cases).failures) {
    ADD_FAILURE() << failure.file << ": " << failure.name << "\n  " << Joined(failure.reasons, "\n  ");
  }
}

TEST(ShippedCases, MeetEveryRowAndBothSidesOfEveryDate) {
  const Rulebook book = Shipped();
  const std::vector<RuleCase> cases = ShippedCases(book);
  const RuleCoverage coverage = CoverageOf(book, Declarations(), RunRuleCases(Declarations(), cases).passed);
  EXPECT_GT(coverage.rows, 200);
  EXPECT_GT(coverage.dates, 50);
  for (const UncoveredRow& row : coverage.uncovered) ADD_FAILURE() << row.table << ", row " << row.row;
  for (const MissingDate& date : coverage.missing_dates) {
    ADD_FAILURE() << date.table << ", row " << date.row << ", " << date.fact << " " << date.value;
  }
}

TEST(ShippedCases, StandInAFileForEachOfTheRegulations) {
  std::vector<std::string> regulations, cases;
  for (const auto& [name, text] : EmbeddedRegulations()) {
    if (name != "sets.json") regulations.push_back(name);  // has no rows; those of other files name its sets
  }
  for (const auto& [name, text] : EmbeddedRuleCases()) cases.push_back(name);
  EXPECT_EQ(cases, regulations);
}

TEST(ShippedCases, AreNoPartOfTheRuleSet) {
  const std::string directory = FURIKAE_SOURCE_DIR "/rules/regulations";
  const auto files = ReadRegulations(directory);
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(*files, EmbeddedRegulations());
  EXPECT_EQ(LoadRuleSet(*files)->digest(), Shipped().digest());
  const auto cases = ReadRuleCaseFiles(directory);
  ASSERT_TRUE(cases.ok()) << cases.status();
  EXPECT_EQ(*cases, EmbeddedRuleCases());
}

// ----------------------------------------------------------------------------------------------------------------
// a rule that somebody changed

using Answers = std::vector<std::string>;

// What a case's table answers, rows and outputs, in any rulebook.
Answers AnswersOf(const Rulebook& book, const RuleCase& c) {
  const Table& table = *book.Find(c.table->name());
  RowHits hits;
  if (table.hit() == HitPolicy::kLookup) {
    hits.push_back(table.FindRow(c.expected.front()->id));
  } else if (table.hit() == HitPolicy::kCollect) {
    hits = table.Collect(c.facts);
  } else if (const Row* row = table.First(c.facts)) {
    hits.push_back(row);
  }
  Answers answers;
  for (const Row* row : hits) {
    answers.push_back(row->id);
    for (const auto& [name, value] : row->outputs) answers.push_back(Concat(name, " ", value.number, value.text));
  }
  return answers;
}

struct Change {
  std::string file, written, instead;
  size_t failures;
};

TEST(AChangedTable, MakesExactlyTheCasesFailWhoseAnswerChanges) {
  const Change kChanges[] = {
      {"rates.json", R"("from": "2022-10")", R"("from": "2022-11")", 1},
      {"sets.json", R"("values": [7, 8])", R"("values": [7])", 1},
      {"sets.json", R"("values": [39])", R"("values": [38])", 2},
      {"completeness.json", R"("until": "2023-08")", R"("until": "2023-09")", 1},
      {"meal_burden.json", R"({"yen_per_meal": 510})", R"({"yen_per_meal": 500})", 1},
      {"exclusions.json", R"("mf_class": [1, 2])", R"("mf_class": [1])", 1},
      {"return_reasons.json", R"("code": "FR004")", R"("code": "FR104")", 1},
      {"routing.json", R"("months_since_service": {"max": 2})", R"("months_since_service": {"max": 3})", 1},
      {"rates.json", R"("type_digit_2": {"in": "late_elderly"}, "type_digit_4": {"in": "working_income"})",
       R"("type_digit_2": {"in": "late_elderly"}, "type_digit_4": [9])", 2},
      {"sets.json", "before school age (fourth digit)\"},\n   \"values\": [3, 4]",
       "before school age (fourth digit)\"},\n   \"values\": [3]", 3},
      {"origin.json", R"("card_holder": ["NONE", "OTHER_PERSON"])", R"("card_holder": ["NONE"])", 1},
  };
  const Rulebook before = Shipped();
  const std::vector<RuleCase> old_cases = ShippedCases(before);
  for (const Change& change : kChanges) {
    auto files = EmbeddedRegulations();
    ASSERT_EQ(absl::StrReplaceAll({{change.written, change.instead}}, &files.at(change.file)), 1) << change.written;
    const auto after = LoadRuleSet(files);
    ASSERT_TRUE(after.ok()) << after.status();
    std::vector<std::string> moved, failed;
    for (const RuleCase& c : old_cases) {
      if (AnswersOf(before, c) != AnswersOf(*after, c)) moved.push_back(Concat(c.file, " ", c.name));
    }
    const std::vector<RuleCase> cases = ShippedCases(*after);
    for (const CaseFailure& failure : RunRuleCases(Declarations(), cases).failures) {
      failed.push_back(Concat(failure.file, " ", failure.name));
    }
    EXPECT_EQ(failed, moved) << change.instead;
    EXPECT_EQ(failed.size(), change.failures) << change.instead;
  }
}

// ----------------------------------------------------------------------------------------------------------------
// small tables; single quotes stand for double ones

enum TestFact { kMonth, kPaper, kStanding, kPoints };
constexpr std::string_view kStandings[] = {"KNOWN", "CEASED"};
const FactDeclaration kFacts[] = {{"month", FactType::kMonth},
                                  {"paper", FactType::kFlag},
                                  {"standing", FactType::kChoice, "", kStandings},
                                  {"points", FactType::kNumber}};

std::string Quoted(std::string_view text) { return absl::StrReplaceAll(AbslView(text), {{"'", "\""}}); }

std::string RowText(std::string_view id, std::string_view more, std::string_view when, std::string_view then) {
  return Concat("{'id': '", id, "', 'title': {'ja': '行', 'en': 'Row'}, ", more, "'when': {", when, "}, 'then': {",
                then, "}, 'source': 'test', 'status': 'sourced'}");
}

std::string TableText(std::string_view name, std::string_view hit, const std::vector<std::string>& rows) {
  return Concat("{'table': '", name, "', 'title': {'ja': '表', 'en': 'Table'}, 'hit': '", hit, "', ",
                hit == "LOOKUP" ? "" : "'dated_by': 'month', ",
                "'outputs': {'yes': 'flag', 'yen': 'number', 'text': 'text'}, ", "'rows': [", Joined(rows, ", "), "]}");
}

Rulebook Small() {
  const std::string text = Concat(
      "[",
      TableText("first", "FIRST",
                {RowText("PAPER", "", "'paper': true", "'yes': false"),
                 RowText("DATED", "'from': '2023-03', 'until': '2023-05', ", "'points': {'max': 10}", "'yen': 5"),
                 RowText("SMALL", "", "'points': {'max': 20}", "'text': 'x'")}),
      ", ",
      TableText("all", "COLLECT",
                {RowText("PAPER", "", "'paper': true", "'yes': true"),
                 RowText("MANY", "", "'points': {'min': 5}", "'yen': 7, 'yes': false")}),
      ", ", TableText("codes", "LOOKUP", {RowText("01", "", "", "'text': 'one', 'yes': true")}), "]");
  auto book = Rulebook::Load(kFacts, {{"small.json", Quoted(text)}});
  EXPECT_TRUE(book.ok()) << book.status();
  return *std::move(book);
}

absl::StatusOr<std::vector<RuleCase>> Read(const Rulebook& book, std::string_view text) {
  return ReadRuleCases(book, kFacts, {{"c.json", Quoted(text)}});
}

std::string CaseText(std::string_view rest) { return Concat("[{'case': 'a case', ", rest, "}]"); }

TEST(RuleCases, WhatIsNoCaseIsRefusedWithItsPlaceAndReason) {
  const struct {
    std::string text, complaint;
  } kCases[] = {
      {"[", "cases/c.json: "},
      {"{}", "cases/c.json: expected an array of cases with at least one"},
      {"[]", "cases/c.json: expected an array of cases with at least one"},
      {"[7]", "cases/c.json, case number 1: expected an object"},
      {"[{'table': 'first'}]", "cases/c.json, case number 1: \"case\" must be a sentence"},
      {"[{'case': '', 'table': 'first'}]", "cases/c.json, case number 1: \"case\" must be a sentence"},
      {CaseText("'table': 'first', 'given': {}, 'expect': null, 'expects': 1"),
       "cases/c.json, case \"a case\": unknown key \"expects\"; known: case table given expect then"},
      {CaseText("'given': {}, 'expect': null"), "\"table\" is missing"},
      {CaseText("'table': 'fist', 'given': {}, 'expect': null"), "unknown table \"fist\""},
      {CaseText("'table': 7, 'given': {}, 'expect': null"), "unknown table 7"},
      {CaseText("'table': 'first', 'expect': null"), "\"given\" must be an object"},
      {CaseText("'table': 'first', 'given': {'papr': true}, 'expect': null"), "unknown fact \"papr\""},
      {CaseText("'table': 'first', 'given': {'paper': 1}, 'expect': null"),
       "1 is no value of paper; expected true or false"},
      {CaseText("'table': 'first', 'given': {'standing': 'GONE'}, 'expect': null"),
       "\"GONE\" is no value of standing; expected one of KNOWN CEASED"},
      {CaseText("'table': 'first', 'given': {'month': '2023-13'}, 'expect': null"), "is no value of month"},
      {CaseText("'table': 'first', 'given': {'points': 1.5}, 'expect': null"), "expected an integer"},
      {CaseText("'table': 'first', 'given': {'points': [1, 2]}, 'expect': null"),
       "the fact points has one value in a case, not [1,2]"},
      {CaseText("'table': 'first', 'given': {'points': {'max': 2}}, 'expect': null"), "has one value in a case"},
      {CaseText("'table': 'first', 'given': {'points': 1, 'points': 2}, 'expect': null"), "stands twice"},
      {CaseText("'table': 'first', 'given': {}"), "\"expect\" is missing"},
      {CaseText("'table': 'first', 'given': {}, 'expect': 'MANY'"), "the table first has no row \"MANY\""},
      {CaseText("'table': 'first', 'given': {}, 'expect': ['PAPER']"), "\"expect\" must be the id of one row"},
      {CaseText("'table': 'all', 'given': {}, 'expect': 'PAPER'"), "must be the list of the rows"},
      {CaseText("'table': 'all', 'given': {}, 'expect': ['PAPER', 3]"), "the table all has no row 3"},
      {CaseText("'table': 'first', 'given': {}, 'expect': 'PAPER', 'then': {'yess': true}"),
       "the table first has no output \"yess\""},
      {CaseText("'table': 'first', 'given': {}, 'expect': 'PAPER', 'then': {'yen': 1.5}"),
       "output \"yen\" must be true, false, an integer or a text"},
      {CaseText("'table': 'first', 'given': {}, 'expect': 'PAPER', 'then': [{}]"), "\"then\" must be an object"},
      {CaseText("'table': 'first', 'given': {}, 'expect': null, 'then': {}"), "\"then\" needs a row in \"expect\""},
      {CaseText("'table': 'all', 'given': {}, 'expect': ['PAPER'], 'then': {'yes': true}"),
       "\"then\" must be a list with the outputs of each expected row"},
      {CaseText("'table': 'all', 'given': {}, 'expect': ['PAPER'], 'then': [{}, {}]"), "\"then\" must be a list"},
      {CaseText("'table': 'codes', 'given': {}, 'expect': '01', 'then': {}"), "it takes no \"given\""},
      {CaseText("'table': 'codes', 'expect': '01'"), "\"then\" is missing"},
      {CaseText("'table': 'codes', 'expect': null, 'then': {}"), "\"expect\" must be the id of one row"},
      {CaseText("'table': 'codes', 'expect': '02', 'then': {}"), "the table codes has no row \"02\""},
      {"[{'case': 'a', 'table': 'first', 'given': {}, 'expect': null},"
       " {'case': 'a', 'table': 'all', 'given': {}, 'expect': null}]",
       "cases/c.json, case \"a\": an earlier case of this file has the same name"},
  };
  const Rulebook book = Small();
  for (const auto& c : kCases) {
    const auto cases = Read(book, c.text);
    ASSERT_FALSE(cases.ok()) << c.text;
    EXPECT_EQ(cases.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(cases.status().message()), HasSubstr(c.complaint)) << c.text;
  }
}

TEST(RuleCases, OneNameMayStandInTwoFiles) {
  const Rulebook book = Small();
  const std::string text = Quoted(CaseText("'table': 'first', 'given': {}, 'expect': null"));
  const auto cases = ReadRuleCases(book, kFacts, {{"a.json", text}, {"b.json", text}});
  ASSERT_TRUE(cases.ok()) << cases.status();
  EXPECT_EQ(cases->size(), 2u);
}

// The reasons why one case fails; none when it passes.
std::vector<std::string> ReasonsOf(std::string_view rest) {
  const Rulebook book = Small();
  const auto cases = Read(book, CaseText(rest));
  if (!cases.ok()) return {cases.status().ToString()};
  const CaseRun run = RunRuleCases(kFacts, *cases);
  EXPECT_EQ(run.passed.size() + run.failures.size(), 1u);
  return run.failures.empty() ? std::vector<std::string>() : run.failures.front().reasons;
}

TEST(RuleCases, ThoseThatHoldPass) {
  EXPECT_THAT(ReasonsOf("'table': 'first', 'given': {'paper': true}, 'expect': 'PAPER'"), IsEmpty());
  EXPECT_THAT(ReasonsOf("'table': 'first', 'given': {'paper': null, 'points': 30}, 'expect': null"), IsEmpty());
  EXPECT_THAT(ReasonsOf("'table': 'first', 'given': {'month': '2023-03', 'points': 1}, 'expect': 'DATED', "
                        "'then': {'yen': 5}"),
              IsEmpty());
  EXPECT_THAT(ReasonsOf("'table': 'all', 'given': {'paper': true, 'points': 5}, 'expect': ['PAPER', 'MANY'], "
                        "'then': [{'yes': true}, {'yes': false, 'yen': 7}]"),
              IsEmpty());
  EXPECT_THAT(ReasonsOf("'table': 'all', 'given': {}, 'expect': []"), IsEmpty());
  EXPECT_THAT(ReasonsOf("'table': 'all', 'given': {}, 'expect': null"), IsEmpty());
  EXPECT_THAT(ReasonsOf("'table': 'codes', 'expect': '01', 'then': {'text': 'one', 'yes': true}"), IsEmpty());
}

TEST(RuleCases, AFailureSaysWhyTheExpectedRowIsSilent) {
  EXPECT_THAT(ReasonsOf("'table': 'first', 'given': {'month': '2023-06', 'points': 11}, 'expect': 'DATED'"),
              ElementsAre("DATED: month is 2023-06, wanted 2023-03 to 2023-05",
                          "DATED: points is 11, wanted at most 10", "SMALL answers and is not expected"));
  EXPECT_THAT(ReasonsOf("'table': 'first', 'given': {'paper': true, 'points': 1}, 'expect': 'SMALL'"),
              ElementsAre("SMALL holds, but PAPER stands before it", "PAPER answers and is not expected"));
  EXPECT_THAT(ReasonsOf("'table': 'first', 'given': {'paper': true}, 'expect': null"),
              ElementsAre("PAPER answers and is not expected"));
  EXPECT_THAT(ReasonsOf("'table': 'first', 'given': {}, 'expect': 'PAPER'"),
              ElementsAre("PAPER: paper is absent, wanted true"));
}

TEST(RuleCases, UnderCollectEveryRowAndItsPlaceCount) {
  EXPECT_THAT(ReasonsOf("'table': 'all', 'given': {'paper': true, 'points': 4}, 'expect': ['PAPER', 'MANY']"),
              ElementsAre("MANY: points is 4, wanted at least 5"));
  EXPECT_THAT(ReasonsOf("'table': 'all', 'given': {'paper': true, 'points': 5}, 'expect': ['PAPER']"),
              ElementsAre("MANY answers and is not expected"));
  EXPECT_THAT(ReasonsOf("'table': 'all', 'given': {'paper': true, 'points': 5}, 'expect': ['MANY', 'PAPER']"),
              ElementsAre("the rows answer in the order PAPER MANY"));
}

TEST(RuleCases, OutputsHaveToBeTheSame) {
  EXPECT_THAT(ReasonsOf("'table': 'first', 'given': {'paper': true}, 'expect': 'PAPER', 'then': {'yes': true}"),
              ElementsAre("PAPER gives yes false, wanted true"));
  EXPECT_THAT(ReasonsOf("'table': 'first', 'given': {'points': 15}, 'expect': 'SMALL', 'then': {'text': 'y'}"),
              ElementsAre("SMALL gives text \"x\", wanted \"y\""));
  EXPECT_THAT(ReasonsOf("'table': 'first', 'given': {'points': 15}, 'expect': 'SMALL', 'then': {'yen': 3}"),
              ElementsAre("SMALL gives yen no value, wanted 3", "SMALL also gives text \"x\""));
  EXPECT_THAT(ReasonsOf("'table': 'codes', 'expect': '01', 'then': {'text': 'two', 'yes': true}"),
              ElementsAre("01 gives text \"one\", wanted \"two\""));
}

// ----------------------------------------------------------------------------------------------------------------
// what cases leave out

RuleCoverage CoverageBy(std::string_view text) {
  const Rulebook book = Small();
  const auto cases = Read(book, text);
  EXPECT_TRUE(cases.ok()) << cases.status();
  return cases.ok() ? CoverageOf(book, kFacts, RunRuleCases(kFacts, *cases).passed) : RuleCoverage();
}

std::vector<std::string> RowsOf(const RuleCoverage& coverage) {
  std::vector<std::string> rows;
  for (const UncoveredRow& row : coverage.uncovered) rows.push_back(Concat(row.table, " ", row.row));
  return rows;
}

std::vector<std::string> DatesOf(const RuleCoverage& coverage) {
  std::vector<std::string> dates;
  for (const MissingDate& date : coverage.missing_dates) {
    dates.push_back(Concat(date.row, " ", date.fact, " ", date.value, date.holds ? " holds" : " does not"));
  }
  return dates;
}

std::string DatedCase(std::string_view month, int points, std::string_view row, std::string_view more = "") {
  return Concat("{'case': 'month ", month, " points ", points, "', 'table': 'first', 'given': {", more, "'month': '",
                month, "', 'points': ", points, "}, 'expect': '", row, "'}");
}

TEST(RuleCoverage, WithoutARelevantCaseEveryRowAndDateIsMissing) {
  const RuleCoverage coverage = CoverageBy(CaseText("'table': 'first', 'given': {}, 'expect': null"));
  EXPECT_EQ(coverage.rows, 6);
  EXPECT_EQ(coverage.dates, 4);
  EXPECT_THAT(RowsOf(coverage),
              ElementsAre("all PAPER", "all MANY", "codes 01", "first PAPER", "first DATED", "first SMALL"));
  EXPECT_THAT(DatesOf(coverage), ElementsAre("DATED month 2023-02 does not", "DATED month 2023-03 holds",
                                             "DATED month 2023-05 holds", "DATED month 2023-06 does not"));
  EXPECT_FALSE(coverage.Full());
}

TEST(RuleCoverage, ADateIsMetByTheFirstAndLastMonthAndThoseNextToThem) {
  const RuleCoverage coverage =
      CoverageBy(Concat("[", DatedCase("2023-02", 1, "SMALL"), ", ", DatedCase("2023-03", 1, "DATED"), ", ",
                        DatedCase("2023-05", 1, "DATED"), ", ", DatedCase("2023-06", 1, "SMALL"), "]"));
  EXPECT_THAT(DatesOf(coverage), IsEmpty());
  EXPECT_THAT(RowsOf(coverage), ElementsAre("all PAPER", "all MANY", "codes 01", "first PAPER"));
}

TEST(RuleCoverage, BesideADateOnlyTheDateMayKeepTheRowSilent) {
  const RuleCoverage coverage = CoverageBy(
      Concat("[", DatedCase("2023-02", 15, "SMALL"), ", ", DatedCase("2023-03", 15, "SMALL"), ", ",
             DatedCase("2023-05", 1, "PAPER", "'paper': true, "), ", ", DatedCase("2023-07", 1, "SMALL"), "]"));
  EXPECT_THAT(DatesOf(coverage),
              ElementsAre("DATED month 2023-02 does not", "DATED month 2023-03 holds", "DATED month 2023-06 does not"));
}

TEST(RuleCoverage, ACaseThatFailsCoversNothing) {
  const RuleCoverage coverage = CoverageBy(CaseText("'table': 'first', 'given': {'points': 50}, 'expect': 'SMALL'"));
  EXPECT_EQ(coverage.uncovered.size(), 6u);
}

TEST(RuleCoverage, IsFullWhenEverythingIsMet) {
  const RuleCoverage coverage = CoverageBy(
      Concat("[", DatedCase("2023-02", 1, "SMALL"), ", ", DatedCase("2023-03", 1, "DATED"), ", ",
             DatedCase("2023-05", 1, "DATED"), ", ", DatedCase("2023-06", 1, "SMALL"), ", ",
             "{'case': 'p', 'table': 'first', 'given': {'paper': true}, 'expect': 'PAPER'}, ",
             "{'case': 'a', 'table': 'all', 'given': {'paper': true, 'points': 5}, 'expect': ['PAPER', 'MANY']}, ",
             "{'case': 'c', 'table': 'codes', 'expect': '01', 'then': {'text': 'one', 'yes': true}}]"));
  EXPECT_TRUE(coverage.Full()) << Joined(RowsOf(coverage), ", ") << Joined(DatesOf(coverage), ", ");
}

TEST(RuleCases, WithoutADirectoryOfCasesTheErrorNamesIt) {
  const auto files = ReadRuleCaseFiles("/nonexistent/rules");
  EXPECT_EQ(files.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(files.status().message()), HasSubstr("/nonexistent/rules/cases: there is no such directory"));
}

}  // namespace
}  // namespace furikae::rules
