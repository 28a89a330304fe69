// CSV: RFC 4180, UTF-8, header row (files.md, opening paragraph).
#include "core/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace furikae {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::vector<std::string_view> kColumns = {"A", "B", "C"};  // A and B are required

CsvReader Open(std::string_view bytes) { return CsvReader::Open("t.csv", bytes, kColumns, 2).value(); }

// Every good row as "A|B|C".
std::vector<std::string> RowsOf(CsvReader& csv) {
  std::vector<std::string> rows;
  while (csv.Next())
    rows.push_back(std::string(csv.Field(0)) + '|' + std::string(csv.Field(1)) + '|' + std::string(csv.Field(2)));
  return rows;
}

std::vector<std::string> ComplaintsOf(const CsvReader& csv) {
  std::vector<std::string> texts;
  for (const RowComplaint& complaint : csv.complaints()) texts.push_back(complaint.ToString());
  return texts;
}

struct Reading {
  const char* what;
  std::string bytes;
  std::vector<std::string> rows;
};

TEST(CsvTest, ReadsWhatRfc4180AllowsAndALittleMore) {
  const Reading readings[] = {
      {"columns in any order", "C,A,B\n3,1,2\n", {"1|2|3"}},
      {"an absent optional column", "B,A\n2,1\n", {"1|2|"}},
      {"CRLF", "A,B,C\r\n1,2,3\r\n4,5,6\r\n", {"1|2|3", "4|5|6"}},
      {"byte order mark",
       "\xEF\xBB\xBF"
       "A,B,C\n1,2,3\n",
       {"1|2|3"}},
      {"no line end at the end", "A,B,C\n1,2,3", {"1|2|3"}},
      {"empty fields", "A,B,C\n,,\n", {"||"}},
      {"spaces are kept", "A,B,C\n 1 ,2, \n", {" 1 |2| "}},
      {"blank lines", "A,B,C\n\n1,2,3\n\r\n\n4,5,6\n\n", {"1|2|3", "4|5|6"}},
      {"quoted fields", "A,B,C\n\"1\",\"2,5\",\"\"\n", {"1|2,5|"}},
      {"doubled quotes", "A,B,C\n\"a \"\"b\"\"\",2,\"\"\"\"\n", {"a \"b\"|2|\""}},
      {"line ends inside quotes", "A,B,C\n\"a\nb\",\"c\r\nd\",3\n4,5,6\n", {"a\nb|c\r\nd|3", "4|5|6"}},
      {"quoted last field before CRLF", "A,B,C\r\n1,2,\"3\"\r\n4,5,6", {"1|2|3", "4|5|6"}},
      {"quoted header", "\"A\",\"B\",\"C\"\n1,2,3\n", {"1|2|3"}},
      {"quoted at the very end", "A,B,C\n1,2,\"3\"", {"1|2|3"}},
      {"Japanese", "A,B,C\n山田,,東京\n", {"山田||東京"}},
  };
  for (const Reading& reading : readings) {
    CsvReader csv = Open(reading.bytes);
    EXPECT_EQ(RowsOf(csv), reading.rows) << reading.what;
    EXPECT_THAT(csv.complaints(), IsEmpty()) << reading.what;
  }
}

TEST(CsvTest, UnknownColumnsAreOneNote) {
  CsvReader csv = Open("A,X,B,Y\n1,x,2,y\n");
  EXPECT_THAT(RowsOf(csv), ElementsAre("1|2|"));
  EXPECT_THAT(csv.notes(), ElementsAre("t.csv: unknown columns are ignored: X, Y"));
}

TEST(CsvTest, AFileWithoutItsRequiredColumnsIsRefusedByName) {
  struct Case {
    const char* bytes;
    const char* message;
  };
  for (const Case& c : {Case{"", "no header row"}, Case{"\n1,2,3\n", "no header row"},
                        Case{"A,C\n1,2\n", "t.csv: required column B is missing"},
                        Case{"A,B,A\n", "column A is there twice"}, Case{"A,B,\"C\n", "never closed"}}) {
    const auto csv = CsvReader::Open("t.csv", c.bytes, kColumns, 2);
    EXPECT_EQ(csv.status().code(), absl::StatusCode::kInvalidArgument) << c.bytes;
    EXPECT_THAT(std::string(csv.status().message()), HasSubstr(c.message));
  }
  EXPECT_FALSE(CsvReader::Open("t.csv", std::string(10'000, ','), kColumns, 2).ok());
}

TEST(CsvTest, ABadRowIsRefusedAndTheRowsAroundItAreRead) {
  struct Case {
    std::string row;
    const char* reason;
  };
  const Case cases[] = {
      {"1,2", "2 fields where the header has 3"},
      {"1,2,3,4", "4 fields where the header has 3"},
      {"1,\"2\",3,\"4\"", "4 fields where the header has 3"},
      {"1,a\"b,3", "column B: a quote must enclose the whole field"},
      {"1,\"a\"b,3", "column B: a quote must enclose the whole field"},
      {"1," + std::string(kLongestField + 1, 'x') + ",3", "column B: a field is longer than 65536 bytes"},
      {"1,\"" + std::string(kLongestField + 1, 'x') + "\",3", "column B: a field is longer than 65536 bytes"},
  };
  for (const Case& c : cases) {
    const std::string bytes = "A,B,C\n0,0,0\n" + c.row + "\n9,9,9\n";
    CsvReader csv = Open(bytes);
    EXPECT_THAT(RowsOf(csv), ElementsAre("0|0|0", "9|9|9")) << c.reason;
    ASSERT_THAT(csv.complaints(), SizeIs(1));
    EXPECT_THAT(csv.complaints()[0].ToString(), HasSubstr("t.csv row 3"));
    EXPECT_THAT(csv.complaints()[0].ToString(), HasSubstr(c.reason));
    EXPECT_EQ(csv.refused(), 1);
  }
}

TEST(CsvTest, AFieldOfExactlyTheLongestLengthIsRead) {
  const std::string longest(kLongestField, 'x');
  const std::string bytes = "A,B,C\n1,\"" + longest + "\",3\n1," + longest + ",3\n";
  CsvReader csv = Open(bytes);
  EXPECT_THAT(RowsOf(csv), SizeIs(2));
  EXPECT_EQ(csv.refused(), 0);
}

TEST(CsvTest, AQuoteThatIsNeverClosedRefusesTheRestOnce) {
  std::string bytes = "A,B,C\n0,0,0\n1,\"2,3\n";
  for (int i = 0; i < 100'000; ++i) bytes += "4,5,6\n";
  CsvReader csv = Open(bytes);
  EXPECT_THAT(RowsOf(csv), ElementsAre("0|0|0"));
  EXPECT_THAT(
      ComplaintsOf(csv),
      ElementsAre("t.csv row 3, column B: a quote is opened here and never closed; nothing behind it was read"));
}

TEST(CsvTest, SeveralComplaintsOfOneRowRefuseItOnceAndTheListIsBounded) {
  std::string bytes = "A,B,C\n";
  constexpr auto kRows = static_cast<int64_t>(kMostComplaints);
  for (int64_t i = 0; i < kRows; ++i) bytes += "1,2,3\n";
  CsvReader csv = Open(bytes);
  while (csv.Next()) {
    csv.Refuse(0, "wrong");
    csv.Refuse(1, "wrong too");
  }
  EXPECT_EQ(csv.refused(), kRows);
  EXPECT_THAT(csv.complaints(), SizeIs(kMostComplaints));
  EXPECT_EQ(csv.complaints_left_out(), kRows);
  EXPECT_EQ(csv.complaints()[1].ToString(), "t.csv row 2, column B: wrong too");
}

TEST(CsvTest, ATableWithoutHeaderHasItsColumnsInOrder) {
  CsvReader csv = CsvReader::WithoutHeader("t.csv", "1,2,3\n4,5\n6,7,8", kColumns);
  EXPECT_THAT(RowsOf(csv), ElementsAre("1|2|3", "6|7|8"));
  EXPECT_THAT(ComplaintsOf(csv), ElementsAre("t.csv row 2: 2 fields where the header has 3"));
}

TEST(CsvTest, WhatIsWrittenIsReadBack) {
  const std::vector<std::vector<std::string_view>> rows = {
      {"1", "2", "3"}, {"", "", ""}, {"a,b", "c\"d", "e\nf"}, {"\r", " x ", "山\"\"田"}, {"\"", ",", "\n"}};
  std::string bytes;
  AppendCsvLine({"A", "B", "C"}, bytes);
  std::vector<std::string> expected;
  for (const auto& row : rows) {
    AppendCsvLine(row, bytes);
    expected.push_back(std::string(row[0]) + '|' + std::string(row[1]) + '|' + std::string(row[2]));
  }
  CsvReader csv = Open(bytes);
  EXPECT_EQ(RowsOf(csv), expected);
  std::string plain;
  AppendCsvLine({"1", "x y", ""}, plain);
  EXPECT_EQ(plain, "1,x y,\n");
}

}  // namespace
}  // namespace furikae
