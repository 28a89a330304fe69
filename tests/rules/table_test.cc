// Decision tables: what the loader accepts and refuses, and which rows hold for which facts.
#include "rules/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "absl/strings/str_replace.h"
#include "core/calendar.h"
#include "core/concat.h"
#include "rules/table_matcher.h"
#include "rules/table_value_set.h"

namespace furikae::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

enum TestFact { kClaimMonth, kHasHo, kPoints, kStanding, kVisit };
constexpr std::string_view kStandings[] = {"UNKNOWN", "IN_FORCE", "CEASED"};
const FactDeclaration kFacts[] = {
    {"claim_month", FactType::kMonth},
    {"has_ho", FactType::kFlag},
    {"total_points", FactType::kNumber, "points"},
    {"standing", FactType::kChoice, "", kStandings},
    {"visit", FactType::kDate},
};

int64_t Month(std::string_view text) { return ServiceMonth::Parse(text)->index; }
int64_t Day(std::string_view text) { return Date::Parse(text)->days; }

// One table around `rows`; single quotes stand for double ones.
std::string TableText(std::string_view rows, std::string_view hit = "FIRST") {
  return absl::StrReplaceAll(Concat("{'table': 't', 'title': {'ja': '表', 'en': 'Table'}, 'hit': '", hit,
                                    "', 'dated_by': 'claim_month', 'outputs': {'yes': 'flag', 'yen': 'number', "
                                    "'text': 'text', 'code': ['A', 'B']}, "
                                    "'rows': [",
                                    rows, "]}"),
                             {{"'", "\""}});
}

std::string RowText(std::string_view id, std::string_view when, std::string_view then = "'yes': true",
                    std::string_view more = "") {
  return Concat("{'id': '", id, "', 'title': {'ja': '行', 'en': 'Row'}, ", more, more.empty() ? "" : ", ", "'when': {",
                when, "}, 'then': {", then, "}, 'source': 'test', 'status': 'sourced'}");
}

absl::StatusOr<Rulebook> Load(const std::string& text) { return Rulebook::Load(kFacts, {{"f.json", text}}); }

std::vector<std::string> Ids(const RowHits& hits) {
  std::vector<std::string> ids;
  for (const Row* row : hits) ids.push_back(row->id);
  return ids;
}

// ----------------------------------------------------------------------------------------------------------------
// conditions

struct ConditionCase {
  std::string when;
  TestFact fact;
  int64_t value;  // kAbsent: not set
  bool holds;
};

void PrintTo(const ConditionCase& c, std::ostream* out) { *out << c.when << " of " << c.value; }

class Conditions : public testing::TestWithParam<ConditionCase> {};

TEST_P(Conditions, HoldForExactlyTheValuesTheyName) {
  const ConditionCase& c = GetParam();
  const auto book = Load(TableText(RowText("only", c.when)));
  ASSERT_TRUE(book.ok()) << book.status();
  Facts facts;
  facts.Set(c.fact, c.value);
  EXPECT_EQ(book->Find("t")->First(facts) != nullptr, c.holds) << c.when << " with " << c.value;
}

INSTANTIATE_TEST_SUITE_P(Each, Conditions,
                         testing::Values(ConditionCase{"'has_ho': true", kHasHo, 1, true},
                                         ConditionCase{"'has_ho': true", kHasHo, 0, false},
                                         ConditionCase{"'has_ho': true", kHasHo, kAbsent, false},
                                         ConditionCase{"'has_ho': false", kHasHo, kAbsent, false},
                                         ConditionCase{"'has_ho': null", kHasHo, kAbsent, true},
                                         ConditionCase{"'has_ho': null", kHasHo, 0, false},
                                         ConditionCase{"'has_ho': {'present': true}", kHasHo, 0, true},
                                         ConditionCase{"'has_ho': {'present': true}", kHasHo, kAbsent, false},
                                         ConditionCase{"'has_ho': {'present': false}", kHasHo, kAbsent, true},
                                         ConditionCase{"'has_ho': {'present': false}", kHasHo, 1, false},
                                         ConditionCase{"'has_ho': [null, true]", kHasHo, kAbsent, true},
                                         ConditionCase{"'has_ho': [null, true]", kHasHo, 0, false}));
INSTANTIATE_TEST_SUITE_P(Numbers, Conditions,
                         testing::Values(ConditionCase{"'total_points': 77777777", kPoints, 77777777, true},
                                         ConditionCase{"'total_points': [1, 3, 5]", kPoints, 3, true},
                                         ConditionCase{"'total_points': [1, 3, 5]", kPoints, 4, false},
                                         ConditionCase{"'total_points': {'max': 11800}", kPoints, 11800, true},
                                         ConditionCase{"'total_points': {'max': 11800}", kPoints, 11801, false},
                                         ConditionCase{"'total_points': {'max': 11800}", kPoints, kAbsent, false},
                                         ConditionCase{"'total_points': {'min': 5, 'max': 7}", kPoints, 5, true},
                                         ConditionCase{"'total_points': {'min': 5, 'max': 7}", kPoints, 4, false},
                                         ConditionCase{"'total_points': {'min': -3}", kPoints, -3, true},
                                         ConditionCase{"'total_points': {'not': [0, 1]}", kPoints, 1, false},
                                         ConditionCase{"'total_points': {'not': [0, 1]}", kPoints, 2, true},
                                         ConditionCase{"'total_points': {'not': [0, 1]}", kPoints, kAbsent, false},
                                         ConditionCase{"'total_points': {'not': {'max': 9}}", kPoints, 10, true},
                                         ConditionCase{"'total_points': {'not': {'max': 9}}", kPoints, 9, false}));
INSTANTIATE_TEST_SUITE_P(
    MonthsDatesAndChoices, Conditions,
    testing::Values(ConditionCase{"'claim_month': {'min': '2023-03'}", kClaimMonth, Month("2023-03"), true},
                    ConditionCase{"'claim_month': {'min': '2023-03'}", kClaimMonth, Month("2023-02"), false},
                    ConditionCase{"'visit': {'max': '2024-05-31'}", kVisit, Day("2024-05-31"), true},
                    ConditionCase{"'visit': {'max': '2024-05-31'}", kVisit, Day("2024-06-01"), false},
                    ConditionCase{"'standing': 'CEASED'", kStanding, 2, true},
                    ConditionCase{"'standing': 'CEASED'", kStanding, 1, false},
                    ConditionCase{"'standing': {'not': 'CEASED'}", kStanding, 0, true},
                    ConditionCase{"'standing': {'not': ['CEASED']}", kStanding, 2, false},
                    ConditionCase{"'standing': {'not': 'CEASED'}", kStanding, kAbsent, false}));

TEST(Table, AllConditionsOfARowMustHold) {
  const auto book = Load(TableText(RowText("both", "'has_ho': true, 'total_points': {'min': 10}")));
  ASSERT_TRUE(book.ok()) << book.status();
  Facts facts;
  facts.Set(kHasHo, 1);
  facts.Set(kPoints, 9);
  EXPECT_EQ(book->Find("t")->First(facts), nullptr);
  facts.Set(kPoints, 10);
  EXPECT_NE(book->Find("t")->First(facts), nullptr);
}

// --------------------------------------------------------------------------------------------------------------- hit
// policies

TEST(Table, FirstGivesTheFirstRowThatHolds) {
  const auto book = Load(TableText(Concat(RowText("small", "'total_points': {'max': 10}"), ",", RowText("rest", ""))));
  ASSERT_TRUE(book.ok()) << book.status();
  Facts facts;
  facts.Set(kPoints, 3);
  EXPECT_EQ(book->Find("t")->First(facts)->id, "small");
  facts.Set(kPoints, 11);
  EXPECT_EQ(book->Find("t")->First(facts)->id, "rest");
}

TEST(Table, CollectGivesEveryRowThatHoldsInTableOrder) {
  const auto book = Load(TableText(Concat(RowText("C", "'has_ho': true"), ",", RowText("A", "'total_points': 1"), ",",
                                          RowText("B", "'has_ho': true")),
                                   "COLLECT"));
  ASSERT_TRUE(book.ok()) << book.status();
  Facts facts;
  facts.Set(kHasHo, 1);
  EXPECT_THAT(Ids(book->Find("t")->Collect(facts)), ElementsAre("C", "B"));
  facts.Set(kPoints, 1);
  EXPECT_THAT(Ids(book->Find("t")->Collect(facts)), ElementsAre("C", "A", "B"));
}

TEST(Table, UniqueAcceptsRowsThatNeverMeet) {
  const auto book = Load(
      TableText(Concat(RowText("low", "'total_points': {'max': 9}"), ",",
                       RowText("high", "'total_points': {'min': 10}"), ",", RowText("none", "'total_points': null")),
                "UNIQUE"));
  ASSERT_TRUE(book.ok()) << book.status();
  Facts facts;
  EXPECT_EQ(book->Find("t")->First(facts)->id, "none");
  facts.Set(kPoints, 10);
  EXPECT_EQ(book->Find("t")->First(facts)->id, "high");
}

TEST(Table, LookupRowsAreFoundByIdAndHoldForNothing) {
  const auto book = Load(TableText(Concat(RowText("R01", "", "'text': '誤り'"), ",", RowText("R02", "")), "LOOKUP"));
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_EQ(book->FindRow("t", "R01")->Text("text"), "誤り");
  EXPECT_EQ(book->FindRow("t", "R03"), nullptr);
  EXPECT_EQ(book->FindRow("u", "R01"), nullptr);
  EXPECT_EQ(book->Find("t")->First(Facts()), nullptr);
}

TEST(Table, MoreRowsThanOneMaskWordHolds) {
  std::string rows;
  for (int i = 0; i < 200; ++i)
    absl::StrAppend(&rows, i == 0 ? "" : ",", RowText(Concat("r", i), Concat("'total_points': ", i)));
  const auto book = Load(TableText(rows));
  ASSERT_TRUE(book.ok()) << book.status();
  Facts facts;
  for (const int i : {0, 63, 64, 127, 128, 199}) {
    facts.Set(kPoints, i);
    EXPECT_EQ(book->Find("t")->First(facts)->id, Concat("r", i));
  }
  facts.Set(kPoints, 200);
  EXPECT_EQ(book->Find("t")->First(facts), nullptr);
}

// -------------------------------------------------------------------------------------------------------------- dates,
// outputs

TEST(Table, DatesIncludeBothMonths) {
  const auto book = Load(TableText(RowText("dated", "", "'yen': 460", "'from': '2021-09', 'until': '2023-02'")));
  ASSERT_TRUE(book.ok()) << book.status();
  for (const auto& [month, holds] :
       std::map<std::string, bool>{{"2021-08", false}, {"2021-09", true}, {"2023-02", true}, {"2023-03", false}}) {
    Facts facts;
    facts.Set(kClaimMonth, Month(month));
    EXPECT_EQ(book->Find("t")->First(facts) != nullptr, holds) << month;
  }
  EXPECT_EQ(book->Find("t")->First(Facts()), nullptr) << "a dated row needs the month";
}

TEST(Table, OutputsAndTrace) {
  const auto book = Load(TableText(RowText("row", "", "'yes': true, 'yen': -460, 'text': '食事', 'code': 'B'")));
  ASSERT_TRUE(book.ok()) << book.status();
  const Row* row = book->Find("t")->First(Facts());
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->Number("yes"), 1);
  EXPECT_EQ(row->Number("yen"), -460);
  EXPECT_EQ(row->Text("text"), "食事");
  EXPECT_EQ(row->Text("code"), "B");
  EXPECT_EQ(row->Output("other"), nullptr);
  EXPECT_EQ(row->Number("other", 7), 7);
  EXPECT_EQ(row->Text("other"), "");
  EXPECT_EQ(row->Trace(), (TraceRow{"t", "row", RowStatus::kSourced}));
}

TEST(Table, ListsAreFoundByName) {
  const auto book =
      Load(R"([{"list": "words", "title": {"ja": "語", "en": "Words"}, "values": ["保険証忘れ", "カード忘れ"],
                              "source": "s", "status": "assumed", "note": "why"}])");
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_THAT(book->List("words"), ElementsAre("保険証忘れ", "カード忘れ"));
  EXPECT_EQ(book->FindList("words")->note, "why");
  EXPECT_TRUE(book->List("others").empty());
  EXPECT_EQ(book->FindList("others"), nullptr);
}

// -------------------------------------------------------------------------------------------------------------------
// refusals

struct Refusal {
  std::string text;     // single quotes stand for double ones where it goes through TableText
  std::string message;  // wherein this stands
};

void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.message; }

class Refusals : public testing::TestWithParam<Refusal> {};

TEST_P(Refusals, NameFileTableRowAndReason) {
  const auto book = Load(GetParam().text);
  ASSERT_FALSE(book.ok()) << GetParam().text;
  EXPECT_EQ(book.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(book.status().message()), HasSubstr("f.json"));
  EXPECT_THAT(std::string(book.status().message()), HasSubstr(GetParam().message));
}

Refusal OfRow(std::string_view when, std::string_view message, std::string_view then = "'yes': true",
              std::string_view more = "") {
  return {TableText(RowText("r1", when, then, more)), Concat("f.json, table t, row r1: ", message)};
}
Refusal OfEdit(std::string_view from, std::string_view to, std::string_view message) {
  return {absl::StrReplaceAll(TableText(RowText("r1", "")), {{AbslView(from), AbslView(to)}}), std::string(message)};
}
Refusal OfRows(std::string_view rows, std::string_view hit, std::string_view message) {
  return {TableText(rows, hit), Concat("f.json, table t, ", message)};
}

INSTANTIATE_TEST_SUITE_P(
    Text, Refusals,
    testing::Values(
        Refusal{"", "f.json: line 1: not valid JSON"}, Refusal{"{\n\"table\": }", "f.json: line 2: not valid JSON"},
        Refusal{"// a comment\n{}", "not valid JSON"}, Refusal{"\"\xff\"", "not valid JSON"},
        Refusal{"{\"table\": \"a\", \"table\": \"b\"}", "the key \"table\" stands twice in one object"},
        Refusal{std::string(100'000, '['), "nested deeper than 12 levels"},
        Refusal{std::string((4 << 20) + 1, ' '), "longer than"}, Refusal{"[]", "expected a table, list or set"},
        Refusal{"3", "expected a table, list or set"}, Refusal{"[3]", "the key \"table\", \"list\" or \"set\""},
        Refusal{"{}", "the key \"table\", \"list\" or \"set\""}, Refusal{"{\"table\": 1e999}", "not valid JSON"},
        Refusal{"{\"table\": 3}", "\"table\" must be a name"}));
INSTANTIATE_TEST_SUITE_P(
    Conditions, Refusals,
    testing::Values(OfRow("'has_hoo': true", "unknown fact \"has_hoo\""),
                    OfRow("'has_ho': 1", "1 is no value of has_ho; expected true or false"),
                    OfRow("'total_points': true", "true is no value of total_points; expected an integer"),
                    OfRow("'total_points': 1.5", "1.5 is no value of total_points; expected an integer"),
                    OfRow("'total_points': 9223372036854775808", "9223372036854775808 is no value of total_points"),
                    OfRow("'total_points': -9223372036854775808", "-9223372036854775808 is no value of total_points"),
                    OfRow("'total_points': '5'", "\"5\" is no value of total_points"),
                    OfRow("'claim_month': '202303'", "\"202303\" is no value of claim_month; expected a month such as"),
                    OfRow("'claim_month': '2023-13'", "\"2023-13\" is no value of claim_month"),
                    OfRow("'visit': '2023-02-29'", "\"2023-02-29\" is no value of visit; expected a date"),
                    OfRow("'standing': 'GONE'",
                          "\"GONE\" is no value of standing; expected one of UNKNOWN IN_FORCE CEASED"),
                    OfRow("'standing': {'min': 'CEASED'}", "standing has no order"),
                    OfRow("'total_points': {'min': 5, 'max': 4}", "no value of total_points satisfies"),
                    OfRow("'total_points': []", "no value of total_points satisfies []"),
                    OfRow("'has_ho': {'not': [true, false]}", "no value of has_ho satisfies"),
                    OfRow("'total_points': {'less': 5}", "unknown key \"less\" in the condition on total_points"),
                    OfRow("'has_ho': {'present': 1}", "\"present\" of has_ho must be true or false"),
                    OfRow("'total_points': {}", "{} is no value of total_points"),
                    OfRow("'has_ho': {'not': {'not': true}}", "has_ho has no order"),
                    OfRow("'has_ho': {'not': []}", "no value of has_ho satisfies []"),
                    OfRow("'total_points': {'not': {'min': 5, 'max': 4}}", "no value of total_points satisfies")));
INSTANTIATE_TEST_SUITE_P(
    Rows, Refusals,
    testing::Values(
        OfRow("", "unknown output \"no\"", "'no': true"), OfRow("", "output \"yes\" must be true or false", "'yes': 1"),
        OfRow("", "output \"yen\" must be an integer", "'yen': 0.05"),
        OfRow("", "output \"yen\" must be an integer", "'yen': 18446744073709551615"),
        OfRow("", "output \"text\" must be a text", "'text': 5"),
        OfRow("", "output \"code\" is \"C\"; allowed: A B", "'code': 'C'"),
        OfRow("", "\"from\" is later than \"until\"", "'yes': true", "'from': '2023-03', 'until': '2023-02'"),
        OfRow("", "\"from\" must be a month", "'yes': true", "'from': '2023'"),
        OfRow("", "\"until\" must be a month", "'yes': true", "'until': 202303"),
        OfRow("'claim_month': {'max': '2022-01'}",
              "the row's dates and its condition on claim_month exclude each other", "'yes': true",
              "'from': '2023-03'"),
        OfRow("", "unknown key \"untill\"", "'yes': true", "'untill': '2023-03'"),
        OfEdit("\"行\"", "\"\"", "row r1: \"title\" must give"),
        OfEdit("\"source\": \"test\"", "\"source\": \"\"", "\"source\" is missing"),
        OfEdit("\"source\": \"test\"", "\"source\": \" \"", "\"source\" is missing"),
        OfEdit("\"source\": \"test\"", "\"source\": \"　\"", "\"source\" is missing"),
        OfEdit("\"status\": \"sourced\"", "\"status\": \"assumed\", \"note\": \" \"", "\"note\" is blank"),
        OfEdit("\"status\": \"sourced\"", "\"status\": \"guessed\"", "\"status\" must be sourced or assumed"),
        OfEdit("\"status\": \"sourced\"", "\"status\": \"assumed\"", "an assumed rule needs a \"note\""),
        OfEdit("\"id\": \"r1\"", "\"id\": \"r 1\"", "row number 1: \"id\" must be a name"),
        OfEdit("\"then\": {\"yes\": true}", "\"then\": 3", "\"then\" must be an object"),
        OfEdit("\"when\": {}", "\"when\": []", "\"when\" must be an object")));
INSTANTIATE_TEST_SUITE_P(
    Tables, Refusals,
    testing::Values(OfEdit("FIRST", "LAST", "table t: \"hit\" must be one of"),
                    OfEdit("\"claim_month\"", "\"has_ho\"", "\"dated_by\" must name"),
                    OfEdit("\"表\"", "\"\"", "table t: \"title\" must give"),
                    OfEdit("\"flag\"", "\"bool\"", "output \"yes\" must be declared as"),
                    OfEdit("\"dated_by\"", "\"date_by\"", "table t: unknown key \"date_by\""),
                    Refusal{TableText(""), "\"rows\" must be an array with at least one row"},
                    Refusal{TableText(Concat(RowText("a", ""), ",", RowText("a", "'has_ho': true")), "COLLECT"),
                            "row a: an earlier row has the same id"},
                    Refusal{TableText(RowText("a", "'has_ho': true"), "LOOKUP"),
                            "row a: a LOOKUP table has no conditions"}));
INSTANTIATE_TEST_SUITE_P(
    Reach, Refusals,
    testing::Values(OfRows(Concat(RowText("a", ""), ",", RowText("b", "'has_ho': true")), "FIRST",
                           "row b: it can never be reached: row a holds whenever it does"),
                    OfRows(Concat(RowText("a", "'total_points': {'max': 9}"), ",",
                                  RowText("b", "'total_points': [3, 5], 'has_ho': true")),
                           "FIRST", "row b: it can never be reached: row a"),
                    OfRows(Concat(RowText("a", "", "'yes': true", "'from': '2021-09'"), ",",
                                  RowText("b", "", "'yes': true", "'from': '2022-01', 'until': '2022-02'")),
                           "FIRST", "row b: it can never be reached: row a"),
                    OfRows(Concat(RowText("a", "'has_ho': true"), ",", RowText("b", "'has_ho': [false, null]"), ",",
                                  RowText("c", "'total_points': 1")),
                           "FIRST", "row c: it can never be reached: the rows before it"),
                    OfRows(Concat(RowText("a", "'total_points': {'max': 10}"), ",",
                                  RowText("b", "'total_points': {'min': 10}")),
                           "UNIQUE", "row b: it can hold at the same time as row a"),
                    OfRows(Concat(RowText("a", "'has_ho': true"), ",", RowText("b", "'total_points': 1")), "UNIQUE",
                           "row b: it can hold at the same time as row a"),
                    OfRows(Concat(RowText("a", "", "'yes': true", "'until': '2022-01'"), ",",
                                  RowText("b", "", "'yes': true", "'from': '2022-01'")),
                           "UNIQUE", "row b: it can hold at the same time as row a")));
INSTANTIATE_TEST_SUITE_P(
    Lists, Refusals,
    testing::Values(
        Refusal{R"({"list": "w", "title": {"ja": "語", "en": "W"}, "values": [], "source": "s", "status": "sourced"})",
                "f.json, list w: \"values\" must be an array"},
        Refusal{
            R"({"list": "w", "title": {"ja": "語", "en": "W"}, "values": ["a", "a"], "source": "s", "status": "sourced"})",
            "the value \"a\" stands twice"},
        Refusal{R"({"list": "w", "title": {"ja": "語", "en": "W"}, "values": [1], "source": "s", "status": "sourced"})",
                "a value is no text"}));

TEST(Rulebook, DatesNeedAMonthToBeDatedBy) {
  const std::string text = absl::StrReplaceAll(TableText(RowText("r1", "", "'yes': true", "'from': '2023-03'")),
                                               {{"\"dated_by\": \"claim_month\",", ""}});
  const auto book = Load(text);
  ASSERT_FALSE(book.ok());
  EXPECT_THAT(std::string(book.status().message()),
              HasSubstr("row r1: the row has dates, but the table does not say by which month"));
}

TEST(Rulebook, RefusesOneTableInTwoFiles) {
  const std::string table = TableText(RowText("a", ""));
  const auto book = Rulebook::Load(kFacts, {{"f.json", table}, {"g.json", table}});
  ASSERT_FALSE(book.ok());
  EXPECT_THAT(std::string(book.status().message()),
              HasSubstr("g.json, table t: it stands twice; the first is in f.json"));
}

TEST(Rulebook, DigestNamesTheFilesExactly) {
  const std::string table = TableText(RowText("a", ""));
  const auto book = Rulebook::Load(kFacts, {{"f.json", table}});
  const auto again = Rulebook::Load(kFacts, {{"f.json", table}});
  const auto renamed = Rulebook::Load(kFacts, {{"g.json", table}});
  const auto changed = Rulebook::Load(kFacts, {{"f.json", table + "\n"}});
  ASSERT_TRUE(book.ok() && again.ok() && renamed.ok() && changed.ok());
  EXPECT_EQ(book->digest().size(), 64u);
  EXPECT_EQ(book->digest(), again->digest());
  EXPECT_NE(book->digest(), renamed->digest());
  EXPECT_NE(book->digest(), changed->digest());
}

// ------------------------------------------------------------------------------------------------------------ algebra,
// matcher

TEST(ValueSet, AgreesWithPlainMembership) {
  std::mt19937 random(20241005);
  auto draw = [&random] {
    ValueSet set;
    for (int n = random() % 4; n > 0; --n) {
      const int64_t low = static_cast<int64_t>(random() % 12);
      set = Union(set, random() % 5 == 0 ? ValueSet::Absent() : ValueSet::Between(low, low + random() % 4));
    }
    return random() % 9 == 0 ? Difference(ValueSet::Everything(), set) : set;
  };
  std::vector<int64_t> axis{kAbsent, kAbsent + 1, -1, std::numeric_limits<int64_t>::max()};
  for (int64_t v = 0; v < 20; ++v) axis.push_back(v);
  for (int round = 0; round < 5000; ++round) {
    const ValueSet a = draw(), b = draw();
    bool covers = true;
    for (const int64_t v : axis) {
      EXPECT_EQ(Union(a, b).Holds(v), a.Holds(v) || b.Holds(v));
      EXPECT_EQ(Intersection(a, b).Holds(v), a.Holds(v) && b.Holds(v));
      EXPECT_EQ(Difference(a, b).Holds(v), a.Holds(v) && !b.Holds(v));
      covers = covers && (!b.Holds(v) || a.Holds(v));
    }
    EXPECT_EQ(a.Covers(b), covers);
    EXPECT_EQ(Union(a, b), Union(b, a));
  }
}

// 50 rows over 12 facts, as wide as the exclusion table: the masks must agree with looking at every row.
std::vector<RowBox> RandomRows(std::mt19937& random, int rows, int facts) {
  std::vector<RowBox> boxes(rows);
  for (RowBox& box : boxes) {
    for (int n = 1 + random() % 3; n > 0; --n) {
      const int64_t low = static_cast<int64_t>(random() % 8);
      box[random() % facts] = random() % 6 == 0 ? ValueSet::Absent() : ValueSet::Between(low, low + random() % 4);
    }
  }
  return boxes;
}

TEST(RowMatcher, AgreesWithLookingAtEveryRow) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const std::vector<RowBox> boxes = RandomRows(random, 1 + random() % 130, 12);
    const RowMatcher matcher(boxes);
    for (int probe = 0; probe < 50; ++probe) {
      Facts facts;
      for (int fact = 0; fact < 12; ++fact) {
        if (random() % 4 != 0) facts.Set(fact, static_cast<int64_t>(random() % 12));
      }
      std::vector<int> expected, found;
      for (size_t row = 0; row < boxes.size(); ++row) {
        const bool holds = std::all_of(boxes[row].begin(), boxes[row].end(),
                                       [&](const auto& c) { return c.second.Holds(facts.Get(c.first)); });
        if (holds) expected.push_back(static_cast<int>(row));
      }
      matcher.ForEach(facts, [&](int row) { found.push_back(row); });
      EXPECT_EQ(found, expected);
      EXPECT_EQ(matcher.First(facts), expected.empty() ? -1 : expected.front());
    }
  }
}

// ------------------------------------------------------------------------------------------------------------ files,
// embedding

TEST(EmbeddedRegulations, AreTheFilesOfTheSourceTree) {
  const auto files = ReadRegulations(Concat(FURIKAE_SOURCE_DIR, "/rules/regulations"));
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(EmbeddedRegulations(), *files);
}

TEST(EmbeddedRegulations, NameEveryReturnReasonAndConfirmationClass) {
  const auto& files = EmbeddedRegulations();
  const auto book = Rulebook::Load(kFacts, {{"return_reasons.json", files.at("return_reasons.json")},
                                            {"confirmation_classes.json", files.at("confirmation_classes.json")}});
  ASSERT_TRUE(book.ok()) << book.status();
  for (int reason = 1; reason <= 11; ++reason) {
    const Row* row = book->FindRow("return_reasons", ReturnReasonName(reason));
    ASSERT_NE(row, nullptr) << reason;
    EXPECT_EQ(row->Text("code"), Concat("FR0", reason < 10 ? "0" : "", reason));
    EXPECT_EQ(row->Number("class"), 1);
    EXPECT_FALSE(row->Text("text").empty());
  }
  EXPECT_EQ(book->FindRow("confirmation_classes", "04")->Text("name"), "振替");
  EXPECT_EQ(book->Find("confirmation_classes")->rows().size(), 8u);
}

TEST(ReadRegulations, SaysWhatIsWrongWithADirectory) {
  const std::string directory = Concat(testing::TempDir(), "/no_regulations");
  std::filesystem::remove_all(directory);
  EXPECT_EQ(ReadRegulations(directory).status().code(), absl::StatusCode::kNotFound);
  std::filesystem::create_directories(directory);
  EXPECT_THAT(std::string(ReadRegulations(directory).status().message()), HasSubstr("holds no regulations"));
  std::ofstream(directory + "/own.json") << "{}";
  std::ofstream(directory + "/notes.txt") << "not read";
  const auto files = ReadRegulations(directory);
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(*files, (std::map<std::string, std::string>{{"own.json", "{}"}}));
}

}  // namespace
}  // namespace furikae::rules
