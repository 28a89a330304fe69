// Files of reference data into the store: good rows are loaded and bad ones told, strict files and contradictory ones
// change nothing.
#include "storage/loading/loading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/bare_database.h"
#include "tests/storage/registry_rows.h"

namespace furikae::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::string_view kRegistryHeader =
    "SubjectId,InsurerNumber,InsuredIdentificationNumber,Name,Birthdate,Sex1,QualificationDate,DisqualificationDate,"
    "InsuredBranchNumber,RegisteredAt\n";

std::string RegistryLine(const std::string& subject, const std::string& until = "", const std::string& branch = "",
                         const std::string& birth = "1985-04-02") {
  return subject + ",01130012,345,山田 花子," + birth + ",2,2020-04-01," + until + "," + branch +
         ",2020-04-10T00:00:00+09:00\n";
}
std::string RegistryFile(const std::vector<std::string>& lines) {
  std::string file(kRegistryHeader);
  for (const std::string& line : lines) file += line;
  return file;
}

class LoadingTest : public ::testing::Test {
 protected:
  BareDatabase disk{{"registry_person", "registry_card", "insurers", "institutions", "payments", "registry_block"}};
  Registry registry{disk.db(), disk["registry_person"], disk["registry_card"]};
  Masters masters{disk.db(), disk["insurers"], disk["institutions"]};
  Payments payments{disk.db(), disk["payments"]};
  Towns towns{disk.db(), disk["registry_block"]};
  size_t RegistryRows() { return (*registry.index())->rows(); }
};

TEST(KindOfFile, IsToldByTheName) {
  const struct {
    const char* path;
    std::optional<TableKind> kind;
  } cases[] = {
      {"in/registry.csv", TableKind::kRegistry},
      {"registry-2024-10.CSV", TableKind::kRegistry},
      {"registry_reply.xml", TableKind::kRegistryXml},
      {"insurers_tokyo.csv", TableKind::kInsurers},
      {"institutions.csv", TableKind::kInstitutions},
      {"a/b/payments-2024.csv", TableKind::kPayments},
      {"people.csv", TableKind::kPeople},
      {"KEN_ALL.CSV", TableKind::kTowns},
      {"towns.csv", TableKind::kTowns},
      {"registry.txt", std::nullopt},
      {"registry/readme.csv", std::nullopt},
      {"csv", std::nullopt},
      {"", std::nullopt},
  };
  for (const auto& c : cases) EXPECT_EQ(KindOfFile(c.path), c.kind) << c.path;
  EXPECT_EQ(TableKindName(TableKind::kRegistryXml), "registry_xml");
}

TEST_F(LoadingTest, TheRowNamedIsThatOfTheFileAlsoBehindBlankLinesAndRefusedRows) {
  const std::string bad = RegistryLine("S9", "", "", "someday");
  std::string many;
  for (int i = 0; i < 1500; ++i) many += bad;  // more than complaints are kept
  const struct {
    std::string between, rows;
  } cases[] = {
      {"", "row 3 and row 2"},
      {"\n", "row 4 and row 2"},
      {"\n\r\n" + bad + "\n" + RegistryLine("S8") + "\n", "row 9 and row 2"},
      {many, "row 1503 and row 2"},
      {many + "\n" + many, "row 3004 and row 2"},
  };
  for (const auto& c : cases) {
    const std::string file = RegistryFile({RegistryLine("S1"), c.between, RegistryLine("S1", "2024-10-01")});
    const absl::Status refusal = LoadRegistryCsv(registry, "registry.csv", file, false).status();
    EXPECT_THAT(std::string(refusal.message()), HasSubstr("registry.csv " + c.rows));
  }
  const std::string insurers =
      "InsurerNumber,Name,Kind,Prefecture,ReviewAgency,ValidFrom,ValidTo,SuccessorNumber\n\n"
      "01130012,a,協会けんぽ,13,1,2008-10-01,,\n\n\n"
      "01130012,b,協会けんぽ,13,1,2010-10-01,,\n";
  const auto report = LoadInsurersCsv(masters, "insurers.csv", insurers, false);
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_THAT(report->complaints, SizeIs(1));
  EXPECT_EQ(report->complaints[0].row, 6);
}

TEST_F(LoadingTest, GoodRowsAreLoadedAndTheBadOneIsTold) {
  const std::string file =
      RegistryFile({RegistryLine("a"), RegistryLine("b", "", "", "1985-02-30"), RegistryLine("c")});
  const auto report = LoadRegistryCsv(registry, "registry.csv", file, false);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->rows, 3);
  EXPECT_EQ(report->loaded, 2);
  EXPECT_EQ(report->refused, 1);
  ASSERT_THAT(report->complaints, SizeIs(1));
  EXPECT_EQ(report->complaints[0].row, 3);
  EXPECT_EQ(report->complaints[0].column, "Birthdate");
  EXPECT_EQ(report->content_sum, *registry.ContentSum());
  EXPECT_EQ(RegistryRows(), 2u);
}

TEST_F(LoadingTest, LoadingAgainChangesNothing) {
  const std::string file = RegistryFile({RegistryLine("a"), RegistryLine("b"), RegistryLine("a")});
  const auto first = LoadRegistryCsv(registry, "registry.csv", file, false);
  const auto second = LoadRegistryCsv(registry, "registry.csv", file, false);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(second->loaded, 3);
  EXPECT_EQ(second->content_sum, ContentSum128{});
  EXPECT_EQ(RegistryRows(), 2u);
}

TEST_F(LoadingTest, StrictRefusesTheWholeFileAndTellsEveryBadRow) {
  const std::string file = RegistryFile(
      {RegistryLine("a"), RegistryLine("b", "", "", "1985-02-30"), RegistryLine("c"), RegistryLine("d", "yesterday")});
  const auto refused = LoadRegistryCsv(registry, "registry.csv", file, true);
  ASSERT_TRUE(refused.ok()) << refused.status();
  EXPECT_TRUE(refused->refused_whole);
  EXPECT_EQ(refused->rows, 4);
  EXPECT_EQ(refused->loaded, 0);
  EXPECT_EQ(refused->refused, 2);
  ASSERT_THAT(refused->complaints, SizeIs(2));
  EXPECT_THAT(refused->complaints[0].ToString(), HasSubstr("row 3, column Birthdate"));
  EXPECT_THAT(refused->complaints[1].ToString(), HasSubstr("row 5, column DisqualificationDate"));
  EXPECT_EQ(RegistryRows(), 0u);
}

TEST_F(LoadingTest, AVersionThatContradictsTheRegistryRefusesTheFile) {
  ASSERT_TRUE(
      LoadRegistryCsv(registry, "registry.csv", RegistryFile({RegistryLine("a"), RegistryLine("b")}), false).ok());
  const std::string later =
      RegistryFile({RegistryLine("new"), RegistryLine("x", "", "", "1985-02-30"), RegistryLine("b", "2024-10-16")});
  const absl::Status refused = LoadRegistryCsv(registry, "registry-2.csv", later, false).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(refused));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("registry-2.csv row 4 and registry row 1"));
  EXPECT_EQ(RegistryRows(), 2u) << "nothing of the file is applied, not even its first row";
}

TEST_F(LoadingTest, AFileThatContradictsItselfIsRefusedNamingBothRows) {
  for (const char* branch : {"", "01"}) {  // a blank branch is the same coverage
    const std::string file =
        RegistryFile({RegistryLine("z"), RegistryLine("a", "", ""), RegistryLine("a", "2024-10-16", branch)});
    const absl::Status refused = LoadRegistryCsv(registry, "registry.csv", file, false).status();
    EXPECT_TRUE(absl::IsFailedPrecondition(refused));
    EXPECT_THAT(std::string(refused.message()), HasSubstr("registry.csv row 4 and row 3"));
  }
  EXPECT_EQ(RegistryRows(), 0u);
  const std::string two_branches = RegistryFile({RegistryLine("a", "", "01"), RegistryLine("a", "2024-10-16", "02")});
  EXPECT_TRUE(LoadRegistryCsv(registry, "registry.csv", two_branches, false).ok());
}

// Rows are prepared in batches on several threads: a long file must read as a short one.
TEST_F(LoadingTest, ALongFileIsToldAndLoadedInTheOrderOfItsRows) {
  constexpr int kRows = 25'000;
  const auto line = [](int row) {
    const std::string branch = row % 9'000 == 5 ? "1024" : "";  // above what the index holds
    return RegistryLine("subject " + std::to_string(row % 24'000), "", branch,
                        row % 7'000 == 3 ? "1985-02-30" : "1985-04-02");
  };
  std::vector<std::string> lines;
  for (int row = 0; row < kRows; ++row) lines.push_back(line(row));
  const auto report = LoadRegistryCsv(registry, "registry.csv", RegistryFile(lines), false);
  ASSERT_TRUE(report.ok()) << report.status();
  std::vector<int64_t> refused;
  for (const RowComplaint& complaint : report->complaints) refused.push_back(complaint.row);
  EXPECT_THAT(refused, ElementsAre(5, 7, 7005, 9007, 14005, 18007, 21005));
  EXPECT_EQ(report->loaded, kRows - 7);
  EXPECT_EQ(report->content_sum, *registry.ContentSum());
  EXPECT_EQ((*registry.Row(0)).subject_id, "subject 0");
  EXPECT_EQ((*registry.Row(3)).subject_id, "subject 4");
  EXPECT_TRUE(registry.Verify().ok()) << registry.Verify();

  lines.push_back(RegistryLine("subject 23000", "2024-10-16"));
  lines.push_back(RegistryLine("subject 1", "2024-10-16"));  // a later contradiction is not the one that is told
  BareDatabase empty_disk({"registry_person", "registry_card"});
  Registry empty(empty_disk.db(), empty_disk["registry_person"], empty_disk["registry_card"]);
  const absl::Status refusal = LoadRegistryCsv(empty, "registry.csv", RegistryFile(lines), false).status();
  EXPECT_THAT(std::string(refusal.message()), HasSubstr("registry.csv row 25002 and row 23002"));
  EXPECT_EQ((*empty.index())->rows(), 0u);
}

TEST_F(LoadingTest, AFileOfAnotherTableIsRefused) {
  EXPECT_TRUE(
      absl::IsInvalidArgument(LoadRegistryCsv(registry, "registry.csv", "Name,Kind\n組合,1\n", false).status()));
  EXPECT_EQ(RegistryRows(), 0u);
}

constexpr const char* kInsurers =
    "InsurerNumber,Name,Kind,Prefecture,ReviewAgency,ValidFrom,ValidTo,SuccessorNumber\n"
    "06130488,組合,組合,13,1,2000-01-01,2020-03-31,01130012\n"
    "01130012,東京支部,協会けんぽ,13,1,2008-10-01,,\n";

TEST_F(LoadingTest, InsurersAndInstitutionsAreLoadedAndKept) {
  const auto insurers = LoadInsurersCsv(masters, "insurers.csv", kInsurers, true);
  ASSERT_TRUE(insurers.ok()) << insurers.status();
  EXPECT_EQ(insurers->loaded, 2);
  const auto clinics = LoadInstitutionsCsv(
      masters, "institutions.csv",
      "InstitutionCode,Name,Kind,ValidFrom,ValidTo\n1311234567,診療所,医科診療所,2000-01-01,\n", false);
  ASSERT_TRUE(clinics.ok()) << clinics.status();
  Masters again(disk.db(), disk["insurers"], disk["institutions"]);
  ASSERT_TRUE(again.Load().ok());
  EXPECT_EQ(again.insurers(), masters.insurers());
  EXPECT_EQ(again.insurers().size(), 2u);
  EXPECT_EQ(again.institutions().size(), 1u);
  const auto nobody = [](int, ServiceMonth) { return Agency::kUnknown; };
  EXPECT_EQ(again.LivingSuccessor({6130488}, Day("2024-10-01"), nobody)->value, 1130012u);
}

TEST_F(LoadingTest, AnInsurerThatOverlapsAStoredPeriodIsARefusedRow) {
  ASSERT_TRUE(LoadInsurersCsv(masters, "insurers.csv", kInsurers, false).ok());
  const std::string overlap =
      "InsurerNumber,Name,Kind,Prefecture,ReviewAgency,ValidFrom,ValidTo,SuccessorNumber\n"
      "39280003,広域連合,後期,28,2,2008-04-01,,\n"
      "01130012,東京支部,協会けんぽ,13,1,2020-01-01,,\n";
  EXPECT_TRUE(LoadInsurersCsv(masters, "insurers-2.csv", overlap, true)->refused_whole);
  EXPECT_EQ(masters.insurers().size(), 2u) << "strict: nothing of it";
  const auto report = LoadInsurersCsv(masters, "insurers-2.csv", overlap, false);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->refused, 1);
  ASSERT_THAT(report->complaints, SizeIs(1));
  EXPECT_EQ(report->complaints[0].row, 3);
  EXPECT_THAT(report->complaints[0].reason, HasSubstr("overlaps period 2008-10-01 to open"));
  EXPECT_EQ(masters.insurers().size(), 3u);
}

TEST_F(LoadingTest, TheSamePaymentsTwiceAreOnce) {
  const std::string file =
      "InstitutionCode,InsurerNumber,ServiceMonth,Receipts,Points,AmountYen\n"
      "1311234567,06130488,2024-06,3,1000,7000\n"
      "1311234567,06130488,2024-06,1,100,700\n"
      "1311234567,06130488,2024-13,1,100,700\n";
  int64_t yen = 0;
  for (int again = 0; again < 2; ++again) {
    const auto report = LoadPaymentsCsv(payments, "payments.csv", file, false);
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(report->loaded, 2);
    EXPECT_EQ(report->refused, 1);
    yen = 0;
    ASSERT_TRUE(payments
                    .ForEach({.institution = InstitutionCode{1311234567},
                              .from = ServiceMonth::Of(2024, 6),
                              .to = ServiceMonth::Of(2024, 6)},
                             [&](const PaymentRow& row) {
                               yen += row.amount.value;
                               return absl::OkStatus();
                             })
                    .ok());
    EXPECT_EQ(yen, 7700);
  }
  EXPECT_TRUE(LoadPaymentsCsv(payments, "payments-2.csv", file, true)->refused_whole);
}

TEST_F(LoadingTest, TownsAreFoundByPostNumber) {
  const std::string file =
      "13101,\"100  \",\"1000001\",\"ﾄｳｷﾖｳﾄ\",\"ﾁﾖﾀﾞｸ\",\"ﾁﾖﾀﾞ\",\"東京都\",\"千代田区\",\"千代田\",0,0,0,0,0,0\n"
      "13101,\"102  \",\"1020072\",\"ﾄｳｷﾖｳﾄ\",\"ﾁﾖﾀﾞｸ\",\"ｲｲﾀﾞﾊﾞｼ\",\"東京都\",\"千代田区\",\"飯田橋\",0,0,1,0,0,0\n";
  ASSERT_TRUE(LoadTownsCsv(towns, "KEN_ALL.CSV", file, true).ok());
  EXPECT_THAT(*towns.OfPostNumber("1000001"), ElementsAre(TownRow{"13101", "1000001", "東京都", "千代田区", "千代田"}));
  EXPECT_THAT(*towns.OfPostNumber("100000"), SizeIs(0));
  EXPECT_THAT(*towns.OfPostNumber("9999999"), SizeIs(0));
}

}  // namespace
}  // namespace furikae::storage
