// What the words of remarks stand for is said by the tables: a rule set with other words, or other dates, reads the
// same remarks otherwise (decisions.md §5).
#include "rules/remark_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "rules/receipt_facts.h"
#include "rules/table.h"

namespace furikae::rules {
namespace {

using nlohmann::json;

const ServiceMonth kMonth = ServiceMonth::Of(2024, 10);

// The built-in rules, with this done to the rows of one table of words.json.
Rulebook With(const std::string& table, const std::function<void(json& rows)>& edit) {
  std::map<std::string, std::string> files = EmbeddedRegulations();
  json document = json::parse(files.at("words.json"));
  for (json& member : document) {
    if (member["table"] == table) edit(member["rows"]);
  }
  files["words.json"] = document.dump();
  absl::StatusOr<Rulebook> book = Rulebook::Load(Declarations(), files);
  EXPECT_TRUE(book.ok()) << book.status();
  return *std::move(book);
}

Rulebook WithRow(const std::string& table, const json& then, const json& dates = json::object()) {
  return With(table, [&](json& rows) {
    json row = {{"id", "NEW"},
                {"title", {{"ja", "新"}, {"en", "new"}}},
                {"when", json::object()},
                {"then", then},
                {"source", "s"},
                {"status", "sourced"}};
    row.update(dates);
    rows.push_back(row);
  });
}

Declaration Read(const Rulebook& rules, std::string_view remarks, ServiceMonth claim_month = kMonth) {
  const DatedRemarkWords words(rules);
  return ParseRemarks(remarks, words.In(claim_month.index));
}

TEST(RemarkWords, AnotherWordMarksWhatTheTableSays) {
  const struct {
    const char *marks, *remarks;
    bool Declaration::*field;
  } kCases[] = {{"UNIDENTIFIED", "資格不明請求、社保", &Declaration::marker_unidentified},
                {"FORMER_QUALIFICATION", "社保、資格不明請求", &Declaration::former_qualification},
                {"CARD_COLLECTED", "社保、資格不明請求", &Declaration::collected_card}};
  for (const auto& c : kCases) {
    const Rulebook rules = WithRow("remark_markers", {{"word", "資格不明請求"}, {"marks", c.marks}});
    EXPECT_TRUE(Read(rules, c.remarks).*c.field) << c.marks;
    EXPECT_FALSE(Read(With("remark_markers", [](json&) {}), c.remarks).*c.field) << c.marks;
  }
}

TEST(RemarkWords, AWordThatIsTakenOutMarksNothing) {
  const Rulebook rules = With("remark_markers", [](json& rows) { rows = json::array({rows[1]}); });
  const Declaration d = Read(rules, "不詳、旧資格情報、証回収");
  EXPECT_FALSE(d.marker_unidentified);
  EXPECT_TRUE(d.former_qualification);
  EXPECT_FALSE(d.collected_card);
}

TEST(RemarkWords, WidthAndBlanksOfAWordDoNotMatter) {
  const Rulebook rules =
      WithRow("remark_markers", {{"word", "ﾎｹﾝ ＮＧ"}, {"marks", "CARD_COLLECTED"}, {"may_be_taken_back", true}});
  EXPECT_TRUE(Read(rules, "社保、ホケン　NG").collected_card);
  EXPECT_FALSE(Read(rules, "社保、ホケン　NG　ではない").collected_card);
}

TEST(RemarkWords, OfTwoMarkersAtTheHeadTheLongerIsRead) {
  const Rulebook rules = WithRow("remark_markers", {{"word", "不詳請求"}, {"marks", "UNIDENTIFIED"}});
  const Declaration d = Read(rules, "不詳請求ヤマダ　タロウ、社保");
  EXPECT_TRUE(d.marker_unidentified);
  EXPECT_EQ(d.name_kana, "ヤマダ　タロウ");
  EXPECT_TRUE(Read(rules, "不詳、社保").marker_unidentified);
}

TEST(RemarkWords, OnlyAMarkThatTheTableSaysSoOfCanBeTakenBack) {
  EXPECT_TRUE(Read(With("remark_markers", [](json&) {}), "旧資格情報なし").former_qualification);
  const Rulebook rules = With("remark_markers", [](json& rows) {
    for (json& row : rows) row["then"]["may_be_taken_back"] = true;
  });
  EXPECT_FALSE(Read(rules, "旧資格情報なし").former_qualification);
  EXPECT_FALSE(Read(rules, "不詳ではない").marker_unidentified);
  EXPECT_TRUE(Read(rules, "不詳、社保").marker_unidentified);
}

TEST(RemarkWords, AnotherWordTakesAMarkBack) {
  const Rulebook rules = WithRow("retracting_words", {{"word", "のおそれ"}});
  EXPECT_FALSE(Read(rules, "証回収のおそれ").collected_card);
  EXPECT_FALSE(Read(rules, "保険証忘れのおそれ").card_forgotten);
  const Rulebook fewer = With("retracting_words", [](json& rows) { rows.erase(0); });  // なし
  EXPECT_TRUE(Read(fewer, "証回収なし").collected_card);
}

TEST(RemarkWords, InsuranceTypesAreThoseOfTheTable) {
  const Rulebook rules = WithRow("insurance_type_words", {{"word", "船員保険"}, {"type", "SHAHO"}});
  EXPECT_EQ(Read(rules, "不詳、保険種別：船員保険").type, DeclaredType::kShaho);
  EXPECT_EQ(Read(With("insurance_type_words", [](json&) {}), "不詳、保険種別：船員").type, DeclaredType::kNone);
  const Rulebook other = With("insurance_type_words", [](json& rows) {
    for (json& row : rows) {
      if (row["then"]["word"] == "不明") row["then"]["type"] = "OTHER";
      if (row["then"]["word"] == "組合") row["then"]["in_brackets_behind"] = "SHAHO";
    }
  });
  EXPECT_EQ(Read(other, "不詳、保険種別：不明").type, DeclaredType::kOther);
  EXPECT_EQ(Read(other, "不詳、保険種別：国保（組合）").type, DeclaredType::kKokuho);
  EXPECT_EQ(Read(other, "不詳、保険種別：社保（組合）").type, DeclaredType::kKokuhoSociety);
}

TEST(RemarkWords, CountInTheClaimMonthsOfTheirRow) {
  const Rulebook rules = WithRow("remark_markers", {{"word", "資格不明"}, {"marks", "UNIDENTIFIED"}},
                                 {{"from", "2024-12"}, {"until", "2025-03"}});
  const DatedRemarkWords words(rules);
  const struct {
    int year, month;
    bool marked;
  } kCases[] = {{2024, 11, false}, {2024, 12, true}, {2025, 3, true}, {2025, 4, false}, {1990, 1, false}};
  for (const auto& c : kCases) {
    const int64_t month = ServiceMonth::Of(c.year, c.month).index;
    EXPECT_EQ(ParseRemarks("資格不明、社保", words.In(month)).marker_unidentified, c.marked)
        << c.year << "-" << c.month;
    EXPECT_TRUE(ParseRemarks("不詳、社保", words.In(month)).marker_unidentified) << c.year << "-" << c.month;
  }
  EXPECT_FALSE(ParseRemarks("資格不明、社保", words.In(kAbsent)).marker_unidentified)
      << "no claim month, no dated word";
}

TEST(RemarkWords, AreMadeOnceForEachStretchOfMonths) {
  const Rulebook rules = WithRow("self_defence_words", {{"word", "基地"}}, {{"from", "2025-04"}});
  const DatedRemarkWords words(rules);
  const RemarkWords& before = words.In(ServiceMonth::Of(2025, 3).index);
  const RemarkWords& after = words.In(ServiceMonth::Of(2025, 4).index);
  EXPECT_EQ(&before, &words.In(ServiceMonth::Of(2021, 9).index));
  EXPECT_EQ(&after, &words.In(ServiceMonth::Of(2030, 1).index));
  EXPECT_THAT(after.self_defence, testing::Contains("基地"));
  EXPECT_THAT(before.self_defence, testing::Not(testing::Contains("基地")));
}

TEST(RemarkWords, ARuleSetWithoutTheTablesHasNone) {
  const Rulebook empty = *Rulebook::Load(Declarations(), std::map<std::string, std::string>{});
  const Declaration d = Read(empty, "不詳、旧資格情報、証回収、社保、保険証忘れ");
  EXPECT_TRUE(d.any);
  EXPECT_FALSE(d.marker_unidentified || d.former_qualification || d.collected_card || d.card_forgotten);
  EXPECT_EQ(d.type, DeclaredType::kNone);
  EXPECT_EQ(MarkingWord(empty, kMarksUnidentified, kMonth), "");
}

TEST(RemarkWords, TheFirstWordThatHoldsIsTheOneToWrite) {
  const Rulebook rules = With("remark_markers", [](json& rows) {
    json later = rows[0];
    later["id"] = "LATER", later["then"]["word"] = "資格不詳", later["from"] = "2025-04";
    rows[0]["until"] = "2025-03";
    rows.push_back(later);
  });
  EXPECT_EQ(MarkingWord(rules, kMarksUnidentified, ServiceMonth::Of(2025, 3)), "不詳");
  EXPECT_EQ(MarkingWord(rules, kMarksUnidentified, ServiceMonth::Of(2025, 4)), "資格不詳");
  EXPECT_EQ(MarkingWord(rules, kMarksFormerQualification, ServiceMonth::Of(2025, 4)), "旧資格情報");
}

}  // namespace
}  // namespace furikae::rules
