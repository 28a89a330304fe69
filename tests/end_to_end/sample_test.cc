// samples/: everything that can happen in a month happens in samples/month, as its truth says, and its output is the
// expected one; what another time or another policy is needed for, samples/earlier_month and samples/other_policies
// show.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/end_to_end/program_fixture.h"

namespace furikae {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Names = std::set<std::string>;

using ById = std::map<std::string, Json>;  // lines by their claim_id

const fs::path kSamples = fs::path(FURIKAE_SOURCE_DIR) / "samples";
const fs::path kMonth = kSamples / "month", kEarlierMonth = kSamples / "earlier_month";
const fs::path kOtherPolicies = kSamples / "other_policies";

std::string ReadAll(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

ById LinesById(const fs::path& file) {
  ById lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    Json json = Json::parse(line);
    const std::string id = json["claim_id"];
    lines[id] = std::move(json);
  }
  return lines;
}

// Every value of a member over all decisions.
Names ValuesOf(const std::string& member, const ById& decisions) {
  Names values;
  for (const auto& [id, decision] : decisions) {
    if (decision.contains(member)) values.insert(decision[member].get<std::string>());
  }
  return values;
}

void ExpectTruth(const ById& truths, const ById& decisions) {
  ASSERT_EQ(truths.size(), decisions.size());
  for (const auto& [id, truth] : truths) {
    ASSERT_TRUE(decisions.contains(id)) << id;
    const Json& decision = decisions.at(id);
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

class Sample : public Program {
 protected:
  static void SetUpTestSuite() { decisions_ = new ById(LinesById(kMonth / "out" / "decisions.jsonl")); }
  static Names ValuesOf(const std::string& member) { return furikae::ValuesOf(member, *decisions_); }

  // Runs a month, with a data directory of its own, into `out`.
  void Run(const std::string& out, const std::string& month, const fs::path& input,
           std::vector<std::string> arguments = {}) const {
    arguments.insert(arguments.end(), {"run", "--data-dir", Path(out + ".data"), "--month", month, "--input", input,
                                       "--output", Path(out)});
    ExpectDone(arguments);
  }
  // The receipts of 2023-08, decided with the masters and the registry of samples/month.
  void RunEarlierMonth(const std::string& out) const {
    ExpectDone({"load", "--data-dir", Path(out + ".data"), "--month", "2023-08", kMonth / "insurers.csv",
                kMonth / "institutions.csv", kMonth / "registry.csv"});
    Run(out, "2023-08", kEarlierMonth);
  }
  void RunOtherPolicies(const std::string& out) const {
    Run(out, "2024-10", kMonth, {"--regulations", kOtherPolicies});
  }

  static ById* decisions_;  // of samples/month

 private:
  void ExpectDone(const std::vector<std::string>& arguments) const {
    const Said said = Furikae(arguments);
    ASSERT_EQ(said.exit, 0) << said.All();
  }
};
ById* Sample::decisions_ = nullptr;

TEST_F(Sample, ShowsEveryOrigin) {
  EXPECT_EQ(ValuesOf("origin"), (Names{"OUT_OF_SCOPE", "UNIDENTIFIED", "DISASTER_UNIDENTIFIED",
                                       "DISASTER_INSURER_KNOWN", "INVALID_NUMBER", "VALID", "LAPSED", "UNMATCHED"}));
}

TEST_F(Sample, ShowsEveryOutcome) {
  EXPECT_EQ(ValuesOf("outcome"), (Names{"AS_CLAIMED", "BRANCH_COMPLETED", "TRANSFERRED", "SPLIT", "BILLED_TO_CLAIMED",
                                        "RETURNED", "IN_REVIEW", "PENDING", "APPORTIONED", "PASSED_THROUGH"}));
}

// Two reasons need another policy, and one needs a claim month before 2023-09.
TEST_F(Sample, ShowsEveryReasonToReturn) {
  RunOtherPolicies("other");
  RunEarlierMonth("earlier");
  Names reasons = ValuesOf("return_reason");
  for (const char* out : {"other", "earlier"}) reasons.merge(furikae::ValuesOf("return_reason", Decisions(out)));
  EXPECT_EQ(reasons, (Names{"R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R11"}));
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
  ExpectTruth(LinesById(kMonth / "truth.jsonl"), *decisions_);
  RunEarlierMonth("earlier");
  ExpectTruth(LinesById(kEarlierMonth / "truth.jsonl"), Decisions("earlier"));
}

TEST_F(Sample, IsDecidedOtherwiseOnlyWhereTheOtherPoliciesReturnIt) {
  RunOtherPolicies("other");
  int returned = 0;
  for (const auto& [id, decision] : Decisions("other")) {
    const std::string reason = decision.value("return_reason", "");
    if (reason == "R10" || reason == "R11") {
      ++returned;
    } else {
      EXPECT_EQ(decision["outcome"], decisions_->at(id)["outcome"]) << id;
    }
  }
  EXPECT_GT(returned, 0);
}

// The overlay is a copy of a file of which two tables differ; the others have to go along with those built in.
TEST_F(Sample, OtherPoliciesAreTwoTablesWithTheirCases) {
  const Json own = Json::parse(ReadAll(kOtherPolicies / "policy.json"));
  const Json built_in = Json::parse(ReadAll(fs::path(FURIKAE_SOURCE_DIR) / "rules" / "regulations" / "policy.json"));
  ASSERT_EQ(own.size(), built_in.size());
  Names changed;
  for (size_t i = 0; i < own.size(); ++i) {
    if (own[i] != built_in[i]) changed.insert(own[i]["table"].get<std::string>());
  }
  EXPECT_EQ(changed, (Names{"former_qualification_unregistered", "cross_agency"}));
  for (const char* verb : {"check", "test"}) {
    const Said said = Furikae({"rules", verb, kOtherPolicies});
    EXPECT_EQ(said.exit, 0) << said.All();
  }
}

TEST_F(Sample, GivesTheExpectedFiles) {
  Run("out", "2024-10", kMonth);
  const std::map<std::string, std::string> written = FilesIn("out");
  Names expected_names, written_names;
  for (const auto& [file, bytes] : written) written_names.insert(file);
  for (const auto& entry : fs::recursive_directory_iterator(kMonth / "out")) {
    if (!entry.is_regular_file()) continue;
    const std::string file = fs::relative(entry.path(), kMonth / "out").generic_string();
    expected_names.insert(file);
    if (written.contains(file)) {
      EXPECT_EQ(written.at(file), ReadAll(entry.path())) << file;
    }
  }
  EXPECT_EQ(written_names, expected_names);
}

}  // namespace
}  // namespace furikae
