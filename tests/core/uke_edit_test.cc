// Layouts by name, changing single columns, writing records.
#include "core/uke/edit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/uke/layouts.h"
#include "core/uke/writer.h"
#include "tests/core/uke_text.h"

namespace furikae::uke {
namespace {

using ::testing::HasSubstr;

TEST(UkeLayouts, AColumnIsFoundByItsName) {
  const struct {
    Flavour flavour;
    const char *record, *field;
    int column;
  } kCases[] = {
      {Flavour::kMedical, "HO", "合計点数", 6},
      {Flavour::kDental, "HO", "減免区分", 12},
      {Flavour::kMedical, "SI", "1日の情報", 14},
      {Flavour::kMedical, "SI", "31日の情報", 44},
      {Flavour::kDental, "SS", "加算コード1", 7},
      {Flavour::kDental, "SS", "加算数量データ35", 76},
      {Flavour::kPharmacy, "CZ", "加算料10 点数", 45},
      {Flavour::kPharmacy, "KI", "調剤基本料加算10 点数", 109},
      {Flavour::kNursing, "RE", "カタカナ（氏名）", 6},
      {Flavour::kMedical, "SI", "32日の情報", 0},
      {Flavour::kMedical, "HO", "x", 0},
  };
  for (const auto& c : kCases) {
    const RecordLayout* layout = FindRecord(c.flavour, c.record);
    ASSERT_NE(layout, nullptr) << c.record;
    EXPECT_EQ(layout->ColumnOf(c.field), c.column) << c.field;
    if (c.column > 0) {
      EXPECT_EQ(layout->NameAt(c.column), c.field);
    }
  }
}

TEST(UkeLayouts, EveryColumnOfEveryRecordHasExactlyOneField) {
  int records = 0;
  for (int flavour = 0; flavour <= 5; ++flavour) {
    for (char a = 'A'; a <= 'Z'; ++a) {
      for (char b = 'A'; b <= 'Z'; ++b) {
        const std::string id = {a, b};
        const RecordLayout* layout =
            flavour == 0 ? FindAgencyRecord(id) : FindRecord(static_cast<Flavour>(flavour), id);
        if (layout == nullptr) continue;
        ++records;
        EXPECT_EQ(layout->id, id);
        std::vector<int> fields(static_cast<size_t>(layout->columns) + 1);
        for (const FieldLayout& field : layout->fields) {
          for (int i = 0; i < field.repeat; ++i) {
            const int column = field.column + i * field.group;
            ASSERT_LE(column, layout->columns) << id << " " << field.name;
            ++fields[static_cast<size_t>(column)];
          }
        }
        for (int column = 2; column <= layout->columns; ++column) {
          EXPECT_EQ(fields[static_cast<size_t>(column)], 1)
              << FlavourName(static_cast<Flavour>(flavour)) << " " << id << " " << column;
        }
      }
    }
  }
  EXPECT_GT(records, 90);
}

TEST(UkeLayouts, DpcTakesFromMedicalWhatItDoesNotDefine) {
  EXPECT_EQ(FindRecord(Flavour::kDpc, "RE")->columns, 28);
  EXPECT_EQ(FindRecord(Flavour::kDpc, "SI"), FindRecord(Flavour::kMedical, "SI"));
  EXPECT_EQ(FindRecord(Flavour::kMedical, "BU"), nullptr);
  EXPECT_EQ(FindRecord(Flavour::kUnknown, "RE"), nullptr);
  for (const char* id : {"", "R", "REE", "re", "あ", "00"}) EXPECT_EQ(FindRecord(Flavour::kMedical, id), nullptr);
}

TEST(UkeEdit, LinesKeepTheirEndings) {
  const std::vector<Line> lines = Lines("RE,1\r\nHO,2\n\r\nSY");
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0].text, "RE,1");
  EXPECT_EQ(lines[0].ending, "\r\n");
  EXPECT_EQ(lines[1].Id(), "HO");
  EXPECT_EQ(lines[1].ending, "\n");
  EXPECT_EQ(lines[2].text, "");
  EXPECT_EQ(lines[3].Id(), "SY");
  EXPECT_EQ(lines[3].ending, "");
  EXPECT_EQ(lines[3].number, 3u);
  EXPECT_TRUE(Lines("").empty());
}

TEST(UkeEdit, ColumnsCountFromTheRecordId) {
  EXPECT_EQ(Column("HO,06139463,,9", 1), "HO");
  EXPECT_EQ(Column("HO,06139463,,9", 2), "06139463");
  EXPECT_EQ(Column("HO,06139463,,9", 3), "");
  EXPECT_EQ(Column("HO,06139463,,9", 4), "9");
  EXPECT_EQ(Column("HO,06139463,,9", 5), "");
  EXPECT_EQ(Column("", 1), "");
}

TEST(UkeEdit, ChangesTouchOnlyTheirColumns) {
  const struct {
    const char* line;
    std::vector<std::pair<int, std::string>> changes;
    const char* result;
  } kCases[] = {
      {"HO,06139463,64,1,1,282,,,", {{2, "01130012"}}, "HO,01130012,64,1,1,282,,,"},
      {"HO,06139463,64", {{6, "282"}}, "HO,06139463,64,,,282"},
      {"HO,06139463,64", {{6, ""}}, "HO,06139463,64"},    // cut columns stay cut
      {"HO,06139463,64,,", {{3, ""}}, "HO,06139463,,,"},  // commas that are there stay there
      {"SN,1,01", {{3, "04"}, {7, "00"}}, "SN,1,04,,,,00"},
      {"ZZ,any,\x95\x5c,thing", {}, "ZZ,any,\x95\x5c,thing"},
  };
  for (const auto& c : kCases) EXPECT_EQ(WithColumns(c.line, c.changes), c.result);
}

TEST(UkeWriter, ARecordHasAllColumnsOfItsLayout) {
  EXPECT_EQ(FromCp932(MakeRecord(Flavour::kDental, "HO",
                                 {{"保険者番号", "  138016"}, {"記号", "６４"}, {"合計点数", "282"}})),
            "HO,  138016,６４,,,282,,,,,,,,\r\n");
  EXPECT_EQ(MakeRecord(Flavour::kMedical, "JD", {{"負担者種別", "1"}, {"2日の情報", "1"}}),
            "JD,1,,1" + std::string(29, ',') + "\r\n");
  EXPECT_EQ(MakeAgencyRecord("EX", {{"振替先保険者番号", "01130012"}}), "EX,01130012,,,,,,,,,,,\r\n");
}

TEST(UkeWriter, AValueCannotBreakTheStructure) {
  const std::string line =
      MakeRecord(Flavour::kMedical, "CO", {{"コメントコード", "810000001"}, {"文字データ", "一,二\r\n\"𠮷"}});
  EXPECT_EQ(FromCp932(line), "CO,,,810000001,一 二   ？\r\n");
}

TEST(UkeWriter, AMistakenNameGivesNothing) {
  EXPECT_EQ(MakeRecord(Flavour::kMedical, "HO", {{"合計", "1"}}), "");
  EXPECT_EQ(MakeRecord(Flavour::kMedical, "YK", {}), "");
}

TEST(UkeWriter, TheTrailerEndsTheFile) {
  EXPECT_EQ(MakeTrailer({.claims = 140, .points = 86392}), "GO,140,86392,99\r\n\x1a");
  EXPECT_EQ(MakeTrailer({}), "GO,0,0,99\r\n\x1a");
  EXPECT_EQ(MakeTrailer({.claims = 5, .points = 6, .volume = 1}), "GO,,,01\r\n\x1a");
}

TEST(UkeWriter, WhatIsWrittenIsReadBack) {
  const std::string bytes = MakeRecord(Flavour::kMedical, "IR",
                                       {{"審査支払機関", "1"},
                                        {"都道府県", "13"},
                                        {"点数表", "1"},
                                        {"医療機関コード", "1234567"},
                                        {"請求年月", "202410"},
                                        {"マルチボリューム識別情報", "00"}}) +
                            MakeRecord(Flavour::kMedical, "RE",
                                       {{"レセプト番号", "1"},
                                        {"レセプト種別", "1112"},
                                        {"診療年月", "202410"},
                                        {"氏名", "山田　太郎"},
                                        {"男女区分", "1"},
                                        {"生年月日", "19800405"}}) +
                            MakeRecord(Flavour::kMedical, "HO", {{"保険者番号", "06139463"}, {"合計点数", "576"}}) +
                            MakeRecord(Flavour::kMedical, "SI",
                                       {{"診療識別", "11"},
                                        {"負担区分", "1"},
                                        {"診療行為コード", "111000110"},
                                        {"点数", "288"},
                                        {"回数", "2"},
                                        {"3日の情報", "1"},
                                        {"9日の情報", "1"}}) +
                            MakeTrailer({.claims = 1, .points = 576});
  const ParsedFile file = ReadFile("RECEIPTC.UKE", bytes, ServiceMonth::Of(2024, 10));
  EXPECT_TRUE(file.complaints.empty());
  ASSERT_EQ(file.receipts.size(), 1u);
  EXPECT_EQ(ReadLineDays(file.receipts[0]).points, 576);
  EXPECT_EQ(ReadLineDays(file.receipts[0]).days, DayMask::Of({3, 9}));
}

}  // namespace
}  // namespace furikae::uke
