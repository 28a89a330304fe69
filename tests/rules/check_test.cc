// The static checks of a rule set: what each kind of finding says, and that gaps are named exactly where there are any.
#include "rules/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <set>

#include "absl/strings/str_replace.h"
#include "core/concat.h"
#include "nlohmann/json.hpp"
#include "rules/receipt_facts.h"
#include "rules/table_condition.h"
#include "rules/table_contract.h"

namespace furikae::rules {
namespace {

using nlohmann::json;

using Files = std::map<std::string, std::string>;

std::vector<std::string> TextsOf(const std::vector<RuleFinding>& findings) {
  std::vector<std::string> texts;
  for (const RuleFinding& finding : findings) texts.push_back(finding.ToString());
  return texts;
}

// The built-in set with one text replaced in one file.
std::vector<std::string> FindingsAfter(const std::string& file, const std::string& from, const std::string& to) {
  Files files = EmbeddedRegulations();
  std::string& text = files.at(file);
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return TextsOf(CheckRules(files));
}

TEST(CheckRules, FindsNothingInTheBuiltInSet) {
  EXPECT_EQ(TextsOf(CheckRules(EmbeddedRegulations())), std::vector<std::string>());
}

TEST(CheckRules, EveryTableOfTheBuiltInSetHasAContractAndEveryContractATable) {
  const Rulebook book = *Rulebook::Load(Declarations(), EmbeddedRegulations());
  EXPECT_EQ(book.tables().size(), TableContracts().size());
  for (const TableContract& contract : TableContracts()) {
    const Table* table = book.Find(contract.table);
    ASSERT_NE(table, nullptr) << contract.table;
    for (const OutputContract& output : contract.outputs)
      EXPECT_TRUE(table->outputs().contains(output.name)) << contract.table << " " << output.name;
  }
}

TEST(CheckRules, TellsEveryFaultOfEveryFile) {
  Files files = EmbeddedRegulations();
  files["policy.json"] = "[";
  for (const char* status : {"\"status\": \"sourced\"", "\"status\": \"assumed\""}) {
    std::string& text = files["origin.json"];
    text = absl::StrReplaceAll(text, {{status, "\"status\": \"guessed\""}});
  }
  const std::vector<RuleFinding> findings = CheckRules(files);
  const auto count = [&](std::string_view file, std::string_view kind) {
    return std::count_if(findings.begin(), findings.end(),
                         [&](const RuleFinding& f) { return f.file == file && f.kind == kind; });
  };
  const Rulebook book = *Rulebook::Load(Declarations(), EmbeddedRegulations());
  EXPECT_EQ(count("policy.json", "refused"), 1);
  long rows = 0;
  for (const auto& table : book.tables())
    rows += table->file() == "origin.json" ? static_cast<long>(table->rows().size()) : 0;
  EXPECT_EQ(count("origin.json", "refused"), rows);
  EXPECT_EQ(count("", "missing"), 4) << "the tables of policy.json; `origin` has told its faults";
}

TEST(CheckRules, NamesAMissingTable) {
  Files files = EmbeddedRegulations();
  files.erase("flags.json");
  const std::vector<std::string> texts = TextsOf(CheckRules(files));
  EXPECT_NE(std::find(texts.begin(), texts.end(),
                      "table flags: missing: the rule set has no table \"flags\"; a file include.json beside the "
                      "others, {\"include\": [\"built-in\"]}, takes what is not there from the regulations that come "
                      "with furikae"),
            texts.end());
}

TEST(CheckRules, NamesWhatNothingUses) {
  EXPECT_EQ(FindingsAfter("policy.json", "\"table\": \"cross_agency\"", "\"table\": \"agency_cross\"").front(),
            "policy.json, table agency_cross: unused: nothing asks this table; is its name right?");
  const std::vector<std::string> texts =
      FindingsAfter("ladder.json", "\"basis\":", "\"comment\": \"text\", \"basis\":");
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_EQ(texts.front(), "ladder.json, table ladder: unused: nothing reads the output \"comment\"");
}

TEST(CheckRules, NamesAReferenceToNothing) {
  Files files = EmbeddedRegulations();
  json reasons = json::parse(files.at("return_reasons.json"));
  json& rows = (reasons.is_array() ? reasons.front() : reasons)["rows"];
  constexpr std::string_view kGone = "R06";  // routing_lapsed names it
  rows.erase(std::find_if(rows.begin(), rows.end(), [&](const json& row) { return row["id"] == kGone; }));
  files["return_reasons.json"] = reasons.dump();
  const std::vector<RuleFinding> findings = CheckRules(files);
  ASSERT_FALSE(findings.empty());
  for (const RuleFinding& finding : findings) {
    EXPECT_EQ(finding.kind, "dangling") << finding.ToString();
    EXPECT_NE(finding.reason.find(Concat("names row ", kGone, " of table return_reasons")), std::string::npos);
  }
}

TEST(CheckRules, TellsWhatTheReturnRecordCannotCarry) {
  const std::vector<std::string> texts =
      FindingsAfter("return_reasons.json", "\"code\": \"FR001\"", "\"code\": \"FR0001\"");
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_EQ(texts.front(),
            "return_reasons.json, table return_reasons, row R01: output: output \"code\" must be 1 to 5 letters or "
            "digits, for which the return record has room, not \"FR0001\"");
}

TEST(CheckRules, TellsWhatNoReceiptCanSay) {
  EXPECT_THAT(FindingsAfter("receipt_type.json", R"("digit_2": 3, "inpatient": 7)", R"("digit_2": 3, "inpatient": 77)"),
              testing::ElementsAre("receipt_type.json, table receipt_type, row LATE_ELDERLY: output: output "
                                   "\"inpatient\" must be a number from 0 to 9, not 77"));
  EXPECT_THAT(
      FindingsAfter("receipt_type.json", R"("digit_2": 3, "inpatient": 7, )", R"("digit_2": 3, )"),
      testing::ElementsAre("receipt_type.json, table receipt_type, row LATE_ELDERLY: output: its outputs do not "
                           "fit: where \"digit_2\" is given, \"inpatient\" must be given"));
}

// ---- against brute force, on tables of a few small facts

constexpr std::string_view kColours[] = {"RED", "GREEN", "BLUE"};
const FactDeclaration kFacts[] = {
    {"month", FactType::kMonth},
    {"wet", FactType::kFlag},
    {"colour", FactType::kChoice, "", kColours},
    {"count", FactType::kNumber, "pieces"},
};
constexpr int kMonth = 0, kWet = 1, kColour = 2, kCount = 3;
constexpr int64_t kFirstMonth = 2024 * 12, kLastMonth = kFirstMonth + 3, kMostPieces = 4;

std::vector<int64_t> ValuesOf(int fact) {
  std::vector<int64_t> values;
  if (fact == kMonth) {
    for (int64_t month = kFirstMonth; month <= kLastMonth; ++month) values.push_back(month);
    return values;
  }
  values = {kAbsent};
  const int64_t most = fact == kCount ? kMostPieces : fact == 1 ? 1 : 2;
  for (int64_t value = 0; value <= most; ++value) values.push_back(value);
  return values;
}

TableContract SmallContract() {
  RowBox asked_with;
  for (int fact = 0; fact < 4; ++fact) {
    for (const int64_t value : ValuesOf(fact)) asked_with[fact] = Union(asked_with[fact], ValueSet::Of(value));
  }
  return {.table = "t", .outputs = {{"yes", Flag()}}, .must_answer = true, .asked_with = asked_with};
}

class SmallTables {
 public:
  explicit SmallTables(uint64_t seed) : random_(seed) {}

  std::string Text(const char* hit) {
    json rows = json::array();
    for (int i = 0, count = Below(7) + 1; i < count; ++i) rows.push_back(Row(i));
    return json{{"table", "t"},
                {"title", {{"ja", "表"}, {"en", "table"}}},
                {"hit", hit},
                {"dated_by", "month"},
                {"outputs", {{"yes", "flag"}}},
                {"rows", rows}}
        .dump();
  }

 private:
  int Below(int limit) { return static_cast<int>(random_() % static_cast<uint64_t>(limit)); }
  std::string Month(int64_t index) { return ServiceMonth{static_cast<int32_t>(index)}.ToString(); }

  json Row(int number) {
    json when = json::object();
    if (Below(3) == 0) when["wet"] = Below(3) == 0 ? json(nullptr) : json(Below(2) == 0);
    if (Below(2) == 0) when["colour"] = Colours();
    if (Below(2) == 0) when["count"] = Pieces();
    json row = {{"id", Concat("r", number)},
                {"title", {{"ja", "行"}, {"en", "row"}}},
                {"when", when},
                {"then", {{"yes", true}}},
                {"source", "test"},
                {"status", "sourced"}};
    if (Below(3) == 0) row["from"] = Month(kFirstMonth + Below(3));
    if (Below(3) == 0) row["until"] = Month(kFirstMonth + 2 + Below(2));
    return row;
  }
  json Colours() {
    const json colour = std::string(kColours[Below(3)]);
    switch (Below(4)) {
      case 0:
        return colour;
      case 1:
        return json::array({colour, nullptr});
      case 2:
        return json{{"not", json::array({colour})}};
      default:
        return json{{"present", Below(4) != 0}};
    }
  }
  json Pieces() {
    switch (Below(4)) {
      case 0:
        return json{{"min", Below(4)}};
      case 1:
        return json{{"max", Below(4)}};
      case 2:
        return json{{"not", json::array({Below(5)})}};
      default:
        return nullptr;
    }
  }

  std::mt19937_64 random_;
};

template <typename Visit>
void ForEachCombination(Visit visit) {
  Facts facts;
  for (int64_t month : ValuesOf(0)) {
    for (int64_t wet : ValuesOf(1)) {
      for (int64_t colour : ValuesOf(2)) {
        for (int64_t count : ValuesOf(3)) {
          facts.Set(0, month), facts.Set(1, wet), facts.Set(2, colour), facts.Set(3, count);
          visit(facts);
        }
      }
    }
  }
}

// The facts of "no row holds for month = 2024-01, wet = absent, …"; those that it leaves out may be anything.
Facts FactsOf(std::string_view reason) {
  Facts facts;
  for (int fact = 0; fact < 4; ++fact) facts.Set(fact, ValuesOf(fact).back());
  for (int fact = 0; fact < 4; ++fact) {
    const std::string key = Concat(kFacts[fact].name, " = ");
    const size_t at = reason.find(key);
    if (at == std::string_view::npos) continue;
    std::string_view value = reason.substr(at + key.size());
    value = value.substr(0, value.find(','));
    if (value == "absent") {
      facts.Set(fact, kAbsent);
      continue;
    }
    const bool text = kFacts[fact].type == FactType::kMonth || kFacts[fact].type == FactType::kChoice;
    const auto set = ReadCondition(kFacts[fact], text ? json(std::string(value)) : json::parse(value));
    EXPECT_TRUE(set.ok()) << reason;
    facts.Set(fact, set.ok() ? set->intervals().front().low : kAbsent);
  }
  return facts;
}

TEST(CheckConditions, NamesAGapIfAndOnlyIfThereIsOne) {
  int loaded = 0, with_gap = 0, without = 0;
  for (uint64_t seed = 1; seed <= 4000; ++seed) {
    const char* hit = seed % 2 == 0 ? "COLLECT" : "FIRST";
    const auto book = Rulebook::Load(kFacts, {{"t.json", SmallTables(seed).Text(hit)}});
    if (!book.ok()) continue;  // hidden rows and the like are refused before
    ++loaded;
    const Table& table = *book->Find("t");
    bool gap = false;
    ForEachCombination([&](const Facts& facts) { gap = gap || table.First(facts) == nullptr; });
    std::vector<RuleFinding> findings = CheckConditions(table, SmallContract(), kFacts);
    std::erase_if(findings, [](const RuleFinding& finding) { return finding.kind != "gap"; });
    ASSERT_EQ(findings.size(), gap ? 1u : 0u) << "seed " << seed;
    (gap ? with_gap : without)++;
    if (!gap) continue;
    ASSERT_EQ(table.First(FactsOf(findings.front().reason)), nullptr) << seed << " " << findings.front().reason;
  }
  EXPECT_GT(with_gap, 500);
  EXPECT_GT(without, 200);
  EXPECT_GT(loaded, 1500);
}

// A row answers when it is the first that holds; the loader has refused rows that would be hidden whatever the contract
// says.
TEST(CheckConditions, NamesARowThatNeverAnswersIfAndOnlyIfItNeverDoes) {
  TableContract contract = SmallContract();
  contract.asked_with[kWet] = ValueSet::Of(1);
  int dead_rows = 0, living_rows = 0;
  for (uint64_t seed = 1; seed <= 4000; ++seed) {
    const char* hit = seed % 2 == 0 ? "COLLECT" : "FIRST";
    const auto book = Rulebook::Load(kFacts, {{"t.json", SmallTables(seed).Text(hit)}});
    if (!book.ok()) continue;
    const Table& table = *book->Find("t");
    std::set<std::string> living, dead, told;
    ForEachCombination([&](const Facts& facts) {
      if (facts.Get(kWet) != 1) return;
      const RowHits all = table.Collect(facts);
      for (const Row* row : all) {
        if (row == all.front() || table.hit() == HitPolicy::kCollect) living.insert(row->id);
      }
    });
    for (const Row& row : table.rows()) {
      if (!living.contains(row.id)) dead.insert(row.id);
    }
    for (const RuleFinding& finding : CheckConditions(table, contract, kFacts)) {
      if (finding.kind == "dead") told.insert(finding.row);
    }
    ASSERT_EQ(told, dead) << "seed " << seed;
    dead_rows += static_cast<int>(dead.size()), living_rows += static_cast<int>(living.size());
  }
  EXPECT_GT(dead_rows, 300);
  EXPECT_GT(living_rows, 3000);
}

TEST(CheckConditions, NamesAConditionOnAFactThatIsNeverSet) {
  TableContract contract = SmallContract();
  contract.asked_with.erase(kCount);
  int told = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    const auto book = Rulebook::Load(kFacts, {{"t.json", SmallTables(seed).Text("FIRST")}});
    if (!book.ok()) continue;
    const Table& table = *book->Find("t");
    std::set<std::string> asking, named;
    for (size_t row = 0; row < table.rows().size(); ++row) {
      if (table.conditions()[row].contains(kCount)) asking.insert(table.rows()[row].id);
    }
    for (const RuleFinding& finding : CheckConditions(table, contract, kFacts)) {
      if (finding.kind != "unset") continue;
      named.insert(finding.row);
      ASSERT_EQ(finding.reason, "the fact count is never set when this table is asked; these are: month wet colour");
    }
    ASSERT_EQ(named, asking) << "seed " << seed;
    told += static_cast<int>(named.size());
  }
  EXPECT_GT(told, 100);
}

// Eight facts of four values, and rows for each two that agree: some two of five do always.
TEST(Loader, TellsARowThatIsDeadBehindManyEntangledOnes) {
  std::vector<std::string> names;
  for (int i = 0; i < 8; ++i) names.push_back(Concat("fact_", i));
  std::vector<FactDeclaration> facts;
  for (const std::string& name : names) facts.push_back({name, FactType::kChoice, "", kColours});
  json rows = json::array();
  const auto add = [&](const json& when) {
    rows.push_back({{"id", Concat("r", rows.size())},
                    {"title", {{"ja", "行"}, {"en", "row"}}},
                    {"when", when},
                    {"then", {{"yes", true}}},
                    {"source", "test"},
                    {"status", "sourced"}});
  };
  for (size_t i = 0; i < 8; ++i) {
    for (size_t j = 0; j < i; ++j) {
      for (const std::string_view colour : kColours) add({{names[i], colour}, {names[j], colour}});
      add({{names[i], nullptr}, {names[j], nullptr}});
    }
  }
  EXPECT_EQ(rows.size(), 112u);
  add(json::object());
  const json table = {{"table", "t"},
                      {"title", {{"ja", "表"}, {"en", "table"}}},
                      {"hit", "FIRST"},
                      {"outputs", {{"yes", "flag"}}},
                      {"rows", rows}};
  EXPECT_EQ(Rulebook::Load(facts, {{"t.json", table.dump()}}).status().message(),
            "t.json, table t, row r40: it can never be reached: the rows before it hold whenever it does")
      << "after all pairs of the first five facts";
}

// Ten facts of nine values, and a row for each two that agree: too much to be told with little effort, so it says so.
TEST(Uncovered, SaysSoWhenItCannotTell) {
  std::vector<RowBox> rows;
  RowBox domain;
  for (int fact = 0; fact < 10; ++fact) {
    domain[fact] = ValueSet::Between(1, 9);
    for (int other = 0; other < fact; ++other) {
      for (int value = 1; value <= 9; ++value)
        rows.push_back({{fact, ValueSet::Of(value)}, {other, ValueSet::Of(value)}});
    }
  }
  EXPECT_EQ(Uncovered(rows, domain, 100'000).status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_FALSE(HideTogether(rows, domain));
  domain[9] = ValueSet::Between(1, 10);
  const auto left = Uncovered(rows, domain, 100'000);
  ASSERT_TRUE(left.ok() && left->has_value());
  EXPECT_EQ((**left).at(9), ValueSet::Of(10));
}

// A receipt out of bounds of the answer that it gets.
TEST(CheckOutputs, NamesAnAnswerWhereItMayNotBeIfAndOnlyIfItIsGivenThere) {
  TableContract contract = SmallContract();
  contract.only_where = {
      {{"yes"}, {{{kColour, ValueSet::Of(0)}}, {{kWet, ValueSet::Of(0)}, {kCount, ValueSet::Of(2)}}}}};
  int wrong_rows = 0, right_rows = 0;
  for (uint64_t seed = 1; seed <= 4000; ++seed) {
    const auto book = Rulebook::Load(kFacts, {{"t.json", SmallTables(seed).Text("FIRST")}});
    if (!book.ok()) continue;
    const Table& table = *book->Find("t");
    std::set<std::string> wrong, told;
    ForEachCombination([&](const Facts& facts) {
      const Row* row = table.First(facts);
      if (row == nullptr || facts.Get(kColour) == 0 || (facts.Get(kWet) == 0 && facts.Get(kCount) == 2)) return;
      wrong.insert(row->id);
    });
    for (const RuleFinding& finding : CheckOutputs(table, contract, kFacts, *book)) {
      EXPECT_EQ(finding.kind, "output");
      told.insert(finding.row);
    }
    ASSERT_EQ(told, wrong) << "seed " << seed;
    wrong_rows += static_cast<int>(wrong.size());
    right_rows += static_cast<int>(table.rows().size() - wrong.size());
  }
  EXPECT_GT(wrong_rows, 1000);
  EXPECT_GT(right_rows, 300);
}

// Rungs of a ladder: in every month one row for 1, 2, … up to a row that is the last.
TEST(CheckConditions, NamesAMissingStepAndAWayWithoutEnd) {
  TableContract contract = SmallContract();
  contract.asked_with[kCount] = ValueSet::Between(1, std::numeric_limits<int64_t>::max());
  contract.steps = Steps{kCount, {"yes", {"1"}}};
  std::mt19937_64 random(11);
  const auto below = [&](uint64_t limit) { return static_cast<int>(random() % limit); };
  int whole = 0, broken = 0;
  for (int round = 0; round < 6000; ++round) {
    json rows = json::array();
    for (int i = 0, count = below(4) + 1; i < count; ++i) {
      const int step = i + 1 + (below(8) == 0);
      json row = {{"id", Concat("r", i)},
                  {"title", {{"ja", "行"}, {"en", "row"}}},
                  {"when", {{"count", below(4) == 0 ? json{{"min", step}} : json(step)}}},
                  {"then", {{"yes", below(2) == 0}}},
                  {"source", "test"},
                  {"status", "sourced"}};
      if (below(4) == 0) row["from"] = ServiceMonth{static_cast<int32_t>(kFirstMonth + 2)}.ToString();
      if (below(4) == 0) row["until"] = ServiceMonth{static_cast<int32_t>(kFirstMonth + 2)}.ToString();
      rows.push_back(row);
    }
    const json table_json = {{"table", "t"},
                             {"title", {{"ja", "表"}, {"en", "table"}}},
                             {"hit", "UNIQUE"},
                             {"dated_by", "month"},
                             {"outputs", {{"yes", "flag"}}},
                             {"rows", rows}};
    const auto book = Rulebook::Load(kFacts, {{"t.json", table_json.dump()}});
    if (!book.ok()) continue;  // two rows for one step
    const Table& table = *book->Find("t");
    bool ends = true;
    for (const int64_t month : ValuesOf(kMonth)) {
      Facts facts;
      facts.Set(kMonth, month);
      const Row* row = nullptr;
      for (int64_t step = 1; step < 20; ++step) {
        facts.Set(kCount, step);
        row = table.First(facts);
        if (row == nullptr || row->Number("yes") == 1) break;
      }
      ends = ends && row != nullptr && row->Number("yes") == 1;
    }
    bool told = false;
    for (const RuleFinding& finding : CheckConditions(table, contract, kFacts)) told = told || finding.kind == "gap";
    ASSERT_EQ(told, !ends) << table_json.dump();
    (ends ? whole : broken)++;
  }
  EXPECT_GT(whole, 300);
  EXPECT_GT(broken, 300);
}

// One condition in several periods: months that belong to none or to two are told.
TEST(CheckConditions, NamesHolesAndOverlapsInTime) {
  std::mt19937_64 random(7);
  int holes = 0, overlaps = 0, clean = 0;
  for (int round = 0; round < 1000; ++round) {
    json rows = json::array();
    std::vector<int> belongs(12);
    for (int i = 0, month = 0; month < 11 && i < 4; ++i) {
      const int from = std::max(0, month + static_cast<int>(random() % 3) - 1),
                until = std::max(from, std::min(11, from + static_cast<int>(random() % 4)));
      for (int m = from; m <= until; ++m) ++belongs[static_cast<size_t>(m)];
      rows.push_back({{"id", Concat("r", i)},
                      {"title", {{"ja", "行"}, {"en", "row"}}},
                      {"when", {{"wet", true}}},
                      {"from", ServiceMonth{static_cast<int32_t>(kFirstMonth + from)}.ToString()},
                      {"until", ServiceMonth{static_cast<int32_t>(kFirstMonth + until)}.ToString()},
                      {"then", {{"yes", true}}},
                      {"source", "test"},
                      {"status", "sourced"}});
      month = until + 1;
    }
    const json table = {{"table", "t"},
                        {"title", {{"ja", "表"}, {"en", "table"}}},
                        {"hit", "COLLECT"},
                        {"dated_by", "month"},
                        {"outputs", {{"yes", "flag"}}},
                        {"rows", rows}};
    const auto book = Rulebook::Load(kFacts, {{"t.json", table.dump()}});
    ASSERT_TRUE(book.ok()) << book.status();
    const auto first =
        std::find_if(belongs.begin(), belongs.end(), [](int rows_of_month) { return rows_of_month > 0; });
    const auto last = std::find_if(belongs.rbegin(), belongs.rend(), [](int n) { return n > 0; }).base();
    const bool hole = std::find(first, last, 0) != last;
    const bool overlap = std::any_of(first, last, [](int n) { return n > 1; });
    TableContract contract = SmallContract();
    contract.must_answer = false;
    contract.asked_with[kMonth] = ValueSet::Between(kFirstMonth, kFirstMonth + 11);
    bool told_hole = false, told_overlap = false;
    for (const RuleFinding& finding : CheckConditions(*book->Find("t"), contract, kFacts)) {
      ASSERT_EQ(finding.kind, "period");
      told_hole = told_hole || finding.reason.starts_with("no month from");
      told_overlap = told_overlap || finding.reason.starts_with("its months overlap");
    }
    ASSERT_EQ(told_overlap, overlap) << table.dump();
    ASSERT_TRUE(overlap || told_hole == hole) << table.dump();
    holes += told_hole, overlaps += told_overlap, clean += !told_hole && !told_overlap;
  }
  EXPECT_GT(holes, 30);
  EXPECT_GT(overlaps, 30);
  EXPECT_GT(clean, 30);
}

}  // namespace
}  // namespace furikae::rules
