// The remarks of an unidentified receipt are understood however they are written down (decisions.md §5).
#include "rules/remarks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "rules/declared_items.h"
#include "rules/receipt_facts.h"
#include "rules/remark_words.h"

namespace furikae::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const ServiceMonth kMonth = ServiceMonth::Of(2024, 10);

const Rulebook& Regulations() {
  static const auto& book = *new Rulebook(*Rulebook::Load(Declarations(), EmbeddedRegulations()));
  return book;
}

Declaration Parse(std::string_view text) {
  static const auto& words = *new DatedRemarkWords(Regulations());
  return ParseRemarks(text, words.In(kMonth.index));
}

std::vector<std::string> Missing(const Declaration& declaration) {
  Facts facts;
  facts.Set(Fact::kClaimMonth, kMonth.index);
  facts.Set(Fact::kDeclaredType, static_cast<int64_t>(declaration.type));
  return MissingItems(*Regulations().Find("declaration_items"), facts, declaration);
}

// What the eight items say, whatever the spelling.
struct Told {
  std::string kana, insurer, workplace, address, contact;
  DeclaredType type = DeclaredType::kNone;
};

const Told kYamada = {"ヤマダ　タロウ",           "青空健康保険組合",
                      "株式会社青空商事",         "東京都千代田区丸の内１－２－３",
                      "０３－１２３４－５６７８", DeclaredType::kShaho};

void ExpectTold(const Declaration& d, const Told& told, const std::string& text) {
  SCOPED_TRACE(text);
  EXPECT_TRUE(d.marker_unidentified);
  EXPECT_EQ(d.name_kana, told.kana);
  EXPECT_EQ(d.type, told.type);
  EXPECT_EQ(d.insurer_name, told.insurer);
  EXPECT_EQ(d.workplace, told.workplace);
  EXPECT_EQ(d.address, told.address);
  EXPECT_EQ(d.contact, told.contact);
  EXPECT_EQ(d.contacted_on, Date::Of(2024, 10, 3));
}

TEST(RemarksTest, ReadsTheUsualOrderWithoutLabels) {
  for (const char* separator : {"、", "，", "・", "：", "／", "\n", "　、　"}) {
    std::string text = "不詳";
    for (const char* item : {"ヤマダ　タロウ", "社保", "青空健康保険組合", "株式会社青空商事",
                             "東京都千代田区丸の内１－２－３", "０３－１２３４－５６７８", "令和６年１０月３日"}) {
      text += std::string(separator) + item;
    }
    ExpectTold(Parse(text), kYamada, text);
  }
}

TEST(RemarksTest, ReadsLabelsInManySpellingsInAnyOrder) {
  const std::vector<std::vector<std::string>> spellings = {
      {"カナ氏名：ヤマダ　タロウ", "氏名カナ：ヤマダ　タロウ", "フリガナ　ヤマダ　タロウ", "氏名：ヤマダ　タロウ",
       "氏名：山田太郎（ヤマダ　タロウ）"},
      {"保険種別：社保", "種別：社保", "保険種別　社保", "保険種別社保", "保険の種類：社保（健保組合）"},
      {"保険者等名称：青空健康保険組合", "保険者名：青空健康保険組合", "保険者名称　青空健康保険組合",
       "保険者：青空健康保険組合"},
      {"事業所名：株式会社青空商事", "勤務先：株式会社青空商事", "事業所名称　株式会社青空商事",
       "会社名株式会社青空商事"},
      {"住所：東京都千代田区丸の内１－２－３", "住所　東京都千代田区丸の内１－２－３",
       "現住所：東京都千代田区丸の内１－２－３", "住所東京都千代田区丸の内１－２－３"},
      {"連絡先：０３－１２３４－５６７８", "電話０３－１２３４－５６７８", "ＴＥＬ：０３－１２３４－５６７８",
       "電話番号　０３－１２３４－５６７８"},
      {"患者への連絡を行った日：令和６年１０月３日", "連絡日：２０２４／１０／３", "患者連絡日　Ｒ６．１０．３",
       "連絡日２０２４年１０月３日"},
  };
  std::mt19937 random(20241003);  // the sequence is the same on every machine
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::string> items;
    for (const auto& of_one_item : spellings) items.push_back(of_one_item[random() % of_one_item.size()]);
    std::shuffle(items.begin(), items.end(), random);
    const char* separators[] = {"、", "，", "・", "／", "\n"};
    std::string text = "不詳";
    for (const std::string& item : items) text += separators[random() % std::size(separators)] + item;
    ExpectTold(Parse(text), kYamada, text);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(RemarksTest, ColonLabelsNeedNoSeparatorBetweenItems) {
  const std::string text =
      "不詳カナ氏名：ヤマダ　タロウ保険種別：社保保険者等名称：青空健康保険組合事業所名：株式会社青空商事住所：東京都千"
      "代田区丸の内１－２－３連絡先："
      "０３－１２３４－５６７８患者への連絡を行った日：令和６年１０月３日";
  ExpectTold(Parse(text), kYamada, text);
}

TEST(RemarksTest, ALabelledValueInCornerBracketsIsTakenWhole) {
  const Declaration d =
      Parse("不詳、事業所名：「山川、第二工場」、住所『東京都みどり区１、連絡先：なし』、連絡先「03-1234-5678」");
  EXPECT_EQ(d.workplace, "山川、第二工場");
  EXPECT_EQ(d.address, "東京都みどり区１、連絡先：なし");
  EXPECT_EQ(d.contact, "03-1234-5678");
  EXPECT_EQ(Parse("不詳、事業所名：「山川、住所：東京都みどり区１").address, "東京都みどり区１") << "never closed";
}

TEST(RemarksTest, ALabelledNameMayBeKanjiWithItsKanaBehind) {
  const Declaration d = Parse("不詳、氏名：山田　太郎（ヤマダ　タロウ）、社保");
  EXPECT_EQ(d.name, "山田　太郎");
  EXPECT_EQ(d.name_kana, "ヤマダ　タロウ");
}

TEST(RemarksTest, BracketedLabelsNameTheirItems) {
  const std::string text =
      "【不詳】【カナ氏名】ヤマダ　タロウ【保険種別】社保【保険者等名称】青空健康保険組合【事業所名】株式会社青空商事【"
      "住所】東京都千代田区丸の内１－２－３【"
      "連絡先】０３－１２３４－５６７８【連絡日】令和６年１０月３日";
  ExpectTold(Parse(text), kYamada, text);
}

TEST(RemarksTest, DatesAreReadInEveryCalendarAndWidth) {
  for (const char* date : {"令和６年１０月３日", "令和6年10月3日", "Ｒ６．１０．３", "R6.10.3", "R6/10/3",
                           "２０２４／１０／３", "2024-10-03", "２０２４年１０月３日", "20241003", "令和六年十月三日",
                           "令和 6年 10月 3日", "西暦2024年10月3日", "令６・１０・３", "令和６年１０月３日連絡済"}) {
    EXPECT_EQ(Parse(std::string("不詳、連絡日：") + date).contacted_on, Date::Of(2024, 10, 3)) << date;
    EXPECT_EQ(Parse(std::string("不詳、") + date + "、社保").contacted_on, Date::Of(2024, 10, 3)) << date;
  }
  EXPECT_EQ(Parse("連絡日：令和元年１２月３１日").contacted_on, Date::Of(2019, 12, 31));
}

TEST(RemarksTest, HalfADateIsNone) {
  for (const char* date : {"１０月３日", "10/3", "令和６年１０月", "令和６年１３月３日", "2024年2月30日", "R0.10.3"}) {
    EXPECT_EQ(Parse(std::string("不詳、連絡日：") + date).contacted_on, std::nullopt) << date;
  }
}

TEST(RemarksTest, ABirthDateIsNoContactDate) {
  EXPECT_EQ(Parse("不詳、昭和６０年４月２日生、社保").contacted_on, std::nullopt);
  EXPECT_EQ(Parse("不詳、生年月日：昭和６０年４月２日、連絡日：R6.10.3").contacted_on, Date::Of(2024, 10, 3));
}

TEST(RemarksTest, InsuranceTypesAreNamedInManyWays) {
  const std::pair<const char*, DeclaredType> cases[] = {
      {"社保", DeclaredType::kShaho},
      {"国保", DeclaredType::kKokuho},
      {"国保組合", DeclaredType::kKokuhoSociety},
      {"後期", DeclaredType::kLateElderly},
      {"後期高齢者医療", DeclaredType::kLateElderly},
      {"協会けんぽ", DeclaredType::kShaho},
      {"健保組合", DeclaredType::kShaho},
      {"共済", DeclaredType::kShaho},
      {"その他", DeclaredType::kOther},
      {"わからない", DeclaredType::kUnknown},
      {"不明", DeclaredType::kUnknown},
      {"国民健康保険", DeclaredType::kKokuho},
      {"国民健康保険組合", DeclaredType::kKokuhoSociety},
      {"国保（国保組合）", DeclaredType::kKokuhoSociety},
      {"国保（組合）", DeclaredType::kKokuhoSociety},
      {"国保（市）", DeclaredType::kKokuho},
      {"健保（組合）", DeclaredType::kShaho},
  };
  for (const auto& [word, type] : cases) {
    EXPECT_EQ(Parse(std::string("不詳、保険種別：") + word).type, type) << word;
    EXPECT_EQ(Parse(std::string("不詳・ヤマダタロウ・") + word + "・東京都千代田区１－１").type, type) << word;
  }
  EXPECT_EQ(Parse("不詳、保険種別：社保・国保、住所：東京都港区１").type, DeclaredType::kUnknown)
      << "two ticks tell nothing";
}

TEST(RemarksTest, AMiddleDotInsideANameOrAnAddressDoesNotTearIt) {
  EXPECT_EQ(Parse("不詳、カナ氏名：アラン・スミス、社保").name_kana, "アラン・スミス");
  EXPECT_EQ(Parse("不詳、アラン・スミス、社保").name_kana, "アラン・スミス");
  EXPECT_EQ(Parse("不詳・カナ氏名：ヤマダ　タロウ・社保").name_kana, "ヤマダ　タロウ");
  EXPECT_EQ(Parse("不詳・住所：大阪府堺市北区１・２・３・連絡先：０７２－１２３－４５６７").address,
            "大阪府堺市北区１・２・３");
  EXPECT_EQ(Parse("不詳・大阪府堺市北区１・２・３・０７２－１２３－４５６７").address, "大阪府堺市北区１・２・３");
  EXPECT_EQ(Parse("不詳・大阪府堺市北区１・２・３・０７２－１２３－４５６７").contact, "０７２－１２３－４５６７");
}

TEST(RemarksTest, ABuildingAfterACommaBelongsToTheAddress) {
  EXPECT_EQ(
      Parse(
          "不詳、ヤマダタロウ、国保、横浜市、神奈川県横浜市中区１－１、青葉マンション２０１、０４５－１２３－４５６７")
          .address,
      "神奈川県横浜市中区１－１、青葉マンション２０１");
}

TEST(RemarksTest, HalfWidthTextIsReadToo) {
  const Declaration d = Parse("不詳､ﾔﾏﾀﾞ ﾀﾛｳ､国保､神奈川県横浜市中区1-1､090-1234-5678､R6.10.3");
  EXPECT_EQ(d.name_kana, "ﾔﾏﾀﾞ ﾀﾛｳ") << "as written: display text is never changed";
  EXPECT_EQ(d.type, DeclaredType::kKokuho);
  EXPECT_EQ(d.address, "神奈川県横浜市中区1-1");
  EXPECT_EQ(d.contact, "090-1234-5678");
  EXPECT_EQ(d.contacted_on, Date::Of(2024, 10, 3));
}

TEST(RemarksTest, ThePlaceTellsInsurerAndWorkplaceWhenTheShapeDoesNot) {
  const Declaration both =
      Parse("不詳、ヤマダタロウ、社保、青空電機連合会、青空電機、東京都港区１－１、０３１２３４５６７８");
  EXPECT_EQ(both.insurer_name, "青空電機連合会");
  EXPECT_EQ(both.workplace, "青空電機");
  const Declaration one = Parse("不詳、ヤマダタロウ、社保、青空健康保険組合、青空電機、東京都港区１－１");
  EXPECT_EQ(one.workplace, "青空電機");
  EXPECT_EQ(Parse("不詳、ヤマダタロウ、国保、横浜市、神奈川県横浜市中区１－１").insurer_name, "横浜市");
  EXPECT_EQ(Parse("不詳、ヤマダタロウ、社保（協会けんぽ）、東京都港区１－１").insurer_name, "協会けんぽ");
}

TEST(RemarksTest, TheMarkerCountsAtTheHeadOnly) {
  EXPECT_TRUE(Parse("不詳").marker_unidentified);
  EXPECT_TRUE(Parse("　不詳　ヤマダタロウ").marker_unidentified);
  EXPECT_TRUE(Parse("「不詳」").marker_unidentified);
  EXPECT_FALSE(Parse("原因不詳の発熱").marker_unidentified);
  EXPECT_FALSE(Parse("１日３回\n不詳").marker_unidentified);
}

TEST(RemarksTest, BlankAndEmptyItemsAreMissing) {
  EXPECT_FALSE(Parse("").any);
  EXPECT_FALSE(Parse("　 \n").any);
  const Declaration d =
      Parse("不詳、カナ氏名：、保険種別：わからない、保険者等名称：不明、事業所名：なし、住所：、連絡先：－、連絡日：");
  EXPECT_TRUE(d.any);
  EXPECT_THAT(Missing(d),
              ElementsAre("カナ氏名", "保険者等名称", "事業所名", "住所", "連絡先", "患者への連絡を行った日"));
}

TEST(RemarksTest, TheWorkplaceIsAskedForOnlyWhereTheFormAsksForIt) {
  const auto missing = [](const char* type) { return Missing(Parse(std::string("不詳、保険種別：") + type)); };
  for (const char* type : {"社保", "国保組合", "その他", "わからない"})
    EXPECT_THAT(missing(type), testing::Contains("事業所名")) << type;
  for (const char* type : {"国保", "後期"})
    EXPECT_THAT(missing(type), testing::Not(testing::Contains("事業所名"))) << type;
  EXPECT_THAT(Missing(Parse("不詳、ヤマダ　タロウ、国保、横浜市国民健康保険、神奈川県横浜市中区１－１、０４５－１２３－"
                            "４５６７、令和６年１０月３日")),
              IsEmpty());
}

TEST(RemarksTest, MarksOfOtherClaimsAreSeenAnywhere) {
  EXPECT_TRUE(Parse("旧資格情報").former_qualification);
  EXPECT_TRUE(Parse("旧　資格情報、１日３回").former_qualification);
  EXPECT_FALSE(Parse("資格情報のお知らせ").former_qualification);
  EXPECT_TRUE(Parse("証回収後").collected_card);
  EXPECT_TRUE(Parse("令和６年９月に保険証回収済み").collected_card);
  EXPECT_FALSE(Parse("証回収なし").collected_card);
  EXPECT_FALSE(Parse("証　回収せず").collected_card);
  EXPECT_TRUE(Parse("令和６年８月は証回収なし、令和６年９月に証回収").collected_card) << "once is enough";
}

TEST(RemarksTest, AForgottenCardIsToldFromMedicineBroughtAlong) {
  for (const char* text : {"不詳、保険証忘れ", "保険証を忘れたため", "マイナンバーカード忘れ", "ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ忘れ",
                           "資格確認書忘れ", "保険証　不持参", "不詳、保険証を忘れて来院"}) {
    EXPECT_TRUE(Parse(text).card_forgotten) << text;
  }
  for (const char* text : {"持参薬あり", "持参薬鑑別", "保険証持参", "保険証忘れではない", ""})
    EXPECT_FALSE(Parse(text).card_forgotten) << text;
}

TEST(RemarksTest, ClinicalCommentsTellNothing) {
  const Declaration d = Parse("疼痛時\n手術前内服\n１日５回　右眼\n別の疾患で手術");
  EXPECT_TRUE(d.any);
  EXPECT_EQ(d.name_kana + d.insurer_name + d.workplace + d.address + d.contact, "");
  EXPECT_EQ(d.type, DeclaredType::kNone);
}

TEST(RemarksTest, HostileTextIsSurvivedQuickly) {
  EXPECT_TRUE(Parse("不詳\xFF\xFE\x80、社保").marker_unidentified);
  for (const char* piece :
       {"住所：", "ア・", "住所　", "R6.", "１", "（", "東京都１・", "・", "保険", "不詳、", "\xE3\x81"}) {
    std::string text = "不詳";
    while (text.size() < 200000) text += piece;
    const Declaration d = Parse(text);
    EXPECT_TRUE(d.marker_unidentified);
    EXPECT_LE(d.address.size(), text.size());
  }
}

}  // namespace
}  // namespace furikae::rules
