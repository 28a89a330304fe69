// What the program asks of the tables, shown on the built-in set with one thing changed in it: each change would break
// a run or decide receipts wrongly, and each is found before.
#include "rules/table_contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <span>
#include <string>

#include "nlohmann/json.hpp"
#include "rules/check.h"
#include "rules/deciding.h"
#include "rules/receipt_facts.h"
#include "rules/rule_set.h"

namespace furikae::rules {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using Files = std::map<std::string, std::string>;
using Edit = std::function<void(json& table)>;

// The built-in files with one table of a file changed.
Files With(const std::string& file, const std::string& table, const Edit& edit) {
  Files files = EmbeddedRegulations();
  json document = json::parse(files.at(file));
  if (document.is_object()) document = json::array({document});
  for (json& member : document) {
    if (member.value("table", "") == table) edit(member);
  }
  files[file] = document.dump();
  return files;
}

json& RowIn(json& table, const std::string& id) {
  return *std::find_if(table["rows"].begin(), table["rows"].end(), [&](const json& row) { return row["id"] == id; });
}

// A row gives these outputs instead of its own; null: it leaves one out.
Edit Then(const std::string& id, const json& changed) {
  return [=](json& table) { RowIn(table, id)["then"].merge_patch(changed); };
}
Edit Answers(const std::string& id, const json& then) {
  return [=](json& table) { RowIn(table, id)["then"] = then; };
}
Edit Without(const std::string& ending) {
  return [=](json& table) {
    json rows = json::array();
    for (const json& row : table["rows"]) {
      if (!row["id"].get<std::string>().ends_with(ending)) rows.push_back(row);
    }
    table["rows"] = rows;
  };
}
json NewRow(const json& when, const json& then) {
  return {{"id", "NEW"},   {"title", {{"ja", "新"}, {"en", "new"}}},
          {"when", when},  {"then", then},
          {"source", "s"}, {"status", "sourced"}};
}
Edit First(const json& when, const json& then) {
  return [=](json& table) { table["rows"].insert(table["rows"].begin(), NewRow(when, then)); };
}
Edit Last(const json& when, const json& then) {
  return [=](json& table) { table["rows"].push_back(NewRow(when, then)); };
}
// The outputs are declared as text, so that the loader takes any.
Edit AnyText(const std::string& output, const Edit& edit) {
  return [=](json& table) {
    table["outputs"][output] = "text";
    edit(table);
  };
}

struct Broken {
  const char *file, *table;
  Edit edit;
  const char* finding;
};

void ExpectFound(std::span<const Broken> cases) {
  for (const Broken& broken : cases) {
    std::string told;
    for (const RuleFinding& finding : CheckRules(With(broken.file, broken.table, broken.edit)))
      told += finding.ToString() + "\n";
    EXPECT_THAT(told, HasSubstr(broken.finding));
    EXPECT_THAT(told, HasSubstr(std::string(broken.file) + ", table " + broken.table));
  }
}

TEST(TableContracts, AnAnswerThatTheProgramDoesNotUnderstandIsFound) {
  const Broken kCases[] = {
      {"completeness.json", "pool_agency", Then("SHAHO", {{"agency", 5}}),
       "row SHAHO: output: output \"agency\" must be a number from 1 to 2, not 5"},
      {"completeness.json", "pool_agency",
       [](json& t) {
         t["outputs"]["agency"] = "text";
         RowIn(t, "SHAHO")["then"] = {{"agency", "1"}};
         t["rows"] = json::array({RowIn(t, "SHAHO")});
       },
       "table pool_agency: output: output \"agency\" is declared as something else than a number from 1 to 2"},
      {"origin.json", "origin", AnyText("origin", Then("VALID", {{"origin", "VALIDD"}})), "not \"VALIDD\""},
      {"origin.json", "origin", [](json& t) { t["outputs"]["origin"].push_back("VALIDD"); },
       "table origin: output: output \"origin\" is declared wider than the program understands: VALIDD; it must be one "
       "of OUT_OF_SCOPE"},
      {"routing.json", "routing_lapsed", AnyText("next", Then("UNCOVERED", {{"next", "IDENTIFYX"}})),
       "row UNCOVERED: output: output \"next\" must be IDENTIFY, not \"IDENTIFYX\""},
      {"routing.json", "routing_nothing", AnyText("outcome", Answers("UNMATCHED", {{"outcome", "IN_REVIEW"}})),
       "row UNMATCHED: output: output \"outcome\" must be one of PENDING BILLED_TO_CLAIMED RETURNED APPORTIONED"},
      {"ladder.json", "ladder", Then("NATION", {{"scope", "nationn"}}),
       "row NATION: output: output \"scope\" must be one of"},
      {"ladder.json", "ladder", Then("NATION", {{"basis", "dollars"}}),
       "output \"basis\" must be one of yen points receipts"},
      {"policy.json", "unmatched_card", Then("RETURN", {{"class", 33}}),
       "row RETURN: dangling: output \"class\" names row 33 of table confirmation_classes"},
      {"policy.json", "unmatched_card", Then("RETURN", {{"reason", 44}}), "names row R44 of table return_reasons"},
      {"exclusions.json", "exclusions", Then("E2", {{"lifts", "E99"}}), "names row E99 of table exclusions"},
      {"routing.json", "outside_registry", Then("LAW_CODE_07", {{"outside", false}}),
       "must be true, or left out, not false"},
      {"day_precedence.json", "day_precedence", AnyText("criterion", Then("MOST_DAYS", {{"criterion", "DAYS"}})),
       "row MOST_DAYS: output: output \"criterion\" must be one of CLAIMED_CARD ONLY_OTHER_ALL_DAYS MOST_DAYS "
       "LATER_QUALIFICATION LATER_ISSUED SMALLER_INSURER SMALLER_CARD"},
      {"day_precedence.json", "issuance_precedence", AnyText("criterion", Then("LATER_ISSUED", {{"criterion", "NEW"}})),
       "row LATER_ISSUED: output: output \"criterion\" must be one of CLAIMED_CARD ONLY_OTHER_ALL_DAYS MOST_DAYS "
       "LATER_QUALIFICATION LATER_ISSUED SMALLER_INSURER SMALLER_CARD"},
      {"card_holders.json", "holder_narrowing", AnyText("item", Then("NAME", {{"item", "ADDRESS"}})),
       "row NAME: output: output \"item\" must be one of BIRTH SEX NAME KANA KANJI"},
      {"identification.json", "separating_items", AnyText("item", Then("PHONE", {{"item", "TELEPHONE"}})),
       "row PHONE: output: output \"item\" must be one of KANA KANJI BIRTH SEX ADDRESS PHONE WORKPLACE INSURER CARD"},
      {"rates.json", "twenty_per_cent_notes", Then("NOTE_41", {{"word", "4"}}), "output \"word\" must be 2 digits"},
      {"words.json", "forgotten_words", Then("F01", {{"word", "　"}}),
       "output \"word\" must be a text that is not blank"},
      {"words.json", "remark_markers", AnyText("marks", Then("UNIDENTIFIED", {{"marks", "UNKNOWN"}})),
       "row UNIDENTIFIED: output: output \"marks\" must be one of UNIDENTIFIED FORMER_QUALIFICATION CARD_COLLECTED"},
      {"words.json", "insurance_type_words", AnyText("type", Then("T01", {{"type", "NONE"}})),
       "row T01: output: output \"type\" must be one of SHAHO KOKUHO"},
      {"completeness.json", "declaration_items", AnyText("item", Then("ADDRESS", {{"item", "BIRTH"}})),
       "row ADDRESS: output: output \"item\" must be one of MARKER NAME_KANA"},
      {"completeness.json", "telling_items", AnyText("item", Then("ADDRESS", {{"item", "BIRTH"}})),
       "row ADDRESS: output: output \"item\" must be one of MARKER NAME_KANA"},
      {"flags.json", "flags", Without("REVIEW_OPEN"), "row REVIEW_OPEN: missing: the program looks for this row"},
  };
  ExpectFound(kCases);
}

TEST(TableContracts, OutputsThatDoNotFitEachOtherAreFound) {
  const Broken kCases[] = {
      {"completeness.json", "completeness", Then("CARD_FORGOTTEN", {{"reason", nullptr}}),
       "row CARD_FORGOTTEN: output: its outputs do not fit: where \"outcome\" is given, \"reason\" must be given"},
      {"words.json", "remark_markers", Then("CARD_COLLECTED", {{"marks", nullptr}}), "\"marks\" must be given"},
      {"words.json", "insurance_type_words", Then("T02", {{"type", nullptr}}), "\"type\" must be given"},
      {"completeness.json", "declaration_items", Then("CONTACT", {{"text", nullptr}}), "\"text\" must be given"},
      {"routing.json", "routing_lapsed", Then("DIED_BEFORE", {{"reason", nullptr}}),
       "where \"outcome\" is RETURNED, \"reason\" must be given"},
      {"routing.json", "routing_lapsed", Then("TRANSFERRED", {{"reason", 5}}),
       "where \"reason\" is given, \"outcome\" must be RETURNED"},
      {"routing.json", "routing_lapsed", Then("TRANSFERRED", {{"class", 6}}),
       "where \"outcome\" is TRANSFERRED, \"class\" must be 4"},
      {"routing.json", "routing_lapsed", Answers("UNCOVERED", json::object()),
       "either \"outcome\" or \"next\" must be given, and not both"},
      {"routing.json", "routing_lapsed", Then("NOT_MOVABLE", {{"inquiry", true}}),
       "where \"inquiry\" is given, \"outcome\" must be IN_REVIEW"},
      {"policy.json", "cross_agency", Answers("HAND_OVER", {{"action", "RETURN"}}),
       "where \"action\" is RETURN, \"reason\" must be given"},
      {"exclusions.json", "exclusions", Then("U1", {{"flag_on", nullptr}}),
       "where \"flag\" is given, \"flag_on\" must be given"},
      {"rates.json", "rates", Then("RECORDED", {{"rate_per_cent", 70}}),
       "either \"as_recorded\" or \"rate_per_cent\" must be given, and not both"},
      {"correction_slips.json", "correction_slips", Then("NUMBER_DIGIT", {{"field", nullptr}}),
       "where \"slip\" is DIGIT_REPLACED or NEIGHBOURS_SWAPPED, \"field\" must be given"},
      {"correction_slips.json", "correction_slips", Then("EXCHANGED", {{"field", "NUMBER"}}),
       "where \"field\" is given, \"slip\" must be DIGIT_REPLACED or NEIGHBOURS_SWAPPED"},
      {"ladder.json", "ladder", Then("WINDOW", {{"basis", nullptr}}), "\"basis\" must be given"},
      {"ladder.json", "ladder", Then("WINDOW", {{"months_from", 1}}), "\"months_from\" must be at least \"months_to\""},
  };
  ExpectFound(kCases);
}

TEST(TableContracts, AnAnswerThatCannotBeCarriedOutThereIsFound) {
  const Broken kCases[] = {
      {"routing.json", "routing_lapsed", Then("TRANSFERRED", {{"outcome", "SPLIT"}, {"class", 5}}),
       "row TRANSFERRED: output: \"outcome\" is SPLIT, which it can be only where"},
      {"identification.json", "claimed_evidence",
       [](json& t) { RowIn(t, "INSURER")["when"]["origin"].push_back("INVALID_NUMBER"); },
       "row INSURER: output: \"item\" is INSURER, which it can be only where"},
      {"routing.json", "routing_identified", Answers("CANDIDATES", {{"outcome", "TRANSFERRED"}, {"class", 4}}),
       "only where identified is CERTAIN_ONE_CARD; but the row also answers for identified = PROBABLE"},
      {"routing.json", "routing_valid", Answers("AS_CLAIMED", {{"next", "COMPARE_ISSUANCE"}}),
       "\"next\" is given, which it can be only where latest_issued is absent"},
      {"routing.json", "routing_nothing", Answers("INVALID_NUMBER", {{"outcome", "BILLED_TO_CLAIMED"}, {"class", 6}}),
       "but the row also answers for routed_as = INVALID_NUMBER"},
      {"routing.json", "routing_nothing", Answers("LAPSED", {{"outcome", "APPORTIONED"}}),
       "\"outcome\" is APPORTIONED, which it can be only where"},
      {"origin.json", "origin", [](json& t) { RowIn(t, "VALID")["when"].erase("card_holder"); },
       "\"origin\" is VALID, which it can be only where card_holder is PATIENT"},
      {"rates.json", "rates",
       [](json& t) {
         RowIn(t, "GENERAL")["then"] = {{"as_recorded", true}};
       },
       "\"as_recorded\" is given, which it can be only where rate is"},
  };
  ExpectFound(kCases);
}

TEST(TableContracts, ConditionsThatNothingMeetsAreFound) {
  const Broken kCases[] = {
      {"rates.json", "rates", First({{"has_ko", true}}, {{"rate_per_cent", 70}}),
       "row NEW: unset: the fact has_ko is never set when this table is asked; these are: claim_month service_month"},
      {"rates.json", "rates", First({{"death", "BEFORE"}}, {{"rate_per_cent", 70}}), "the fact death is never set"},
      {"rates.json", "rates", First({{"type_digit_4", 12}}, {{"rate_per_cent", 70}}),
       "row NEW: dead: it can never hold: when this table is asked, type_digit_4 is 0 to 9"},
      {"routing.json", "routing_nothing", First({{"routed_as", "VALID"}}, {{"outcome", "PENDING"}}),
       "row NEW: dead: it can never hold: when this table is asked, routed_as is one of UNIDENTIFIED"},
      {"completeness.json", "pool_agency", Last(json::object(), {{"agency", 1}}),
       "row NEW: dead: it never answers: with all that this table can be asked, other rows answer first"},
      {"exclusions.json", "exclusions", Last({{"ground_e0", false}}, {{"split", false}}),
       "row NEW: dead: it can never hold"},
      {"ladder.json", "ladder", Without("NATION"), "table ladder: gap: no row holds for rung = 4"},
      {"ladder.json", "ladder", Without("UNALLOCATED"), "table ladder: gap: no row holds for rung = 5"},
      {"ladder.json", "ladder",
       [](json& t) {
         RowIn(t, "UNALLOCATED")["then"] = {
             {"scope", "nation"}, {"months_from", 2}, {"months_to", 1}, {"basis", "yen"}};
         RowIn(t, "UNALLOCATED")["when"]["rung"] = {{"min", 5}};
       },
       "table ladder: gap: it never ends: no row in which \"scope\" is none for any facts"},
      {"ladder.json", "ladder", Last({{"rung", 6}}, {{"scope", "none"}}), "row NEW: dead: it never answers"},
  };
  ExpectFound(kCases);
}

// ---- what is found is refused at the start

TEST(RuleSet, WhatWouldChangeResultsIsRefusedAtTheStart) {
  const Files no_general = With("rates.json", "rates", Without("GENERAL"));
  const auto book = LoadRuleSet(no_general);
  ASSERT_EQ(book.status().code(), absl::StatusCode::kInvalidArgument);
  const std::string message(book.status().message());
  EXPECT_THAT(message, testing::StartsWith("rates.json, table rates: gap: no row holds for "));
  EXPECT_THAT(message, testing::EndsWith("; furikae rules check DIR tells what is wrong with a rule set"));
  EXPECT_THAT(message, testing::Not(HasSubstr("more")));

  const Files no_meals = With("meal_burden.json", "meal_burden", Without("_490"));
  const size_t findings = CheckRules(no_meals).size();
  EXPECT_THAT(std::string(LoadRuleSet(no_meals).status().message()),
              HasSubstr("(and " + std::to_string(findings - 1) + " findings more)"));
}

TEST(RuleSet, WhatNothingReadsIsNoReasonToRefuse) {
  const Files files = With("rates.json", "rates", [](json& table) { table["outputs"]["comment"] = "text"; });
  EXPECT_EQ(CheckRules(files).size(), 1u);
  EXPECT_TRUE(LoadRuleSet(files).ok());
}

TEST(RuleSet, ThatReceiptsWereDecidedByIsReadWithoutTheCheck) {
  const Rulebook as_decided = *Rulebook::Load(Declarations(), With("rates.json", "rates", Without("GENERAL")));
  EXPECT_FALSE(LoadRuleSet(as_decided.files()).ok());
  const auto kept = ParseRuleSet(RuleSetJson(as_decided));
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_EQ(kept->digest(), as_decided.digest());
}

TEST(RuleSet, ADirectoryWithoutIncludeIsToldOfIt) {
  const Files changed_alone = {{"policy.json", EmbeddedRegulations().at("policy.json")}};
  EXPECT_THAT(std::string(LoadRuleSet(changed_alone).status().message()),
              testing::AllOf(HasSubstr("the rule set has no table"), HasSubstr("include.json")));
}

// ---- a finding says what it is about

TEST(CheckRules, ARefusalNamesItsFileItsKindAndItsName) {
  Files files = EmbeddedRegulations();
  files["own.json"] = R"([{"list": "words_of_mine", "title": {"ja": "語", "en": "words"}, "values": []},
                          {"set": "set_of_mine", "fact": "nothing"}])";
  const std::vector<RuleFinding> findings = CheckRules(files);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_THAT(findings[0].ToString(), testing::StartsWith("own.json, set set_of_mine: refused: "));
  EXPECT_EQ(std::tie(findings[0].file, findings[0].what, findings[0].table),
            std::tuple("own.json", "set", "set_of_mine"));
  EXPECT_THAT(findings[1].ToString(), testing::StartsWith("own.json, list words_of_mine: refused: "));
  EXPECT_EQ(std::tie(findings[1].file, findings[1].what, findings[1].table),
            std::tuple("own.json", "list", "words_of_mine"));
}

}  // namespace
}  // namespace furikae::rules
