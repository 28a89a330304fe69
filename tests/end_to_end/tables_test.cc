// Reference files with bad rows: each row refused is reported with file, row, column and reason, good rows are loaded,
// the program ends 3; --strict refuses the file and changes nothing. Source: files.md, opening paragraph and "In".
#include <gmock/gmock.h>

#include <filesystem>

#include "core/uke/cp932.h"
#include "tests/end_to_end/program_fixture.h"

namespace furikae {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kRegistryHead[] =
    "SubjectId,InsurerNumber,InsuredIdentificationNumber,Name,Birthdate,Sex1,QualificationDate,RegisteredAt\n";
constexpr char kRegistryRow[] = "S-1,01130012,1234567,山田 花子,1985-04-02,2,2020-04-01,2020-04-02T00:00:00+09:00\n";
constexpr char kTown[] =
    "13101,\"100  \",\"1000001\",\"ﾄｳｷｮｳﾄ\",\"ﾁﾖﾀﾞｸ\",\"ﾁﾖﾀﾞ\",\"東京都\",\"千代田区\",\"千代田\",0,0,0,0,0,0\n";

// A file of one good and one bad row.
struct BadRow {
  const char* file;
  std::string bytes;
  const char* complaint;  // of the bad row
};

std::vector<BadRow> BadRows() {
  const std::string registry = std::string(kRegistryHead) + kRegistryRow;
  const auto xml = [](const std::string& birth) {
    return "<ResultOfQualificationConfirmation><InsurerNumber>01130012</InsurerNumber><InsuredIdentificationNumber>1</"
           "InsuredIdentificationNumber>"
           "<Name>山田 花子</Name><Birthdate>" +
           birth +
           "</Birthdate><Sex1>2</Sex1><InsuredCardValidDate>20200401</InsuredCardValidDate>"
           "</ResultOfQualificationConfirmation>";
  };
  const auto bulk = [&](const std::string& second) {
    return "<?xml version=\"1.0\" "
           "encoding=\"UTF-8\"?><XmlMsg><MessageHeader><ProcessExecutionTime>20241001120000</ProcessExecutionTime></"
           "MessageHeader>"
           "<MessageBody><ResultList>" +
           xml("19850402") + xml(second) + "</ResultList></MessageBody></XmlMsg>";
  };
  return {
      {"registry.csv", registry + "S-2,01130012,55,鈴木 一郎,1985-13-02,1,2020-04-01,2020-04-02T00:00:00+09:00\n",
       "registry.csv row 3, column Birthdate: expected a date YYYY-MM-DD"},
      {"registry-2.csv",
       registry + "123456789018,01130012,55,鈴木 一郎,1985-03-02,1,2020-04-01,2020-04-02T00:00:00+09:00\n",
       "registry-2.csv row 3, column SubjectId: is an Individual Number"},
      {"registry-3.csv", registry + "\nS-2,01130012,55\n", "registry-3.csv row 4"},
      {"registry.xml", bulk("1985"), "registry.xml row 2, column Birthdate: expected a date YYYYMMDD"},
      {"insurers.csv",
       "InsurerNumber,Name,Kind,ReviewAgency,ValidFrom\n01130012,ある支部,協会けんぽ,1,2000-04-01\nabc,x,組合,1,2000-"
       "04-01\n",
       "insurers.csv row 3, column InsurerNumber: expected an insurer number of 1 to 8 digits"},
      {"insurers-2.csv",
       "InsurerNumber,Name,Kind,ReviewAgency,ValidFrom\n01130012,ある支部,協会けんぽ,1,2000-04-01\n01130012,ある支部,"
       "協会けんぽ,1,2010-04-01\n",
       "insurers-2.csv row 3, column ValidFrom: rows 2 and 3 of this insurer share a day"},
      {"institutions.csv",
       "InstitutionCode,Name,Kind,ValidFrom\n1311234567,青空医院,医科診療所,2000-04-01\n1311234568,x,医院,2000-04-01\n",
       "institutions.csv row 3, column Kind: expected one of 病院 医科診療所 歯科診療所 薬局 訪問看護"},
      {"payments.csv",
       "InstitutionCode,InsurerNumber,ServiceMonth,Receipts,Points,AmountYen\n1311234567,01130012,2024-06,1,10,"
       "100\n1311234567,01130012,2024-6,1,10,100\n",
       "payments.csv row 3, column ServiceMonth: expected a month YYYY-MM"},
      {"KEN_ALL.CSV",
       std::string(kTown) +
           "1310,\"100\",\"1000002\",\"a\",\"b\",\"c\",\"東京都\",\"千代田区\",\"丸の内\",0,0,0,0,0,0\n",
       "KEN_ALL.CSV row 2, column municipality code: expected 5 digits"},
  };
}

class Tables : public Program {
 protected:
  Said Load(const std::string& file, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"load",    "--data-dir", Path("data"), "--month",
                                          "2024-10", "--json",     Path(file)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Furikae(arguments);
  }
};

TEST_F(Tables, ABadRowIsReportedAndTheGoodOneLoaded) {
  for (const BadRow& bad : BadRows()) {
    SCOPED_TRACE(bad.file);
    fs::remove_all(Path("data"));
    Write(bad.file, bad.bytes);
    for (const bool known : {false, true}) {  // loading it again says the same
      const Said said = Load(bad.file);
      ASSERT_EQ(said.exit, 3) << said.All();
      EXPECT_THAT(said.err, HasSubstr(bad.complaint));
      const nlohmann::json report = nlohmann::json::parse(said.out);
      EXPECT_EQ(report["already_known"], known);
      EXPECT_EQ(report["loaded"], "1");
      EXPECT_EQ(report["refused"], "1");
    }
  }
}

TEST_F(Tables, StrictRefusesTheFileAndChangesNothing) {
  for (const BadRow& bad : BadRows()) {
    SCOPED_TRACE(bad.file);
    fs::remove_all(Path("data"));
    Write(bad.file, bad.bytes);
    const Said said = Load(bad.file, {"--strict"});
    EXPECT_EQ(said.exit, 1) << said.All();
    EXPECT_THAT(said.err, HasSubstr(bad.complaint));
    EXPECT_EQ(said.out, "");
    const Said verify = Furikae({"verify", "--data-dir", Path("data"), "--json"});
    const nlohmann::json report = nlohmann::json::parse(verify.out);
    EXPECT_EQ(report["events"], "0");
    EXPECT_EQ(report["registry_rows"], "0");
    // Without --strict it is not "known": it was never loaded.
    EXPECT_EQ(nlohmann::json::parse(Load(bad.file).out)["already_known"], false);
    // And strictness does not go away because somebody else was lenient.
    EXPECT_EQ(Load(bad.file, {"--strict"}).exit, 1);
  }
}

TEST_F(Tables, StrictTellsEveryRefusedRow) {
  const std::string bad = "S-2,01130012,55,鈴木 一郎,1985-13-02,1,2020-04-01,2020-04-02T00:00:00+09:00\n";
  Write("registry.csv", std::string(kRegistryHead) + bad + kRegistryRow + bad);
  WriteWorld();
  Write("in/registry.csv", std::string(kRegistryHead) + bad + kRegistryRow + bad);
  const std::vector<std::string> complaints = {"registry.csv row 2, column Birthdate",
                                               "registry.csv row 4, column Birthdate"};
  const Said load = Load("registry.csv", {"--strict"});
  const Said run = Month("2024-10", {"--strict"});
  for (const Said& said : {load, run}) {
    EXPECT_EQ(said.exit, 1) << said.All();
    for (const std::string& complaint : complaints) EXPECT_THAT(said.err, HasSubstr(complaint));
    EXPECT_THAT(said.err,
                HasSubstr("registry.csv: 2 of 3 rows are refused, so nothing of the file was loaded (--strict)"));
  }
  EXPECT_EQ(Load("registry.csv").exit, 3);
  EXPECT_THAT(Load("registry.csv", {"--strict"}).err,
              HasSubstr("2 of 3 rows were refused when it was loaded before, without --strict"));
}

TEST_F(Tables, AMissingRequiredColumnIsNamed) {
  const std::map<std::string, std::pair<std::string, std::string>> files = {
      {"registry.csv",
       {"SubjectId,InsurerNumber,InsuredIdentificationNumber,Name,Sex1,QualificationDate,RegisteredAt\n", "Birthdate"}},
      {"insurers.csv", {"InsurerNumber,Name,ReviewAgency,ValidFrom\n", "Kind"}},
      {"institutions.csv", {"InstitutionCode,Name,ValidFrom\n", "Kind"}},
      {"payments.csv", {"InstitutionCode,InsurerNumber,ServiceMonth,Receipts,Points\n", "AmountYen"}},
      {"people.csv", {"ClaimId,At\n", "Action"}},
  };
  for (const auto& [file, content] : files) {
    SCOPED_TRACE(file);
    Write(file, content.first);
    const Said said = Load(file);
    EXPECT_EQ(said.exit, 1) << said.All();
    EXPECT_THAT(said.err, HasSubstr(file + ": required column " + content.second + " is missing"));
  }
}

TEST_F(Tables, AnEmptyFileHasNoHeader) {
  for (const char* file : {"registry.csv", "insurers.csv", "institutions.csv", "payments.csv", "people.csv"}) {
    Write(file, "");
    const Said said = Load(file);
    EXPECT_EQ(said.exit, 1) << said.All();
    EXPECT_THAT(said.err, HasSubstr("has no header row"));
  }
}

TEST_F(Tables, UnknownColumnsAreNotedOnceAndOrderIsFree) {
  Write("insurers.csv",
        "Colour,ValidFrom,Kind,Name,Smell,ReviewAgency,InsurerNumber\nred,2000-04-01,組合,ある組合,none,1,"
        "06130488\nblue,2000-04-01,協会けんぽ,ある支部,none,1,01130012\n");
  const Said said = Load("insurers.csv");
  EXPECT_EQ(said.exit, 0) << said.All();
  EXPECT_EQ(said.err, "note: insurers.csv: unknown columns are ignored: Colour, Smell\n");
  EXPECT_EQ(nlohmann::json::parse(said.out)["loaded"], "2");
}

TEST_F(Tables, CrLfBomAndQuotesAreRead) {
  Write("insurers.csv",
        "\xef\xbb\xbfInsurerNumber,Name,Kind,ReviewAgency,ValidFrom\r\n01130012,\"ある, "
        "\"\"支部\"\"\",協会けんぽ,1,2000-04-01\r\n");
  const Said said = Load("insurers.csv");
  EXPECT_EQ(said.exit, 0) << said.All();
  EXPECT_EQ(nlohmann::json::parse(said.out)["loaded"], "1");
}

TEST_F(Tables, TownsMayBeInCp932) {
  Write("KEN_ALL.CSV", Cp932(kTown));
  EXPECT_EQ(Load("KEN_ALL.CSV").exit, 0);
}

// Different versions of one coverage with one moment of registration: nobody can say which holds (decisions.md §1).
TEST_F(Tables, ContradictingVersionsRefuseTheLaterFileNamingBothRows) {
  Write("registry.csv", std::string(kRegistryHead) + kRegistryRow);
  std::string other = kRegistryRow;
  other.replace(other.find("花子"), 6, "花江");
  Write("registry-b.csv", std::string(kRegistryHead) + other);
  Write("registry-c.csv", std::string(kRegistryHead) + kRegistryRow + other);
  EXPECT_EQ(Load("registry-c.csv").exit, 1);
  EXPECT_EQ(Load("registry.csv").exit, 0);
  const Said said = Load("registry-b.csv");
  EXPECT_EQ(said.exit, 1) << said.All();
  EXPECT_THAT(said.err, HasSubstr("registry-b.csv row 2 and registry row "));
  EXPECT_THAT(said.err, Not(HasSubstr("山田")));
}

TEST_F(Tables, PeopleWhoNameAnUnknownClaimAreRefusedRowByRow) {
  WriteWorld();
  Write("in/receipts/a.UKE", Cp932(FileText({ReceiptText{}})));
  Write("in/people.csv",
        "ClaimId,Action,At,SubjectId,InsurerNumber,Actor\n"
        "1311234567-1-202410-0123456789abcdef-000001,REJECT,2024-10-20T09:00:00+09:00,,,reviewer-12\n"
        "no-claim-id,REJECT,2024-10-20T09:00:00+09:00,,,reviewer-12\n"
        "1311234567-1-202410-0123456789abcdef-000001,NOD,2024-10-20T09:00:00+09:00,,,reviewer-12\n");
  for (int time = 1; time <= 2; ++time) {
    const Said said = Month();
    EXPECT_EQ(said.exit, 3) << said.All();
    EXPECT_THAT(
        said.err,
        HasSubstr("people.csv row 2, column ClaimId: there is no claim 1311234567-1-202410-0123456789abcdef-000001"));
    EXPECT_THAT(said.err, HasSubstr("people.csv row 3, column ClaimId: this is not a claim id"));
    EXPECT_THAT(said.err, HasSubstr("people.csv row 4, column Action: expected one of ACCEPT"));
    EXPECT_EQ(Decisions().size(), 1u);
  }
}

TEST_F(Tables, AFileThatFurikaeDoesNotReadIsNotedOnce) {
  WriteWorld();
  Write("in/notes.txt", "hello");
  Write("in/receipts/readme.md", "hello");
  Write("in/a.UKE", Cp932(FileText({ReceiptText{}})));  // receipts are read from receipts/ only
  const Said said = Month();
  EXPECT_EQ(said.exit, 0) << said.All();
  EXPECT_THAT(said.err, HasSubstr("note: 3 files in " + Path("in") + " are none that furikae reads: a.UKE …"));
  EXPECT_TRUE(Decisions().empty());
}

}  // namespace
}  // namespace furikae
