// Whole files: everything that can be wrong with one physically, and that it is said in the right words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "core/uke/receipt.h"
#include "tests/core/uke_text.h"

namespace furikae::uke {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Severity = Complaint::Severity;
constexpr ServiceMonth kOctober = ServiceMonth{2024 * 12 + 9};

std::vector<std::string> Said(const ParsedFile& file, Severity severity) {
  std::vector<std::string> out;
  for (const Complaint& complaint : file.complaints) {
    if (complaint.severity == severity) out.push_back(complaint.ToString("F"));
  }
  return out;
}

const std::string kGo = "GO,1,282,99";
const std::string kRe2 = "RE,2,1112,202410,山田　花子,2,19820607";

std::string Good() { return Text({kIr, kRe, kHo, kGo}) + "\x1a"; }
// What is read points into the bytes, so they stay for as long as the tests run.
ParsedFile Read(std::string bytes, const char* name = "RECEIPTC.UKE") {
  static auto* kept = new std::deque<std::string>;
  return ReadFile(name, kept->emplace_back(std::move(bytes)), kOctober);
}

void ExpectAccepted(const std::string& bytes, const std::vector<std::string>& notes) {
  const ParsedFile file = Read(bytes);
  EXPECT_FALSE(file.refused_whole);
  EXPECT_EQ(file.receipts.size(), 1u);
  EXPECT_EQ(Said(file, Severity::kNote), notes);
  EXPECT_THAT(Said(file, Severity::kReceipt), IsEmpty());
  EXPECT_THAT(Said(file, Severity::kFile), IsEmpty());
}

void ExpectRefused(const std::string& bytes, const std::vector<std::string>& reasons) {
  const ParsedFile file = Read(bytes);
  EXPECT_TRUE(file.refused_whole);
  EXPECT_THAT(file.receipts, IsEmpty());
  EXPECT_EQ(Said(file, Severity::kFile), reasons);
}

TEST(UkeFile, AGoodFileHasNothingToSay) {
  const std::string bytes = Good();
  const ParsedFile file = Read(bytes);
  EXPECT_THAT(file.complaints, IsEmpty());
  ASSERT_EQ(file.receipts.size(), 1u);
  EXPECT_THAT(file.first_line, ElementsAre(2));
  EXPECT_EQ(file.head.institution.ToString(), "1311234567");
  EXPECT_EQ(file.head.claim_month, kOctober);
  EXPECT_EQ(std::string(file.head.bytes) + std::string(file.receipts[0].bytes) + kGo + "\r\n\x1a", bytes);
}

TEST(UkeFile, HarmlessPhysicalVariantsAreAccepted) {
  ExpectAccepted(Text({kIr, kRe, kHo, kGo}), {});   // no 0x1A
  ExpectAccepted(Good() + "\r\n", {});              // a line end after it
  ExpectAccepted(Text({kIr, kRe, kHo}) + kGo, {});  // the last line end missing
  ExpectAccepted(Text({kIr, kRe, kHo}) + kGo + "\x1a", {});
  ExpectAccepted(
      Text({"IR,1,13,1,1234567,,,202410", "RE,1,1112,202410,山田　太郎,1,19800405", "HO,06139463,,１,1,282", kGo}), {});
  ExpectAccepted(Text({kIr, kRe, "", kHo, kGo}), {"F line 3: a blank line"});
  ExpectAccepted(Text({kIr, kRe, kHo, "GO,1,282"}),
                 {"F line 4, column 4 (マルチボリューム識別情報): blank; taken as 99, the last or only volume"});
  ExpectAccepted(
      Text({"IR,1,13,1,1234567,,,50609,00", kRe, kHo, kGo}),
      {"F line 1, column 8 (請求年月): 2024-09 is earlier than the claim month 2024-10 (late or claimed again)"});
  ExpectAccepted(Text({kIr, kRe, kHo, "GO,0,0,99"}), {});  // as agencies write it for moved receipts
}

TEST(UkeFile, LinesWithoutCarriageReturnAreNotedOnce) {
  std::string bytes = Good();
  std::erase(bytes, '\r');
  ExpectAccepted(bytes, {"F line 1: lines end with LF alone instead of CRLF"});
}

TEST(UkeFile, Utf8ByMistakeIsConverted) {
  const std::string utf8 = FromCp932(Good());
  ExpectAccepted(utf8, {"F: the file is in UTF-8 and was converted to CP932"});
  ExpectAccepted("\xef\xbb\xbf" + utf8, {"F: the file is in UTF-8 and was converted to CP932"});
  const std::string rare = kIr + "\r\nRE,1,1112,202410,𠮷田　太郎,1,19800405\r\n" + kHo + "\r\n" + kGo + "\r\n";
  ExpectAccepted(
      rare,
      {"F: the file is in UTF-8 and was converted to CP932; characters without a place there, replaced by ？: 1"});
  const ParsedFile file = Read(rare);
  EXPECT_EQ(FromCp932(file.receipts[0].name), "？田　太郎");
}

TEST(UkeFile, WhatIsNoClaimFileIsRefused) {
  ExpectRefused("", {"F: the file is empty (0 bytes)"});
  ExpectRefused(std::string("IR\0,1", 5), {"F: the file holds NUL bytes: it is binary (or UTF-16), not a claim file"});
  ExpectRefused("\xef\xbb\xbf", {"F: the file is empty (a byte order mark alone)"});
  ExpectRefused(Text({"HI,1,202410,13,1,1234567,,00"}),
                {"F line 1: the file starts with HI; expected a header: IR, UK, YK or HM"});
  ExpectRefused("\r\n\r\n", {"F: the file holds no record"});
  ExpectRefused("\x1a", {"F: the file holds no record"});
  ExpectRefused("hello", {"F line 1: the file starts with no record; expected a header: IR, UK, YK or HM"});
}

TEST(UkeFile, AFileCutInTransmissionIsRefused) {
  const std::string cut = "F: the file ends without a GO record: it was cut in transmission";
  ExpectRefused(Text({kIr}), {cut});
  ExpectRefused(Text({kIr, kRe, kHo}), {cut});
  const std::string bytes = Good();
  const size_t inside_name = bytes.find(*ToCp932("田")) + 1;
  ExpectRefused(bytes.substr(0, inside_name),
                {cut, "F line 2: the file ends in the middle of a character: it was cut in transmission"});
}

TEST(UkeFile, AnyPrefixOfAGoodFileIsRefusedOrIsTheWholeFile) {
  const std::string bytes = Good();
  const size_t whole = bytes.find(kGo) + 8;  // from "GO,1,282" on, only the volume id may be missing
  for (size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_EQ(Read(bytes.substr(0, length)).refused_whole, length < whole) << length;
  }
}

TEST(UkeFile, DataAfterTheEndIsRefused) {
  ExpectRefused(Text({kIr, kRe, kHo, kGo, kRe2}), {"F line 5: there is data after the GO record"});
  ExpectRefused(Good() + kRe2, {"F: there is data after the end mark 0x1A"});
  ExpectRefused(Text({kIr, kRe, kIr, kHo, kGo}),
                {"F line 3: a second header IR within the file", "F line 4: a record before the first RE",
                 "F line 5, column 2 (総件数): says 1 claims, the receipts of this file make 0",
                 "F line 5, column 3 (総合計点数): says 282 points, the receipts of this file make 0"});
  ExpectRefused(Text({kIr, kHo, kRe, kHo, kGo}), {"F line 2: a record before the first RE"});
}

TEST(UkeFile, AHeaderThatCannotBeReadRefusesTheFile) {
  const struct {
    const char* header;
    const char* reason;
  } kCases[] = {
      {"IR,3,13,1,1234567,,,202410,00", "F line 1, column 2 (審査支払機関): \"3\"; expected 1 or 2"},
      {"IR,1,48,1,1234567,,,202410,00", "F line 1, column 3 (都道府県): \"48\"; expected 01 to 47"},
      {"IR,1,13,3,1234567,,,202410,00", "F line 1, column 4 (点数表): \"3\"; expected 1"},
      {"IR,1,13,1,123456,,,202410,00", "F line 1, column 5 (医療機関コード): \"123456\"; expected exactly 7 digits"},
      {"IR,1,13,1,1234567,,,202413,00",
       "F line 1, column 8 (請求年月): \"202413\"; expected a month as YYYYMM or GYYMM"},
      {"IR,1,13,1,1234567,,,202411,00", "F line 1, column 8 (請求年月): 2024-11 is later than the claim month 2024-10"},
      {"IR,1,13,1,1234567,,,202410,x1", "F line 1, column 9 (マルチボリューム識別情報): \"x1\"; expected two digits"},
  };
  for (const auto& c : kCases) ExpectRefused(Text({c.header, kRe, kHo, kGo}), {c.reason});
}

TEST(UkeFile, TheTrailerOfASingleVolumeHasToAgree) {
  const std::string ko = "KO,12136018,1234567,,1,100,,,,,,";
  EXPECT_FALSE(Read(Text({kIr, kRe, kHo, ko, "GO,2,282,99"})).refused_whole);
  EXPECT_FALSE(Read(Text({kIr, kRe, ko, ko, "GO,2,100,99"})).refused_whole);  // without HO the first KO counts
  ExpectRefused(Text({kIr, kRe, kHo, "GO,2,282,99"}),
                {"F line 4, column 2 (総件数): says 2 claims, the receipts of this file make 1"});
  ExpectRefused(Text({kIr, kRe, kHo, "GO,1,283,99"}),
                {"F line 4, column 3 (総合計点数): says 283 points, the receipts of this file make 282"});
  ExpectRefused(Text({kIr, kRe, kHo, "GO,,,99"}),
                {"F line 4, column 2 (総件数): blank; the receipts of this file make 1 claims",
                 "F line 4, column 3 (総合計点数): blank; the receipts of this file make 282 points"});
  ExpectRefused(Text({kIr, kRe, kHo, "GO,1,2z2,99"}),
                {"F line 4, column 3 (総合計点数): \"2z2\" is not a number; expected up to 10 digits",
                 "F line 4, column 3 (総合計点数): blank; the receipts of this file make 282 points"});
}

TEST(UkeFile, SeveralVolumesAreCountedForTheCallerToAddUp) {
  const ParsedFile first = Read(Text({kIr, kRe, kHo, "GO,,,01"}));
  EXPECT_FALSE(first.refused_whole);
  EXPECT_EQ(first.go_volume, 1);
  EXPECT_EQ(first.go_claims, -1);
  EXPECT_EQ(first.counted_claims, 1);
  EXPECT_EQ(first.counted_points, 282);
  const ParsedFile last = Read(Text({"IR,1,13,1,1234567,,,202410,01", kRe2, kHo, "GO,2,564,99"}));
  EXPECT_FALSE(last.refused_whole);
  EXPECT_EQ(last.head.volume, 1);
  EXPECT_EQ(last.go_claims, 2);
  EXPECT_EQ(last.counted_claims, 1);
}

TEST(UkeFile, AReceiptThatCannotBeReadIsRefusedAloneAndStillCounted) {
  const ParsedFile file = Read(Text({kIr, "RE,1,1112,202410,山田　太郎,1,19801305", kHo, kRe2, kHo, "GO,2,564,99"}));
  EXPECT_FALSE(file.refused_whole);
  EXPECT_EQ(file.refused, 1u);
  ASSERT_EQ(file.receipts.size(), 1u);
  EXPECT_EQ(file.receipts[0].number, 2u);
  EXPECT_THAT(file.first_line, ElementsAre(4));
  ASSERT_EQ(file.complaints.size(), 1u);
  EXPECT_EQ(file.complaints[0].receipt, 1u);
  EXPECT_EQ(file.complaints[0].ToString("RECEIPTC.UKE"),
            "RECEIPTC.UKE line 2, column 7 (生年月日): a text of 8 bytes cannot be read; expected a date as YYYYMMDD "
            "or GYYMMDD");
}

TEST(UkeFile, AnUnreadableTotalIsSaidOnceAndNotReconciled) {
  const ParsedFile file = Read(Text({kIr, kRe, "HO,06139463,６４,１２３,1,12a4", kGo}));
  EXPECT_FALSE(file.refused_whole);
  EXPECT_EQ(file.refused, 1u);
  ASSERT_EQ(file.complaints.size(), 1u);
  EXPECT_EQ(file.complaints[0].ToString("F"),
            "F line 3, column 6 (合計点数): \"12a4\" is not a number; expected up to 8 digits");
}

TEST(UkeFile, ANumberUsedTwiceRefusesTheSecondReceipt) {
  const ParsedFile file = Read(Text({kIr, kRe, kHo, kRe, kHo, "GO,2,564,99"}));
  EXPECT_EQ(file.receipts.size(), 1u);
  EXPECT_EQ(file.refused, 1u);
  EXPECT_THAT(Said(file, Severity::kReceipt),
              ElementsAre("F line 4, column 2 (レセプト番号): \"1\" was used already, on line 2"));
}

TEST(UkeFile, EveryColumnIsCheckedAgainstItsLayout) {
  const struct {
    const char* line;
    const char* note;
  } kCases[] = {
      {"SY,25000A3,20210801,1,,,01,", "F line 4, column 2 (傷病名コード): \"25000A3\"; expected digits"},
      {"SY,250001,20210801,1,,,01,", "F line 4, column 2 (傷病名コード): \"250001\"; expected exactly 7 bytes"},
      {"SY,0000999,20210801,1,,byo,01,",
       "F line 4, column 6 (傷病名称): a text of 3 bytes; expected full-width characters"},
      {"SY,2500013,20210801,1,あ,,01,",
       "F line 4, column 5 (修飾語コード): a text of 2 bytes; expected half-width characters"},
      {"SY,2500013,20210801,1,,,001,", "F line 4, column 7 (主傷病): \"001\"; expected at most 2 bytes"},
      {"SY,2500013,20210801,1,,,01,,,9",
       "F line 4, column 9: SY has more than its 8 columns; they are carried through"},
      {"SY,2500013,20210801,1,,\"あ\",01,",
       "F line 4, column 6 (傷病名称): holds a control character, a quotation mark or a byte that is no character"},
      {"SN,1,01,,A１,,00,,",
       "F line 4, column 5 (被保険者証等の記号（資格確認）): mixes half-width and full-width characters (a space "
       "counts)"},
      {"SN,1,01,,,,00,123456789,", "F line 4, column 8 (受給者番号): a text of 9 bytes; expected at most 7 bytes"},
      {"ZZ,1", "F line 4: unknown record ZZ is carried through as it is"},
      {"SY,2500013,5030801,1,,,01,", nullptr},           // an era date
      {"IY,21,1,620004422,1.5,203,1,,,,,,,1", nullptr},  // a quantity with a decimal point
  };
  for (const auto& c : kCases) {
    ExpectAccepted(Text({kIr, kRe, kHo, c.line, kGo}),
                   c.note == nullptr ? std::vector<std::string>{} : std::vector<std::string>{c.note});
  }
}

TEST(UkeFile, AnUnknownRecordIsNotedOncePerKind) {
  const ParsedFile file = Read(Text({kIr, kRe, kHo, "ZZ,1", "ZZ,2", "ZY,1", kGo}));
  EXPECT_EQ(Said(file, Severity::kNote).size(), 2u);
  EXPECT_TRUE(file.receipts[0].Has(kSeenUnknown));
  EXPECT_THAT(std::string(file.receipts[0].bytes), HasSubstr("ZZ,1\r\nZZ,2\r\nZY,1\r\n"));
}

TEST(UkeFile, BytesThatAreNoCharacterRefuseTheReceiptOnlyWhereItIsDecidedOn) {
  // 0x81AD is the shape of a character, but none; 0xFD begins nothing.
  for (const std::string broken : {"\x81\xad", "\xfd"}) {
    const ParsedFile name =
        Read(Text({kIr}) + "RE,1,1112,202410,\x8e\x52" + broken + ",1,19800405\r\n" + Text({kHo, kGo}));
    EXPECT_FALSE(name.refused_whole);
    EXPECT_THAT(Said(name, Severity::kReceipt), ElementsAre("F line 2, column 5 (氏名): bytes that are no character"));
    const ParsedFile text = Read(Text({kIr, kRe, kHo}) + "SJ,01,\x8e\x52" + broken + "\r\n" + Text({kGo}));
    EXPECT_EQ(text.receipts.size(), 1u);
    EXPECT_THAT(Said(text, Severity::kNote), ::testing::Contains("F line 4: holds bytes that are no character"));
  }
}

TEST(UkeFile, ANameThatContradictsTheHeaderIsNoted) {
  const std::string pharmacy =
      Text({"YK,1,13,4,1234567,青空薬局,202410,00,",
            Row("RE", 42, {{2, "1"}, {3, "4112"}, {4, "202410"}, {5, "山"}, {6, "1"}, {7, "19800405"}}),
            "HO,06139463,６４,１２３,1,282", kGo});
  const struct {
    const char* name;
    std::string bytes;
    std::vector<std::string> notes;
  } kCases[] = {
      {"in/RECEIPTC.UKE", Good(), {}},
      {"in/anything.UKE", Good(), {}},
      {"in/RECEIPTS.UKE", Good(), {"F: the name is that of a 歯科 file, the header that of 医科"}},
      {"in/RECEIPTD.UKE", Good(), {"F: the name is that of a DPC file, the header that of 医科"}},
      {"in/RECEIPTY.CYO", pharmacy, {}},
      {"in/RECEIPTC.UKE", pharmacy, {"F: the name is that of a 医科 file, the header that of 調剤"}},
      {"in/receipts.UKE", pharmacy, {"F: the name is that of a 歯科 file, the header that of 調剤"}},
  };
  for (const auto& c : kCases) {
    const ParsedFile file = Read(c.bytes, c.name);
    EXPECT_EQ(Said(file, Severity::kNote), c.notes) << c.name;
    EXPECT_EQ(file.receipts.size(), 1u) << c.name;
  }
}

TEST(UkeFile, ADpcGroupIsOneClaim) {
  const auto re = [](const char* number, const char* cls) {
    return Row("RE", 28, {{2, number}, {3, "1111"}, {4, "202410"}, {5, "山"}, {6, "1"}, {7, "19800405"}, {19, cls}});
  };
  const std::string ho = "HO,06139463,６４,１２３,5,300";
  const ParsedFile file =
      Read(Text({kIr, re("1", "1"), ho, re("1", "2"), ho, re("1", "3"), ho, re("2", "0"), ho, "GO,2,600,99"}),
           "RECEIPTD.UKE");
  EXPECT_THAT(file.complaints, IsEmpty());
  ASSERT_EQ(file.receipts.size(), 2u);
  EXPECT_THAT(file.first_line, ElementsAre(2, 8));
  EXPECT_TRUE(file.receipts[0].Has(kSeenSummaryGroup));
  const ParsedFile orphan = Read(Text({kIr, re("1", "2"), ho, "GO,1,300,99"}));
  EXPECT_THAT(Said(orphan, Severity::kReceipt),
              ElementsAre("F line 2, column 19 (レセプト総括区分): a detail of a group without the group's first RE"));
}

TEST(UkeFile, DentalReceiptsBeginWithTheirOwnHeader) {
  const std::string ir = "IR,1,13,3,1234567,,202410,0311112222,";
  const std::string ho = "HO,06139463,６４,１２３,5,300";
  const auto re = [](const char* number) {
    return Row("RE", 27, {{2, number}, {3, "3112"}, {4, "202410"}, {5, "山"}, {6, "1"}, {7, "19800405"}});
  };
  const ParsedFile file = Read(
      Text({"UK,2,13,3,1234567,,青空歯科,202410,,00", ir, re("1"), ho, ir, re("2"), ho, re("3"), ho, "GO,3,900,99"}),
      "RECEIPTS.UKE");
  EXPECT_THAT(file.complaints, IsEmpty());
  ASSERT_EQ(file.receipts.size(), 3u);
  EXPECT_THAT(file.first_line, ElementsAre(2, 5, 8));
  EXPECT_TRUE(file.receipts[0].bytes.starts_with("IR,"));
  EXPECT_TRUE(file.receipts[2].bytes.starts_with("RE,"));
  EXPECT_EQ(file.head.agency, Agency::kKokuho);
  EXPECT_EQ(file.head.institution.PointTable(), 3);
}

TEST(UkeFile, HomeNursing) {
  const ParsedFile file =
      Read(Text({"HM,1,13,6,1234567,青空訪問看護,202410,0311112222", "RE,1,6112,202410,山,ヤマ,1,19400405",
                 "HO,06139463,６４,１２３,1,5550", "KA,20241003,1,510000110,,5550", "GO,1,5550,99"}),
           "x.UKE");
  EXPECT_THAT(file.complaints, IsEmpty());
  ASSERT_EQ(file.receipts.size(), 1u);
  EXPECT_EQ(file.receipts[0].flavour, Flavour::kNursing);
}

TEST(UkeFile, ComplaintsAreCappedSoThatAHostileFileCannotFillMemory) {
  std::vector<std::string> lines = {kIr, kRe, kHo};
  for (int i = 0; i < 5000; ++i) lines.push_back("SY,x1,20210801,1,,,01,");
  lines.push_back("GO,1,283,99");
  const ParsedFile file = Read(Text(lines));
  EXPECT_TRUE(file.refused_whole);
  EXPECT_EQ(file.complaints.size(), 1002u);
  EXPECT_EQ(file.complaints.back().reason, "and 9000 more");
  EXPECT_THAT(Said(file, Severity::kFile),  // is never dropped
              ElementsAre("F line 5004, column 3 (総合計点数): says 283 points, the receipts of this file make 282"));
}

TEST(UkeFile, NothingSaidNamesThePatient) {
  const std::string bytes =
      Text({kIr, "RE,1,1112,202410,ﾔﾏﾀﾞ 太郎1,1,19800405,,,,,,,A-1234567890123456789012345",
            "HO,06139463,64あ1234567,AB12345あ,1,282,99999999", "SN,1,01,,64あ1234567,AB12345あ,001,12345678,",
            "SY,0000999,20210801,1,,ﾔﾏﾀﾞ1,01,", kGo});
  const ParsedFile file = Read(bytes);
  EXPECT_GT(file.complaints.size(), 6u);
  for (const Complaint& complaint : file.complaints) {
    for (const char* secret : {"ﾔﾏﾀﾞ", "太郎", "1234567", "AB12345", "12345678", "A-1"}) {
      EXPECT_THAT(complaint.ToString("F"), Not(HasSubstr(secret)));
    }
  }
}

}  // namespace
}  // namespace furikae::uke
