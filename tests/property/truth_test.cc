// What is decided about generated months is what the generator knows to be true of them.
//
// truth.jsonl says of each receipt which decision follows from the rules; where it is exact, origin, outcome, reason,
// flags, parts and the pool's rung have to agree.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/property/month_run_fixture.h"

namespace furikae {
namespace {

using nlohmann::json;

std::vector<json> LinesOf(const std::string& jsonl) {
  std::vector<json> lines;
  std::istringstream in(jsonl);
  for (std::string line; std::getline(in, line);) lines.push_back(json::parse(line));
  return lines;
}

json ValueOr(const json& object, const char* name, json otherwise) {
  return object.contains(name) ? object.at(name) : std::move(otherwise);
}

// Insurer and days of each part.
json PartsOf(const json& line) {
  json parts = json::array();
  for (const json& part : ValueOr(line, "parts", json::array()))
    parts.push_back({{"insurer", part.at("insurer")}, {"days", part.at("days")}});
  return parts;
}

TEST(Truth, DecisionsAgreeWithWhatTheGeneratorKnows) {
  int64_t exact = 0, receipts = 0;
  std::set<std::string> stories;
  for (const uint64_t seed : {1, 2, 3, 20241}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const InputFiles files = GeneratedMonth({.seed = seed, .persons = 3000, .receipts = 600});
    MonthRun run;
    run.Everything(files);
    const auto out = run.Out();
    std::map<std::string, json> decided;
    for (json& line : LinesOf(out.at("decisions.jsonl"))) {
      const std::string id = line.at("claim_id");
      decided[id] = std::move(line);
    }
    std::map<storage::ClaimKey, std::string> rungs;
    for (const storage::Pool& pool : run.Pools()) {
      for (const storage::ClaimKey key : pool.receipts) rungs[key] = pool.rung;
    }
    const std::vector<json> truths = LinesOf(files.at("truth.jsonl"));
    EXPECT_EQ(decided.size(), truths.size());
    for (const json& truth : truths) {
      ++receipts;
      const std::string id = truth.at("claim_id");
      SCOPED_TRACE(testing::Message() << truth.at("story") << ", claim " << id);
      ASSERT_TRUE(decided.contains(id));
      if (!truth.at("exact").get<bool>()) continue;
      const json& decision = decided.at(id);
      ++exact;
      stories.insert(truth.at("story"));
      for (const char* name : {"origin", "outcome", "return_reason"})
        EXPECT_EQ(ValueOr(decision, name, ""), ValueOr(truth, name, "")) << name;
      EXPECT_EQ(ValueOr(decision, "flags", json::array()), truth.at("flags"));
      if (truth.contains("parts")) {
        EXPECT_EQ(PartsOf(decision), truth.at("parts"));
      }
      if (truth.contains("rung")) {
        EXPECT_EQ(rungs[*run.store().ParseClaimId(id)], truth.at("rung").get<std::string>());
      }
    }
    EXPECT_EQ(run.Differences(), std::vector<std::string>());
  }
  printf("%lld of %lld receipts are told exactly, %zu stories\n", static_cast<long long>(exact),
         static_cast<long long>(receipts), stories.size());
  EXPECT_GT(exact * 2, receipts);
}

}  // namespace
}  // namespace furikae
