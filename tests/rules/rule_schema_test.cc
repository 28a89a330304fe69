// The JSON Schemas: what an editor refuses is what the loader refuses, as far as a schema can know.
#include "rules/rule_schema.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "absl/strings/str_replace.h"
#include "core/concat.h"
#include "nlohmann/json.hpp"
#include "rules/receipt_facts.h"
#include "rules/rule_cases.h"
#include "rules/rule_set.h"
#include "rules/table_member.h"

namespace furikae::rules {
namespace {

using nlohmann::json;

class SchemaCheck {
 public:
  explicit SchemaCheck(const std::string& text) {
    const json document = json::parse(text);
    valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(document), schema_);
  }
  bool Takes(const json& document) {
    return valijson::Validator().validate(schema_, valijson::adapters::NlohmannJsonAdapter(document), nullptr);
  }
  bool Takes(const std::string& text) { return Takes(json::parse(text)); }

 private:
  valijson::Schema schema_;
};

SchemaCheck& Regulations() {
  static auto& schema = *new SchemaCheck(RegulationsSchema(Declarations()));
  return schema;
}
SchemaCheck& Cases() {
  static auto& schema = *new SchemaCheck(CasesSchema(Declarations()));
  return schema;
}

bool LoaderTakes(const std::string& text) { return Rulebook::Load(Declarations(), {{"f.json", text}}).ok(); }

std::string FileText(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// Single quotes stand for double ones.
std::string Quoted(std::string_view text) { return absl::StrReplaceAll(AbslView(text), {{"'", "\""}}); }

constexpr char kTable[] =
    "{'table': 't', 'title': {'ja': '表', 'en': 'Table'}, 'hit': 'FIRST', 'dated_by': 'claim_month', 'outputs': "
    "{'limit': 'number', 'code': ['A', 'B']}, 'rows': [{'id': 'r', 'title': {'ja': '行', 'en': 'Row'}, 'from': "
    "'2023-03', 'when': {'flavour': 'MED'}, 'then': {'limit': 3}, 'source': 's', 'status': 'sourced'}]}";
constexpr char kSet[] =
    "{'set': 's', 'fact': 'type_digit_4', 'title': {'ja': '値', 'en': 'Values'}, 'values': [7, {'min': 8}], 'source': "
    "'s', 'status': 'sourced'}";
constexpr char kList[] =
    "{'list': 'w', 'title': {'ja': '語', 'en': 'Words'}, 'values': ['a', 'b'], 'source': 's', 'status': 'sourced'}";

std::string With(std::string_view text, std::string_view written, std::string_view instead) {
  std::string changed(text);
  EXPECT_EQ(absl::StrReplaceAll({{AbslView(written), AbslView(instead)}}, &changed), 1) << written;
  return Quoted(changed);
}
std::string When(std::string_view condition) { return With(kTable, "'flavour': 'MED'", condition); }

// ---- the committed copies and the regulations that come with the program

TEST(RuleSchema, StandsBesideTheRegulations) {
  const std::string folder = FURIKAE_SOURCE_DIR "/rules/regulations/schema/";
  EXPECT_TRUE(FileText(folder + "regulations.schema.json") == RegulationsSchema(Declarations()))
      << "make it anew: furikae rules schema > rules/regulations/schema/regulations.schema.json";
  EXPECT_TRUE(FileText(folder + "cases.schema.json") == CasesSchema(Declarations()))
      << "make it anew: furikae rules schema --cases > rules/regulations/schema/cases.schema.json";
}

TEST(RuleSchema, TakesEveryFileThatComesWithTheProgram) {
  for (const auto& [name, text] : EmbeddedRegulations()) EXPECT_TRUE(Regulations().Takes(text)) << name;
  for (const auto& [name, text] : EmbeddedRuleCases()) EXPECT_TRUE(Cases().Takes(text)) << name;
}

TEST(RuleSchema, KnowsTheKeysOfTheLoaderAndNoOther) {
  const json definitions = json::parse(RegulationsSchema(Declarations()))["definitions"];
  const auto expect = [&](const char* definition, std::span<const std::string_view> keys) {
    std::set<std::string> known, wanted(keys.begin(), keys.end());
    for (const auto& [key, value] : definitions[definition]["properties"].items()) {
      if (key != kSchemaKey) known.insert(key);
    }
    EXPECT_EQ(known, wanted) << definition;
  };
  expect("table", kTableKeys);
  expect("row", kRowKeys);
  expect("list", kListKeys);
  expect("set", kSetKeys);
}

TEST(RuleSchema, TellsOfEveryFactWhatItIs) {
  const json when =
      json::parse(RegulationsSchema(Declarations()))["definitions"]["row"]["properties"]["when"]["properties"];
  EXPECT_EQ(when.size(), Declarations().size());
  EXPECT_EQ(when["total_points"]["description"], "合計点数 — total points (yen in home nursing) (points). From: HO");
}

// ---- what both take

TEST(RuleSchema, TakesWhatTheLoaderTakes) {
  const std::string files[] = {
      Quoted(kTable),
      Quoted(kSet),
      Quoted(kList),
      Quoted(Concat("[", kTable, ", ", kSet, ", ", kList, "]")),
      With(kTable, "{'table'", "{'$schema': 'x', 'table'"),
      With(kTable, "'when': {'flavour': 'MED'}, ", ""),
      When(""),
      When("'flavour': ['MED', null]"),
      When("'flavour': null"),
      When("'flavour': {'not': 'MED'}"),
      When("'flavour': {'not': null}"),
      When("'flavour': {'present': false}"),
      When("'has_mf': [true, null]"),
      When("'total_points': {'min': -1, 'max': 11800}"),
      When("'total_points': {'not': {'max': 9}}"),
      When("'service_month': {'min': '2021-09'}"),
      Quoted(Concat("[", kSet, ", ", With(kTable, "'flavour': 'MED'", "'type_digit_4': {'in': 's'}"), "]")),
      Quoted(Concat("[", kSet, ", ", With(kTable, "'flavour': 'MED'", "'type_digit_4': {'not': {'in': 's'}}"), "]")),
      With(kTable, "'status': 'sourced'", "'status': 'assumed', 'note': 'why'"),
  };
  for (const std::string& file : files) {
    EXPECT_TRUE(LoaderTakes(file)) << file;
    EXPECT_TRUE(Regulations().Takes(file)) << file;
  }
}

// ---- what both refuse, and what only the loader can know

enum Knows { kBoth, kLoaderAlone };

struct Fault {
  const char* what;
  std::string file;
  Knows knows = kBoth;
};

TEST(RuleSchema, RefusesWhatTheLoaderRefuses) {
  const Fault kFaults[] = {
      {"no member", "[]"},
      {"no table, list or set", "{}"},
      {"a number for a member", "[3]"},
      {"a misspelt key of a table", With(kTable, "'dated_by'", "'date_by'")},
      {"a misspelt key of a row", With(kTable, "'source'", "'sauce'")},
      {"an unknown hit policy", With(kTable, "FIRST", "LAST")},
      {"dated by a fact that is no month", With(kTable, "'claim_month'", "'age'")},
      {"an output of no known type", With(kTable, "'number'", "'decimal'")},
      {"no outputs", With(kTable, "{'limit': 'number', 'code': ['A', 'B']}", "{}")},
      {"an id with a space", With(kTable, "'id': 'r'", "'id': 'r 1'")},
      {"a title in one language", With(kTable, "{'ja': '行', 'en': 'Row'}", "{'ja': '行'}")},
      {"an empty source", With(kTable, "'source': 's'", "'source': ''")},
      {"a blank source", With(kTable, "'source': 's'", "'source': ' '")},
      {"a blank note", With(kTable, "'sourced'", "'sourced', 'note': ' '")},
      {"an unknown status", With(kTable, "'sourced'", "'guessed'")},
      {"assumed without a note", With(kTable, "'sourced'", "'assumed'")},
      {"assumed with an empty note", With(kTable, "'sourced'", "'assumed', 'note': ''")},
      {"a note that is no text", With(kTable, "'rows'", "'note': 1, 'rows'")},
      {"dates in a table without dated_by", With(kTable, "'dated_by': 'claim_month', ", "")},
      {"conditions under LOOKUP", With(With(kTable, "'from': '2023-03', ", ""), "FIRST", "LOOKUP")},
      {"dates under LOOKUP", With(With(kTable, "'flavour': 'MED'", ""), "FIRST", "LOOKUP")},
      {"a month that is none", With(kTable, "'2023-03'", "'2023-13'")},
      {"a row without an answer", With(kTable, "'then': {'limit': 3}, ", "")},
      {"an output that is a fraction", With(kTable, "{'limit': 3}", "{'limit': 3.5}")},
      {"an unknown fact", When("'flavor': 'MED'")},
      {"an unknown choice", When("'flavour': 'MEDICAL'")},
      {"a text for a flag", When("'has_mf': 'true'")},
      {"a fraction for a number", When("'total_points': 1.5")},
      {"a range without order", When("'flavour': {'min': 'MED'}")},
      {"a range without ends", When("'total_points': {}")},
      {"a misspelt end", When("'total_points': {'mim': 1}")},
      {"a list of nothing", When("'total_points': []")},
      {"not of nothing", When("'total_points': {'not': []}")},
      {"not within not", When("'has_mf': {'not': {'not': true}}")},
      {"two forms in one condition", When("'total_points': {'not': 1, 'min': 0}")},
      {"present of a number", When("'total_points': {'present': 1}")},
      {"a list of sets", When("'total_points': {'in': ['s']}")},
      {"a set of no fact", With(kSet, "type_digit_4", "type_digit_5")},
      {"a set of nothing", With(kSet, "[7, {'min': 8}]", "[]")},
      {"a set with a value twice", With(kSet, "[7, {'min': 8}]", "[7, 7]")},
      {"a set with absence", With(kSet, "[7, {'min': 8}]", "[null]")},
      {"a set with another fact's values", With(kSet, "type_digit_4", "flavour")},
      {"a range in a set of flags", With(With(kSet, "7, ", ""), "type_digit_4", "has_mf")},
      {"a word twice in a list", With(kList, "'b'", "'a'")},
      {"a list of numbers", With(kList, "'b'", "2")},
      {"$schema within an array", Concat("[", With(kTable, "{'table'", "{'$schema': 'x', 'table'"), "]")},
      {"a month zero", When("'service_month': '2023-00'")},
      // A schema sees one value at a time, of one file.
      {"an output that is not declared", With(kTable, "{'limit': 3}", "{'limits': 3}"), kLoaderAlone},
      {"a text that is not declared", With(kTable, "{'limit': 3}", "{'code': 'C'}"), kLoaderAlone},
      {"a flag for a number", With(kTable, "{'limit': 3}", "{'limit': true}"), kLoaderAlone},
      {"an unknown set", When("'type_digit_4': {'in': 's'}"), kLoaderAlone},
      {"a set of another kind", Concat("[", Quoted(kSet), ", ", When("'flavour': {'in': 's'}"), "]"), kLoaderAlone},
      {"a range in a set that holds its other value", With(kSet, "{'min': 8}", "{'min': 7}"), kLoaderAlone},
      {"a range from high to low", When("'total_points': {'min': 2, 'max': 1}"), kLoaderAlone},
      {"until before from", With(kTable, "'from': '2023-03'", "'from': '2023-03', 'until': '2023-02'"), kLoaderAlone},
      {"the same table twice", Concat("[", Quoted(kTable), ", ", Quoted(kTable), "]"), kLoaderAlone},
  };
  for (const Fault& fault : kFaults) {
    EXPECT_FALSE(LoaderTakes(fault.file)) << fault.what << ": " << fault.file;
    EXPECT_EQ(Regulations().Takes(fault.file), fault.knows == kLoaderAlone) << fault.what << ": " << fault.file;
  }
}

TEST(RuleSchema, TakesTheIncludesThatTheProgramTakes) {
  const std::string directory = Concat(testing::TempDir(), "/schema_includes");
  std::filesystem::create_directories(directory);
  const std::pair<const char*, bool> kIncludes[] = {
      {R"({"include": ["built-in"]})", true},
      {R"({"$schema": "x", "include": ["built-in", "."]})", true},  // "." is a cycle, which only the program sees
      {R"({"include": "built-in"})", false},
      {R"({"include": []})", false},
      {R"({"include": [7]})", false},
      {R"({"include": [""]})", false},
      {R"({"include": ["built-in", "built-in"]})", false},
      {R"({"include": ["built-in"], "more": 1})", false},
      {R"({"includes": ["built-in"]})", false},
  };
  for (const auto& [text, good] : kIncludes) {
    EXPECT_EQ(Regulations().Takes(std::string(text)), good) << text;
    std::ofstream(directory + "/include.json") << text;
    const bool cycle = std::string(text).find("\".\"") != std::string::npos;
    EXPECT_EQ(ReadRegulations(directory).ok(), good && !cycle) << text;
  }
  std::filesystem::remove_all(directory);
}

// ---- by chance

std::vector<json*> NodesOf(json& document) {
  std::vector<json*> nodes{&document};
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (!nodes[i]->is_structured()) continue;
    for (json& child : *nodes[i]) nodes.push_back(&child);
  }
  return nodes;
}

// One node becomes another value, loses a member, or gains one.
void Change(json& document, std::mt19937& random) {
  static const json kValues = json::parse(R"([null, true, 3, -1, 1.5, "", "MED", "2023-03", "2023-13", "s", "FIRST",
      "LOOKUP", "assumed", "number", "claim_month", "flavour", [], [3], ["MED", null], {}, {"min": 3}, {"not": 3},
      {"not": []}, {"in": "s"}, {"in": "s", "min": 3}, {"present": true}, {"ja": "a", "en": "b"}, {"limit": 3}])");
  static const char* const kKeys[] = {"note", "from",   "when", "dated_by", "values",
                                      "in",   "has_mf", "code", "table",    "set"};
  const std::vector<json*> nodes = NodesOf(document);
  json& node = *nodes[random() % nodes.size()];
  const json& value = kValues[random() % kValues.size()];
  if (node.is_object() && random() % 3 != 0) {
    if (random() % 2 == 0 && !node.empty()) {
      node.erase(std::next(node.begin(), static_cast<std::ptrdiff_t>(random() % node.size())));
    } else {
      node[kKeys[random() % std::size(kKeys)]] = value;
    }
  } else if (node.is_array() && random() % 2 == 0) {
    node.push_back(value);
  } else {
    node = value;
  }
}

TEST(RuleSchema, RefusesNothingThatTheLoaderTakes) {
  std::mt19937 random(20241122);
  const json start = json::parse(Quoted(
      Concat("[", kTable, ", ", kSet, ", ", kList, ", ",
             With(With(kTable, "'t'", "'u'"), "\"flavour\": \"MED\"", "'type_digit_4': {'not': {'in': 's'}}"), "]")));
  int taken = 0, refused = 0;
  for (int round = 0; round < 5'000; ++round) {
    json document = start;
    for (unsigned n = 1 + random() % 2; n > 0; --n) Change(document, random);
    const bool loader = LoaderTakes(document.dump()), schema = Regulations().Takes(document);
    EXPECT_TRUE(schema || !loader) << document.dump();
    taken += loader;
    refused += !schema;
  }
  EXPECT_GT(taken, 250);
  EXPECT_GT(refused, 2'500);
}

// ---- cases

TEST(RuleSchema, RefusesCasesThatTheProgramRefuses) {
  constexpr char kCase[] =
      "[{'case': 'c', 'table': 'origin', 'given': {'has_ho': false}, 'expect': 'NO_INSURER', 'then': {'origin': "
      "'OUT_OF_SCOPE'}}]";
  const Fault kFaults[] = {
      {"no case", "[]"},
      {"no list", "{}"},
      {"a misspelt key", With(kCase, "'given'", "'givn'")},
      {"no sentence", With(kCase, "'case': 'c'", "'case': ''")},
      {"no table", With(kCase, "'table': 'origin', ", "")},
      {"no expectation", With(kCase, "'expect': 'NO_INSURER', ", "")},
      {"an unknown fact", With(kCase, "has_ho", "has_hoo")},
      {"several values", With(kCase, "false", "[false, null]")},
      {"a value that the fact cannot have", With(kCase, "false", "0")},
      {"an output that is a fraction", With(kCase, "'OUT_OF_SCOPE'", "1.5")},
      {"an unknown table", With(kCase, "'table': 'origin'", "'table': 'origins'"), kLoaderAlone},
      {"an unknown row", With(kCase, "NO_INSURER", "NOBODY"), kLoaderAlone},
  };
  const Rulebook book = *LoadRuleSet(EmbeddedRegulations());
  const auto takes = [&](const std::string& text) {
    return ReadRuleCases(book, Declarations(), {{"f.json", text}}).ok();
  };
  EXPECT_TRUE(takes(Quoted(kCase)));
  EXPECT_TRUE(Cases().Takes(Quoted(kCase)));
  for (const Fault& fault : kFaults) {
    EXPECT_FALSE(takes(fault.file)) << fault.what << ": " << fault.file;
    EXPECT_EQ(Cases().Takes(fault.file), fault.knows == kLoaderAlone) << fault.what << ": " << fault.file;
  }
}

}  // namespace
}  // namespace furikae::rules
