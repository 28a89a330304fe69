// Comparable forms of addresses (identification.md §4.4).
#include <gtest/gtest.h>

#include <fstream>

#include "core/csv.h"
#include "core/text/name_keys.h"

namespace furikae::text {
namespace {

TEST(AddressKeyTest, SpellingsOfOnePlaceAreOne) {
  const char* const kSpellings[][2] = {{"東京都千代田区霞が関一丁目２番３号", "東京都千代田区霞ヶ関1-2-3"},
                                       {"東京都千代田区霞ケ関１ー２ー３", "東京都千代田区霞が関1丁目2-3"},
                                       {"〒100-0013 東京都千代田区霞が関1-2-3", "東京都千代田区霞が関1-2-3"},
                                       {"大阪市北区梅田3丁目1番地の1", "大阪市北区梅田三丁目１番１"},
                                       {"大阪市北区梅田3−1‐1", "大阪市北区梅田3―1－1"},
                                       {"つくば市大字谷田部5番地の6", "つくば市谷田部五の六"},
                                       {"札幌市北区北十条西二丁目1", "札幌市北区北10条西2-1"},
                                       {"横浜市西区みなとみらい二十三番四号", "横浜市西区みなとみらい23-4"},
                                       {"四日市市諏訪町1番5号 コーポ山田201号室", "四日市市諏訪町1-5コーポ山田201"},
                                       {"千代田区一番町3", "千代田区1番町3"},
                                       {"世田谷区桜3-5 101", "世田谷区櫻３丁目５番１０１号"},
                                       {"港区芝公園04-02-08", "港区芝公園4-2-8"},
                                       {"廿日市市串戸３丁目２", "廿日市市串戸3-2"}};
  for (const auto& [a, b] : kSpellings) {
    EXPECT_EQ(AddressKey(a), AddressKey(b)) << a << " / " << b;
    EXPECT_TRUE(SameAddress(AddressKey(a), AddressKey(b)));
  }
}

TEST(AddressKeyTest, NumeralsInsideNamesStayAndPlacesStayApart) {
  EXPECT_EQ(AddressKey("四日市市三重1-2"), "四日市市三重1-2");
  EXPECT_EQ(AddressKey("千代田区神田"), "千代田区神田");
  const char* const kDifferent[][2] = {{"梅田1-23", "梅田12-3"}, {"梅田1-2-3", "梅田1-2"}, {"梅田3丁目1", "梅田1丁目3"},
                                       {"一宮市1-1", "宮市1-1"}, {"北1条西2", "北1条東2"}, {"南町2号棟3", "南町2-3"},
                                       {"●町1-1", "本町1-1"}};
  for (const auto& [a, b] : kDifferent) EXPECT_NE(AddressKey(a), AddressKey(b)) << a << " / " << b;
}

TEST(AddressKeyTest, ThePrefectureMayBeMissingButNotTheNumber) {
  EXPECT_TRUE(SameAddress(AddressKey("東京都港区芝1-2"), AddressKey("港区芝1-2")));
  EXPECT_TRUE(SameAddress(AddressKey("北海道札幌市北区1-2"), AddressKey("札幌市北区1-2")));
  EXPECT_TRUE(SameAddress(AddressKey("京都府京都市上京区5"), AddressKey("京都市上京区5")));
  EXPECT_FALSE(SameAddress(AddressKey("東京都港区芝"), AddressKey("港区芝")));
  EXPECT_FALSE(SameAddress("", ""));
  EXPECT_FALSE(SameAddress(AddressKey("東京都府中市1-2"), AddressKey("広島県府中市1-2")));
  EXPECT_FALSE(SameAddress(AddressKey("港区芝1-2"), AddressKey("港区芝1-3")));
}

TEST(AddressKeyTest, HostileTextsEndQuickly) {
  for (const char* piece : {"(", "一", "1-", "番地", "ー", "の", "　", "ヶ", "丁目", "大字", "〒"}) {
    std::string text;
    while (text.size() + 12 < kLongestText) text += piece;
    const std::string key = AddressKey(text);
    EXPECT_LE(key.size(), text.size()) << piece;
    EXPECT_EQ(AddressKey(key), AddressKey(AddressKey(key))) << piece;
  }
}

TEST(SharedDataTest, KanjiHouseNumbersOfTheNumeralSuite) {
  std::ifstream file(FURIKAE_SHARED_DATA "/numerals/numerals.csv", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (bytes.empty()) GTEST_SKIP() << "no numerals.csv beside the project";
  CsvReader csv = CsvReader::Open("numerals.csv", bytes, {"source", "op", "input", "expected", "note"}, 4).value();
  int rows = 0;
  while (csv.Next()) {
    const std::string input(csv.Field(2)), expected(csv.Field(3));
    const bool house_number = csv.Field(1) == "kanji2number" &&
                              input.find_first_not_of("〇零一二三四五六七八九十百千") == std::string::npos &&
                              expected.find_first_not_of("0123456789") == std::string::npos && expected.size() <= 4;
    if (!house_number || !csv.Field(4).empty()) continue;
    ++rows;
    EXPECT_EQ(AddressKey("港区芝" + input + "番地"), "港区芝" + expected) << input;
  }
  EXPECT_GE(rows, 15);
}

}  // namespace
}  // namespace furikae::text
