// Insurer numbers, institution codes, Individual Numbers, cards (sources_unidentified.md F; decisions.md §1).
#include <gtest/gtest.h>

#include "core/card.h"
#include "core/individual_number.h"
#include "core/institution_code.h"
#include "core/insurer_number.h"
#include "core/text/utf8.h"

namespace furikae {
namespace {

TEST(InsurerNumberTest, CheckDigitsOfPublishedNumbersHold) {
  for (const char* text :
       {"06130488", "33120015", "01040013", "39280003", "138016", "  138016", "77777779", "32010316", "32270316"}) {
    EXPECT_TRUE(InsurerNumber::Parse(text).value().CheckDigitHolds()) << text;
  }
  for (const char* text : {"77777777", "39777777", "777777", "06130489", "99999999"}) {
    EXPECT_FALSE(InsurerNumber::Parse(text).value().CheckDigitHolds()) << text;
  }
  EXPECT_FALSE(InsurerNumber{}.CheckDigitHolds());
}

TEST(InsurerNumberTest, ExactlyOneLastDigitHoldsAndItIsTheCheckDigit) {
  for (uint32_t body = 1; body < 10'000'000; body += 9973) {
    int holding = 0;
    for (uint32_t digit = 0; digit < 10; ++digit) holding += InsurerNumber{body * 10 + digit}.CheckDigitHolds();
    ASSERT_EQ(holding, 1) << body;
    ASSERT_TRUE(InsurerNumber{body * 10 + static_cast<uint32_t>(CheckDigit(std::to_string(body)))}.CheckDigitHolds())
        << body;
  }
}

TEST(InsurerNumberTest, EightDigitsEverywhereSixInReceipts) {
  const InsurerNumber kokuho = InsurerNumber::Parse("138016").value();
  EXPECT_EQ(kokuho.ToString(), "00138016");
  EXPECT_EQ(kokuho.ToUkeField(), "  138016");
  EXPECT_EQ(kokuho.LawCode(), 0);
  EXPECT_EQ(kokuho.Prefecture(), 13);
  const InsurerNumber society = InsurerNumber::Parse("06130488").value();
  EXPECT_EQ(society.ToUkeField(), "06130488");
  EXPECT_EQ(society.LawCode(), 6);
  EXPECT_EQ(society.Prefecture(), 13);
  EXPECT_EQ(InsurerNumber::Parse(kokuho.ToUkeField()), kokuho);
}

TEST(InsurerNumberTest, AnythingElseIsNone) {
  for (const char* text : {"", "        ", "0", "00000000", "061304880", "0613048a", "-6130488", "+6130488", "06 13048",
                           "０６１３０４８８"}) {
    EXPECT_EQ(InsurerNumber::Parse(text), std::nullopt) << text;
  }
}

TEST(InstitutionCodeTest, IsPrefecturePointTableAndCode) {
  const InstitutionCode code = InstitutionCode::Of(1, 4, 234567);
  EXPECT_EQ(code.ToString(), "0140234567");
  EXPECT_EQ(InstitutionCode::Parse("0140234567"), code);
  EXPECT_EQ(code.Prefecture(), 1);
  EXPECT_EQ(code.PointTable(), 4);
  EXPECT_EQ(code.Code(), 234567u);
  for (const char* text : {"", "1234567", "13112345678", "131123456a", "0000000000", " 311234567", "-311234567"}) {
    EXPECT_EQ(InstitutionCode::Parse(text), std::nullopt) << text;
  }
}

TEST(IndividualNumberTest, IsRecognisedHoweverItIsWritten) {
  for (const char* text :
       {"123456789018", "1234-5678-9018", "１２３４ ５６７８ ９０１８", " 123456789018 ", "1234－5678−9018"}) {
    EXPECT_TRUE(IsIndividualNumber(text)) << text;
  }
  for (const char* text : {"", "123456789012", "12345678901", "1234567890188", "P23456789018", "S-000001"}) {
    EXPECT_FALSE(IsIndividualNumber(text)) << text;
  }
}

TEST(IndividualNumberTest, EveryBodyHasExactlyOneCheckDigit) {
  for (int64_t body = 10'000'000'000; body < 100'000'000'000; body += 987'654'321) {
    int holding = 0;
    for (int digit = 0; digit < 10; ++digit)
      holding += IsIndividualNumber(std::to_string(body) + std::to_string(digit));
    ASSERT_EQ(holding, 1) << body;
  }
}

TEST(CardTest, TheSameCardHoweverItIsTyped) {
  const InsurerNumber insurer{6130488};
  const CardKey key = KeyOf(insurer, "６４", "１２３４５６７");
  EXPECT_EQ(key, KeyOf(insurer, "64", "1234567"));
  EXPECT_EQ(key, KeyOf(insurer, " 6-4 ", "00123 4567"));
  EXPECT_EQ(key, KeyOf(insurer, "６－４", "1234−567"));
  EXPECT_EQ(key, KeyOf(insurer, "６ー４", "1234‐567"));
  EXPECT_EQ(KeyOf(insurer, "東ｶﾞ", "1"), KeyOf(insurer, "東　ガ", "01"));
}

// ー is left out of what is compared, and whatever is beside it has to be folded as without it.
TEST(CardTest, EveryLetterIsComparedAlikeWhateverStandsBesideIt) {
  for (char32_t c = 1; c <= 0xFFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string letter = "1";
    text::AppendUtf8(c, letter);
    ASSERT_EQ(FoldCard(letter, "").symbol, FoldCard(letter + "ー", "").symbol) << static_cast<uint32_t>(c);
  }
}

TEST(CardTest, ZerosOfTheSymbolAndThePlaceOfADigitMatter) {
  const InsurerNumber insurer{6130488};
  EXPECT_NE(KeyOf(insurer, "064", "1"), KeyOf(insurer, "64", "1"));
  EXPECT_NE(KeyOf(insurer, "12", "3"), KeyOf(insurer, "1", "23"));
  EXPECT_NE(KeyOf(insurer, "東", "1"), KeyOf(insurer, "西", "1"));
  EXPECT_NE(KeyOf(insurer, "64", "1"), KeyOf({6139463}, "64", "1"));
}

TEST(CardTest, AnAllZeroOrBlankNumberMatchesNothing) {
  for (const char* number : {"", "0", "0000", "０００", " - "}) {
    EXPECT_EQ(KeyOf({6130488}, "64", number).text, 0u) << number;
    EXPECT_EQ(FoldCard("64", number).number, "") << number;
  }
}

TEST(CardTest, BranchesCompareAsNumbers) {
  EXPECT_EQ(BranchKey("1"), 2);
  EXPECT_EQ(BranchKey("０１"), 2);
  EXPECT_EQ(BranchKey(" 02 "), 3);
  EXPECT_EQ(BranchKey(""), 0);
  EXPECT_EQ(BranchKey("00"), 1);
  EXPECT_EQ(BranchKey("x1"), 0);
  EXPECT_EQ(BranchKey("99999999999999999999"), 0);
}

}  // namespace
}  // namespace furikae
