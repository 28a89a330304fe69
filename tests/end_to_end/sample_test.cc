// samples/month: everything that can happen in a month happens in it, as its truth says, and its output is the expected
// one.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "tests/storage/temporary_directory.h"

namespace furikae {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Names = std::set<std::string>;

const fs::path kMonth = fs::path(FURIKAE_SOURCE_DIR) / "samples" / "month";

std::string ReadAll(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::map<std::string, Json> LinesById(const fs::path& file) {
  std::map<std::string, Json> lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    Json json = Json::parse(line);
    const std::string id = json["claim_id"];
    lines[id] = std::move(json);
  }
  return lines;
}

class Sample : public testing::Test {
 protected:
  static void SetUpTestSuite() { decisions_ = new auto(LinesById(kMonth / "out" / "decisions.jsonl")); }
  // Every value of a member over all decisions.
  static Names ValuesOf(const std::string& member) {
    Names values;
    for (const auto& [id, decision] : *decisions_) {
      if (decision.contains(member)) values.insert(decision[member].get<std::string>());
    }
    return values;
  }
  static std::map<std::string, Json>* decisions_;
};
std::map<std::string, Json>* Sample::decisions_ = nullptr;

TEST_F(Sample, ShowsEveryOrigin) {
  EXPECT_EQ(ValuesOf("origin"), (Names{"OUT_OF_SCOPE", "UNIDENTIFIED", "DISASTER_UNIDENTIFIED",
                                       "DISASTER_INSURER_KNOWN", "INVALID_NUMBER", "VALID", "LAPSED", "UNMATCHED"}));
}

TEST_F(Sample, ShowsEveryOutcome) {
  EXPECT_EQ(ValuesOf("outcome"), (Names{"AS_CLAIMED", "BRANCH_COMPLETED", "TRANSFERRED", "SPLIT", "BILLED_TO_CLAIMED",
                                        "RETURNED", "IN_REVIEW", "PENDING", "APPORTIONED", "PASSED_THROUGH"}));
}

// R02 ended with claim month 2023-08; R10 and R11 are policies that are not in force: scenarios tell them.
TEST_F(Sample, ShowsEveryReasonToReturnOfItsTime) {
  EXPECT_EQ(ValuesOf("return_reason"), (Names{"R01", "R03", "R04", "R05", "R06", "R07", "R08", "R09"}));
}

TEST_F(Sample, ShowsEveryConfirmationClass) {
  EXPECT_EQ(ValuesOf("confirmation_class"), (Names{"02", "03", "04", "05", "06", "07", "08", "09"}));
}

TEST_F(Sample, TakesDaysFromEverywhere) { EXPECT_EQ(ValuesOf("days_from"), (Names{"JD", "LINES", "MONTH"})); }

TEST_F(Sample, ShowsEveryFlavour) { EXPECT_EQ(ValuesOf("flavour"), (Names{"MED", "DPC", "DEN", "PHA", "NUR"})); }

TEST_F(Sample, ShowsEveryFlag) {
  Names flags;
  for (const auto& [id, decision] : *decisions_) {
    for (const auto& flag : decision["flags"]) flags.insert(flag.get<std::string>());
  }
  EXPECT_EQ(flags, (Names{"RATE_DIFFERS", "HIGH_COST_IN_KIND", "MEALS_NOT_BY_DAY", "CARD_CORRECTED",
                          "DECLARATION_INCOMPLETE", "SENTINEL_INCOMPLETE", "REVIEW_OPEN"}));
}

TEST_F(Sample, ShowsEveryExclusion) {
  Names rows;
  for (const auto& [id, decision] : *decisions_) {
    for (const auto& row : decision["trace"]) {
      if (row["table"] == "exclusions") rows.insert(row["row"].get<std::string>());
    }
  }
  EXPECT_EQ(rows, (Names{"E0", "E1", "E2", "E3", "E4", "E7", "E11", "U1", "U2", "U5", "U6", "U7", "U9"}));
}

TEST_F(Sample, ShowsEveryRung) {
  Names rungs;
  std::ifstream in(kMonth / "out" / "apportionment" / "pools.csv");
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::stringstream fields(line);
    std::string field;
    for (int i = 0; i < 6; ++i) std::getline(fields, field, ',');
    rungs.insert(field);
  }
  EXPECT_EQ(rungs, (Names{"WINDOW", "INSTITUTION_12", "PREFECTURE", "NATION", "UNALLOCATED"}));
}

TEST_F(Sample, AgreesWithItsTruth) {
  const std::map<std::string, Json> truths = LinesById(kMonth / "truth.jsonl");
  ASSERT_EQ(truths.size(), decisions_->size());
  for (const auto& [id, truth] : truths) {
    ASSERT_TRUE(decisions_->contains(id)) << id;
    const Json& decision = decisions_->at(id);
    if (!truth["exact"].get<bool>()) continue;
    for (const char* member : {"origin", "outcome", "return_reason", "flags"}) {
      EXPECT_EQ(decision.value(member, Json()), truth.value(member, Json()))
          << id << " (" << truth["story"] << "): " << member;
    }
    if (!truth.contains("parts")) continue;
    Json parts = Json::array();
    for (const Json& part : decision["parts"]) parts.push_back({{"insurer", part["insurer"]}, {"days", part["days"]}});
    EXPECT_EQ(parts, truth["parts"]) << id << " (" << truth["story"] << ")";
  }
}

TEST_F(Sample, GivesTheExpectedFiles) {
  const storage::TemporaryDirectory scratch;
  const fs::path out = scratch.File("out");
  const std::string command = std::string(FURIKAE_PROGRAM) + " run --data-dir " + scratch.File("data") +
                              " --month 2024-10 --input " + kMonth.string() + " --output " + out.string() +
                              " >/dev/null 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
  Names expected, written;
  for (const auto& entry : fs::recursive_directory_iterator(kMonth / "out")) {
    if (entry.is_regular_file()) expected.insert(fs::relative(entry.path(), kMonth / "out").generic_string());
  }
  for (const auto& entry : fs::recursive_directory_iterator(out)) {
    if (entry.is_regular_file()) written.insert(fs::relative(entry.path(), out).generic_string());
  }
  EXPECT_EQ(written, expected);
  for (const std::string& file : expected) EXPECT_EQ(ReadAll(out / file), ReadAll(kMonth / "out" / file)) << file;
}

}  // namespace
}  // namespace furikae
