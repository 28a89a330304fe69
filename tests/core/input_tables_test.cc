// The input tables (files.md "In"): good rows go on, bad rows are complaints, nothing personal is quoted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/files/institutions_csv.h"
#include "core/files/insurers_csv.h"
#include "core/files/payments_csv.h"
#include "core/files/people_csv.h"
#include "core/files/registry_csv.h"
#include "core/files/registry_xml.h"
#include "core/files/towns_csv.h"
#include "core/uke/cp932.h"

namespace furikae {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

template <typename Row>
struct Loaded {
  std::vector<Row> rows;
  TableReport report;
};

template <typename Row>
Loaded<Row> Load(absl::StatusOr<TableReport> (*read)(std::string_view, std::string_view,
                                                     absl::FunctionRef<void(Row&&)>),
                 std::string_view bytes) {
  Loaded<Row> loaded;
  auto report = read("table", bytes, [&](Row&& row) { loaded.rows.push_back(std::move(row)); });
  EXPECT_TRUE(report.ok()) << report.status();
  if (report.ok()) loaded.report = *std::move(report);
  EXPECT_EQ(loaded.report.loaded + loaded.report.refused, loaded.report.rows);
  return loaded;
}

// The complaints as "row column reason", one a line.
std::string Complaints(const TableReport& report) {
  std::string text;
  for (const RowComplaint& complaint : report.complaints) text += complaint.ToString() + '\n';
  return text;
}

constexpr std::string_view kRegistryHeader =
    "SubjectId,InsurerNumber,InsuredCardSymbol,InsuredIdentificationNumber,InsuredBranchNumber,Name,Birthdate,Sex1,"
    "QualificationDate,"
    "DisqualificationDate,ReasonOfLoss,InsuredPartialContributionRatio,RegisteredAt,Suspended\n";

TEST(RegistryCsvTest, ARowIsOneVersionOfOneCoverage) {
  const auto loaded = Load<RegistryRow>(
      &ReadRegistryCsv, std::string(kRegistryHeader) +
                            "S-1,06130488,６４,1234567,01,山田 花子,1985-04-02,2,2020-04-01,2024-10-16,03,30,"
                            "2024-10-20T09:00:00+09:00,1\n"
                            "S-2,138016,,99,,鈴木 一郎,1950-01-31,1,2022-02-01,,,,2022-02-03T00:00:00Z,\n");
  ASSERT_THAT(loaded.rows, SizeIs(2));
  EXPECT_THAT(loaded.report.complaints, IsEmpty());
  const RegistryRow& first = loaded.rows[0];
  EXPECT_EQ(first.subject_id, "S-1");
  EXPECT_EQ(first.card, (Card{{6130488}, "６４", "1234567", "01"}));
  EXPECT_EQ(first.birth, Date::Of(1985, 4, 2));
  EXPECT_EQ(first.sex, Sex::kFemale);
  EXPECT_EQ(first.disqualified, Date::Of(2024, 10, 16));
  EXPECT_EQ(first.loss_reason, LossReason::kOtherInsurance);
  EXPECT_EQ(first.contribution_per_cent, 30);
  EXPECT_TRUE(first.suspended);
  EXPECT_FALSE(first.withdrawn);
  const RegistryRow& second = loaded.rows[1];
  EXPECT_EQ(second.card.insurer.ToString(), "00138016");
  EXPECT_EQ(second.disqualified, kOpenEnd);
  EXPECT_EQ(second.loss_reason, LossReason::kNone);
  EXPECT_EQ(second.registered_at.ToString(), "2022-02-03T09:00:00+09:00");
}

struct BadRow {
  const char* row;
  const char* column;
};

TEST(RegistryCsvTest, EachBadFieldIsNamedAndNeverQuoted) {
  const BadRow bad_rows[] = {
      {"123456789018,06130488,,1,,SECRET,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,",
       "SubjectId: is an Individual Number"},
      {"１２３４-5678-9018,06130488,,1,,SECRET,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,", "SubjectId"},
      {",06130488,,1,,SECRET,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,", "SubjectId: must not be blank"},
      {"S,061304880,,1,,SECRET,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,", "InsurerNumber"},
      {"S,SECRET,,1,,SECRET,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,", "InsurerNumber"},
      {"S,06130489,,1,,SECRET,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,",
       "InsurerNumber: the check digit (the last one) does not fit"},
      {"S,0138017,,1,,SECRET,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,", "InsurerNumber: the check digit"},
      {"S,06480487,,1,,SECRET,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,",
       "InsurerNumber: names no prefecture"},
      {"S,06130488,,,,SECRET,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,", "InsuredIdentificationNumber"},
      {"S,06130488,,1,,,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,", "Name: must not be blank"},
      {"S,06130488,,1,,SECRET\xFF,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,", "Name: is not valid UTF-8"},
      {"S,06130488,,1,,SECRET\x01,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,",
       "Name: contains a control character"},
      {"S,06130488,,1,,SECRET,1985-02-30,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,", "Birthdate"},
      {"S,06130488,,1,,SECRET,3600402,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,", "Birthdate"},
      {"S,06130488,,1,,SECRET,1985-04-02,3,2020-04-01,,,,2024-10-20T09:00:00+09:00,", "Sex1"},
      {"S,06130488,,1,,SECRET,1985-04-02,2,,,,,2024-10-20T09:00:00+09:00,", "QualificationDate"},
      {"S,06130488,,1,,SECRET,1985-04-02,2,2020-04-01,2020-03-31,,,2024-10-20T09:00:00+09:00,",
       "DisqualificationDate: lies before"},
      {"S,06130488,,1,,SECRET,1985-04-02,2,2020-04-01,,04,,2024-10-20T09:00:00+09:00,", "ReasonOfLoss"},
      {"S,06130488,,1,,SECRET,1985-04-02,2,2020-04-01,,,25,2024-10-20T09:00:00+09:00,",
       "InsuredPartialContributionRatio"},
      {"S,06130488,,1,,SECRET,1985-04-02,2,2020-04-01,,,,2024-10-20,", "RegisteredAt"},
      {"S,06130488,,1,,SECRET,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,2", "Suspended"},
      {"S,06130488", "2 fields where the header has 14"}};
  const std::string good = "G,06130488,,1,,A B,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,\n";
  for (const BadRow& bad : bad_rows) {
    const auto loaded =
        Load<RegistryRow>(&ReadRegistryCsv, std::string(kRegistryHeader) + good + bad.row + "\n" + good);
    EXPECT_THAT(loaded.rows, SizeIs(2)) << bad.row;
    EXPECT_EQ(loaded.report.refused, 1) << bad.row;
    EXPECT_THAT(Complaints(loaded.report),
                AllOf(HasSubstr("table row 3"), HasSubstr(bad.column), Not(HasSubstr("SECRET"))))
        << bad.row;
  }
}

TEST(RegistryCsvTest, AShortInsurerNumberIsFilledUpWithZerosBeforeItsCheckDigitIsLookedAt) {
  for (const char* insurer : {"138016", "0138016", "00138016"}) {
    const auto loaded =
        Load<RegistryRow>(&ReadRegistryCsv, std::string(kRegistryHeader) + "S," + insurer +
                                                ",,1,,A,1985-04-02,2,2020-04-01,,,,2024-10-20T09:00:00+09:00,\n");
    ASSERT_THAT(loaded.rows, SizeIs(1)) << insurer << ": " << Complaints(loaded.report);
    EXPECT_EQ(loaded.rows[0].card.insurer.ToString(), "00138016");
  }
}

TEST(RegistryCsvTest, AQualificationLostOnItsFirstDayIsARowWithoutDays) {
  const auto loaded = Load<RegistryRow>(
      &ReadRegistryCsv, std::string(kRegistryHeader) +
                            "S,06130488,,1,,A,1985-04-02,2,2020-04-01,2020-04-01,,,2024-10-20T09:00:00+09:00,\n");
  EXPECT_EQ(loaded.report.loaded, 1);
}

TEST(RegistryCsvTest, WhatIsWrittenIsReadBack) {
  RegistryRow row;
  row.subject_id = "S-9";
  row.card = {{138016}, "記,号", "12\"3", "02"};
  row.family = Family::kFamily;
  row.name = "●田 太郎";
  row.name_kana = "サワダ タロウ";
  row.birth = *Date::Of(1949, 12, 31);
  row.sex = Sex::kMale;
  row.post_number = "1000013";
  row.address = "東京都千代田区霞が関1-2-3";
  row.telephone = "03-1234-5678";
  row.workplace = "株式会社山田";
  row.qualified = *Date::Of(2024, 12, 31);
  row.disqualified = *Date::Of(2025, 1, 1);
  row.loss_reason = LossReason::kDeath;
  row.issued = *Date::Of(2024, 12, 1);
  row.contribution_per_cent = 10;
  row.registered_at = *Moment::Parse("2025-01-02T03:04:05+09:00");
  row.withdrawn = true;
  std::string bytes, again;
  AppendRegistryCsvHeader(bytes);
  AppendRegistryCsv(row, bytes);
  const auto loaded = Load<RegistryRow>(&ReadRegistryCsv, bytes);
  ASSERT_THAT(loaded.rows, SizeIs(1)) << Complaints(loaded.report);
  AppendRegistryCsvHeader(again);
  AppendRegistryCsv(loaded.rows[0], again);
  EXPECT_EQ(again, bytes);
  EXPECT_EQ(loaded.rows[0].card, row.card);
  EXPECT_EQ(loaded.rows[0].disqualified, row.disqualified);
}

TEST(InsurersCsvTest, PeriodsOfOneNumberMayNotOverlap) {
  const auto loaded =
      Load<InsurerRow>(&ReadInsurersCsv,
                       "InsurerNumber,Name,Kind,Prefecture,ReviewAgency,ValidFrom,ValidTo,SuccessorNumber\n"
                       "06130488,甲,組合,13,1,2000-01-01,2024-03-31,01130012\n"
                       "138016,乙,国保,,2,1961-04-01,,\n"
                       "06130488,丙,組合,13,1,2024-03-31,,\n"
                       "06130488,丁,組合,13,1,2024-04-01,,\n"
                       "06139463,戊,健保,13,1,2000-01-01,,\n"
                       "06139463,戊,組合,48,3,2000-01-01,1999-12-31,06139463\n"
                       "39280003,己,後期,28,2,2008-04-01,2008-03-31,\n"
                       "39280003,己,後期,28,2,2008-04-01,,39280003\n");
  ASSERT_THAT(loaded.rows, SizeIs(3));
  EXPECT_EQ(loaded.rows[0].valid_to, Date::Of(2024, 3, 31));
  EXPECT_EQ(loaded.rows[0].successor.ToString(), "01130012");
  EXPECT_EQ(loaded.rows[1].prefecture, 13);
  EXPECT_EQ(loaded.rows[1].kind, InsurerKind::kKokuho);
  EXPECT_EQ(loaded.rows[1].agency, Agency::kKokuho);
  EXPECT_EQ(loaded.rows[2].name, "丁");
  EXPECT_EQ(loaded.report.refused, 5);
  EXPECT_THAT(Complaints(loaded.report),
              AllOf(HasSubstr("row 4, column ValidFrom: rows 2 and 4 of this insurer share a day"),
                    HasSubstr("row 6, column Kind"), HasSubstr("row 7, column ReviewAgency"),
                    HasSubstr("row 7, column Prefecture"), HasSubstr("row 8, column ValidTo"),
                    HasSubstr("row 9, column SuccessorNumber")));
}

TEST(InsurersCsvTest, ANumberWhoseCheckDigitDoesNotFitIsRefused) {
  const auto loaded = Load<InsurerRow>(&ReadInsurersCsv,
                                       "InsurerNumber,Name,Kind,ReviewAgency,ValidFrom\n"
                                       "12,甲,国保,2,2000-01-01\n"
                                       "06130480,乙,組合,1,2000-01-01\n"
                                       "06130488,戊,組合,1,2000-01-01\n");
  ASSERT_THAT(loaded.rows, SizeIs(1));
  EXPECT_EQ(loaded.rows[0].name, "戊");
  EXPECT_THAT(Complaints(loaded.report), AllOf(HasSubstr("row 2, column InsurerNumber: the check digit"),
                                               HasSubstr("row 3, column InsurerNumber: the check digit")));
}

TEST(InstitutionsCsvTest, ACodeOfNoPrefectureIsRefused) {
  const auto loaded = Load<InstitutionRow>(&ReadInstitutionsCsv,
                                           "InstitutionCode,Name,Kind,ValidFrom\n"
                                           "4811234567,甲,病院,2000-01-01\n"
                                           "0011234567,乙,病院,2000-01-01\n"
                                           "4711234567,丙,病院,2000-01-01\n");
  ASSERT_THAT(loaded.rows, SizeIs(1));
  EXPECT_THAT(Complaints(loaded.report),
              AllOf(HasSubstr("row 2, column InstitutionCode"), HasSubstr("row 3, column InstitutionCode")));
}

TEST(InstitutionsCsvTest, ReadsCodesKindsAndPeriods) {
  const auto loaded = Load<InstitutionRow>(&ReadInstitutionsCsv,
                                           "InstitutionCode,Name,Kind,ValidFrom,ValidTo\n"
                                           "1311234567,中央病院,病院,2000-01-01,\n"
                                           "1311234567,中央病院,病院,1990-01-01,2000-01-01\n"
                                           "1311234567,中央病院,病院,1990-01-01,1999-12-31\n"
                                           "131123456,短い,病院,2000-01-01,\n"
                                           "1341234567,薬,くすり,2000-01-01,\n");
  ASSERT_THAT(loaded.rows, SizeIs(2));
  EXPECT_EQ(loaded.rows[0].code.ToString(), "1311234567");
  EXPECT_EQ(loaded.rows[0].kind, InstitutionKind::kHospital);
  EXPECT_THAT(Complaints(loaded.report), AllOf(HasSubstr("rows 2 and 3"), HasSubstr("row 5, column InstitutionCode"),
                                               HasSubstr("row 6, column Kind")));
}

TEST(PaymentsCsvTest, AmountsMayBeNegativeReceiptsMayNot) {
  const auto loaded = Load<PaymentRow>(&ReadPaymentsCsv,
                                       "InstitutionCode,InsurerNumber,ServiceMonth,Receipts,Points,AmountYen\n"
                                       "1311234567,06130488,2024-07,12,3456,24192\n"
                                       "1311234567,06130488,2024-07,0,-10,-70\n"
                                       "1311234567,06130488,2024-07,-1,10,70\n"
                                       "1311234567,06130488,202407,1,10,70\n"
                                       "1311234567,06130488,2024-07,1,10,1000000000000000\n"
                                       "1311234567,06130488,2024-07,1,10.5,70\n"
                                       "1311234567,06130488,2024-07,,10,70\n");
  ASSERT_THAT(loaded.rows, SizeIs(2));
  EXPECT_EQ(loaded.rows[0].month, ServiceMonth::Of(2024, 7));
  EXPECT_EQ(loaded.rows[1].amount, Yen{-70});
  EXPECT_THAT(Complaints(loaded.report),
              AllOf(HasSubstr("row 4, column Receipts"), HasSubstr("row 5, column ServiceMonth"),
                    HasSubstr("row 6, column AmountYen"), HasSubstr("row 7, column Points"),
                    HasSubstr("row 8, column Receipts")));
}

// ---- values that cannot be

// The bad row stands before a good one; it is told by row, column and reason, and not what stands in it.
struct Implausible {
  const char *row, *told;
};
template <typename Row, typename Reader>
void ExpectRefused(Reader read, const std::string& header, const std::string& good,
                   const std::vector<Implausible>& bad) {
  for (const auto& [row, told] : bad) {
    const auto loaded = Load<Row>(read, header + row + "\n" + good);
    EXPECT_THAT(loaded.rows, SizeIs(1)) << row;
    EXPECT_EQ(loaded.report.refused, 1) << row;
    EXPECT_THAT(Complaints(loaded.report), AllOf(HasSubstr(std::string("row 2, column ") + told),
                                                 Not(HasSubstr("SECRET")), Not(HasSubstr(std::string(row, 6)))))
        << row;
  }
}

TEST(MastersCsvTest, InsurersThatCannotBeAreRefused) {
  ExpectRefused<InsurerRow>(
      &ReadInsurersCsv, "InsurerNumber,Name,Kind,Prefecture,ReviewAgency,ValidFrom,ValidTo,SuccessorNumber\n",
      "06130488,甲,組合,13,1,2000-01-01,,01130012\n",
      {{"061304881234,SECRET,組合,13,1,2000-01-01,,", "InsurerNumber: expected an insurer number of 1 to 8 digits"},
       {"06130480,SECRET,組合,13,1,2000-01-01,,", "InsurerNumber: the check digit"},
       {"06480487,SECRET,組合,13,1,2000-01-01,,", "InsurerNumber: names no prefecture"},
       {"06000483,SECRET,組合,13,1,2000-01-01,,", "InsurerNumber: names no prefecture"},
       {"06139463,SECRET,組合,48,1,2000-01-01,,", "Prefecture: expected a whole number from 1 to 47"},
       {"06139463,SECRET,組合,0,1,2000-01-01,,", "Prefecture: expected a whole number from 1 to 47"},
       {"06139463,SECRET,組合,13,3,2000-01-01,,", "ReviewAgency: expected a whole number from 1 to 2"},
       {"06139463,SECRET,健保,13,1,2000-01-01,,", "Kind: expected one of"},
       {"06139463,SECRET,組合,13,1,0200-01-01,,", "ValidFrom: lies before 1868"},
       {"06139463,SECRET,組合,13,1,2000-02-30,,", "ValidFrom: expected a date"},
       {"06139463,SECRET,組合,13,1,2000-01-01,1999-12-31,", "ValidTo: lies before ValidFrom"},
       {"06139463,SECRET,組合,13,1,2000-01-01,,01130013", "SuccessorNumber: the check digit"},
       {"06139463,SECRET,組合,13,1,2000-01-01,,011300123456", "SuccessorNumber: expected an insurer number"},
       {"06139463,SECRET,組合,13,1,2000-01-01,,06139463", "SuccessorNumber: an insurer cannot succeed itself"}});
}

TEST(MastersCsvTest, InstitutionsThatCannotBeAreRefused) {
  constexpr char kCode[] =
      "InstitutionCode: expected an institution code of 10 digits (prefecture 01 to 47, point table 1 3 4 or 6";
  ExpectRefused<InstitutionRow>(&ReadInstitutionsCsv, "InstitutionCode,Name,Kind,ValidFrom,ValidTo\n",
                                "4767654321,甲,訪問看護,2000-01-01,\n",
                                {{"4811234567,SECRET,病院,2000-01-01,", kCode},
                                 {"0011234567,SECRET,病院,2000-01-01,", kCode},
                                 {"1321234567,SECRET,病院,2000-01-01,", kCode},
                                 {"1301234567,SECRET,病院,2000-01-01,", kCode},
                                 {"1391234567,SECRET,病院,2000-01-01,", kCode},
                                 {"131123456,SECRET,病院,2000-01-01,", kCode},
                                 {"13112345670,SECRET,病院,2000-01-01,", kCode},
                                 {"131123456A,SECRET,病院,2000-01-01,", kCode},
                                 {"1311234567,SECRET,医院,2000-01-01,", "Kind: expected one of"},
                                 {"1311234567,SECRET,病院,0001-01-01,", "ValidFrom: lies before 1868"},
                                 {"1311234567,SECRET,病院,2000-01-01,1999-12-31", "ValidTo: lies before ValidFrom"}});
}

TEST(MastersCsvTest, PaymentsThatCannotBeAreRefused) {
  ExpectRefused<PaymentRow>(&ReadPaymentsCsv, "InstitutionCode,InsurerNumber,ServiceMonth,Receipts,Points,AmountYen\n",
                            "1347654321,06130488,2024-07,1,10,70\n",
                            {{"4811234567,06130488,2024-07,1,10,70", "InstitutionCode: expected"},
                             {"1321234567,06130488,2024-07,1,10,70", "InstitutionCode: expected"},
                             {"1311234567,061304881234,2024-07,1,10,70", "InsurerNumber: expected an insurer number"},
                             {"1311234567,06130480,2024-07,1,10,70", "InsurerNumber: the check digit"},
                             {"1311234567,06480487,2024-07,1,10,70", "InsurerNumber: names no prefecture"},
                             {"1311234567,06130488,2024-13,1,10,70", "ServiceMonth: expected a month"},
                             {"1311234567,06130488,0202-07,1,10,70", "ServiceMonth: lies before 1868"},
                             {"1311234567,06130488,2024-07,-1,10,70", "Receipts: expected"}});
}

TEST(MastersCsvTest, TownsThatCannotBeAreRefused) {
  const std::string rest =
      ",\"060  \",\"0600000\",\"ﾎﾂｶｲﾄﾞｳ\",\"ｻﾂﾎﾟﾛｼ\",\"ｲｶﾆ\",\"北海道\",\"札幌市中央区\",\"甲町\",0,0,0,0,0,0\n";
  for (const char* code : {"48101", "00101", "1101", "x1101"}) {
    const auto loaded = Load<TownRow>(&ReadTownsCsv, code + rest + "01101" + rest);
    EXPECT_THAT(loaded.rows, SizeIs(1)) << code;
    EXPECT_THAT(Complaints(loaded.report),
                HasSubstr("row 1, column municipality code: expected 5 digits that begin with a prefecture, 01 to 47"))
        << code;
  }
}

TEST(PeopleCsvTest, AnAcceptNamesThePerson) {
  const auto loaded = Load<PeopleRow>(&ReadPeopleCsv,
                                      "ClaimId,Action,SubjectId,InsurerNumber,Actor,At\n"
                                      "c-1,ACCEPT,S-1,,reviewer 7,2024-11-01T10:00:00+09:00\n"
                                      "c-1,UNDO,,,reviewer 7,2024-11-02T10:00:00+09:00\n"
                                      "c-2,CONFIRM,,06130488,insurer,2024-11-02T10:00:00+09:00\n"
                                      "c-2,ACCEPT,,,x,2024-11-02T10:00:00+09:00\n"
                                      "c-2,CONFIRM,,,x,2024-11-02T10:00:00+09:00\n"
                                      "c-2,Accept,S-1,,x,2024-11-02T10:00:00+09:00\n"
                                      "c-2,REJECT,,,x,yesterday\n"
                                      ",REJECT,,,x,2024-11-02T10:00:00+09:00\n"
                                      "c-2,ACCEPT,123456789018,,x,2024-11-02T10:00:00+09:00\n");
  ASSERT_THAT(loaded.rows, SizeIs(3));
  EXPECT_EQ(loaded.rows[0].action, Action::kAccept);
  EXPECT_EQ(loaded.rows[0].actor, "reviewer 7");
  EXPECT_EQ(loaded.rows[2].insurer, InsurerNumber{6130488});
  EXPECT_EQ(loaded.report.refused, 6);
}

TEST(MastersCsvTest, WhatIsWrittenIsReadBack) {
  const InsurerRow insurer{
      {6130488}, "甲,乙", InsurerKind::kSociety, 13, Agency::kShaho, *Date::Of(2000, 1, 1), *Date::Of(2024, 3, 31),
      {1130012}};
  const InstitutionRow institution{InstitutionCode::Of(1, 4, 234567), "薬局", InstitutionKind::kPharmacy,
                                   *Date::Of(2000, 1, 1), kOpenEnd};
  const PaymentRow payment{institution.code, insurer.number, ServiceMonth::Of(2024, 7), 3, -4, {-5}};
  const PeopleRow people{"c-1", Action::kDefer, "S-1", {6130488}, "a", *Moment::Parse("2024-11-02T10:00:00+09:00")};
  std::string bytes[4];
  AppendInsurersCsvHeader(bytes[0]);
  AppendInsurersCsv(insurer, bytes[0]);
  AppendInstitutionsCsvHeader(bytes[1]);
  AppendInstitutionsCsv(institution, bytes[1]);
  AppendPaymentsCsvHeader(bytes[2]);
  AppendPaymentsCsv(payment, bytes[2]);
  AppendPeopleCsvHeader(bytes[3]);
  AppendPeopleCsv(people, bytes[3]);
  EXPECT_THAT(Load<InsurerRow>(&ReadInsurersCsv, bytes[0]).rows, ElementsAre(insurer));
  EXPECT_THAT(Load<InstitutionRow>(&ReadInstitutionsCsv, bytes[1]).rows, ElementsAre(institution));
  EXPECT_THAT(Load<PaymentRow>(&ReadPaymentsCsv, bytes[2]).rows, ElementsAre(payment));
  EXPECT_THAT(Load<PeopleRow>(&ReadPeopleCsv, bytes[3]).rows, ElementsAre(people));
}

TEST(TownsCsvTest, ReadsTheLayoutOfTheJapanPostInBothEncodings) {
  const std::string utf8 =
      "01101,\"060  "
      "\",\"0600000\",\"ﾎﾂｶｲﾄﾞｳ\",\"ｻﾂﾎﾟﾛｼ\",\"ｲｶﾆ\",\"北海道\",\"札幌市中央区\",\"以下に掲載がない場合\",0,0,0,0,0,"
      "0\r\n"
      "01101,\"064  "
      "\",\"0640941\",\"ﾎﾂｶｲﾄﾞｳ\",\"ｻﾂﾎﾟﾛｼ\",\"ｱｻﾋ\",\"北海道\",\"札幌市中央区\",\"旭ケ丘（１丁目）\",0,0,1,0,0,0\r\n"
      "26102,\"602  "
      "\",\"6020000\",\"ｷｮｳﾄﾌ\",\"ｷｮｳﾄｼ\",\"ｱ\",\"京都府\",\"京都市上京区\",\"甲町（乙通、\",0,0,1,0,0,0\r\n"
      "26102,\"602  \",\"6020000\",\"ｷｮｳﾄﾌ\",\"ｷｮｳﾄｼ\",\"ｱ\",\"京都府\",\"京都市上京区\",\"丙通）\",0,0,1,0,0,0\r\n"
      "26102,\"602  \",\"60200\",\"ｷｮｳﾄﾌ\",\"ｷｮｳﾄｼ\",\"ｱ\",\"京都府\",\"京都市上京区\",\"短町\",0,0,1,0,0,0\r\n"
      "26102,\"602  \",\"6020000\",\"ｷｮｳﾄﾌ\",\"ｷｮｳﾄｼ\",\"ｱ\",\"京都府\",\"京都市上京区\",\"丁町\",0,0,1,0,0,0\r\n";
  for (const std::string& bytes : {utf8, uke::ToCp932(utf8).value()}) {
    const auto loaded = Load<TownRow>(&ReadTownsCsv, bytes);
    EXPECT_THAT(loaded.rows, ElementsAre(TownRow{"01101", "0600000", "北海道", "札幌市中央区", ""},
                                         TownRow{"01101", "0640941", "北海道", "札幌市中央区", "旭ケ丘"},
                                         TownRow{"26102", "6020000", "京都府", "京都市上京区", "甲町"},
                                         TownRow{"26102", "6020000", "京都府", "京都市上京区", "丁町"}));
    EXPECT_EQ(loaded.report.loaded, 5);
    EXPECT_THAT(Complaints(loaded.report), HasSubstr("row 5, column post number: expected 7 digits"));
  }
  EXPECT_FALSE(ReadTownsCsv("t", "a,b\n1,2\n", [](TownRow&&) {}).ok());
}

std::string Reply(std::string_view results) {
  return "<?xml version=\"1.0\" "
         "encoding=\"UTF-8\"?><XmlMsg><MessageHeader><ProcessExecutionTime>20241020123456</ProcessExecutionTime>"
         "</MessageHeader><MessageBody><ResultList>" +
         std::string(results) + "</ResultList></MessageBody></XmlMsg>";
}

std::string Result(std::string_view number, std::string_view from, std::string_view to,
                   std::string_view name = "山田　花子") {
  return "<ResultOfQualificationConfirmation><InsurerNumber>06130488</InsurerNumber><InsuredCardSymbol>６４</"
         "InsuredCardSymbol>"
         "<InsuredIdentificationNumber>" +
         std::string(number) + "</InsuredIdentificationNumber><Name>" + std::string(name) +
         "</Name><Sex1>2</Sex1><Birthdate>19850402</Birthdate><InsuredCardValidDate>" + std::string(from) +
         "</InsuredCardValidDate><InsuredCardExpirationDate>" + std::string(to) +
         "</InsuredCardExpirationDate><InsuredPartialContributionRatio>030</InsuredPartialContributionRatio>"
         "</ResultOfQualificationConfirmation>";
}

TEST(RegistryXmlTest, TheExpirationDateIsTheLastValidDay) {
  const auto loaded =
      Load<RegistryRow>(&ReadRegistryXml, Reply(Result("1", "20200401", "20241015") + Result("2", "20241016", "")));
  ASSERT_THAT(loaded.rows, SizeIs(2)) << Complaints(loaded.report);
  EXPECT_EQ(loaded.rows[0].disqualified, Date::Of(2024, 10, 16));
  EXPECT_EQ(loaded.rows[0].contribution_per_cent, 30);
  EXPECT_EQ(loaded.rows[0].registered_at.ToString(), "2024-10-20T12:34:56+09:00");
  EXPECT_EQ(loaded.rows[1].disqualified, kOpenEnd);
  EXPECT_EQ(loaded.rows[0].subject_id, loaded.rows[1].subject_id);  // one reply about one person
  EXPECT_THAT(loaded.rows[0].subject_id, AllOf(HasSubstr("oqs-"), SizeIs(36)));
}

TEST(RegistryXmlTest, PeopleOfABulkReplyAreNotJoined) {
  std::string results;
  for (const char* number : {"1", "2", "3", "4", "5"}) results += Result(number, "20200401", "");
  const auto loaded = Load<RegistryRow>(&ReadRegistryXml, Reply(results));
  ASSERT_THAT(loaded.rows, SizeIs(5));
  EXPECT_NE(loaded.rows[0].subject_id, loaded.rows[1].subject_id);
  const auto two = Load<RegistryRow>(
      &ReadRegistryXml, Reply(Result("1", "20200401", "", "山田 花子") + Result("2", "20200401", "", "鈴木 一郎")));
  ASSERT_THAT(two.rows, SizeIs(2));
  EXPECT_NE(two.rows[0].subject_id, two.rows[1].subject_id);
}

TEST(RegistryXmlTest, ABadResultIsAComplaintAndTheOthersGoOn) {
  const auto loaded =
      Load<RegistryRow>(&ReadRegistryXml, Reply(Result("1", "20200431", "") + Result("2", "20200401", "20200331") +
                                                Result("", "20200401", "") + Result("3", "20200401", "")));
  EXPECT_THAT(loaded.rows, SizeIs(1));
  EXPECT_EQ(loaded.report.refused, 3);
  EXPECT_THAT(
      Complaints(loaded.report),
      AllOf(HasSubstr("row 1, column InsuredCardValidDate"), HasSubstr("row 2, column InsuredCardExpirationDate"),
            HasSubstr("row 3, column InsuredIdentificationNumber"), Not(HasSubstr("花子"))));
}

TEST(RegistryXmlTest, AnInsurerNumberThatNoInsurerCanHaveIsAComplaint) {
  std::string results;
  for (std::string_view insurer : {"06130489", "06480487", "138016"}) {
    std::string result = Result("1", "20200401", "");
    result.replace(result.find("06130488"), 8, insurer);
    results += result;
  }
  const auto loaded = Load<RegistryRow>(&ReadRegistryXml, Reply(results));
  ASSERT_THAT(loaded.rows, SizeIs(1));
  EXPECT_EQ(loaded.rows[0].card.insurer.ToString(), "00138016");
  EXPECT_THAT(Complaints(loaded.report),
              AllOf(HasSubstr("row 1, column InsurerNumber: the check digit (the last one) does not fit"),
                    HasSubstr("row 2, column InsurerNumber: names no prefecture"), Not(HasSubstr("0613048"))));
}

TEST(RegistryXmlTest, ShiftJisIsReadWhenDeclared) {
  std::string reply = Reply(Result("1", "20200401", ""));
  reply.replace(reply.find("UTF-8"), 5, "Shift_JIS");
  const auto loaded = Load<RegistryRow>(&ReadRegistryXml, uke::ToCp932(reply).value());
  ASSERT_THAT(loaded.rows, SizeIs(1));
  EXPECT_EQ(loaded.rows[0].name, "山田　花子");
}

TEST(RegistryXmlTest, WhatIsNoReplyIsRefusedAsAWhole) {
  for (const char* bytes : {"", "not xml", "<a><b></a>", "<XmlMsg><MessageBody/></XmlMsg>"}) {
    const auto report = ReadRegistryXml("reply.xml", bytes, [](RegistryRow&&) { FAIL(); });
    EXPECT_EQ(report.status().code(), absl::StatusCode::kInvalidArgument) << bytes;
    EXPECT_THAT(std::string(report.status().message()), HasSubstr("reply.xml"));
  }
}

}  // namespace
}  // namespace furikae
