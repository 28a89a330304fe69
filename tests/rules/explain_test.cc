// Why a claim was decided as it was: by the rule set that decided it, also when another one is in force.
#include "rules/explain_letter.h"

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "rules/explain_json.h"
#include "rules/receipt_facts.h"
#include "tests/rules/month_fixture.h"

namespace furikae::rules {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Explaining : public Month {
 protected:
  std::string LetterBy(const Rulebook& rulebook, const std::string& id, const ExplainQuestions& questions = {},
                       Language language = Language::kEnglish, const LetterOptions& options = {}) {
    const auto why = Explain(*store_, rulebook, *store_->ParseClaimId(id), questions);
    EXPECT_TRUE(why.ok()) << why.status();
    return why.ok() ? Letter(*why, PhrasesOf(language), options) : "";
  }
};

TEST_F(Explaining, NamesFactsRowsSourcesAndResult) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({Claim()})).claim_ids[0];
  Decide();
  EXPECT_THAT(LetterBy(*rulebook_, id),
              AllOf(HasSubstr("submitted by 1311234567"), HasSubstr("origin/LAPSED"), HasSubstr("source: "),
                    HasSubstr("Result: TRANSFERRED"), HasSubstr("確認区分 04"), Not(HasSubstr("earlier rule set"))));
}

TEST_F(Explaining, TakesTheRuleSetThatDecided) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({Claim()})).claim_ids[0];
  Decide();
  const Row* row = rulebook_->FindRow("origin", "LAPSED");
  ASSERT_NE(row, nullptr);
  std::map<std::string, std::string> files = EmbeddedRegulations();
  files["origin.json"] = absl::StrReplaceAll(files["origin.json"], {{row->title_en, "Another title"}});
  const Rulebook another = *Rulebook::Load(Declarations(), files);
  ASSERT_NE(another.digest(), rulebook_->digest());
  EXPECT_THAT(LetterBy(another, id), AllOf(HasSubstr("decided by the earlier rule set " + rulebook_->digest()),
                                           HasSubstr(row->title_en), Not(HasSubstr("Another title"))));
}

TEST_F(Explaining, TellsWhatAnotherFactOrMomentWouldHaveMade) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({Claim()})).claim_ids[0];
  Decide();
  const std::string before = Everything();
  const auto assume = [&](const Assumptions& assumptions) {
    const std::string letter = LetterBy(*rulebook_, id, {.assumptions = assumptions});
    return letter.substr(letter.find("\nIf "));
  };
  EXPECT_THAT(assume({.facts = {*ReadPinnedFact("card_collected=true")}}),
              AllOf(HasSubstr("(card_collected) were true"), HasSubstr("would have spoken: routing_lapsed/"),
                    Not(HasSubstr("Result: TRANSFERRED"))));
  const Row* spoke = rulebook_->FindRow("routing_lapsed", "CARD_COLLECTED");
  ASSERT_NE(spoke, nullptr);
  EXPECT_THAT(assume({.facts = {*ReadPinnedFact("card_collected=true")}}),
              AllOf(HasSubstr("would have spoken: routing_lapsed/CARD_COLLECTED: " + spoke->title_en + "\n"),
                    Not(HasSubstr(spoke->title_ja))));
  // A fact of the share is assumed as any other: 9 tenths of 846 points.
  EXPECT_THAT(assume({.facts = {*ReadPinnedFact("rate=90")}}),
              AllOf(HasSubstr("If benefit rate "), HasSubstr("(rate) were 90"), HasSubstr("7614 yen")));
  // Before anything was registered nobody held the card.
  EXPECT_THAT(assume({.as_of = Moment{0}}),
              AllOf(HasSubstr("the registry were as at 1970"), HasSubstr("would not have spoken: origin/LAPSED"),
                    HasSubstr("would have spoken: origin/UNMATCHED")));
  // What changes nothing is told as well.
  const std::string same = assume({.facts = {*ReadPinnedFact("paper=false")}});
  EXPECT_THAT(same, AllOf(HasSubstr("Result: TRANSFERRED"), Not(HasSubstr("spoken"))));
  EXPECT_EQ(Everything(), before);
}

// decisions.md §8: receipts, rung, payment rows, weight, quota as fraction, remainder rank.
TEST_F(Explaining, TellsHowAPoolWasShared) {
  const std::string id = Submit("a.UKE", File({UnidentifiedClaim()})).claim_ids[0];
  Decide();
  Close();
  const std::string letter = LetterBy(*rulebook_, id);
  EXPECT_THAT(letter,
              AllOf(HasSubstr("  01130012: paid 3000 yen, bears 4442 yen (quota 17766000/4000, remainder rank 1)\n"),
                    HasSubstr("  06130488: paid 1000 yen, bears 1480 yen (quota 5922000/4000, remainder rank 2)\n"),
                    HasSubstr("  its receipts:\n    " + id + "\n"), HasSubstr(" 01130012: 3000 (records: 1)\n"),
                    HasSubstr(" 06130488: 1000 (records: 1)\n"), Not(HasSubstr("after the close"))));
  ASSERT_TRUE(store_->payments()
                  .Put({kClinic, kSociety, ServiceMonth::Of(2024, 6), 1, 1, Yen{99999}}, storage::Digest{9}, 1)
                  .ok());
  ASSERT_TRUE(store_->payments().Flush().ok());
  EXPECT_THAT(LetterBy(*rulebook_, id),
              AllOf(HasSubstr("bears 1480 yen"), HasSubstr("records were loaded after the close")));
}

TEST_F(Explaining, TellsInJapaneseWhatItTellsInEnglish) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({Claim()})).claim_ids[0];
  Decide();
  const ExplainQuestions questions{{.facts = {*ReadPinnedFact("card_collected=true")}}, true, true};
  EXPECT_THAT(
      LetterBy(*rulebook_, id, questions, Language::kJapanese),
      AllOf(HasSubstr("判定理由書　請求番号 " + id), HasSubstr("令和6年9月診療分の医科レセプト、846点"),
            HasSubstr("請求時の保険者負担額: 5,922円"), HasSubstr("区分: 資格喪失"), HasSubstr("結果: 振替"),
            HasSubstr("確認区分 04（振替）"), HasSubstr("仮に証回収（card_collected）が「はい」であったとすれば"),
            HasSubstr("返戻事由 R06: 受診時に、被保険者証等は既に回収されています。"),
            HasSubstr("一つの事実のみにより適用されなかった行\n"), HasSubstr("一つの事実のみで結果が変わる場合\n")));
}

TEST_F(Explaining, NamesTheFactThatKeptARowFromAnswering) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({Claim()})).claim_ids[0];
  Decide();
  const std::string near = LetterBy(*rulebook_, id, {.lost_rows = true});
  EXPECT_THAT(near, AllOf(HasSubstr("\nRows that one fact alone kept from answering\n"), HasSubstr("  origin/VALID: "),
                          HasSubstr("days on which the patient's card is valid (card_days) is NONE, wanted ALL\n"),
                          HasSubstr("  routing_lapsed/CARD_COLLECTED: "), Not(HasSubstr("an earlier row had answered")),
                          Not(HasSubstr("exclusions/E3"))));
  const std::string all = LetterBy(*rulebook_, id, {.lost_rows = true}, Language::kEnglish, {.every_lost_row = true});
  EXPECT_THAT(all, AllOf(HasSubstr("\nRows that did not answer\n"), HasSubstr("an earlier row had answered"),
                         HasSubstr("  exclusions/E3: "), HasSubstr("  contradiction/")));
}

TEST_F(Explaining, WhatWouldChangeIsGroupedByResult) {
  Lapsed();
  const std::string id = Submit("a.UKE", File({Claim()})).claim_ids[0];
  Decide();
  const std::string letter = LetterBy(*rulebook_, id, {.changes = true});
  const std::string changes = letter.substr(letter.find("\nWhat would change it"));
  EXPECT_THAT(changes,
              AllOf(HasSubstr("  → AS_CLAIMED 02 (01130012)\n      days on which"),
                    HasSubstr("  → RETURNED 07 R06\n      the card had been collected (card_collected): true\n"),
                    HasSubstr("claim month (claim_month): at most 2021-09\n"), Not(HasSubstr("TRANSFERRED"))));
  EXPECT_LT(changes.find("AS_CLAIMED"), changes.find("BILLED_TO_CLAIMED"));
  EXPECT_LT(changes.find("BILLED_TO_CLAIMED"), changes.find("RETURNED"));
}

// The registry holds another person's coverages under number 0: they must never stand in for the patient's.
TEST_F(Explaining, AnAssumptionGivesNobodySomebodyElsesCard) {
  Covered({{{.subject = "S-other", .name = "佐藤 一郎", .kana = "サトウ イチロウ", .birth = "1960-01-01"},
            {.insurer = kSociety, .number = "7654321"}}});
  const std::string id = Submit("a.UKE", File({Claim()})).claim_ids[0];
  Decide();
  const std::string letter =
      LetterBy(*rulebook_, id, {{.facts = {*ReadPinnedFact("card_holder=PATIENT")}}, false, true});
  EXPECT_THAT(letter, AllOf(HasSubstr("that could not be: no registered card is the patient's"),
                            Not(HasSubstr(kSociety.ToString()))));
  EXPECT_THAT(LetterBy(*rulebook_, id, {.assumptions = {.facts = {*ReadPinnedFact("card_holder=PATIENT")}}},
                       Language::kJapanese),
              HasSubstr("成り立たない仮定です。理由: 本人のものとして登録された証がないため"));
}

TEST_F(Explaining, ADuplicateStaysOne) {
  Lapsed();
  Submit("a.UKE", File({Claim()}));
  FileWishes other;
  other.volume = "01";
  const std::string id = Submit("b.UKE", File({Claim()}, other)).claim_ids[0];
  Decide();
  ASSERT_EQ(ResultOf(id), "RETURNED R08");
  EXPECT_THAT(LetterBy(*rulebook_, id, {.lost_rows = true, .changes = true}),
              AllOf(HasSubstr("nothing: the same receipt came before"), HasSubstr("origin/VALID: ")));
  // Also under an assumption and at another moment: it would not be paid as if it were the first.
  for (const Assumptions& assumptions :
       {Assumptions{.facts = {*ReadPinnedFact("paper=false")}}, Assumptions{.as_of = Moment{0}}}) {
    const std::string letter = LetterBy(*rulebook_, id, {.assumptions = assumptions});
    EXPECT_THAT(letter.substr(letter.find("\nIf ")),
                AllOf(HasSubstr("that could not be: R08: the same receipt came before, whatever its facts\n"),
                      Not(HasSubstr("Result:"))));
    EXPECT_THAT(LetterBy(*rulebook_, id, {.assumptions = assumptions}, Language::kJapanese),
                HasSubstr("理由: R08 同一のレセプトが先に請求されているため"));
  }
}

TEST_F(Explaining, WhatIsNotDecidedYetIsToldButNotReplayed) {
  const std::string id = Submit("a.UKE", File({Claim()})).claim_ids[0];
  for (const bool lost_rows : {false, true}) {
    EXPECT_THAT(LetterBy(*rulebook_, id, {.lost_rows = lost_rows}),
                AllOf(HasSubstr("  医科 receipt for 2024-09\n"), HasSubstr("Result: UNDECIDED"),
                      HasSubstr("taken in and not decided yet"), Not(HasSubstr("1970")), Not(HasSubstr("points")),
                      Not(HasSubstr("yen")), Not(HasSubstr("Rows that"))));
    EXPECT_THAT(LetterBy(*rulebook_, id, {.lost_rows = lost_rows}, Language::kJapanese),
                AllOf(HasSubstr("  令和6年9月診療分の医科レセプト\n"), HasSubstr("まだ判定していません"),
                      Not(HasSubstr("昭和")), Not(HasSubstr("0円"))));
    const auto why = Explain(*store_, *rulebook_, *store_->ParseClaimId(id), {.lost_rows = lost_rows});
    ASSERT_TRUE(why.ok()) << why.status();
    EXPECT_THAT(ExplanationJson(*why),
                AllOf(HasSubstr("\"decided\":false"), HasSubstr("\"lost_rows\":null"), HasSubstr("\"moment\":null"),
                      HasSubstr("\"total_points\":null"), HasSubstr("\"insurer_yen\":null")));
  }
  const auto asked = Explain(*store_, *rulebook_, *store_->ParseClaimId(id), {.changes = true});
  EXPECT_EQ(asked.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(asked.status().message()), HasSubstr("not decided yet"));
}

TEST(Languages, AreEnglishAndJapanese) {
  EXPECT_EQ(*ParseLanguage(""), Language::kEnglish);
  EXPECT_EQ(*ParseLanguage("en"), Language::kEnglish);
  EXPECT_EQ(*ParseLanguage("ja"), Language::kJapanese);
  for (const char* text : {"jp", "JA", "日本語"}) {
    EXPECT_EQ(ParseLanguage(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(std::string(ParseLanguage(text).status().message()), HasSubstr("write en for English or ja"));
  }
}

TEST(Assumptions, OfOneFactAreOne) {
  Assumptions assumptions;
  EXPECT_TRUE(assumptions.Add("paper=true").ok());
  EXPECT_TRUE(assumptions.Add("card_collected=true").ok());
  const absl::Status twice = assumptions.Add("paper=false");
  EXPECT_EQ(twice.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(twice.message()), HasSubstr("paper is assumed twice"));
  EXPECT_EQ(assumptions.Add("paper").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(assumptions.facts.size(), 2u);
}

TEST(ReadPinnedFact, SaysWhatAFactCanBe) {
  EXPECT_EQ(ReadPinnedFact("copayment=absent")->value, kAbsent);
  EXPECT_EQ(ReadPinnedFact("total_points=11800")->value, 11800);
  EXPECT_EQ(ReadPinnedFact("insurer_number=06191035")->value, 6191035);
  EXPECT_EQ(ReadPinnedFact("law_code=07")->value, 7);
  EXPECT_EQ(ReadPinnedFact("copayment=000")->value, 0);
  EXPECT_EQ(ReadPinnedFact("service_month=2024-10")->value, ServiceMonth::Of(2024, 10).index);
  for (const auto& [text, reason] :
       std::map<std::string, std::string>{{"paper", "write fact=value"},
                                          {"colour=red", "there is no fact \"colour\"; `furikae rules schema` lists"},
                                          {"origin=LOST", "expected one of"},
                                          {"paper=[true]", "is no single value"},
                                          {"total_points=", "is no single value"},
                                          {"total_points=1.5", "expected an integer"}}) {
    EXPECT_THAT(std::string(ReadPinnedFact(text).status().message()), HasSubstr(reason)) << text;
  }
}

}  // namespace
}  // namespace furikae::rules
