// The words of the two languages: complete, and Japanese where they claim to be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "rules/contradiction.h"
#include "rules/explain_japanese_values.h"
#include "rules/explain_phrases.h"
#include "rules/receipt_facts.h"

namespace furikae::rules {
namespace {

bool HasLatin(std::string_view text) { return std::any_of(text.begin(), text.end(), absl::ascii_isalpha); }

TEST(JapaneseValues, EveryChoiceOfEveryFactHasItsOwnWord) {
  int choices = 0;
  for (const FactDeclaration& fact : Declarations()) {
    std::set<std::string> words;
    for (size_t value = 0; value < fact.choices.size(); ++value) {
      const std::string word = JapaneseValue(fact, static_cast<int64_t>(value));
      EXPECT_TRUE(words.insert(word).second) << fact.name << ": " << word;
      EXPECT_TRUE(word == "DPC" || !HasLatin(word)) << fact.name << ": " << word;
      ++choices;
    }
  }
  EXPECT_GT(choices, 50);
}

TEST(JapaneseValues, NumbersHaveTheirUnit) {
  const struct {
    Fact fact;
    int64_t value;
    std::string text;
  } kCases[] = {{Fact::kTotalPoints, 11800, "11,800点"},
                {Fact::kCopayment, -1234567, "-1,234,567円"},
                {Fact::kAge, 75, "75歳"},
                {Fact::kRate, 100, "100％"},
                {Fact::kTypeDigit2, 3, "3"},
                {Fact::kLawCode, 39, "39"},
                {Fact::kLawCode, 7, "07"},
                {Fact::kBearerLawCode, 0, "00"},
                {Fact::kInsurerNumber, 6191035, "06191035"},
                {Fact::kCopayment, kAbsent, "記録なし"},
                {Fact::kPaper, 1, "はい"},
                {Fact::kCardDays, 1, "一部の日"},
                {Fact::kClaimMonth, ServiceMonth::Of(2021, 10).index, "令和3年10月"}};
  for (const auto& c : kCases) {
    EXPECT_EQ(JapaneseValue(Declarations()[static_cast<size_t>(c.fact)], c.value), c.text);
    if (c.text.starts_with('0')) {
      EXPECT_EQ(ValueText(Declarations()[static_cast<size_t>(c.fact)], c.value), c.text);
    }
  }
  for (const FactDeclaration& fact : Declarations()) {
    EXPECT_FALSE(fact.IsInteger() && HasLatin(JapaneseValue(fact, 1))) << fact.name;
  }
}

// A code is no quantity: none is more than another.
TEST(Values, RangesOfCodesReadAsCodesAndRangesOfNumbersAsNumbers) {
  constexpr int64_t kLeast = kAbsent + 1, kMost = std::numeric_limits<int64_t>::max();
  const struct {
    Fact fact;
    Interval range;
    std::string japanese, english;
  } kCases[] = {{Fact::kLawCode, {31, 34}, "31から34まで", "31 to 34"},
                {Fact::kLawCode, {0, 7}, "00から07まで", "00 to 07"},
                {Fact::kBearerLawCode, {kLeast, 7}, "07まで", "up to 07"},
                {Fact::kLawCode, {76, kMost}, "76から", "from 76 on"},
                {Fact::kInsurerNumber, {kLeast, 6191035}, "06191035まで", "up to 06191035"},
                {Fact::kTypeDigit4, {7, kMost}, "7から", "from 7 on"},
                {Fact::kMfClass, {1, 2}, "1から2まで", "1 to 2"},
                {Fact::kTotalPoints, {1, 11800}, "1点以上11,800点以下", "1 to 11800"},
                {Fact::kAge, {kLeast, 69}, "69歳以下", "at most 69"},
                {Fact::kCopayment, {0, kMost}, "0円以上", "at least 0"},
                {Fact::kRung, {2, kMost}, "2以上", "at least 2"},
                {Fact::kClaimMonth,
                 {ServiceMonth::Of(2021, 10).index, ServiceMonth::Of(2022, 1).index},
                 "令和3年10月から令和4年1月まで",
                 "2021-10 to 2022-01"},
                {Fact::kClaimMonth, {ServiceMonth::Of(2022, 2).index, kMost}, "令和4年2月以降", "at least 2022-02"}};
  for (const auto& c : kCases) {
    const FactDeclaration& fact = Declarations()[static_cast<size_t>(c.fact)];
    const ValueSet set = ValueSet::Between(c.range.low, c.range.high);
    EXPECT_EQ(SetText(fact, set, JapanesePhrases().values), c.japanese) << fact.name;
    EXPECT_EQ(SetText(fact, set, EnglishPhrases().values), c.english) << fact.name;
  }
}

TEST(Wareki, AnEraBeginsOnItsDay) {
  EXPECT_EQ(WarekiDate(*Date::Of(2019, 4, 30)), "平成31年4月30日");
  EXPECT_EQ(WarekiDate(*Date::Of(2019, 5, 1)), "令和元年5月1日");
  EXPECT_EQ(WarekiDate(*Date::Of(1989, 1, 7)), "昭和64年1月7日");
  EXPECT_EQ(WarekiDate(*Date::Of(1926, 12, 24)), "大正15年12月24日");
  EXPECT_EQ(WarekiDate(*Date::Of(1912, 7, 29)), "明治45年7月29日");
  EXPECT_EQ(WarekiDate(*Date::Of(1850, 1, 2)), "1850年1月2日");
  EXPECT_EQ(WarekiDate(kOpenEnd), "");
  EXPECT_EQ(WarekiMonth(ServiceMonth::Of(2024, 10)), "令和6年10月");
  EXPECT_EQ(WarekiMonth(ServiceMonth::Of(2019, 5)), "令和元年5月");
  EXPECT_EQ(WarekiMoment(*Moment::Parse("2024-10-31T23:59:58+09:00")), "令和6年10月31日23時59分58秒");
}

TEST(Phrases, EveryEnumeratorHasAWordInBothLanguages) {
  for (const Language language : {Language::kEnglish, Language::kJapanese}) {
    const PhraseBook& phrases = PhrasesOf(language);
    std::set<std::string_view> outcomes, meanings, origins, grades;
    for (int i = 0; i <= static_cast<int>(Outcome::kPassedThrough); ++i) {
      outcomes.insert(phrases.outcome(static_cast<Outcome>(i)));
      meanings.insert(phrases.meaning(static_cast<Outcome>(i)));
    }
    for (int i = 0; i <= static_cast<int>(Origin::kUnmatched); ++i)
      origins.insert(phrases.origin(static_cast<Origin>(i)));
    for (int i = 0; i <= static_cast<int>(Grade::kSeveral); ++i) grades.insert(phrases.grade(static_cast<Grade>(i)));
    EXPECT_EQ(outcomes.size(), 11u);
    EXPECT_EQ(meanings.size(), 11u);
    EXPECT_EQ(origins.size(), 9u);
    EXPECT_EQ(grades.size(), 5u);
    for (const auto& words : {outcomes, meanings, origins, grades}) EXPECT_FALSE(words.contains(""));
  }
}

TEST(Phrases, AContradictionIsToldInItsLanguage) {
  using enum Contradiction::Cause;
  const struct {
    Contradiction why;
    std::string english, japanese;
  } kCases[] = {
      {{kDuplicate}, "R08: the same receipt came before", "R08 同一のレセプトが先に請求されているため"},
      {{kNoInsurer}, "the receipt names no insurer", "レセプトに記載された保険者がないため"},
      {{kNobodysCard}, "no registered card is the patient's", "本人のものとして登録された証がないため"},
      {{kNoRowHolds, "routing_valid"}, "no row of the table routing_valid holds", "表 routing_valid に適用できる行が"},
      {{kRowMisfits, "routing_lapsed", "U2"}, "table routing_lapsed, row U2: ", "表 routing_lapsed の行 U2 は、"},
  };
  for (const auto& c : kCases) {
    const absl::Status status = Contradicts(c.why);
    EXPECT_TRUE(absl::IsFailedPrecondition(status));
    EXPECT_EQ(ContradictionOf(status), c.why);  // whatever its message says
    EXPECT_THAT(EnglishPhrases().contradiction(c.why), testing::StartsWith(c.english));
    const std::string japanese = JapanesePhrases().contradiction(c.why);
    EXPECT_THAT(japanese, testing::AllOf(testing::StartsWith(c.japanese), testing::EndsWith("。")));
  }
  EXPECT_EQ(ContradictionOf(absl::FailedPreconditionError("table routing_lapsed, row U2: names no outcome")),
            std::nullopt);
}

TEST(Phrases, ASourceAndANoteAreToldInTheirLanguage) {
  const PhraseBook& japanese = JapanesePhrases();
  EXPECT_EQ(japanese.source("policy of this rule set"), "本規則集の方針");
  for (const std::string citation : {"健康保険法 第74条; compare 通知", "our policy of this rule set; 第2版"})
    EXPECT_EQ(japanese.source(citation), citation);
  EXPECT_EQ(japanese.note("A monthly limit cannot be cut by day."), "");
  EXPECT_EQ(japanese.note("確認区分 SN の例による。"), "確認区分 SN の例による。");
  EXPECT_EQ(EnglishPhrases().note("A note."), "A note.");
}

}  // namespace
}  // namespace furikae::rules
