// Receipts as they really arrive: real files, broken files, huge files, many files. Each is taken in, or refused with
// file, line, column, field name and reason; nothing crashes. Source: files.md "In"; decisions.md §1, §9.9.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "core/files/registry_csv.h"
#include "core/uke/cp932.h"
#include "core/uke/receipt.h"
#include "tests/core/uke_text.h"
#include "tests/end_to_end/program_fixture.h"

namespace furikae {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kSample[] = "RECEIPTC_GAIRAI_SAMPLE.UKE";

std::optional<std::string> SharedFile(const std::string& name) {
  std::ifstream in(std::string(FURIKAE_SHARED_DATA) + "/uke/" + name, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

#define SHARED_OR_SKIP(variable, name)                                                              \
  const std::optional<std::string> variable##_read = SharedFile(name);                              \
  if (!variable##_read) GTEST_SKIP() << "no " << FURIKAE_SHARED_DATA << "/uke/" << name << " here"; \
  const std::string& variable = *variable##_read

// The lines about one file, without the indentation.
std::vector<std::string> LinesAbout(const std::string& file, const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("  " + file)) lines.push_back(line.substr(2));
  }
  return lines;
}

std::map<std::string, int> CountBy(const std::map<std::string, nlohmann::json>& decisions, const std::string& member) {
  std::map<std::string, int> counts;
  for (const auto& [id, decision] : decisions) ++counts[decision.value(member, "-")];
  return counts;
}

class Inputs : public Program {
 protected:
  void Submit(const std::string& name, const std::string& bytes) const { Write("in/receipts/" + name, bytes); }
  // The one decision there is.
  nlohmann::json OnlyDecision() const {
    const auto decisions = Decisions();
    EXPECT_EQ(decisions.size(), 1u);
    return decisions.empty() ? nlohmann::json::object() : decisions.begin()->second;
  }
};

// ---- the real files

TEST_F(Inputs, RealReceiptsAgainstAnEmptyRegistry) {
  SHARED_OR_SKIP(bytes, kSample);
  Submit(kSample, bytes);
  const Said said = Month("2021-11", {"--json"});
  EXPECT_EQ(said.exit, 0) << said.All();
  const nlohmann::json summary = nlohmann::json::parse(said.out);
  EXPECT_EQ(summary["accepted"], 75);
  EXPECT_EQ(summary["refused_receipts"], 0);
  // No insurer is known: what has an insurer is returned, what has none passes through.
  const auto decisions = Decisions();
  EXPECT_EQ(CountBy(decisions, "outcome"), (std::map<std::string, int>{{"PASSED_THROUGH", 6}, {"RETURNED", 69}}));
  EXPECT_EQ(CountBy(decisions, "origin"), (std::map<std::string, int>{{"INVALID_NUMBER", 69}, {"OUT_OF_SCOPE", 6}}));
  // What GO says is what the decisions hold (decisions.md §7 total_points, public_points).
  int64_t points = 0;
  for (const auto& [id, decision] : decisions) {
    points += decision["total_points"].get<int64_t>();
    if (decision["total_points"] == 0) points += decision["public_points"].get<int64_t>();
  }
  EXPECT_EQ(points, 86392);
  EXPECT_EQ(Furikae({"verify", "--data-dir", Path("data")}).exit, 0);
}

// Every patient of the file is registered with the card shown; the cards of odd receipts were lost before the
// treatment.
TEST_F(Inputs, RealReceiptsAgainstAMadeUpRegistry) {
  SHARED_OR_SKIP(bytes, kSample);
  Submit(kSample, bytes);
  const uke::ParsedFile file = uke::ReadFile(kSample, bytes, ServiceMonth::Of(2021, 11));
  std::string registry, insurers = "InsurerNumber,Name,Kind,ReviewAgency,ValidFrom\n";
  AppendRegistryCsvHeader(registry);
  std::set<std::string> numbers;
  std::set<std::tuple<std::string, std::string, std::string, std::string, std::string>> cards;
  std::map<std::string, std::string> expected;  // receipt number → origin
  for (const uke::Receipt& receipt : file.receipts) {
    const std::string number = std::to_string(receipt.number);
    if (!receipt.insurer) {
      expected[number] = "OUT_OF_SCOPE";
      continue;
    }
    const bool lost = receipt.number % 2 == 1;
    RegistryRow row;
    row.subject_id = "S-" + number;
    row.card = {*receipt.insurer, uke::FromCp932(receipt.symbol), uke::FromCp932(receipt.number_text),
                std::string(receipt.branch)};
    row.name = uke::FromCp932(receipt.name);
    row.name_kana = uke::FromCp932(receipt.name_kana);
    row.birth = receipt.birth;
    row.sex = receipt.sex;
    row.qualified = *Date::Of(2015, 4, 1);
    if (lost) row.disqualified = *Date::Of(2021, 4, 1);
    row.registered_at = *Moment::Parse("2021-04-02T00:00:00+09:00");
    // A card that an earlier receipt of the file has registered is what it is there.
    const bool fresh = cards
                           .emplace(row.card.insurer.ToString(), row.card.symbol, row.card.number, row.card.branch,
                                    row.birth.ToString())
                           .second;
    if (fresh) AppendRegistryCsv(row, registry);
    if (fresh) expected[number] = !receipt.insurer->CheckDigitHolds() ? "INVALID_NUMBER" : lost ? "LAPSED" : "VALID";
    if (numbers.insert(row.card.insurer.ToString()).second) {
      insurers += row.card.insurer.ToString() + ",保険者" + row.card.insurer.ToString() + ",組合,1,2000-04-01\n";
    }
  }
  Write("in/registry.csv", registry);
  Write("in/insurers.csv", insurers);
  const Said said = Month("2021-11");
  EXPECT_EQ(said.exit, 0) << said.All();
  std::map<std::string, int> seen;
  for (const auto& [id, decision] : Decisions()) {
    const auto want = expected.find(std::to_string(decision["receipt_number"].get<int>()));
    if (want == expected.end()) continue;
    EXPECT_EQ(decision["origin"], want->second) << id;
    ++seen[decision["origin"].get<std::string>() + " " + decision["outcome"].get<std::string>()];
    // Without a record MF nothing was moved before 2023-03 (E1): what has lapsed stays with the claimed insurer.
    if (want->second == "LAPSED") {
      EXPECT_THAT(decision["outcome"].get<std::string>(), ::testing::AnyOf("BILLED_TO_CLAIMED", "RETURNED")) << id;
    }
  }
  for (const auto& [what, count] : seen) RecordProperty(what, count);
  EXPECT_GT(seen["VALID AS_CLAIMED"], 0);
  EXPECT_GT(seen["LAPSED BILLED_TO_CLAIMED"], 0);
}

TEST_F(Inputs, TheRealPharmacyFileIsRefusedForItsCount) {
  SHARED_OR_SKIP(bytes, "negative_mode_and_go_count.CYO");
  Submit("RECEIPTY.CYO", bytes);
  const Said said = Month("2026-06");
  EXPECT_EQ(said.exit, 3) << said.All();
  EXPECT_THAT(
      LinesAbout("receipts/RECEIPTY.CYO", said.err),
      ElementsAre("receipts/RECEIPTY.CYO line 8, column 2 (総件数): says 1 claims, the receipts of this file make 2",
                  "receipts/RECEIPTY.CYO line 2, column 5 (氏名): mixes half-width and full-width characters (a space "
                  "counts)"));
  EXPECT_EQ(Read("out/decisions.jsonl"), "");
}

TEST_F(Inputs, TheRealAccidentFileIsRefusedForItsStructure) {
  SHARED_OR_SKIP(bytes, "negative_rousai_sample.csv");
  Submit("sample.UKE", bytes);
  const Said said = Month("2024-10");
  EXPECT_EQ(said.exit, 3) << said.All();
  const std::string file = "receipts/sample.UKE";
  EXPECT_THAT(LinesAbout(file, said.err),
              ElementsAre(file + ": the file ends without a GO record: it was cut in transmission",
                          file + " line 1, column 2 (審査支払機関): blank; expected 1 or 2",
                          file + " line 1, column 5 (医療機関コード): \"1234567890\"; expected exactly 7 digits",
                          file + " line 1, column 8 (請求年月): a text of 5 bytes; expected a month as YYYYMM or GYYMM",
                          file + " line 2, column 3 (レセプト種別): blank; expected up to 4 digits",
                          file + " line 7, column 3 (レセプト種別): blank; expected up to 4 digits",
                          file + ": the file is in UTF-8 and was converted to CP932",
                          file + " line 1: lines end with LF alone instead of CRLF",
                          file + " line 4, column 9: SY has more than its 8 columns; they are carried through"));
}

// ---- shapes of files that are right

TEST_F(Inputs, APlainFileIsBilledAsClaimed) {
  WriteWorld();
  Submit("RECEIPTC.UKE", Cp932(FileText({ReceiptText{}})));
  const Said said = Month();
  EXPECT_EQ(said.exit, 0) << said.All();
  EXPECT_EQ(OnlyDecision()["outcome"], "AS_CLAIMED") << OnlyDecision();
}

// Each way of writing the same receipt leads to the same decision.
TEST_F(Inputs, OldAndCarelessSpellingsOfOneReceiptAreTheSame) {
  const std::string plain = FileText({ReceiptText{}});
  ReceiptText wareki;
  wareki.month = "50609";
  wareki.birth = "3600402";
  std::string cut;  // trailing blank columns left out
  std::istringstream lines(plain);
  for (std::string line; std::getline(lines, line);) {
    line.pop_back();
    while (line.ends_with(',')) line.pop_back();
    cut += line + "\r\n";
  }
  std::string lf = plain;
  std::erase(lf, '\r');
  const std::map<std::string, std::string> spellings = {{"wareki", Cp932(FileText({wareki}, "50610"))},
                                                        {"end mark", Cp932(plain) + "\x1a"},
                                                        {"cut columns", Cp932(cut)},
                                                        {"UTF-8", plain},
                                                        {"UTF-8 with BOM", "\xef\xbb\xbf" + plain},
                                                        {"LF", Cp932(lf)},
                                                        {"no last line end", Cp932(plain.substr(0, plain.size() - 2))}};
  for (const auto& [spelling, bytes] : spellings) {
    SCOPED_TRACE(spelling);
    for (const char* name : {"in", "data", "out"}) fs::remove_all(Path(name));
    WriteWorld();
    Submit("RECEIPTC.UKE", bytes);
    const Said said = Month();
    EXPECT_EQ(said.exit, 0) << said.All();
    const nlohmann::json decision = OnlyDecision();
    EXPECT_EQ(decision["outcome"], "AS_CLAIMED");
    EXPECT_EQ(decision["total_points"], 282);
    EXPECT_EQ(decision["service_month"], "2024-09");
    EXPECT_EQ(decision["days"], nlohmann::json::array({5}));
  }
}

TEST_F(Inputs, UtfEightByMistakeIsNotedOnce) {
  WriteWorld();
  Submit("RECEIPTC.UKE", FileText({ReceiptText{}}));
  EXPECT_THAT(LinesAbout("receipts/RECEIPTC.UKE", Month().err),
              ElementsAre("receipts/RECEIPTC.UKE: the file is in UTF-8 and was converted to CP932"));
}

TEST_F(Inputs, TotalsOfSeveralVolumesAreThoseOfTheLast) {
  ReceiptText second;
  second.number = "2";
  second.points = 100;
  struct Case {
    const char* go_of_last;
    std::vector<std::string> complaints;
  };
  const std::string file = "receipts/2.UKE";
  const std::vector<Case> cases = {
      {"GO,2,382,99", {}},
      {"GO,3,382,99", {file + ": GO says 3 claims over all volumes, they count 2"}},
      {"GO,2,383,99", {file + ": GO says 383 points over all volumes, they count 382"}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.go_of_last);
    for (const char* name : {"in", "data", "out"}) fs::remove_all(Path(name));
    WriteWorld();
    Submit("1.UKE", Cp932(FileText({ReceiptText{}}, "202410", "00", "GO,,,01")));
    Submit("2.UKE", Cp932(FileText({second}, "202410", "01", c.go_of_last)));
    const Said said = Month();
    EXPECT_EQ(said.exit, 0) << said.All();
    EXPECT_EQ(LinesAbout(file, said.err), c.complaints);
    EXPECT_EQ(Decisions().size(), 2u);
  }
}

TEST_F(Inputs, AVolumeWithoutThoseBeforeItSaysSo) {
  Submit("2.UKE", Cp932(FileText({ReceiptText{}}, "202410", "01", "GO,2,382,99")));
  EXPECT_THAT(
      LinesAbout("receipts/2.UKE", Month().err),
      ElementsAre(HasSubstr("the totals of GO count all volumes and could not be checked: 0 of the 1 volumes")));
}

TEST_F(Inputs, UnknownRecordsAndColumnsReachTheBill) {
  WriteWorld();
  ReceiptText receipt;
  receipt.more = "ZX,1,まだ知られていない記録,,\r\nCO,12,1,810000001,よく効く,ここから先は余計,9\r\n";
  Submit("RECEIPTC.UKE", Cp932(FileText({receipt})));
  const Said said = Month();
  EXPECT_EQ(said.exit, 0) << said.All();
  EXPECT_THAT(said.err, HasSubstr("line 7: unknown record ZX is carried through as it is"));
  const std::string bill = Read("out/bills/1/01130012/RECODEINFO_MED.CSV");
  EXPECT_THAT(bill, AllOf(HasSubstr(Cp932("ZX,1,まだ知られていない記録,,\r\n")),
                          HasSubstr(Cp932("CO,12,1,810000001,よく効く,ここから先は余計,9\r\n"))));
}

// ---- files that are wrong

TEST_F(Inputs, BrokenFilesAreRefusedWithAReason) {
  const std::string good = Cp932(FileText({ReceiptText{}}));
  const std::string name = Cp932("山田");
  const size_t middle = good.find(name) + 1;
  struct Case {
    const char* what;
    std::string bytes, complaint;
  };
  const std::vector<Case> cases = {
      {"0 bytes", "", ": the file is empty (0 bytes)"},
      {"a BOM alone", "\xef\xbb\xbf", ": the file is empty (a byte order mark alone)"},
      {"cut in a character", good.substr(0, middle),
       ": the file ends in the middle of a character: it was cut in transmission"},
      {"cut before GO", good.substr(0, good.find("GO,")),
       ": the file ends without a GO record: it was cut in transmission"},
      {"binary", good + std::string(1, '\0'), ": the file holds NUL bytes: it is binary (or UTF-16), not a claim file"},
      {"no claim file", "hello\r\n", " line 1: the file starts with no record; expected a header: IR, UK, YK or HM"},
      {"a later month", Cp932(FileText({ReceiptText{}}, "202411")),
       ", column 8 (請求年月): 2024-11 is later than the claim month 2024-10"},
      {"wrong sum", Cp932(FileText({ReceiptText{}}, "202410", "00", "GO,1,283,99")),
       " (総合計点数): says 283 points, the receipts of this file make 282"},
      {"data after the end",
       good + "\x1a"
              "RE",
       ": there is data after the end mark 0x1A"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    for (const char* directory : {"in", "data", "out"}) fs::remove_all(Path(directory));
    Submit("a.UKE", c.bytes);
    for (int time = 1; time <= 2; ++time) {  // the second time it is known already, and refused in the same words
      const Said said = Month("2024-10", {"--json"});
      EXPECT_EQ(said.exit, 3) << said.All();
      EXPECT_THAT(LinesAbout("receipts/a.UKE", said.err), ::testing::Contains(HasSubstr(c.complaint)));
      EXPECT_EQ(nlohmann::json::parse(said.out)["refused_files"], 1);
      EXPECT_THAT(Decisions(), IsEmpty());
    }
  }
}

TEST_F(Inputs, OneBadReceiptIsRefusedWithItsPlaceAndTheOthersAreTaken) {
  WriteWorld();
  ReceiptText bad;
  bad.number = "2";
  bad.birth = "19851302";
  Submit("a.UKE", Cp932(FileText({ReceiptText{}, bad}, "202410", "00", "GO,2,564,99")));
  for (int time = 1; time <= 2; ++time) {
    const Said said = Month();
    EXPECT_EQ(said.exit, 3) << said.All();
    EXPECT_THAT(LinesAbout("receipts/a.UKE", said.err),
                ElementsAre(HasSubstr("receipts/a.UKE line 7, column 7 (生年月日): ")));
    EXPECT_THAT(said.All(), Not(HasSubstr("19851302"))) << "a birth date is never shown";
    EXPECT_EQ(OnlyDecision()["receipt_number"], 1);
  }
}

// Of many complaints the clinic has to find those for which something was refused.
TEST_F(Inputs, WhatRefusesIsToldBeforeWhatIsNoted) {
  WriteWorld();
  ReceiptText bad;
  bad.number = "2";
  bad.birth = "19851302";
  std::string bytes = FileText({ReceiptText{}, bad}, "202409", "00", "GO,2,564,99");
  Write("one.UKE", Cp932(bytes));
  bytes.replace(bytes.find("GO,2"), 4, "GO,3");
  Write("whole.UKE", Cp932(bytes));
  const std::string one = Path("one.UKE"), whole = Path("whole.UKE");
  const Said said = Furikae({"submit", "--data-dir", Path("data"), "--month", "2024-10", one, whole});
  EXPECT_EQ(said.exit, 3) << said.All();
  const std::string noted =
      " line 1, column 8 (請求年月): 2024-09 is earlier than the claim month 2024-10 (late or "
      "claimed again)\n";
  EXPECT_THAT(said.err,
              testing::StartsWith(one + ": 1 receipt refused because:\n  one.UKE line 7, column 7 (生年月日): "));
  const size_t note = said.err.find(one + ": also noted:\n  one.UKE" + noted);
  const size_t total = said.err.find(whole + ": refused as a whole because:\n  whole.UKE line 12, column 2 (総件数): ");
  const size_t birth = said.err.find("\n  whole.UKE line 7, column 7 (生年月日): ");
  const size_t last_note = said.err.find(whole + ": also noted:\n  whole.UKE" + noted);
  ASSERT_NE(last_note, std::string::npos) << said.err;
  EXPECT_LT(note, total) << said.err;
  EXPECT_LT(total, birth) << "why the file is refused goes before why a receipt of it would be: " << said.err;
  EXPECT_LT(birth, last_note) << said.err;
}

TEST_F(Inputs, NotesAloneAreNoRefusal) {
  Write("a.UKE", Cp932(FileText({ReceiptText{}}, "202409")));
  const std::string file = Path("a.UKE");
  const Said said = Furikae({"submit", "--data-dir", Path("data"), "--month", "2024-10", file});
  EXPECT_EQ(said.exit, 0) << said.All();
  EXPECT_THAT(said.err, testing::StartsWith(file + ": noted:\n  a.UKE line 1, column 8 (請求年月): "));
}

TEST_F(Inputs, AFileWithoutReceiptsIsNoRefusal) {
  Submit("a.UKE", Cp932(FileText({})));
  for (int time = 1; time <= 2; ++time) {
    const Said said = Month();
    EXPECT_EQ(said.exit, 0) << said.All();
  }
}

// A file that was refused whole may come again, corrected by nothing but time.
TEST_F(Inputs, ARefusedFileMayComeAgainInItsMonth) {
  WriteWorld();
  Submit("a.UKE", Cp932(FileText({ReceiptText{}}, "202411")));
  EXPECT_EQ(Month("2024-10").exit, 3);
  const Said said = Month("2024-11");
  EXPECT_EQ(said.exit, 0) << said.All();
  EXPECT_EQ(Decisions().size(), 1u);
}

// ---- many, and large

TEST_F(Inputs, TwentyThousandFiles) {
  WriteWorld();
  for (int i = 1; i <= 20000; ++i) {
    ReceiptText receipt;
    receipt.card = std::to_string(i);
    Submit("f" + std::to_string(i / 1000) + "/" + std::to_string(i) + ".UKE", Cp932(FileText({receipt})));
  }
  const Said said = Month("2024-10", {"--json"});
  EXPECT_EQ(said.exit, 0) << said.All();
  const nlohmann::json summary = nlohmann::json::parse(said.out);
  EXPECT_EQ(summary["files"], 20000);
  EXPECT_EQ(summary["accepted"], 20000);
}

// Larger than 2 GiB. NUL bytes cost nothing to store: the file is read to its end and refused for what it is.
TEST_F(Inputs, AHugeFileOfNothingIsRefused) {
  if (std::getenv("FURIKAE_BIG") == nullptr)
    GTEST_SKIP() << "needs 5 GiB of memory and half a minute: FURIKAE_BIG=1 runs it";
  Submit("a.UKE", "");
  fs::resize_file(Path("in/receipts/a.UKE"), (uintmax_t{2} << 30) + 1);
  const Said said = Month();
  EXPECT_EQ(said.exit, 3) << said.All();
  EXPECT_THAT(said.err, HasSubstr("the file holds NUL bytes"));
  EXPECT_LT(said.peak_memory_kb, 6L << 20);
}

TEST_F(Inputs, AFileLargerThanTheLimitIsRefusedByName) {
  if (std::getenv("FURIKAE_BIG") == nullptr) GTEST_SKIP() << "sends 4 GiB: FURIKAE_BIG=1 runs it";
  Submit("a.UKE", "");
  fs::resize_file(Path("in/receipts/a.UKE"), (uintmax_t{4} << 30) + 1);
  const Said said = Month();
  EXPECT_NE(said.exit, -1);
  EXPECT_THAT(said.err, HasSubstr("receipts/a.UKE is larger than 4 GiB; send it in volumes"));
}

TEST_F(Inputs, AFileOfMoreThanTwoGigabytesIsProcessed) {
  if (std::getenv("FURIKAE_BIG") == nullptr) GTEST_SKIP() << "takes minutes and 8 GiB of memory: FURIKAE_BIG=1 runs it";
  constexpr int kReceipts = 800000;
  std::string remarks;
  for (int i = 0; i < 12; ++i)
    remarks += Cp932("CO,12,1,810000001,") + Cp932(std::string(reinterpret_cast<const char*>(u8"あ"))) +
               std::string(198, 'x') + "\r\n";
  Submit("a.UKE", Cp932("IR,1,13,1,1234567,,青空医院,202410,00,0311112222\r\n"));
  {
    std::ofstream out(Path("in/receipts/a.UKE"), std::ios::binary | std::ios::app);
    for (int i = 1; i <= kReceipts; ++i) {
      ReceiptText receipt;
      receipt.number = receipt.card = std::to_string(i);
      out << Cp932(Records(receipt)) << remarks;
    }
    out << "GO," << kReceipts << "," << int64_t{kReceipts} * 282 << ",99\r\n";
  }
  ASSERT_GT(fs::file_size(Path("in/receipts/a.UKE")), uintmax_t{2} << 30);
  const Said said = Month("2024-10", {"--json"});
  EXPECT_EQ(said.exit, 0) << said.All();
  EXPECT_EQ(nlohmann::json::parse(said.out)["accepted"], kReceipts);
  printf("peak memory %ld MiB\n", said.peak_memory_kb >> 10);
}

}  // namespace
}  // namespace furikae
