// Look-ups of a card in the registry's index in memory against RocksDB Get of the same rows, warm; bytes a row; load
// and rebuild. Aim: at least 5 times as fast, about 100 bytes a row (ENGINEERING.md, bars). FURIKAE_BENCH_ROWS sets the
// number of rows.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "storage/registry.h"
#include "tests/bench/meter.h"
#include "tests/storage/bare_database.h"
#include "tests/storage/registry_rows.h"

namespace furikae::storage {
namespace {

constexpr int kLookups = 200'000;
constexpr int kRounds = 5;

int Rows() {
  const char* rows = std::getenv("FURIKAE_BENCH_ROWS");
  return rows == nullptr ? 2'000'000 : std::max(1000, std::atoi(rows));
}

template <typename Work>
double CpuSecondsOf(Work work) {
  return bench::CostOf(work).cpu_s;
}

// Four rows to three persons, as in the nation: every third person has changed the insurer.
RegistryRow BenchRow(int i) {
  const int person = i / 4 * 3 + std::min(i % 4, 2);
  const bool second = i % 4 == 3;
  RegistryRow row = ARow({.subject = "subject " + std::to_string(person),
                          .birth = Date{-10'000 + person % 25'000}.ToString(),
                          .insurer = second ? 6139463u : 1130012u,
                          .number = std::to_string(1 + person),
                          .from = second ? "2023-01-01" : "2020-04-01"});
  row.name_kana = "ヤマダ " + std::to_string(person % 300'000);
  row.name = "山田 " + std::to_string(person % 300'000);
  return row;
}

void LookUpCards(benchmark::State& state) {
  const int rows = Rows();
  BareDatabase disk({"registry_person", "registry_card"});
  double load = 0;
  for ([[maybe_unused]] auto once : state) {
    Registry writing(disk.db(), disk["registry_person"], disk["registry_card"]);
    load = CpuSecondsOf([&] {
      for (int i = 0; i < rows; ++i) {
        if (!writing.Add(BenchRow(i)).ok()) state.SkipWithError("a row was refused");
      }
      if (!writing.Flush().ok()) state.SkipWithError("writing failed");
    });
    Registry registry(disk.db(), disk["registry_person"], disk["registry_card"]);
    const RegistryIndex* index = nullptr;
    const double build = CpuSecondsOf([&] { index = *registry.index(); });

    std::vector<CardKey> cards;
    std::vector<RowId> ids;
    for (uint64_t i = 0, at = 12345; i < kLookups; ++i) {
      at = (at * 6364136223846793005u + 1442695040888963407u);
      ids.push_back(static_cast<RowId>((at >> 33) % static_cast<uint64_t>(rows)));
      cards.push_back(KeyOf(BenchRow(static_cast<int>(ids.back())).card));
    }
    std::vector<double> memory, rocksdb;
    size_t found = 0;
    for (int round = 0; round < kRounds; ++round) {
      memory.push_back(CpuSecondsOf([&] {
        for (const CardKey& card : cards) found += index->CardHolders(card, kEndOfTime).size();
      }));
      rocksdb.push_back(CpuSecondsOf([&] {
        std::string key(4, '\0'), value;
        for (RowId id : ids) {
          for (int byte = 0; byte < 4; ++byte) key[byte] = static_cast<char>(id >> (24 - 8 * byte));
          found += disk.db()->Get({}, disk["registry_person"], key, &value).ok();
        }
      }));
    }
    if (found != size_t{2} * kLookups * kRounds) state.SkipWithError("a look-up did not find its row");
    state.counters["index_ns"] = bench::Median(memory) / kLookups * 1e9;
    state.counters["rocksdb_ns"] = bench::Median(rocksdb) / kLookups * 1e9;
    state.counters["ratio"] = bench::Median(rocksdb) / bench::Median(memory);
    state.counters["bytes_per_row"] = static_cast<double>(index->bytes()) / rows;
    state.counters["build_rows_per_cpu_s"] = rows / build;
    state.counters["load_cpu_us_per_row"] = load / rows * 1e6;
  }
}
BENCHMARK(LookUpCards)->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace furikae::storage
