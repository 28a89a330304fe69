// CP932 against iconv over the whole code space, and against ICU where the two agree on Microsoft's mapping.
#include "core/uke/cp932.h"

#include <gtest/gtest.h>
#include <iconv.h>
#include <unicode/ucnv.h>

#include <string>

namespace furikae::uke {
namespace {

// iconv's answer; nullopt when it refuses or leaves bytes over.
class Iconv {
 public:
  Iconv(const char* to, const char* from) : converter_(iconv_open(to, from)) {}
  ~Iconv() { iconv_close(converter_); }
  std::optional<std::string> operator()(std::string in) const {
    char out[64];
    char *in_at = in.data(), *out_at = out;
    size_t in_left = in.size(), out_left = sizeof(out);
    iconv(converter_, nullptr, nullptr, nullptr, nullptr);
    const size_t result = iconv(converter_, &in_at, &in_left, &out_at, &out_left);
    if (result == static_cast<size_t>(-1) || in_left != 0) return std::nullopt;
    return std::string(out, out_at);
  }

 private:
  iconv_t converter_;
};

std::string Utf8(uint32_t code) {
  const auto byte = [](uint32_t value) { return static_cast<char>(value); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xc0 | code >> 6), byte(0x80 | (code & 63))};
  if (code < 0x10000) return {byte(0xe0 | code >> 12), byte(0x80 | (code >> 6 & 63)), byte(0x80 | (code & 63))};
  return {byte(0xf0 | code >> 18), byte(0x80 | (code >> 12 & 63)), byte(0x80 | (code >> 6 & 63)),
          byte(0x80 | (code & 63))};
}

TEST(Cp932, OneAndTwoBytesReadAsIconvReadsThem) {
  const Iconv iconv("UTF-8", "CP932");
  int characters = 0;
  for (int first = 0; first < 256; ++first) {
    const std::string one = {static_cast<char>(first)};
    const std::optional<std::string> expected = iconv(one);
    EXPECT_EQ(IsValidCp932(one), expected.has_value()) << std::hex << first;
    if (expected) {
      EXPECT_EQ(FromCp932(one), *expected) << std::hex << first;
    }
    for (int second = 0; second < 256; ++second) {
      const std::string two = {static_cast<char>(first), static_cast<char>(second)};
      const std::optional<std::string> pair = iconv(two);
      ASSERT_EQ(IsValidCp932(two), pair.has_value()) << std::hex << first << " " << second;
      if (pair) {
        ASSERT_EQ(FromCp932(two), *pair) << std::hex << first << " " << second;
        ++characters;
      } else {
        ASSERT_NE(FromCp932(two).find("\xef\xbf\xbd"), std::string::npos) << std::hex << first << " " << second;
      }
    }
  }
  EXPECT_GT(characters, 9604);
}

TEST(Cp932, EveryUnicodeCharacterIsWrittenAsIconvWritesIt) {
  const Iconv iconv("CP932", "UTF-8");
  int placed = 0;
  for (uint32_t code = 0; code < 0x110000; ++code) {
    if (code >= 0xd800 && code < 0xe000) continue;
    if (code >= 0xe0000 && code < 0xe0080) continue;  // language tags: iconv drops them without a word, we do not
    const std::string utf8 = Utf8(code);
    const std::optional<std::string> expected = iconv(utf8);
    ASSERT_EQ(ToCp932(utf8), expected) << "U+" << std::hex << code;
    placed += expected.has_value();
  }
  EXPECT_GT(placed, 9000);
}

TEST(Cp932, MicrosoftsMappingOfTheDisputedSigns) {
  const struct {
    const char* bytes;
    const char* utf8;
  } kSigns[] = {{"\x81\x60", "～"}, {"\x81\x61", "∥"},  {"\x81\x7c", "－"}, {"\x81\x91", "￠"},
                {"\x81\x92", "￡"}, {"\x81\xca", "￢"}, {"\x87\x40", "①"},  {"\x81\x5c", "―"}};
  UErrorCode status = U_ZERO_ERROR;
  UConverter* icu = ucnv_open("windows-31j", &status);
  ASSERT_TRUE(U_SUCCESS(status));
  for (const auto& sign : kSigns) {
    EXPECT_EQ(FromCp932(sign.bytes), sign.utf8);
    EXPECT_EQ(ToCp932(sign.utf8), sign.bytes);
    UChar unit[4];
    ASSERT_EQ(ucnv_toUChars(icu, unit, 4, sign.bytes, 2, &status), 1);
    EXPECT_EQ(Utf8(unit[0]), sign.utf8) << "ICU";
  }
  ucnv_close(icu);
}

TEST(Cp932, UnicodesOwnFormsOfTheDisputedSignsAreWrittenToo) {
  EXPECT_EQ(ToCp932("\xe3\x80\x9c"), "\x81\x60");  // U+301C WAVE DASH
  EXPECT_EQ(ToCp932("\xe2\x88\x92"), "\x81\x7c");  // U+2212 MINUS SIGN
}

TEST(Cp932, TextOfEveryKindComesBack) {
  for (const char* text :
       {"", "HO,06139463,1", "ｱｲｳ ﾔﾏﾀﾞ", "山田　花子", "あ1い2ｱ3", "12345678山田12345678山", "髙﨑①ⅷ"}) {
    const std::optional<std::string> bytes = ToCp932(text);
    ASSERT_TRUE(bytes) << text;
    EXPECT_TRUE(IsValidCp932(*bytes)) << text;
    EXPECT_EQ(FromCp932(*bytes), text);
  }
}

TEST(Cp932, CharactersWithoutAPlaceAreReplacedAndCounted) {
  EXPECT_EQ(ToCp932("𠮷野"), std::nullopt);
  int replaced = 0;
  EXPECT_EQ(FromCp932(ToCp932Replacing("𠮷野é", &replaced)), "？野？");
  EXPECT_EQ(replaced, 2);
}

TEST(Cp932, BrokenTextNeverSwallowsASeparator) {
  EXPECT_EQ(FromCp932("\x8e,x"), "\xef\xbf\xbd,x");
  EXPECT_EQ(FromCp932("\x8e"), "\xef\xbf\xbd");
  EXPECT_FALSE(IsValidCp932("\x8e"));
}

TEST(Utf8Check, AcceptsShortestFormsOnly) {
  for (const char* good : {"", "abc", "é", "山", "𠮷", "\xf4\x8f\xbf\xbf"}) EXPECT_TRUE(IsValidUtf8(good)) << good;
  for (const char* bad :
       {"\x80", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe5\xb1", "\xff", "山\xe5"}) {
    EXPECT_FALSE(IsValidUtf8(bad)) << testing::PrintToString(bad);
  }
}

}  // namespace
}  // namespace furikae::uke
