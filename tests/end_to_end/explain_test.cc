// A month's claims, each explained in both languages and as JSON: whole, Japanese, without anybody's data, and true.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>

#include "core/text/name_keys.h"
#include "core/uke/cp932.h"
#include "core/uke/receipt.h"
#include "rpc/backend.h"
#include "rules/asked_tables.h"
#include "rules/explain_japanese_values.h"
#include "rules/explain_json.h"
#include "rules/explain_letter.h"
#include "rules/receipt_facts.h"
#include "rules/stored_claim.h"
#include "rules/table_condition.h"
#include "tests/end_to_end/program_fixture.h"

namespace furikae::rules {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;
const std::string kMonth = std::string(FURIKAE_SOURCE_DIR) + "/samples/month";

// samples/month, run once by the real program; then its store, opened.
class Explained : public Program {
 protected:
  static void SetUpTestSuite() {
    directory_ = new storage::TemporaryDirectory();
    const std::string command = std::string(FURIKAE_PROGRAM) + " run --data-dir " + directory_->File("data") +
                                " --month 2024-10 --input " + kMonth + " --output " + directory_->File("out") +
                                " >/dev/null 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
    auto backend = rpc::Backend::Open({.data_dir = directory_->File("data")});
    ASSERT_TRUE(backend.ok()) << backend.status();
    backend_ = backend->release();
    decisions_ = new std::map<std::string, Json>();
    std::ifstream in(directory_->File("out") + "/decisions.jsonl");
    for (std::string line; std::getline(in, line);) {
      const Json decision = Json::parse(line);
      (*decisions_)[decision["claim_id"]] = decision;
    }
    ASSERT_GT(decisions_->size(), 500u);
  }
  static void TearDownTestSuite() {
    delete backend_;
    delete decisions_;
    delete directory_;
  }
  static Explanation Why(const std::string& id,
                         const ExplainQuestions& questions = {.lost_rows = true, .changes = true}) {
    const auto why = Explain(*backend_->store, backend_->rulebook, *backend_->store->ParseClaimId(id), questions);
    EXPECT_TRUE(why.ok()) << id << ": " << why.status();
    return why.value_or(Explanation());
  }
  static std::unique_ptr<Replay> ReplayOf(const std::string& id) {
    auto replay = Replay::Of(*backend_->store, backend_->rulebook, *backend_->store->ParseClaimId(id));
    EXPECT_TRUE(replay.ok()) << replay.status();
    return *std::move(replay);
  }
  // The first claim of each outcome and return reason.
  static std::map<std::string, std::string> OneOfEach() {
    std::map<std::string, std::string> claims;
    for (const auto& [id, decision] : *decisions_) {
      claims.emplace(decision["outcome"].get<std::string>() + decision.value("return_reason", ""), id);
    }
    return claims;
  }

  static storage::TemporaryDirectory* directory_;
  static rpc::Backend* backend_;
  static std::map<std::string, Json>* decisions_;
};
storage::TemporaryDirectory* Explained::directory_ = nullptr;
rpc::Backend* Explained::backend_ = nullptr;
std::map<std::string, Json>* Explained::decisions_ = nullptr;

// Without what is no word: ids of claims, rows, facts and pools, and the file.
std::string WithoutIds(std::string letter, const Explanation& why) {
  for (const std::string& id : {why.claim_id, why.facts.file}) {
    for (size_t at; (at = letter.find(id)) != std::string::npos;) letter.erase(at, id.size());
  }
  static const std::regex row("[a-z_]+/[A-Z0-9_]+"), fact("（[a-z_0-9]+）"), pool("pool/[0-9/-]+"),
      subject("候補 S[0-9]+"), claim("[0-9]{10}-[12]-[0-9]{6}-[0-9a-f]{16}-[0-9]{6}");
  for (const std::regex& ids : {row, fact, pool, subject, claim}) letter = std::regex_replace(letter, ids, "");
  return letter;
}

TEST_F(Explained, NoWordOfTheJapaneseLetterIsEnglish) {
  // What is left may name records (RE, MF …), receipts (DPC), sources' pages (p.13) and reasons (R05).
  const std::regex english("[a-z]{2}|[A-Z]{4}|_");
  std::set<std::string> outcomes;
  for (const auto& [id, decision] : *decisions_) {
    const Explanation why = Why(id);
    for (const bool every : {false, true}) {
      const std::string letter = WithoutIds(Letter(why, JapanesePhrases(), {.every_lost_row = every}), why);
      std::smatch match;
      ASSERT_FALSE(std::regex_search(letter, match, english)) << id << ": " << match.str() << "\n" << letter;
    }
    outcomes.insert(decision["outcome"]);
    // The rule can be broken: the English letter breaks it.
    ASSERT_TRUE(std::regex_search(WithoutIds(Letter(why, EnglishPhrases()), why), english));
  }
  EXPECT_EQ(outcomes.size(), 10u);
}

TEST_F(Explained, JsonHoldsTheRowsAndTheResultOfDecisionsJsonl) {
  for (const auto& [id, decision] : *decisions_) {
    const Json json = Json::parse(ExplanationJson(Why(id, {})), nullptr, false);
    ASSERT_TRUE(json.is_object()) << id;
    Json trace = Json::array();
    for (const Json& row : json["rows"]) {
      trace.push_back({{"table", row["table"]}, {"row", row["row"]}, {"status", row["status"]}});
      EXPECT_NE(row["title"]["ja"], "") << id;
      EXPECT_NE(row["title"]["en"], "") << id;
      EXPECT_TRUE(row["source"].is_string()) << id;
    }
    EXPECT_EQ(trace, decision["trace"]) << id;
    EXPECT_EQ(json["origin"], decision["origin"]) << id;
    EXPECT_EQ(json["result"]["outcome"], decision["outcome"]) << id;
    EXPECT_EQ(json["facts"]["insurer_yen"], decision["insurer_yen"]) << id;
    const Json& reason = json["result"]["return_reason"];
    EXPECT_EQ(reason.is_null() ? "" : reason["code"], decision.value("return_reason", "")) << id;
    ASSERT_EQ(json["result"]["parts"].size(), decision["parts"].size()) << id;
    for (size_t i = 0; i < decision["parts"].size(); ++i) {
      for (const char* member : {"insurer", "days", "points", "yen"})
        EXPECT_EQ(json["result"]["parts"][i][member], decision["parts"][i][member]) << id << " " << member;
    }
  }
}

using Ordered = nlohmann::ordered_json;

// What the handbook shows has the members of what is printed, in their order. Counts the objects compared.
int CompareMembers(const Ordered& shown, const Ordered& told, const std::string& where) {
  if (shown.is_array() && told.is_array() && !shown.empty() && !told.empty())
    return CompareMembers(shown[0], told[0], where + "[0]");
  if (!shown.is_object() || !told.is_object() || shown.empty()) return 0;
  std::vector<std::string> shown_names, told_names;
  for (const auto& member : shown.items()) shown_names.push_back(member.key());
  for (const auto& member : told.items()) told_names.push_back(member.key());
  EXPECT_EQ(shown_names, told_names) << where;
  int compared = 1;
  for (const std::string& name : shown_names) {
    if (told.contains(name)) compared += CompareMembers(shown[name], told[name], where + "." + name);
  }
  return compared;
}

TEST_F(Explained, JsonHasTheMembersThatTheHandbookShows) {
  std::ifstream in(std::string(FURIKAE_SOURCE_DIR) + "/rules/README.md");
  const std::string handbook((std::istreambuf_iterator<char>(in)), {});
  const size_t begin = handbook.find("{\"claim_id\": \"19");
  ASSERT_NE(begin, std::string::npos);
  const Ordered shown = Ordered::parse(handbook.substr(begin, handbook.find("```", begin) - begin), nullptr, false);
  ASSERT_TRUE(shown.is_object());
  int compared = 0;
  for (const auto& [outcome, id] : OneOfEach()) {
    const ExplainQuestions questions{{.facts = {*ReadPinnedFact("paper=true")}}, true, true};
    compared += CompareMembers(shown, Ordered::parse(ExplanationJson(Why(id, questions))), outcome);
  }
  EXPECT_GT(compared, 200);
}

TEST_F(Explained, EveryDecisionIsTakenAgainAsItWas) {
  for (const auto& [id, decision] : *decisions_) {
    const auto agrees = ReplayOf(id)->AgreesWithStored();
    ASSERT_TRUE(agrees.ok()) << id << ": " << agrees.status();
    EXPECT_TRUE(*agrees) << id;
  }
}

// What a receipt says of its patient, as it could be written: name, kana, card, birth date. Too short a text may stand
// there by chance.
std::vector<std::string> Personal(const uke::Receipt& receipt) {
  std::vector<std::string> texts;
  const auto add = [&](const std::string& text, size_t least) {
    if (text.size() >= least) texts.push_back(text);
  };
  add(uke::FromCp932(receipt.name), 6);
  add(uke::FromCp932(receipt.name_kana), 9);
  const std::string number = text::FoldWidth(uke::FromCp932(receipt.number_text));
  const bool stands_for_nothing =
      number.find_first_not_of('7') == std::string::npos || number.find_first_not_of('9') == std::string::npos;  // 不詳
  if (!stands_for_nothing) add(number, 6);
  add(receipt.birth.ToString(), 10);
  add(receipt.birth.ToCompact(), 8);
  add(WarekiDate(receipt.birth), 8);
  return texts;
}

TEST_F(Explained, NobodysNameCardOrBirthDateIsTold) {
  size_t looked_for = 0;
  for (const auto& [id, decision] : *decisions_) {
    const storage::ClaimKey key = *backend_->store->ParseClaimId(id);
    const storage::Submission submission = *backend_->store->GetSubmission(key.submission);
    const std::string bytes = *backend_->store->GetReceipt(key);
    const auto receipt = uke::ReadReceipt(HeadOf(submission), bytes);
    ASSERT_TRUE(receipt.ok()) << id;
    const Explanation why = Why(id);
    const std::string told =
        Letter(why, EnglishPhrases(), {true}) + Letter(why, JapanesePhrases(), {true}) + ExplanationJson(why);
    for (const std::string& text : Personal(*receipt)) {
      ASSERT_EQ(told.find(text), std::string::npos) << id;
      ++looked_for;
    }
  }
  EXPECT_GT(looked_for, 5 * decisions_->size());
}

TEST_F(Explained, WhatKeptALostRowIsReallyUnmet) {
  int rows = 0, near = 0;
  for (const auto& [id, decision] : *decisions_) {
    const Explanation why = Why(id);
    ASSERT_TRUE(why.lost_rows->told) << id;
    for (const LostRowsOfTable& lost : why.lost_rows->tables) {
      const Table* table = backend_->rulebook.Find(lost.table);
      ASSERT_NE(table, nullptr);
      ASSERT_EQ(lost.rows.size() + lost.answered.size(), table->rows().size()) << lost.table;
      for (const LostRow& row : lost.rows) {
        const auto number = static_cast<size_t>(table->FindRow(row.row.row) - table->rows().data());
        const RowBox& wanted = table->conditions()[number];
        for (const Unmet& unmet : row.unmet) {
          ASSERT_TRUE(wanted.contains(unmet.fact)) << lost.table << "/" << row.row.row;
          EXPECT_EQ(wanted.at(unmet.fact), unmet.wanted);
          EXPECT_FALSE(unmet.wanted.Holds(unmet.found)) << lost.table << "/" << row.row.row;
        }
        // A row that nothing kept was silent for another row's sake.
        EXPECT_TRUE(!row.unmet.empty() || row.after_the_answer || !lost.one_answers) << lost.table;
        ++rows;
        near += row.Nearly();
      }
    }
  }
  EXPECT_GT(rows, 10'000);
  EXPECT_GT(near, 1000);
}

// --- what would change it, beside every value asked one by one

struct Asked {
  std::vector<std::set<int64_t>> had = std::vector<std::set<int64_t>>(static_cast<size_t>(Fact::kCount_));
  std::set<int> facts;  // that conditions name
};

// No fact of the receipt, but what a table made of one.
bool AnsweredByATable(int fact) {
  static const std::set<std::string_view> kNames = {
      "origin",    "routed_as", "transfer_allowed", "split_allowed", "ground_e0",   "ground_u2",
      "ground_u6", "ground_u7", "ground_u9",        "late_elderly",  "bearer_rate", "points_within_limit"};
  return kNames.contains(Declarations()[fact].name);
}

Asked FactsAsked(const AskedTables& asked) {
  Asked all;
  for (const AskedTable& one : asked) {
    for (const RowBox& row : one.table->conditions()) {
      for (const auto& [fact, set] : row) all.facts.insert(fact);
      std::erase_if(all.facts, AnsweredByATable);
    }
    for (size_t fact = 0; fact < all.had.size(); ++fact) all.had[fact].insert(one.facts.Get(static_cast<int>(fact)));
  }
  return all;
}

// On both sides of every bound of every condition on the fact, and every named value.
std::set<int64_t> ValuesToTry(int fact, const Rulebook& rulebook, std::vector<ValueSet>& conditions) {
  const FactDeclaration& declared = Declarations()[fact];
  std::set<int64_t> values;
  bool absence = false;
  for (const auto& table : rulebook.tables()) {
    for (const RowBox& row : table->conditions()) {
      const auto found = row.find(fact);
      if (found == row.end()) continue;
      conditions.push_back(found->second);
      absence = absence || found->second.Holds(kAbsent) ||
                Union(found->second, ValueSet::Absent()) == PossibleValues(declared);
      for (const Interval& interval : found->second.intervals()) {
        for (const int64_t bound : {interval.low, interval.high}) {
          if (bound < -1'000'000'000 || bound > 1'000'000'000) continue;  // no end
          values.insert({bound - 1, bound, bound + 1});
        }
      }
    }
  }
  for (size_t choice = 0; choice < declared.choices.size(); ++choice) values.insert(static_cast<int64_t>(choice));
  if (declared.type == FactType::kFlag) values.insert({0, 1});
  if (declared.IsInteger()) values.insert(0);  // where rows see no more than whether there is a value
  if (declared.IsInteger()) values.erase(values.begin(), values.lower_bound(0));
  std::set<int64_t> possible;
  for (const int64_t value : values) {
    if (PossibleValues(declared).Holds(value)) possible.insert(value);
  }
  if (absence) possible.insert(kAbsent);
  return possible;
}

// Whether no table can tell the two values apart.
bool Alike(int64_t a, int64_t b, const std::vector<ValueSet>& conditions) {
  return std::all_of(conditions.begin(), conditions.end(),
                     [=](const ValueSet& set) { return set.Holds(a) == set.Holds(b); });
}

std::optional<ResultKey> Listed(const Changes& changes, int fact, int64_t value) {
  for (const Change& change : changes.changes) {
    for (const FactValues& one : change.facts) {
      if (one.fact == fact && one.values.Holds(value)) return change.result;
    }
  }
  return std::nullopt;
}

TEST_F(Explained, WhatWouldChangeTriesNoAnswersOfTablesAndEveryPresence) {
  std::set<std::string_view> listed;
  for (const auto& [id, decision] : *decisions_) {
    const Explanation why = Why(id, {.changes = true});
    for (const Change& change : why.changes->changes) {
      for (const FactValues& one : change.facts) {
        EXPECT_FALSE(AnsweredByATable(one.fact)) << id << ": " << Declarations()[one.fact].name;
        if (one.values.Holds(0)) listed.insert(Declarations()[one.fact].name);
      }
    }
  }
  EXPECT_GT(listed.size(), 20u);
  EXPECT_TRUE(listed.contains("copayment"));  // of a receipt without one
}

// Every assumption that cannot be is told why, in the language of the letter.
TEST_F(Explained, AContradictionIsToldInJapanese) {
  std::set<std::string> told;
  for (const auto& [outcome, id] : OneOfEach()) {
    const auto replay = ReplayOf(id);
    for (int fact = 0; fact < static_cast<int>(Fact::kCount_); ++fact) {
      const int64_t last = std::max<int64_t>(static_cast<int64_t>(Declarations()[fact].choices.size()) - 1, 1);
      for (int64_t value = 0; value <= last; ++value) {
        const auto then = replay->Decide({.facts = {{fact, value}}});
        if (then.ok()) continue;
        const auto cause = ContradictionOf(then.status());
        ASSERT_TRUE(cause.has_value()) << then.status();
        const std::string why = JapanesePhrases().contradiction(*cause);
        EXPECT_FALSE(std::regex_search(why, std::regex("[a-z] [a-z]"))) << then.status();
        told.insert(why);
      }
    }
  }
  EXPECT_GT(told.size(), 2u);
}

TEST_F(Explained, WhatWouldChangeAgreesWithAskingEachValueByHand) {
  int tried = 0, changed = 0;
  for (const auto& [id, decision] : *decisions_) {
    const Explanation why = Why(id, {.changes = true});
    ASSERT_TRUE(why.changes->told) << id;
    if (why.changes->duplicate) continue;
    const auto replay = ReplayOf(id);
    AskedTables tables;
    const ResultKey base = ResultKeyOf(*replay->Decide({}, &tables));
    const Asked asked = FactsAsked(tables);
    for (const int fact : asked.facts) {
      std::vector<ValueSet> conditions;
      for (const int64_t value : ValuesToTry(fact, backend_->rulebook, conditions)) {
        const auto& had = asked.had[static_cast<size_t>(fact)];
        const bool named = Declarations()[fact].type == FactType::kChoice;
        if (std::any_of(had.begin(), had.end(), [&](int64_t old) {
              return old == value || (!named && old != kAbsent && value != kAbsent && Alike(old, value, conditions));
            })) {
          continue;
        }
        const auto then = replay->Decide({.facts = {{fact, value}}});
        std::optional<ResultKey> result;
        if (then.ok() && ResultKeyOf(*then) != base) result = ResultKeyOf(*then);
        ASSERT_TRUE(then.ok() || absl::IsFailedPrecondition(then.status())) << then.status();
        EXPECT_EQ(Listed(*why.changes, fact, value), result)
            << id << ": " << Declarations()[fact].name << "=" << ValueText(Declarations()[fact], value);
        ++tried;
        changed += result.has_value();
      }
    }
  }
  EXPECT_GT(tried, 10'000);
  EXPECT_GT(changed, 2000);
}

TEST_F(Explained, TheCommandSaysWhatTheServiceSays) {
  const std::string id = OneOfEach()["TRANSFERRED"];
  const std::string letter = Letter(Why(id), JapanesePhrases());
  delete std::exchange(backend_, nullptr);  // the program opens the store itself
  const std::string data = directory_->File("data");
  const Said told =
      Furikae({"claim", "explain", "--data-dir", data, id, "--lang", "ja", "--near-rows", "--what-would-change"});
  EXPECT_EQ(told.exit, 0) << told.All();
  EXPECT_EQ(told.out, letter);
  const Said json = Furikae({"claim", "explain", "--data-dir", data, id, "--json"});
  EXPECT_EQ(json.exit, 0) << json.All();
  const Json parsed = Json::parse(json.out, nullptr, false);
  EXPECT_EQ(parsed["claim_id"], id);
  EXPECT_FALSE(parsed["lost_rows"].is_null());
  EXPECT_TRUE(parsed["changes"].is_null());
  const Said wrong = Furikae({"claim", "explain", "--data-dir", data, id, "--lang", "jp"});
  EXPECT_EQ(wrong.exit, 2) << wrong.All();
  EXPECT_THAT(wrong.err, HasSubstr("write en for English or ja for Japanese"));
  const Said twice =
      Furikae({"claim", "explain", "--data-dir", data, id, "--what-if", "paper=true", "--what-if", "paper=false"});
  EXPECT_EQ(twice.exit, 2) << twice.All();
  EXPECT_THAT(twice.err, HasSubstr("paper is assumed twice"));
  auto backend = rpc::Backend::Open({.data_dir = data});
  ASSERT_TRUE(backend.ok()) << backend.status();
  backend_ = backend->release();
}

}  // namespace
}  // namespace furikae::rules
