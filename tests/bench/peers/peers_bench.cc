// Our decision tables beside CLIPS, in one process; writes the same tables and vectors for the peers of peers.mjs.
//
//   furikae_peers_bench DIRECTORY      normally through tests/bench/peers/run
//
// Into DIRECTORY: measured.tsv (engine, rows, vectors, CPU seconds), and for each size N: json-rules-engine-N.json,
// zen-N.json, vectors-N.json and answers-N.json (the row that ours gives for each vector). Fails when CLIPS and ours
// give different rows.
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "rules/table.h"
#include "tests/bench/meter.h"
#include "tests/bench/peers/clips_engine.h"
#include "tests/bench/peers/peer_forms.h"

namespace furikae::bench {
namespace {

constexpr int kSizes[] = {10, 50, 200, 1000};
constexpr int kVectors = 1'000'000;
constexpr int kSharedVectors = 50'000;  // the first of them, for the peers
constexpr int kPasses = 5;              // the fastest counts, for every engine
constexpr double kPeerSeconds = 2;      // of one pass
constexpr uint64_t kSeed = 20'241'001;

struct Measured {
  std::vector<int> answers;  // row numbers
  double seconds = 0;        // of the fastest pass: CPU time, so that a busy machine does not disturb the comparison
};

// Passes over the first vectors, as many as the first pass manages in `limit_s`.
template <typename Decide>
Measured Measure(size_t vectors, double limit_s, Decide decide) {
  Measured measured;
  for (int pass = 0; pass < kPasses; ++pass) {
    std::vector<int> answers;
    answers.reserve(vectors);
    const double start = SecondsOfClock(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t i = 0; i < vectors; ++i) {
      if (i % 1024 == 0 && i > 0 && SecondsOfClock(CLOCK_PROCESS_CPUTIME_ID) - start > limit_s) break;
      answers.push_back(decide(i));
    }
    const double seconds = SecondsOfClock(CLOCK_PROCESS_CPUTIME_ID) - start;
    vectors = answers.size();
    limit_s = 1e9;
    if (pass == 0 || seconds < measured.seconds) measured = {std::move(answers), seconds};
  }
  return measured;
}

void Write(const std::string& path, const nlohmann::ordered_json& json) { std::ofstream(path) << json << '\n'; }

void Report(std::ofstream& measured, const char* engine, int rows, const Measured& m) {
  measured << engine << '\t' << rows << '\t' << m.answers.size() << '\t' << m.seconds << '\n';
}

bool Compare(int rows, const std::string& directory, std::ofstream& measured) {
  const PeerTable drawn = DrawTable(rows, kSeed);
  const std::vector<FactVector> vectors = DrawVectors(drawn, kVectors, kSeed + 1);

  const auto book = rules::Rulebook::Load(rules::Declarations(), {{"peers.json", OurForm(drawn).dump()}});
  if (!book.ok()) {
    std::fprintf(stderr, "our table of %d rows: %s\n", rows, std::string(book.status().message()).c_str());
    return false;
  }
  const rules::Table& table = *book->Find("peers");
  rules::Facts facts;
  const Measured ours = Measure(vectors.size(), 1e9, [&](size_t i) {
    for (int fact = 0; fact < kPeerFacts; ++fact) facts.Set(kPeerFactList[fact].fact, vectors[i][fact]);
    const rules::Row* row = table.First(facts);
    return row == nullptr ? -1 : static_cast<int>(row - table.rows().data());
  });
  Report(measured, "furikae", rows, ours);

  const std::vector<FactVector> shared(vectors.begin(), vectors.begin() + kSharedVectors);
  ClipsEngine clips(ClipsForm(drawn));
  if (!clips.ok()) {
    std::fprintf(stderr, "CLIPS does not accept the table of %d rows\n", rows);
    return false;
  }
  clips.Load(shared);
  const Measured theirs = Measure(shared.size(), kPeerSeconds, [&](size_t i) { return clips.First(shared[i]); });
  Report(measured, "clips", rows, theirs);

  for (size_t i = 0; i < theirs.answers.size(); ++i) {
    if (theirs.answers[i] == ours.answers[i]) continue;
    std::fprintf(stderr, "vector %zu, %d rows: ours answers row number %d, CLIPS %d: %s\n", i, rows, ours.answers[i],
                 theirs.answers[i], VectorsForm({&shared[i], 1}).dump().c_str());
    return false;
  }

  nlohmann::ordered_json answers = nlohmann::ordered_json::array();
  for (int i = 0; i < kSharedVectors; ++i) {
    answers.push_back(ours.answers[i] < 0 ? "" : table.rows()[ours.answers[i]].id);
  }
  const std::string size = std::to_string(rows) + ".json";
  Write(directory + "/json-rules-engine-" + size, JsonRulesEngineForm(drawn));
  Write(directory + "/zen-" + size, ZenForm(drawn));
  Write(directory + "/vectors-" + size, VectorsForm(shared));
  Write(directory + "/answers-" + size, answers);
  return true;
}

}  // namespace
}  // namespace furikae::bench

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: furikae_peers_bench DIRECTORY\n");
    return 2;
  }
  const std::string directory = argv[1];
  std::ofstream measured(directory + "/measured.tsv");
  for (const int rows : furikae::bench::kSizes) {
    if (!furikae::bench::Compare(rows, directory, measured)) return 1;
  }
  return measured.flush() ? 0 : 1;
}
