// The real public inputs: what they hold, that they reconcile, and that broken ones are refused for the right reasons.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/uke/cp932.h"
#include "core/uke/edit.h"
#include "core/uke/receipt.h"

namespace furikae::uke {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::optional<std::string> SharedFile(const std::string& name) {
  std::ifstream in(std::string(FURIKAE_SHARED_DATA) + "/uke/" + name, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::string> Sentences(const ParsedFile& file, Complaint::Severity severity) {
  std::vector<std::string> out;
  for (const Complaint& complaint : file.complaints) {
    if (complaint.severity == severity) out.push_back(complaint.ToString("F"));
  }
  return out;
}

#define READ_OR_SKIP(variable, name)                                                                \
  const std::optional<std::string> variable##_read = SharedFile(name);                              \
  if (!variable##_read) GTEST_SKIP() << "no " << FURIKAE_SHARED_DATA << "/uke/" << name << " here"; \
  const std::string& variable = *variable##_read

constexpr char kSample[] = "RECEIPTC_GAIRAI_SAMPLE.UKE";

TEST(RealOutpatientFile, IsReadAndReconcilesWithItsTrailer) {
  READ_OR_SKIP(bytes, kSample);
  const ParsedFile file = ReadFile(kSample, bytes, ServiceMonth::Of(2021, 11));
  EXPECT_FALSE(file.refused_whole);
  EXPECT_EQ(file.receipts.size(), 75u);
  EXPECT_EQ(file.refused, 0u);
  EXPECT_THAT(Sentences(file, Complaint::Severity::kFile), IsEmpty());
  EXPECT_THAT(Sentences(file, Complaint::Severity::kReceipt), IsEmpty());
  // Its writer repeats long names, a habit of that tool: noted, never a reason to refuse.
  for (const std::string& note : Sentences(file, Complaint::Severity::kNote)) {
    EXPECT_THAT(note, ::testing::HasSubstr("at most ")) << note;
  }
  EXPECT_EQ(file.counted_claims, 140);
  EXPECT_EQ(file.counted_points, 86392);
  EXPECT_EQ(file.go_claims, 140);
  EXPECT_EQ(file.go_points, 86392);
  EXPECT_EQ(file.go_volume, 99);
  EXPECT_EQ(file.head.flavour, Flavour::kMedical);
  EXPECT_EQ(file.head.agency, Agency::kShaho);
  EXPECT_EQ(file.head.institution.ToString(), "1210000000");
}

TEST(RealOutpatientFile, EveryTotalIsTheSumOfPointsTimesCount) {
  READ_OR_SKIP(bytes, kSample);
  const ParsedFile file = ReadFile(kSample, bytes, ServiceMonth::Of(2021, 11));
  int compared = 0;
  for (const Receipt& receipt : file.receipts) {
    const LineDays lines = ReadLineDays(receipt);
    EXPECT_FALSE(lines.unit_without_day) << receipt.number;
    EXPECT_FALSE(lines.count_differs) << receipt.number;
    EXPECT_FALSE(lines.date_outside_month) << receipt.number;
    const int64_t total = receipt.Has(kSeenHo) ? receipt.total_points : receipt.first_public_points;
    EXPECT_EQ(lines.points, total) << receipt.number;
    ++compared;
  }
  EXPECT_EQ(compared, 75);
}

TEST(RealOutpatientFile, ComesBackByteForByte) {
  READ_OR_SKIP(bytes, kSample);
  const ParsedFile file = ReadFile(kSample, bytes, ServiceMonth::Of(2021, 11));
  std::string again(file.head.bytes);
  for (const Receipt& receipt : file.receipts) {
    for (const Line& line : Lines(receipt.bytes)) {
      // Writing every column of a line onto itself must change nothing.
      std::vector<std::pair<int, std::string>> same;
      for (int column = 1; column <= 44; ++column) same.emplace_back(column, Column(line.text, column));
      again += WithColumns(line.text, same);
      again += line.ending;
    }
  }
  ASSERT_LT(again.size(), bytes.size());
  EXPECT_EQ(again, bytes.substr(0, again.size()));
  EXPECT_EQ(bytes.substr(again.size()), "GO,140,86392,99\r\n");
}

TEST(RealOutpatientFile, ReceiptsCarryWhatDecisionsNeed) {
  READ_OR_SKIP(bytes, kSample);
  const ParsedFile file = ReadFile(kSample, bytes, ServiceMonth::Of(2021, 11));
  ASSERT_EQ(file.receipts.size(), 75u);
  const Receipt& first = file.receipts[0];
  EXPECT_EQ(file.first_line[0], 2u);
  EXPECT_EQ(first.number, 1u);
  EXPECT_EQ(first.type, 1122);
  EXPECT_EQ(first.service_month, ServiceMonth::Of(2021, 10));
  EXPECT_EQ(FromCp932(first.name_kana), "テストハンヨウ");
  EXPECT_EQ(first.birth, *Date::Of(1991, 11, 21));
  EXPECT_EQ(first.notes, "28");
  EXPECT_EQ(first.insurer->ToString(), "01010016");
  EXPECT_EQ(FromCp932(first.symbol), "１");
  EXPECT_EQ(first.total_points, 13642);
  EXPECT_EQ(first.public_expenses, 1);
  EXPECT_EQ(first.first_public_points, 677);
  EXPECT_EQ(first.mf_class, -1);
  EXPECT_FALSE(first.Has(kSeenJd));
  EXPECT_TRUE(first.Has(kSeenRemark));
  EXPECT_EQ(DaysOf(first).from, DaysFrom::kLines);
  EXPECT_EQ(DaysOf(first).days, DayMask::Of({1}));
  EXPECT_EQ(file.receipts[1].branch, "00");
  EXPECT_EQ(file.receipts[1].sn_class, "01");
}

TEST(RealPharmacyFile, CountsClaimsAsTheOfficialRuleDoes) {
  READ_OR_SKIP(bytes, "negative_mode_and_go_count.CYO");
  const ParsedFile file = ReadFile("RECEIPTY.CYO", bytes, ServiceMonth::Of(2026, 6));
  EXPECT_TRUE(file.refused_whole);
  EXPECT_THAT(file.receipts, IsEmpty());
  EXPECT_EQ(file.counted_claims, 2);
  EXPECT_EQ(file.counted_points, 127);
  EXPECT_THAT(Sentences(file, Complaint::Severity::kFile),
              ElementsAre("F line 8, column 2 (総件数): says 1 claims, the receipts of this file make 2"));
  EXPECT_THAT(Sentences(file, Complaint::Severity::kReceipt), IsEmpty());
  EXPECT_THAT(Sentences(file, Complaint::Severity::kNote),
              ElementsAre("F line 2, column 5 (氏名): mixes half-width and full-width characters (a space counts)"));
}

TEST(RealAccidentFile, IsRefusedAsAWholeForItsStructure) {
  READ_OR_SKIP(bytes, "negative_rousai_sample.csv");
  const ParsedFile file = ReadFile("sample.csv", bytes, ServiceMonth::Of(2024, 10));
  EXPECT_TRUE(file.refused_whole);
  EXPECT_THAT(file.receipts, IsEmpty());
  EXPECT_THAT(Sentences(file, Complaint::Severity::kFile),
              ElementsAre("F: the file ends without a GO record: it was cut in transmission",
                          "F line 1, column 2 (審査支払機関): blank; expected 1 or 2",
                          "F line 1, column 5 (医療機関コード): \"1234567890\"; expected exactly 7 digits",
                          "F line 1, column 8 (請求年月): a text of 5 bytes; expected a month as YYYYMM or GYYMM"));
  EXPECT_THAT(Sentences(file, Complaint::Severity::kReceipt),
              ElementsAre("F line 2, column 3 (レセプト種別): blank; expected up to 4 digits",
                          "F line 7, column 3 (レセプト種別): blank; expected up to 4 digits"));
  EXPECT_THAT(Sentences(file, Complaint::Severity::kNote),
              ElementsAre("F: the file is in UTF-8 and was converted to CP932",
                          "F line 1: lines end with LF alone instead of CRLF",
                          "F line 4, column 9: SY has more than its 8 columns; they are carried through"));
}

}  // namespace
}  // namespace furikae::uke
