// The files of `out/` over a small store: one receipt of each kind, and the same bytes every time.
#include "rules/export/export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <map>

#include "core/concat.h"
#include "nlohmann/json.hpp"
#include "rules/accounting.h"
#include "rules/export/billed_receipt.h"
#include "rules/receipt_facts.h"
#include "rules/stored_claim.h"
#include "storage/codec.h"
#include "tests/core/uke_text.h"
#include "tests/storage/registry_rows.h"
#include "tests/storage/temporary_directory.h"

namespace furikae::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const ServiceMonth kMonth = ServiceMonth::Of(2024, 10);
const InstitutionCode kHospital = InstitutionCode::Of(13, 1, 1234567);
const InsurerNumber kOld{6139463}, kNew{1130012}, kCity{138016};
using Files = std::map<std::string, std::string>;

std::string Utf8(std::string_view cp932) { return uke::FromCp932(cp932); }

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t from = 0; from < text.size();) {
    const size_t end = std::min(text.find('\n', from), text.size());
    const size_t length = end > from && text[end - 1] == '\r' ? end - from - 1 : end - from;
    lines.push_back(text.substr(from, length));
    from = end + 1;
  }
  return lines;
}

// A receipt of two visits (days 3 and 22), 282 points each, billed to the old insurer.
std::string AReceipt(int number) {
  return uke::Text(
      {Concat("RE,", number, ",1112,202410,山田　花子,2,19850402,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,ヤマダハナコ,"),
       "HO,06139463,６４,１２３,2,564,,,,,,,,,", "SN,1,01,06139463,６４,１２３,,,",
       uke::Row("JD", 33, {{2, "1"}, {5, "1"}, {24, "1"}}), uke::Row("MF", 33, {{2, "00"}}),
       "SY,8830052,20241003,1,,,01,", uke::Si("11", "282", "2", {{3, "1"}, {22, "1"}})});
}

Part PartOf(InsurerNumber insurer, Agency agency, DayMask days, int64_t points, int64_t yen) {
  Part part;
  part.card = {insurer, "64", "123", ""};
  part.agency = agency;
  part.days = days;
  part.points = points;
  part.yen = {yen};
  return part;
}

Decision ADecision(Origin origin, Outcome outcome, int confirmation_class) {
  Decision decision;
  decision.origin = origin;
  decision.outcome = outcome;
  decision.confirmation_class = confirmation_class;
  decision.total_points = 564;
  decision.insurer_yen = {3948};
  decision.days = DayMask::Of({3, 22});
  decision.days_from = DaysFrom::kJd;
  decision.trace = {{"origin", "O8", RowStatus::kSourced}};
  decision.moment = *Moment::Parse("2024-10-31T23:59:59+09:00");
  return decision;
}

Decision AsClaimed() {
  Decision decision = ADecision(Origin::kValid, Outcome::kAsClaimed, 2);
  decision.parts = {PartOf(kOld, Agency::kShaho, decision.days, 564, 3948)};
  return decision;
}

Decision Transferred() {
  Decision decision = ADecision(Origin::kLapsed, Outcome::kTransferred, 4);
  decision.flags = kRateDiffers;
  decision.claimed_disqualified = *Date::Parse("2024-10-01");
  Part part = PartOf(kNew, Agency::kShaho, decision.days, 564, 3948);
  part.card = {kNew, "７７", "８８８", "02"};
  part.subject_id = "subject-2";
  part.receipt_type = 1116;
  decision.parts = {part};
  return decision;
}

// Split between an employees' insurer and a city, which the other agency serves.
Decision Split() {
  Decision decision = ADecision(Origin::kLapsed, Outcome::kSplit, 5);
  Part old_side = PartOf(kOld, Agency::kShaho, DayMask::Of({3}), 282, 1974);
  old_side.card = {kOld, "６４", "１２３", "01"};
  old_side.receipt_type = 1112;
  Part new_side = PartOf(kCity, Agency::kKokuho, DayMask::Of({22}), 282, 1974);
  new_side.card = {kCity, "新宿", "５５", ""};
  new_side.receipt_type = 1112;
  new_side.rate = 70;
  decision.parts = {old_side, new_side};
  return decision;
}

Decision Returned() {
  Decision decision = ADecision(Origin::kUnmatched, Outcome::kReturned, 3);
  decision.return_reason = 5;
  return decision;
}

Decision InReview() {
  Decision decision = ADecision(Origin::kUnidentified, Outcome::kInReview, 0);
  decision.pool_agency = Agency::kShaho;
  decision.fallback_outcome = Outcome::kApportioned;
  decision.flags = kReviewOpen;
  Identification found;
  found.grade = Grade::kSeveral;
  found.candidates = {{"subject-8", {{"name_kana", "exact"}, {"address", "missing"}}},
                      {"subject-9", {{"name_kana", "exact"}}}};
  decision.identification = found;
  return decision;
}

class Export : public testing::Test {
 protected:
  // One store serves all tests: they read it, and what they post goes into later months.
  static void SetUpTestSuite() {
    directory_ = new storage::TemporaryDirectory;
    store_ = OpenStore(*directory_).release();
    auto book = Rulebook::Load(Declarations(), EmbeddedRegulations());
    ASSERT_TRUE(book.ok()) << book.status();
    book_ = new Rulebook(*std::move(book));
    Fill(*store_);
    files_ = new Files(Run(*store_, *book_));
  }
  static void TearDownTestSuite() {
    delete files_;
    delete book_;
    delete store_;
    delete directory_;
  }

  static std::unique_ptr<storage::Store> OpenStore(const storage::TemporaryDirectory& directory) {
    auto store = storage::Store::Open({.data_dir = directory.path(), .sync = false});
    EXPECT_TRUE(store.ok()) << store.status();
    return *std::move(store);
  }

  static void Fill(storage::Store& store) {
    storage::Submission submission;
    submission.digest = DigestOf("the file");
    const auto begun = store.BeginSubmission(submission.digest);
    ASSERT_TRUE(begun.ok()) << begun.status();
    submission.sequence = begun->sequence;
    submission.file = "receipts/=a,b.UKE";
    submission.flavour = Flavour::kMedical;
    submission.agency = Agency::kShaho;
    submission.institution = kHospital;
    submission.claim_month = submission.written_claim_month = kMonth;
    submission.head = uke::Text({uke::kIr});
    submission.complete = true;
    storage::Group group;
    group.PutSubmission(submission);
    uint32_t number = 0;
    for (const Decision& decision : {AsClaimed(), Transferred(), Split(), Returned(), InReview(),
                                     ADecision(Origin::kUnidentified, Outcome::kApportioned, 0), InReview()}) {
      AddClaim(submission, ++number, decision, group);
    }
    AddPool(submission.sequence, group);
    group.PutMonthClosed(kMonth, Moment::LastSecondOf(kMonth));
    ASSERT_TRUE(store.Commit(std::move(group)).ok());
    ASSERT_TRUE(store.registry().Add(storage::ARow()).ok());
    ASSERT_TRUE(store.registry().Flush().ok());
  }

  static void AddClaim(const storage::Submission& submission, uint32_t number, const Decision& decision,
                       storage::Group& group) {
    storage::Claim claim;
    claim.key = {submission.sequence, number};
    claim.state = storage::ClaimState::kDecided;
    claim.flavour = Flavour::kMedical;
    claim.service_month = kMonth;
    claim.decided_month = kMonth;
    claim.decision = decision;
    claim.review_open = decision.outcome == Outcome::kInReview;
    claim.inquiry_open = claim.review_open && number == 7;
    if (claim.inquiry_open) {
      claim.people = {
          {"", Action::kInquire, "subject-8", kNew, "reviewer 3", *Moment::Parse("2024-10-20T09:00:00+09:00")}};
    }
    for (const storage::LedgerEntry& entry : EntriesFor(FactsOf(claim, submission), nullptr, decision, kMonth, 1)) {
      group.Post(entry);
      ++claim.entries;
    }
    group.PutClaim(claim);
    group.PutReceipt(claim.key, AReceipt(static_cast<int>(number)));
  }

  static void AddPool(uint32_t submission, storage::Group& group) {
    storage::Pool pool;
    pool.key = {kHospital, Agency::kShaho, kMonth};
    pool.closed_month = kMonth;
    pool.receipts = {{submission, 6}};
    pool.yen = {3948};
    pool.rung = "WINDOW";
    pool.weights_total = {4};
    pool.shares = {{kNew, {3}, 0, 11844, {4}, 1, {2961}}, {kOld, {1}, 1, 5, {4}, 2, {987}}};
    group.PutPool(pool);
    for (const storage::LedgerEntry& entry : EntriesFor(nullptr, pool, kMonth)) group.Post(entry);
  }

  static Files Run(const storage::Store& store, const Rulebook& book, bool sqlite = true) {
    Files files;
    std::string last;
    const auto report = rules::Export(store, book, {.month = kMonth, .sqlite = sqlite},
                                      [&](std::string_view path, std::string_view bytes) {
                                        EXPECT_LE(last, path) << "files come in the order of their paths";
                                        last = path;
                                        files[last] += bytes;
                                        return absl::OkStatus();
                                      });
    EXPECT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(report.ok() ? report->files : 0, static_cast<int64_t>(files.size()));
    return files;
  }
  static const Files& Out() { return *files_; }
  static std::string Id(int number) { return *store_->ClaimId({1, static_cast<uint32_t>(number)}); }

  inline static storage::TemporaryDirectory* directory_ = nullptr;
  inline static storage::Store* store_ = nullptr;
  inline static Rulebook* book_ = nullptr;
  inline static Files* files_ = nullptr;
};

TEST_F(Export, WritesTheseFiles) {
  std::vector<std::string> paths;
  for (const auto& [path, bytes] : Out()) paths.push_back(path);
  EXPECT_THAT(paths, ElementsAre("apportionment/apportionment.xlsx", "apportionment/by_insurer.csv",
                                 "apportionment/pools.csv", "apportionment/shares.csv",
                                 "bills/1/01130012/RECODEINFO_MED.CSV", "bills/1/06139463/RECODEINFO_MED.CSV",
                                 "bills/2/00138016/RECODEINFO_MED.CSV", "decisions.jsonl", "furikae.sqlite",
                                 "inquiries.csv", "ledger.csv", "notices/1311234567.csv", "returns.csv",
                                 "returns/1311234567.HEN", "review.csv", "summary.json", "transferred/1311234567.UKE"));
}

TEST_F(Export, DecisionsHaveTheirKeysInOrderAndLeaveOutWhatIsAbsent) {
  const std::vector<std::string> lines = LinesOf(Out().at("decisions.jsonl"));
  ASSERT_EQ(lines.size(), 7u);
  const std::string digest = Id(1).substr(20, 16);
  EXPECT_EQ(
      lines[1],
      Concat(
          R"({"claim_id":")", Id(2), R"(","institution":"1311234567","agency":1,"flavour":"MED","submission":")",
          digest, R"(","file":"receipts/=a,b.UKE","receipt_number":2,"service_month":"2024-10","origin":"LAPSED",)",
          R"("outcome":"TRANSFERRED","confirmation_class":"04","flags":["RATE_DIFFERS"],"total_points":564,)",
          R"("public_points":0,"unit":"points","insurer_yen":3948,"days":[3,22],"days_from":"JD",)",
          R"("parts":[{"insurer":"01130012","symbol":"７７","number":"８８８","branch":"02","agency":1,"days":[3,22],)",
          R"("points":564,"yen":3948}],"trace":[{"table":"origin","row":"O8","status":"sourced"}],)",
          R"("moment":"2024-10-31T23:59:59+09:00"})"));
  EXPECT_THAT(lines[3], HasSubstr(R"("confirmation_class":"03","return_reason":"R05")"));
  EXPECT_THAT(lines[4], HasSubstr(R"("identification":{"grade":"SEVERAL"})"));
  for (const std::string& line : lines) EXPECT_FALSE(nlohmann::json::parse(line, nullptr, false).is_discarded());
}

TEST_F(Export, BillOfAnUnchangedReceiptDiffersOnlyInItsConfirmationClass) {
  const std::vector<std::string> lines = LinesOf(Utf8(Out().at("bills/1/06139463/RECODEINFO_MED.CSV")));
  ASSERT_GE(lines.size(), 11u);
  EXPECT_EQ(lines[0], "2,1,0,MN,2024100000000100,,,,,");
  EXPECT_EQ(lines[1], "1,2,0," + uke::kIr);
  EXPECT_THAT(lines[2], HasSubstr("1,3,0,RE,1,1112,202410,山田　花子"));
  EXPECT_EQ(lines[3], "1,4,0,HO,06139463,６４,１２３,2,564,,,,,,,,,");
  EXPECT_EQ(lines[4], "1,5,0,SN,1,02,06139463,６４,１２３,,,");
  EXPECT_EQ(lines[5], "5,5,0,SN,1,01,06139463,６４,１２３,,,");
  EXPECT_THAT(lines[6], HasSubstr("1,6,0,JD,1,"));
  EXPECT_THAT(lines[9], HasSubstr("1,9,0,SI,11,1,"));
  EXPECT_THAT(lines[10], HasSubstr("2,1,0,MN,2024100000000301")) << "the first side of the split follows";
}

TEST_F(Export, BillOfATransferNamesTheNewInsurerAndKeepsWhatStoodThere) {
  const std::vector<std::string> lines = LinesOf(Utf8(Out().at("bills/1/01130012/RECODEINFO_MED.CSV")));
  ASSERT_EQ(lines.size(), 13u);
  EXPECT_EQ(lines[0], "2,1,0,MN,2024100000000200,,,,,");
  EXPECT_THAT(lines[2], HasSubstr("1,3,0,RE,2,1116,202410,"));
  EXPECT_THAT(lines[3], HasSubstr("5,3,0,RE,2,1112,202410,"));
  EXPECT_EQ(lines[4], "1,4,0,HO,01130012,７７,８８８,2,564,,,,,,,,,");
  EXPECT_EQ(lines[5], "5,4,0,HO,06139463,６４,１２３,2,564,,,,,,,,,");
  EXPECT_EQ(lines[6], "1,5,0,SN,1,04,01130012,７７,８８８,02,,");
  EXPECT_EQ(lines[7], "5,5,0,SN,1,01,06139463,６４,１２３,,,");
  EXPECT_EQ(lines[12], "2,10,0,EX,01130012,,,,,,,,,,,") << "numbering goes on behind the receipt's nine lines";
}

TEST_F(Export, BillOfASideOfASplitIsRewrittenForItsDaysAndItsAgency) {
  const std::string bill = Utf8(Out().at("bills/2/00138016/RECODEINFO_MED.CSV"));
  EXPECT_THAT(bill, HasSubstr("2,1,0,MN,2024100000000302"));
  EXPECT_THAT(bill, HasSubstr("1,2,0,IR,2,13,1,1234567")) << "the header names the agency that bears";
  EXPECT_THAT(bill, HasSubstr("5,2,0,IR,1,13,1,1234567"));
  EXPECT_THAT(bill, HasSubstr("1,4,0,HO,  138016,新宿,５５,1,282,"));
  EXPECT_THAT(bill, HasSubstr("1,5,0,SN,1,05,  138016,新宿,５５,"));
  EXPECT_THAT(bill, HasSubstr("EX,  138016,"));
  EXPECT_THAT(Utf8(Out().at("bills/1/06139463/RECODEINFO_MED.CSV")), Not(HasSubstr("EX,")))
      << "that insurer was claimed already";
}

TEST_F(Export, TransferredReceiptsStandPerAgencyWithZeroTotals) {
  const std::string file = Out().at("transferred/1311234567.UKE");
  const std::vector<std::string> lines = LinesOf(Utf8(file));
  EXPECT_EQ(file.back(), '\x1a');
  EXPECT_EQ(std::count(file.begin(), file.end(), '\x1a'), 1);
  EXPECT_THAT(lines.front(), HasSubstr("IR,1,13,1,1234567"));
  EXPECT_EQ(std::count(lines.begin(), lines.end(), "GO,0,0,99"), 2);
  EXPECT_EQ(std::count_if(lines.begin(), lines.end(), [](const std::string& line) { return line.starts_with("RE,"); }),
            3);
  EXPECT_EQ(
      std::count_if(lines.begin(), lines.end(), [](const std::string& line) { return line.starts_with("IR,2,"); }), 1);
}

TEST_F(Export, ReturnsHoldTheReceiptAndItsReason) {
  const std::string file = Out().at("returns/1311234567.HEN");
  EXPECT_EQ(Utf8(file),
            Concat("HI,1,202410,13,1,1234567,,00\r\n", Utf8(AReceipt(4)),
                   "HR,202410,1,,FR005,該当する記号・番号の資格がありません。,,,,,,,,\r\nHG,1,564,99\r\n\x1a"));
  EXPECT_THAT(
      LinesOf(Out().at("returns.csv")),
      ElementsAre("claim_id,institution,agency,flavour,file,receipt_number,service_month,return_reason,code,text,"
                  "confirmation_class,points,insurer_yen",
                  Concat(Id(4), ",1311234567,1,MED,\"receipts/=a,b.UKE\",4,2024-10,R05,FR005,",
                         "該当する記号・番号の資格がありません。,03,564,3948")));
}

TEST_F(Export, NoticesSayWhatChanged) {
  const std::vector<std::string> lines = LinesOf(Out().at("notices/1311234567.csv"));
  ASSERT_EQ(lines.size(), 5u);
  EXPECT_THAT(lines[0], HasSubstr("claim_id,レセプト番号,診療年月,氏名,処理区分,請求内容_保険者番号"));
  EXPECT_EQ(lines[1],
            Concat(Id(2), ",2,2024-10,山田　花子,振替,06139463,６４,１２３,,2024-10-01,01130012,７７,８８８,02,,564,",
                   "給付割合が相違しています。"));
  EXPECT_EQ(lines[2], Concat(Id(3), ",3,2024-10,山田　花子,分割,06139463,６４,１２３,,,06139463,６４,１２３,01,,282,"));
  EXPECT_EQ(lines[3], Concat(Id(3), ",3,2024-10,山田　花子,分割,06139463,６４,１２３,,,00138016,新宿,５５,,,282,"));
  EXPECT_EQ(lines[4], Concat(Id(4), ",4,2024-10,山田　花子,確認不能,06139463,６４,１２３,,,,,,,,564,",
                             "返戻：該当する記号・番号の資格がありません。"));
}

TEST_F(Export, TheTableOfClassesSaysWhichResultsAreNoticed) {
  auto files = EmbeddedRegulations();
  std::string& classes = files.at("confirmation_classes.json");
  const std::string noticed = R"("name": "振替", "noticed": true)";
  ASSERT_NE(classes.find(noticed), std::string::npos);
  classes.replace(classes.find(noticed), noticed.size(), R"("name": "振替", "noticed": false)");
  const Rulebook book = *Rulebook::Load(Declarations(), files);
  EXPECT_THAT(Out().at("notices/1311234567.csv"), HasSubstr(",振替,"));
  EXPECT_THAT(Run(*store_, book, /*sqlite=*/false).at("notices/1311234567.csv"), Not(HasSubstr(",振替,")));
}

TEST_F(Export, OpenWorkStandsWhereItWaitsWithItsCandidates) {
  const std::string header =
      "claim_id,institution,agency,service_month,origin,points,insurer_yen,outcome,without_answer,";
  const std::string claim = ",1311234567,1,2024-10,UNIDENTIFIED,564,3948,IN_REVIEW,APPORTIONED,";
  EXPECT_THAT(LinesOf(Out().at("review.csv")),
              ElementsAre(header + "deferred,grade,candidate,subject_id,evidence",
                          Id(5) + claim + "0,SEVERAL,1,subject-8,name_kana=exact address=missing",
                          Id(5) + claim + "0,SEVERAL,2,subject-9,name_kana=exact"));
  const std::string asked = Id(7) + claim + "01130012,reviewer 3,2024-10-20T09:00:00+09:00,SEVERAL,";
  EXPECT_THAT(
      LinesOf(Out().at("inquiries.csv")),
      ElementsAre(header + "insurer,opened_by,opened_at,grade,candidate,subject_id,evidence",
                  asked + "1,subject-8,name_kana=exact address=missing", asked + "2,subject-9,name_kana=exact"));
}

TEST_F(Export, ApportionmentIsExact) {
  EXPECT_EQ(Out().at("apportionment/pools.csv"),
            "institution,agency,service_month,receipts,yen,rung,weights_total\n1311234567,1,2024-10,1,3948,WINDOW,4\n");
  EXPECT_EQ(Out().at("apportionment/shares.csv"),
            "institution,agency,service_month,insurer,weight,quota_numerator,quota_denominator,remainder_rank,yen\n"
            "1311234567,1,2024-10,01130012,3,11844,4,1,2961\n"
            "1311234567,1,2024-10,06139463,1,18446744073709551621,4,2,987\n")
      << "2^64 + 5 is written in full";
  EXPECT_EQ(Out().at("apportionment/by_insurer.csv"),
            "agency,insurer,pools,yen\n1,01130012,1,2961\n1,06139463,1,987\n");
  EXPECT_TRUE(Out().at("apportionment/apportionment.xlsx").starts_with("PK"));
}

TEST_F(Export, LedgerBalancesAndIsSorted) {
  std::vector<std::string> lines = LinesOf(Out().at("ledger.csv"));
  ASSERT_GT(lines.size(), 10u);
  EXPECT_EQ(lines[0], "entry_id,month,claim_id,account,debit,credit,kind");
  EXPECT_THAT(lines.back(),
              HasSubstr("pool/1311234567/1/2024-10/1,2024-10,pool/1311234567/1/2024-10,insurer/06139463,987,0,"));
  lines.erase(lines.begin());
  EXPECT_TRUE(std::is_sorted(lines.begin(), lines.end()));
  int64_t balance = 0;
  for (const std::string& line : lines) {
    const size_t credit = line.rfind(',', line.rfind(',') - 1), debit = line.rfind(',', credit - 1);
    balance += std::stoll(line.substr(debit + 1)) - std::stoll(line.substr(credit + 1));
  }
  EXPECT_EQ(balance, 0);
}

TEST_F(Export, SummaryCountsEverything) {
  const auto summary = nlohmann::json::parse(Out().at("summary.json"));
  EXPECT_EQ(summary["month"], "2024-10");
  EXPECT_EQ(summary["closed"], true);
  EXPECT_EQ(summary["receipts"], 7);
  EXPECT_EQ(summary["insurer_yen"], 7 * 3948);
  EXPECT_EQ(summary["outcomes"]["SPLIT"]["receipts"], 1);
  EXPECT_EQ(summary["origins"]["LAPSED"]["yen"], 2 * 3948);
  EXPECT_EQ(summary["flags"]["RATE_DIFFERS"]["receipts"], 1);
  EXPECT_EQ(summary["return_reasons"]["R05"]["receipts"], 1);
  EXPECT_EQ(summary["apportionment"]["yen"], 3948);
  EXPECT_EQ(summary["apportionment"]["unallocated_yen"], 0);
  EXPECT_EQ(summary["registry"]["persons"], 1);
}

TEST_F(Export, SqliteHasAViewForEachTable) {
  std::string bytes = Out().at("furikae.sqlite");
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(":memory:", &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_deserialize(database, "main", reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                bytes.size(), SQLITE_DESERIALIZE_READONLY),
            SQLITE_OK);
  const auto ask = [&](const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    EXPECT_EQ(sqlite3_step(statement), SQLITE_ROW);
    const std::string answer = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return answer;
  };
  EXPECT_EQ(ask("SELECT count(*) FROM decisions"), "7");
  EXPECT_EQ(ask("SELECT sum(points) FROM parts"), "1692");
  EXPECT_EQ(ask("SELECT insurer FROM shares WHERE yen = 987"), "06139463");
  EXPECT_EQ(ask("SELECT sum(debit) - sum(credit) FROM ledger"), "0");
  for (const char* view : {"pools", "by_insurer", "returns", "review", "inquiries"}) {
    EXPECT_NE(ask(Concat("SELECT count(*) FROM ", view)), "0") << view;
  }
  sqlite3_close(database);
}

TEST_F(Export, GivesTheSameBytesEveryTime) {
  storage::TemporaryDirectory other_directory;
  const auto other = OpenStore(other_directory);
  Fill(*other);
  const Files first = Out(), second = Run(*other, *book_);
  ASSERT_EQ(first.size(), second.size());
  for (const auto& [path, bytes] : first) EXPECT_EQ(bytes, second.at(path)) << path;
}

TEST_F(Export, LeavesNothingInTheScratchOfTheDataDirectory) {
  bool seen = false;
  const std::filesystem::path scratch = directory_->File("scratch");
  const auto report =
      rules::Export(*store_, *book_, {.month = kMonth, .sqlite = true}, [&](std::string_view path, std::string_view) {
        seen = seen || (path == "furikae.sqlite" && !std::filesystem::is_empty(scratch));
        return absl::OkStatus();
      });
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(seen) << "the database was made elsewhere";
  EXPECT_TRUE(std::filesystem::is_empty(scratch));
}

TEST_F(Export, KeepsNamesAndCardsOutOfWhatAnalystsGet) {
  for (const auto& [path, bytes] : Out()) {
    EXPECT_THAT(path, Not(HasSubstr("山田")));
    if (path.starts_with("notices/") || path.starts_with("bills/") || path.starts_with("returns/") ||
        path.starts_with("transferred/"))
      continue;
    EXPECT_THAT(bytes, Not(HasSubstr("山田"))) << path;
    if (path == "decisions.jsonl") continue;
    EXPECT_THAT(bytes, Not(HasSubstr("８８８"))) << path;
  }
}

TEST_F(Export, PassesOnTheFailureOfTheSink) {
  const auto report = rules::Export(*store_, *book_, {.month = kMonth}, [](std::string_view path, std::string_view) {
    return path == "ledger.csv" ? absl::ResourceExhaustedError("disk full") : absl::OkStatus();
  });
  EXPECT_EQ(report.status().code(), absl::StatusCode::kResourceExhausted);
}

TEST_F(Export, AnotherMonthHasOnlyItsHeaders) {
  Files files;
  const auto report =
      rules::Export(*store_, *book_, {.month = kMonth.Plus(1)}, [&](std::string_view path, std::string_view bytes) {
        files[std::string(path)] += bytes;
        return absl::OkStatus();
      });
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(files.at("decisions.jsonl"), "");
  EXPECT_EQ(LinesOf(files.at("ledger.csv")).size(), 1u);
  EXPECT_EQ(LinesOf(files.at("apportionment/pools.csv")).size(), 1u);
  EXPECT_FALSE(files.contains("transferred/1311234567.UKE"));
}

// A claim of an earlier month belongs to the month that posts something for it, such as a pending one that ended.
TEST_F(Export, TakesInEarlierClaimsForWhichTheMonthPosted) {
  const ServiceMonth next = kMonth.Plus(2);
  const auto claim = store_->GetClaim({1, 2});
  const auto submission = store_->GetSubmission(1);
  ASSERT_TRUE(claim.ok() && submission.ok());
  storage::Group group;
  for (const storage::LedgerEntry& entry : EntriesFor(FactsOf(*claim, *submission), nullptr, claim->decision, next, 90))
    group.Post(entry);
  ASSERT_TRUE(store_->Commit(std::move(group)).ok());
  std::string decisions;
  const auto report =
      rules::Export(*store_, *book_, {.month = next}, [&](std::string_view path, std::string_view bytes) {
        if (path == "decisions.jsonl") decisions += bytes;
        return absl::OkStatus();
      });
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_EQ(LinesOf(decisions).size(), 1u);
  EXPECT_THAT(decisions, HasSubstr(Id(2)));
}

// A late identification in a later month: the closed month's files stay, the later month bills the insurer found.
TEST(ExportOfAClosedMonth, StaysAsItWasWhenAClaimIsIdentifiedLater) {
  storage::TemporaryDirectory directory;
  auto store = storage::Store::Open({.data_dir = directory.path(), .sync = false});
  auto book = Rulebook::Load(Declarations(), EmbeddedRegulations());
  ASSERT_TRUE(store.ok() && book.ok());
  const ServiceMonth next = kMonth.Plus(1);
  const Decision apportioned = ADecision(Origin::kUnidentified, Outcome::kApportioned, 0);
  Decision found = Transferred();
  found.moment = Moment::LastSecondOf(kMonth);  // an act may say the very moment of the close
  storage::Submission submission;
  submission.sequence = (*store)->BeginSubmission(submission.digest)->sequence;
  submission.flavour = Flavour::kMedical;
  submission.agency = Agency::kShaho;
  submission.institution = kHospital;
  submission.claim_month = kMonth;
  submission.complete = true;
  storage::Claim claim;
  claim.key = {submission.sequence, 1};
  claim.flavour = Flavour::kMedical;
  claim.service_month = claim.decided_month = kMonth;
  storage::Pool pool;
  pool.key = {kHospital, Agency::kShaho, kMonth};
  pool.closed_month = kMonth;
  pool.yen = {3948};
  pool.rung = "WINDOW";
  const auto commit = [&](const Decision& decision, ServiceMonth month, storage::EventKind kind) {
    storage::Group group;
    const Decision before = claim.decision;
    claim.decision = decision;
    claim.changed_month = month;
    storage::schema::Decided decided;
    storage::ToMessage(claim, decided.mutable_claim());
    storage::schema::PoolApportioned apportioned_pool;
    storage::ToMessage(pool, apportioned_pool.mutable_pool());
    group.Append({.kind = kind, .month = month, .claim = claim.key, .payload = decided.SerializeAsString()});
    group.Append({.kind = storage::EventKind::kPoolApportioned,
                  .month = month,
                  .payload = apportioned_pool.SerializeAsString()});
    for (const auto& entry : EntriesFor(FactsOf(claim, submission), &before, decision, month, 1)) group.Post(entry);
    group.Post({.month = month, .pool = pool.key.Name(), .number = 1, .kind = "APPORTIONED"});
    group.PutSubmission(submission);
    group.PutClaim(claim);
    group.PutReceipt(claim.key, AReceipt(1));
    group.PutPool(pool);
    group.PutMonthClosed(month, Moment::LastSecondOf(month));
    ASSERT_TRUE((*store)->Commit(std::move(group)).ok());
  };
  const auto run = [&](ServiceMonth month) {
    Files files;
    const auto report =
        rules::Export(**store, *book, {.month = month}, [&](std::string_view path, std::string_view bytes) {
          files[std::string(path)] += bytes;
          return absl::OkStatus();
        });
    EXPECT_TRUE(report.ok()) << report.status();
    return files;
  };
  commit(apportioned, kMonth, storage::EventKind::kDecided);
  const Files before = run(kMonth);
  pool.yen = {0};
  commit(found, next, storage::EventKind::kDecided);
  const Files after = run(kMonth);
  EXPECT_EQ(before, after);
  EXPECT_THAT(before.at("apportionment/pools.csv"), HasSubstr(",3948,WINDOW"));
  EXPECT_FALSE(after.contains("bills/1/01130012/RECODEINFO_MED.CSV"));
  EXPECT_TRUE(run(next).contains("bills/1/01130012/RECODEINFO_MED.CSV"));
}

TEST(FormerRecords, PairsRecordsThatKeepTheirOrder) {
  EXPECT_THAT(FormerRecords({"RE,1", "HO,a", "SI,11,1,x,2"}, {"RE,2", "HO,b", "SI,11,1,x,1"}), ElementsAre(0, 1, 2));
  EXPECT_THAT(FormerRecords({"HO,a", "SI,11,1,x", "SI,12,1,y", "CO,1"}, {"HO,b", "SN,1,05", "SI,12,1,y", "CO,1"}),
              ElementsAre(0, -1, 2, 3));
  EXPECT_THAT(FormerRecords({"SI,11,1,x,day3", "SI,11,1,x,day22"}, {"SI,11,1,x,day22"}), ElementsAre(1))
      << "the identical one is meant";
  EXPECT_THAT(FormerRecords({}, {"SN,1"}), ElementsAre(-1));
  EXPECT_TRUE(FormerRecords({"RE,1"}, {}).empty());
}

}  // namespace
}  // namespace furikae::rules
