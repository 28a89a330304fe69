// One receipt: what is read from each flavour, which days it counts, and what makes it unreadable.
#include "core/uke/receipt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/uke_text.h"

namespace furikae::uke {
namespace {

using ::testing::HasSubstr;

// The receipt of `lines`; views point into a text that lives as long as the test.
class UkeReceipt : public ::testing::Test {
 protected:
  Receipt Read(Flavour flavour, const std::vector<std::string>& lines) {
    texts_.push_back(std::make_unique<std::string>(Text(lines)));
    const absl::StatusOr<Receipt> receipt = ReadReceipt(HeadOf(flavour), *texts_.back());
    EXPECT_TRUE(receipt.ok()) << receipt.status();
    return receipt.ok() ? *receipt : Receipt{};
  }
  static std::string Refusal(Flavour flavour, const std::vector<std::string>& lines) {
    const std::string text = Text(lines);
    const absl::StatusOr<Receipt> receipt = ReadReceipt(HeadOf(flavour), text);
    EXPECT_EQ(receipt.status().code(), absl::StatusCode::kInvalidArgument);
    return std::string(receipt.status().message());
  }

 private:
  std::vector<std::unique_ptr<std::string>> texts_;
};

TEST_F(UkeReceipt, MedicalCarriesEveryColumnThatDecisionsNeed) {
  const std::string jd = Row("JD", 33, {{2, "1"}, {5, "1"}, {12, "2"}, {33, "9"}});
  const Receipt r =
      Read(Flavour::kMedical,
           {"RE,12,1111,202410,山田　太郎,2,19800405,70,20241003,01,2,2829,,A1,09,,,,12345678901234567,,,,,,,,,,,,,,,,,"
            ",ヤマダタロウ,",
            "HO,  138016,記号,１２３,3,4567,,9,4140,1,123,8000,1,30,500", "KO,54136015,1234567,,3,1000,500,,,,,",
            "KO,12345678,1234567,,3,2000,500,,,,,", "SN,2,01,,,,,,", "SN,1,01,,,,02,,", jd, "JD,2,1,1,1",
            "MF,01," + std::string(30, ','), "SY,2500013,20210801,1,,,01,", "CO,99,1,810000001,摘要", "TI,1,1,,,,,,,"});
  EXPECT_EQ(r.number, 12u);
  EXPECT_EQ(r.type, 1111);
  EXPECT_TRUE(r.Inpatient());
  EXPECT_EQ(r.service_month, ServiceMonth::Of(2024, 10));
  EXPECT_EQ(FromCp932(r.name), "山田　太郎");
  EXPECT_EQ(FromCp932(r.name_kana), "ヤマダタロウ");
  EXPECT_EQ(r.sex, Sex::kFemale);
  EXPECT_EQ(r.birth, *Date::Of(1980, 4, 5));
  EXPECT_EQ(r.rate, 70);
  EXPECT_EQ(r.admitted, Date::Of(2024, 10, 3));
  EXPECT_EQ(r.burden_class, 2);
  EXPECT_EQ(r.notes, "2829");
  EXPECT_EQ(r.discount_unit_price, "09");
  EXPECT_EQ(r.search_number, "12345678901234567");
  EXPECT_EQ(r.insurer_text, "138016");
  EXPECT_EQ(r.insurer->ToString(), "00138016");
  EXPECT_EQ(FromCp932(r.symbol), "記号");
  EXPECT_EQ(FromCp932(r.number_text), "１２３");
  EXPECT_EQ(r.actual_days, 3);
  EXPECT_EQ(r.total_points, 4567);
  EXPECT_EQ(r.meal_count, 9);
  EXPECT_EQ(r.meal_amount, Yen{4140});
  EXPECT_EQ(r.work_related, 1);
  EXPECT_EQ(r.copayment, Yen{8000});
  EXPECT_EQ(r.reduction, 1);
  EXPECT_EQ(r.standard_burden, std::nullopt);
  EXPECT_EQ(r.public_expenses, 2);
  EXPECT_EQ(r.first_public_points, 1000);
  EXPECT_EQ(r.sn_class, "01");
  EXPECT_EQ(r.branch, "02");
  EXPECT_EQ(r.jd_counted, DayMask::Of({3}));
  EXPECT_EQ(r.jd_uncounted, DayMask::Of({10}));
  EXPECT_EQ(r.mf_class, 1);
  EXPECT_EQ(r.seen, kSeenHo | kSeenKo | kSeenJd | kSeenMf | kSeenSn | kSeenMeals | kSeenRemark | kSeenOrgan);
}

TEST_F(UkeReceipt, CutTrailingColumnsAreBlank) {
  const Receipt r =
      Read(Flavour::kMedical, {"RE,1,1112,202410,山田　太郎,1,19800405", "HO,06139463,６４,１２３,1,282", "JD,1,,1"});
  EXPECT_TRUE(r.name_kana.empty());
  EXPECT_EQ(r.copayment, std::nullopt);
  EXPECT_EQ(r.rate, std::nullopt);
  EXPECT_EQ(r.jd_counted, DayMask::Of({2}));
}

TEST_F(UkeReceipt, EraDatesAreToldApartByTheirLength) {
  const Receipt r = Read(Flavour::kMedical, {"RE,1,1111,43011,山田　太郎,1,3550405,,4301102", kHo});
  EXPECT_EQ(r.service_month, ServiceMonth::Of(2018, 11));
  EXPECT_EQ(r.birth, *Date::Of(1980, 4, 5));
  EXPECT_EQ(r.admitted, Date::Of(2018, 11, 2));
}

TEST_F(UkeReceipt, AJdOfAnotherPayerOrWithoutAnyDayIsNone) {
  EXPECT_FALSE(Read(Flavour::kMedical, {kRe, kHo, "JD,2,1,1"}).Has(kSeenJd));
  EXPECT_FALSE(Read(Flavour::kMedical, {kRe, kHo, Row("JD", 33, {{2, "1"}})}).Has(kSeenJd));
  EXPECT_FALSE(Read(Flavour::kMedical, {kRe, kHo, Row("JD", 33, {{2, "1"}, {4, "9"}})}).Has(kSeenJd));
}

TEST_F(UkeReceipt, RecordsThatMatterByBeingThere) {
  const struct {
    const char* line;
    uint32_t bit;
  } kCases[] = {{"RR,1,1", kSeenAccident}, {"RI,11", kSeenAccident}, {"RS,", kSeenAccident}, {"TR,1", kSeenOrgan},
                {"TS,1", kSeenOrgan},      {"XX,1", kSeenUnknown},   {"x", kSeenUnknown},    {"HH2,1", kSeenUnknown}};
  for (const auto& c : kCases) EXPECT_EQ(Read(Flavour::kMedical, {kRe, kHo, c.line}).seen, kSeenHo | c.bit) << c.line;
}

TEST_F(UkeReceipt, AReductionWrittenAsRateOrAmountCounts) {
  EXPECT_EQ(Read(Flavour::kMedical, {kRe, "HO,06139463,,１,1,282,,,,,,,,30"}).reduction, 9);
  EXPECT_EQ(Read(Flavour::kMedical, {kRe, "HO,06139463,,１,1,282,,,,,,,,,500"}).reduction, 9);
  EXPECT_EQ(Read(Flavour::kMedical, {kRe, "HO,06139463,,１,1,282,,,,,,,2"}).reduction, 2);
}

TEST_F(UkeReceipt, AnInsurerNumberThatIsNoneIsKeptAsWritten) {
  const Receipt r = Read(Flavour::kMedical, {kRe, "HO,0613A463,,１,1,282"});
  EXPECT_EQ(r.insurer, std::nullopt);
  EXPECT_EQ(r.insurer_text, "0613A463");
}

TEST_F(UkeReceipt, PublicExpenseAloneHasNoHo) {
  const Receipt r = Read(Flavour::kMedical, {kRe, "KO,12136018,1234567,,1,282,,,,,,"});
  EXPECT_FALSE(r.Has(kSeenHo));
  EXPECT_EQ(r.first_public_points, 282);
}

TEST_F(UkeReceipt, DpcIsKnownByItsReOrByBu) {
  const std::string re28 = Row("RE", 28,
                               {{2, "1"},
                                {3, "1111"},
                                {4, "202410"},
                                {5, "山田　太郎"},
                                {6, "1"},
                                {7, "19800405"},
                                {9, "20241002"},
                                {19, "0"},
                                {21, "12345678901234567"}});
  const std::string ho = "HO,06139463,６４,１２３,3,30000,,9,4410,,,,,,,1530";
  const Receipt by_columns = Read(Flavour::kMedical, {re28, ho, "HH,202410,2,1,1,1,2500,3,7500"});
  EXPECT_EQ(by_columns.flavour, Flavour::kDpc);
  EXPECT_EQ(by_columns.search_number, "12345678901234567");
  EXPECT_EQ(by_columns.standard_burden, Yen{1530});
  EXPECT_TRUE(by_columns.Has(kSeenHh));
  EXPECT_TRUE(by_columns.name_kana.empty());
  const Receipt by_bu = Read(Flavour::kMedical, {"RE,1,1111,202410,山田　太郎,1,19800405,,20241002", ho,
                                                 "BU,040080x099x0xx,20241002,20241020,1,"});
  EXPECT_EQ(by_bu.flavour, Flavour::kDpc);
  EXPECT_EQ(by_bu.discharged, Date::Of(2024, 10, 20));
  EXPECT_EQ(by_bu.standard_burden, Yen{1530});
  EXPECT_TRUE(by_bu.Has(kSeenBu));
}

TEST_F(UkeReceipt, ASummaryGroupIsDescribedByItsFirstSection) {
  const auto re = [](const char* cls) {
    return Row("RE", 28,
               {{2, "7"}, {3, "1111"}, {4, "202410"}, {5, "山田　太郎"}, {6, "1"}, {7, "19800405"}, {19, cls}});
  };
  const Receipt r = Read(Flavour::kMedical, {re("1"), "HO,06139463,６４,１２３,9,50000", "KO,54136015,1,,1,10", re("2"),
                                             "HO,06139463,６４,１２３,5,30000", "KO,54136015,1,,1,10",
                                             "BU,A,20241002,20241006,1,", re("3"), "HO,06139463,６４,１２３,4,20000"});
  EXPECT_TRUE(r.Has(kSeenSummaryGroup));
  EXPECT_EQ(r.total_points, 50000);
  EXPECT_EQ(r.actual_days, 9);
  EXPECT_EQ(r.public_expenses, 1);
  EXPECT_EQ(r.summary_class, 1);
  EXPECT_EQ(r.discharged, Date::Of(2024, 10, 6));
}

TEST_F(UkeReceipt, Dental) {
  const Receipt r =
      Read(Flavour::kDental,
           {"IR,1,13,3,7654321,,202410,0311112222,",
            Row("RE", 27,
                {{2, "3"},
                 {3, "3112"},
                 {4, "202410"},
                 {5, "山田　花子"},
                 {6, "2"},
                 {7, "19900101"},
                 {13, "1"},
                 {14, "16"},
                 {19, "01"},
                 {20, "98765432109876543"},
                 {26, "ヤマダハナコ"}}),
            "HO,06139463,６４,１２３,2,500,,,,,3000,,,", "HS,,,101700,5234009,,,,,,,,",
            Row("SS", 109, {{2, "11"}, {3, "1"}, {4, "301000110"}, {77, "267"}, {78, "1"}, {81, "1"}}),
            Row("SS", 109, {{2, "12"}, {3, "1"}, {4, "301001610"}}),
            Row("TO", 45, {{3, "1"}, {4, "799990000"}, {13, "50"}, {14, "2"}, {17, "1"}, {23, "1"}}),
            Row("SI", 38, {{2, "80"}, {3, "1"}, {6, "33"}, {7, "1"}, {10, "1"}}),
            Row("IY", 39, {{2, "21"}, {3, "1"}, {6, "100"}, {7, "1"}, {11, "1"}}), "CO,,1,810000001,不詳,,,,,,"});
  EXPECT_EQ(r.number, 3u);
  EXPECT_EQ(FromCp932(r.name_kana), "ヤマダハナコ");
  EXPECT_EQ(r.burden_class, 1);
  EXPECT_EQ(r.notes, "16");
  EXPECT_TRUE(r.not_visited);
  EXPECT_EQ(r.search_number, "98765432109876543");
  EXPECT_EQ(r.copayment, Yen{3000});
  const LineDays lines = ReadLineDays(r);
  EXPECT_EQ(lines.points, 267 + 2 * 50 + 33 + 100);
  EXPECT_EQ(lines.days, DayMask::Of({3, 9}));
  ASSERT_EQ(lines.units.size(), 4u);
  EXPECT_EQ(lines.units[1].first_line, 5u);
  EXPECT_EQ(lines.units[1].last_line, 6u);
  EXPECT_FALSE(lines.count_differs);
  EXPECT_EQ(ReadRemarks(r), "不詳");
}

TEST_F(UkeReceipt, Pharmacy) {
  const Receipt r =
      Read(Flavour::kPharmacy,
           {Row("RE", 42,
                {{2, "1"},
                 {3, "4112"},
                 {4, "202410"},
                 {5, "山田　太郎"},
                 {6, "1"},
                 {7, "19800405"},
                 {8, "70"},
                 {9, "28"},
                 {38, "12345678901234567"},
                 {41, "2"},
                 {42, "ヤマダタロウ"}}),
            Row("HO", 14,
                {{2, "06139463"}, {3, "６４"}, {4, "１２３"}, {5, "2"}, {6, "400"}, {8, "1"}, {10, "900"}, {12, "2"}}),
            "SH,01,1,001,,,,,,",
            Row("CZ", 71,
                {{3, "20241003"},
                 {4, "20241004"},
                 {7, "1"},
                 {11, "24"},
                 {14, "100"},
                 {18, "5"},
                 {45, "1"},
                 {57, "2"},
                 {62, "60"},
                 {65, "3"},
                 {67, "90"}}),
            "IY,1,620004422,1,,,,,,", "CO,810000001,調剤の注記", "SH,02,1,001,,,,,,",
            Row("CZ", 71, {{4, "20241010"}, {7, "1"}, {14, "50"}}), "IY,1,620004422,1,,,,,,", "TO,1,777770000,1,,,",
            "TK,810000001,不詳", "TK,810000001,ヤマダ", "TK,820000001,定型", "TK,810000001,別",
            Row("KI", 114,
                {{2, "20241004"},
                 {4, "1"},
                 {6, "45"},
                 {11, "45"},
                 {15, "1"},
                 {55, "2"},
                 {59, "3"},
                 {63, "4"},
                 {67, "5"},
                 {69, "7777"},
                 {73, "6"},
                 {109, "7"}})});
  EXPECT_EQ(r.rate, 70);
  EXPECT_EQ(r.burden_class, 2);
  EXPECT_EQ(r.work_related, 1);
  EXPECT_EQ(r.copayment, Yen{900});
  EXPECT_EQ(r.reduction, 2);
  EXPECT_FALSE(r.Inpatient());
  const LineDays lines = ReadLineDays(r);
  ASSERT_EQ(lines.units.size(), 3u);
  EXPECT_EQ(lines.units[0].points, 24 + 100 + 5 + 1 + 2 + 60 + 3);  // 薬剤料減算 is information only
  EXPECT_EQ(lines.units[0].first_line, 3u);
  EXPECT_EQ(lines.units[0].last_line, 5u);
  EXPECT_EQ(lines.units[0].days, DayMask::Of({4}));
  EXPECT_EQ(lines.units[0].count, 1);
  EXPECT_EQ(lines.units[0].burden, '1');
  EXPECT_EQ(lines.units[1].last_line, 9u);
  EXPECT_EQ(lines.units[2].points, 45 + 45 + 1 + 2 + 3 + 4 + 5 + 6 + 7);
  EXPECT_EQ(lines.units[2].first_line, lines.units[2].last_line);
  EXPECT_EQ(lines.points, 195 + 50 + 118);
  EXPECT_EQ(lines.days, DayMask::Of({4, 10}));
  EXPECT_EQ(ReadRemarks(r), "不詳ヤマダ\n別");
}

TEST_F(UkeReceipt, HomeNursingIsInYenAndDatedLineByLine) {
  const Receipt r =
      Read(Flavour::kNursing, {"RE,1,6112,202410,山田　太郎,ヤマダタロウ,1,19400405,,,80,16,1,A1,12345678901234567",
                               "HO,06139463,６４,１２３,2,13000,,,8000,,,", "KA,20241003,1,510000110,,5550,03,01,01",
                               "KA,20241010,1,510000110,,7450,,,", "CO,810000001,不詳,"});
  EXPECT_EQ(FromCp932(r.name_kana), "ヤマダタロウ");
  EXPECT_EQ(r.rate, 80);
  EXPECT_EQ(r.burden_class, 1);
  EXPECT_EQ(r.total_points, 13000);
  EXPECT_EQ(r.copayment, Yen{8000});
  const LineDays lines = ReadLineDays(r);
  EXPECT_EQ(lines.points, 13000);
  EXPECT_EQ(lines.days, DayMask::Of({3, 10}));
  EXPECT_EQ(DaysOf(r).from, DaysFrom::kLines);
  EXPECT_EQ(ReadRemarks(r), "不詳");
}

TEST_F(UkeReceipt, AUnitRunsToTheRecordThatCarriesThePoints) {
  const Receipt r = Read(Flavour::kMedical,
                         {kRe, kHo, Si("50", "", "1", {{3, "1"}}), Si("", "", "1", {{3, "1"}}), "CO,,1,820000001,定型",
                          Si("", "100", "1", {{3, "1"}}), Si("", "20", "3", {{3, "1"}, {4, "2"}})});
  const LineDays lines = ReadLineDays(r);
  ASSERT_EQ(lines.units.size(), 2u);
  EXPECT_EQ(lines.units[0].first_line, 2u);
  EXPECT_EQ(lines.units[0].last_line, 5u);
  EXPECT_EQ(lines.units[0].points, 100);
  EXPECT_EQ(lines.units[1].count, 3);
  EXPECT_EQ(lines.units[1].per_day[3], 2);
  EXPECT_EQ(lines.units[1].days, DayMask::Of({3, 4}));
  EXPECT_EQ(lines.points, 160);
  EXPECT_FALSE(lines.count_differs);
}

TEST_F(UkeReceipt, MealsAreYenAndNeverPoints) {
  const Receipt r =
      Read(Flavour::kMedical, {kRe, kHo, Si("90", "1500", "2", {{3, "1"}, {4, "1"}}),
                               Si("97", "670", "5", {{3, "2"}, {4, "3"}}), Si("", "690", "1", {{5, "1"}})});
  const LineDays lines = ReadLineDays(r);
  EXPECT_EQ(lines.points, 3000);
  EXPECT_EQ(lines.days, DayMask::Of({3, 4}));
  EXPECT_EQ(lines.meal_count, 6);  // the class is carried on to a record that leaves it blank
  EXPECT_EQ(lines.meal_days, DayMask::Of({3, 4, 5}));
  ASSERT_EQ(lines.units.size(), 3u);
  EXPECT_TRUE(lines.units[2].meals);
}

TEST_F(UkeReceipt, LinesThatContradictThemselvesAreMarked) {
  EXPECT_TRUE(ReadLineDays(Read(Flavour::kMedical, {kRe, kHo, Si("11", "288", "1", {})})).unit_without_day);
  EXPECT_TRUE(ReadLineDays(Read(Flavour::kMedical, {kRe, kHo, Si("11", "288", "2", {{3, "1"}})})).count_differs);
  EXPECT_TRUE(ReadLineDays(Read(Flavour::kMedical, {kRe, kHo, Si("11", "288", "1", {{3, "x"}})})).count_differs);
  EXPECT_EQ(
      ReadLineDays(Read(Flavour::kMedical, {kRe, kHo, Si("11", "1", "300", {{3, "300"}})})).per_day_points_overflow, 1);
  const std::string february = "RE,1,1112,202402,山田　太郎,1,19800405";
  EXPECT_TRUE(
      ReadLineDays(Read(Flavour::kMedical, {february, kHo, Si("11", "288", "1", {{30, "1"}})})).date_outside_month);
  EXPECT_TRUE(
      ReadLineDays(Read(Flavour::kMedical, {february, kHo, Row("JD", 33, {{2, "1"}, {33, "1"}})})).date_outside_month);
  const std::string re = "RE,1,6112,202410,山田　太郎,,1,19400405";
  EXPECT_TRUE(ReadLineDays(Read(Flavour::kNursing, {re, kHo, "KA,20241101,1,510000110,,5550"})).date_outside_month);
}

TEST_F(UkeReceipt, WhatPublicExpenseBearsAloneIsNoneOfTheInsurers) {
  const LineDays lines = ReadLineDays(
      Read(Flavour::kMedical, {kRe, kHo, Si("11", "288", "1", {{3, "1"}}, "2"), Si("80", "12", "1", {{3, "1"}}, "5")}));
  EXPECT_EQ(lines.points, 300);
  EXPECT_EQ(lines.insured_points, 288);
}

TEST_F(UkeReceipt, TheBundleOfDpcIsPartOfThePoints) {
  const LineDays lines =
      ReadLineDays(Read(Flavour::kMedical, {"RE,1,1111,202410,山田　太郎,1,19800405", kHo, "BU,A,20241002,20241006,1,",
                                            "GT,202410,2,1,1,7500,8000,,8000,93,,", "GT,202409,3,1,1,,,,-100,93,,",
                                            Si("50", "288", "1", {{3, "1"}})}));
  EXPECT_EQ(lines.points, 8000 - 100 + 288);
  EXPECT_EQ(lines.days, DayMask::Of({3}));
}

TEST_F(UkeReceipt, DaysComeFromJdThenStayThenLinesThenMonth) {
  const std::string jd = Row("JD", 33, {{2, "1"}, {7, "1"}, {8, "2"}});
  const std::string line = Si("11", "288", "1", {{9, "1"}});
  const std::string in = "RE,1,1111,202410,山田　太郎,1,19800405,,20241003";
  const std::string in_before = "RE,1,1111,202410,山田　太郎,1,19800405,,20240903";
  const auto days = [](int from, int to) {
    DayMask mask;
    for (int day = from; day <= to; ++day) mask.Add(day);
    return mask;
  };
  const struct {
    const char* what;
    std::vector<std::string> lines;
    DayMask days;
    DaysFrom from;
  } kCases[] = {
      {"JD goes first", {kRe, kHo, jd, line}, DayMask::Of({5, 6}), DaysFrom::kJd},
      {"counted days", {kRe, kHo, line}, DayMask::Of({9}), DaysFrom::kLines},
      {"nothing known", {kRe, kHo}, days(1, 31), DaysFrom::kMonth},
      {"a stay up to the last counted day", {in, kHo, line}, days(3, 9), DaysFrom::kLines},
      {"a stay that began before the month", {in_before, kHo, line}, days(1, 9), DaysFrom::kLines},
      {"a stay up to discharge", {in, kHo, "BU,A,20241003,20241020,1,", line}, days(3, 20), DaysFrom::kLines},
      {"a stay to the end of the month", {in, kHo}, days(3, 31), DaysFrom::kMonth},
      {"a stay with JD", {in, kHo, jd}, DayMask::Of({5, 6}), DaysFrom::kJd},
      {"meals alone do not end a stay", {in, kHo, Si("97", "640", "1", {{4, "1"}})}, days(3, 31), DaysFrom::kMonth},
  };
  for (const auto& c : kCases) {
    const ReceiptDays found = DaysOf(Read(Flavour::kMedical, c.lines));
    EXPECT_EQ(found.days, c.days) << c.what << ": " << found.days.ToString();
    EXPECT_EQ(found.from, c.from) << c.what;
  }
}

TEST_F(UkeReceipt, WhatCannotBeReadIsNamedWithLineColumnAndField) {
  const struct {
    std::vector<std::string> lines;
    const char* message;
  } kCases[] = {
      {{kRe, "HO,06139463,６４,１２３,1,12a4"},
       "receipt line 2, column 6 (合計点数): \"12a4\" is not a number; expected up to 8 digits"},
      {{kRe, "HO,06139463,６４,１２３,1"}, "receipt line 2, column 6 (合計点数): blank; expected up to 8 digits"},
      {{"RE,0,1112,202410,山,1,19800405", kHo},
       "receipt line 1, column 2 (レセプト番号): \"0\" is no receipt number; expected a number from 1"},
      {{"RE,1,112,202410,山,1,19800405", kHo},
       "receipt line 1, column 3 (レセプト種別): \"112\" cannot be read; expected a code of four digits"},
      {{"RE,1,1112,202413,山,1,19800405", kHo},
       "receipt line 1, column 4 (診療年月): \"202413\" cannot be read; expected a month as YYYYMM or GYYMM"},
      {{"RE,1,1112,202410,山,3,19800405", kHo},
       "receipt line 1, column 6 (男女区分): \"3\" cannot be read; expected 1 or 2"},
      {{"RE,1,1112,202410,山,1,19800231", kHo},
       "receipt line 1, column 7 (生年月日): a text of 8 bytes cannot be read; expected a date as YYYYMMDD or GYYMMDD"},
      {{kRe, kHo, "JD,1,,3"}, "receipt line 3, column 4 (2日の情報): \"3\" is no visit class; expected 1, 2 or 9"},
      {{kRe, kHo, "MF,"}, "receipt line 3, column 2 (窓口負担額区分): blank; expected up to 2 digits"},
      {{kRe, kHo, kHo}, "receipt line 3: a second HO record; a receipt has at most one"},
      {{kHo}, "receipt line 1: the receipt has no RE record"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Refusal(Flavour::kMedical, c.lines), c.message);
}

TEST_F(UkeReceipt, ARefusalNeverSaysWhoThePatientIs) {
  // Columns slipped by one: the name stands where the sex should be.
  const std::string message = Refusal(Flavour::kMedical, {"RE,1,1112,202410,,山田　太郎,1,19800405", kHo});
  EXPECT_EQ(message, "receipt line 1, column 6 (男女区分): a text of 10 bytes cannot be read; expected 1 or 2");
}

}  // namespace
}  // namespace furikae::uke
