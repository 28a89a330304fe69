// The static checks of a rule set: what each kind of finding says, and that gaps are named exactly where there are any.
#include "rules/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

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
    for (std::string_view output : contract.outputs) {
      EXPECT_NE(std::find(table->outputs().begin(), table->outputs().end(), output), table->outputs().end())
          << contract.table << " " << output;
    }
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
  EXPECT_EQ(count("origin.json", "refused"), static_cast<long>(book.Find("origin")->rows().size()));
  EXPECT_EQ(count("", "missing"), 4) << "the tables of policy.json; `origin` has told its faults";
}

TEST(CheckRules, NamesAMissingTable) {
  Files files = EmbeddedRegulations();
  files.erase("flags.json");
  const std::vector<std::string> texts = TextsOf(CheckRules(files));
  EXPECT_NE(std::find(texts.begin(), texts.end(),
                      "table flags: missing: the rule set has no such table; copy it from the regulations that come "
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
            "return_reasons.json, table return_reasons, row R01: refused: code must be 1 to 5 letters or digits; the "
            "return record has no room for it");
}

TEST(CheckRules, TellsWhatNoReceiptCanSay) {
  EXPECT_THAT(FindingsAfter("receipt_type.json", R"("digit_2": 3, "inpatient": 7)", R"("digit_2": 3, "inpatient": 77)"),
              testing::ElementsAre("receipt_type.json, table receipt_type, row LATE_ELDERLY: refused: output "
                                   "\"inpatient\" must be a number from 0 to 9"));
  EXPECT_THAT(FindingsAfter("receipt_type.json", R"("digit_2": 3, "inpatient": 7, )", R"("digit_2": 3, )"),
              testing::ElementsAre(testing::HasSubstr("output \"inpatient\" must be a number from 0 to 9")));
}

// ---- against brute force, on tables of a few small facts

constexpr std::string_view kColours[] = {"RED", "GREEN", "BLUE"};
const FactDeclaration kFacts[] = {
    {"month", FactType::kMonth},
    {"wet", FactType::kFlag},
    {"colour", FactType::kChoice, "", kColours},
    {"count", FactType::kNumber, "pieces"},
};
constexpr int kMonth = 0, kCount = 3;
constexpr int64_t kFirstMonth = 2024 * 12, kLastMonth = kFirstMonth + 3, kMostPieces = 4;

TableContract SmallContract() {
  return {"t",
          {"yes"},
          true,
          {{kMonth, ValueSet::Between(kFirstMonth, kLastMonth)},
           {kCount, Union(ValueSet::Absent(), ValueSet::Between(0, kMostPieces))}}};
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

TEST(CheckTable, NamesAGapIfAndOnlyIfThereIsOne) {
  int loaded = 0, with_gap = 0, without = 0;
  for (uint64_t seed = 1; seed <= 4000; ++seed) {
    const char* hit = seed % 2 == 0 ? "COLLECT" : "FIRST";
    const auto book = Rulebook::Load(kFacts, {{"t.json", SmallTables(seed).Text(hit)}});
    if (!book.ok()) continue;  // hidden rows and the like are refused before
    ++loaded;
    const Table& table = *book->Find("t");
    bool gap = false;
    ForEachCombination([&](const Facts& facts) { gap = gap || table.First(facts) == nullptr; });
    std::vector<RuleFinding> findings = CheckTable(table, SmallContract(), kFacts);
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

// One condition in several periods: months that belong to none or to two are told.
TEST(CheckTable, NamesHolesAndOverlapsInTime) {
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
    bool told_hole = false, told_overlap = false;
    for (const RuleFinding& finding : CheckTable(*book->Find("t"), contract, kFacts)) {
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
