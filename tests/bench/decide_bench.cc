// What deciding costs: a generated month parsed and decided in memory, on one thread; and the same month taken in,
// decided and closed on disk, every group synced. FURIKAE_BENCH_RECEIPTS sets its size. No bar here: the whole run has
// its own.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>

#include "core/files/insurers_csv.h"
#include "core/files/registry_csv.h"
#include "rules/decide.h"
#include "rules/engine.h"
#include "rules/receipt_facts.h"
#include "tests/storage/temporary_directory.h"
#include "tools/generate/month.h"

namespace furikae::rules {
namespace {

const ServiceMonth kMonth = ServiceMonth::Of(2024, 10);
const RunMoment kRun{kMonth, Moment::LastSecondOf(kMonth)};

int Receipts() {
  const char* receipts = std::getenv("FURIKAE_BENCH_RECEIPTS");
  return receipts == nullptr ? 20'000 : std::max(1000, std::atoi(receipts));
}

// Path → bytes; made once.
const std::map<std::string, std::string>& Files() {
  static const std::map<std::string, std::string> kFiles = [] {
    std::map<std::string, std::string> files;
    generate::Options options;
    options.seed = 1;
    options.receipts = Receipts();
    options.persons = 2 * Receipts();
    const absl::Status made = generate::GenerateMonth(options, [&](std::string_view path, std::string_view bytes) {
      files[std::string(path)].append(bytes);
      return absl::OkStatus();
    });
    if (!made.ok()) std::abort();
    return files;
  }();
  return kFiles;
}

bool IsReceiptFile(const std::string& path) { return path.starts_with("receipts/") && !path.ends_with(".jsonl"); }

const Rulebook& Rules() {
  static const Rulebook kRules = *Rulebook::Load(Declarations(), EmbeddedRegulations());
  return kRules;
}

void DecideInMemory(benchmark::State& state) {
  storage::MemoryRegistry registry;
  storage::Masters masters;
  (void)ReadRegistryCsv("registry.csv", Files().at("registry.csv"),
                        [&](RegistryRow&& row) { registry.Add(std::move(row)).IgnoreError(); });
  (void)ReadInsurersCsv("insurers.csv", Files().at("insurers.csv"),
                        [&](InsurerRow&& row) { masters.Put(row).IgnoreError(); });
  const Decider decider(Rules(), registry.index(), registry, masters);
  int64_t decided = 0, bytes_read = 0;
  for (auto _ : state) {
    for (const auto& [path, bytes] : Files()) {
      if (!IsReceiptFile(path)) continue;
      const uke::ParsedFile file = uke::ReadFile(path, bytes, kMonth);
      for (const uke::Receipt& receipt : file.receipts) {
        const auto decision =
            decider.Decide(receipt, {.claim_month = kMonth, .now = kRun.now, .closing_month = kMonth});
        if (!decision.ok()) return state.SkipWithError(std::string(decision.status().message()).c_str());
        benchmark::DoNotOptimize(decision->outcome);
        ++decided;
      }
      bytes_read += static_cast<int64_t>(bytes.size());
    }
  }
  state.SetItemsProcessed(decided);
  state.SetBytesProcessed(bytes_read);
  state.SetLabel("receipts parsed and decided");
}
BENCHMARK(DecideInMemory)->Unit(benchmark::kMillisecond);

// Loads the tables outside the measured time.
absl::Status LoadTables(Engine& engine) {
  for (const auto& [path, bytes] : Files()) {
    const auto kind = storage::KindOfFile(path);
    if (!kind || *kind == storage::TableKind::kPeople) continue;
    if (const auto loaded = engine.LoadTable(*kind, path, bytes, /*strict=*/false, kRun); !loaded.ok())
      return loaded.status();
  }
  return absl::OkStatus();
}

void MonthOnDisk(benchmark::State& state) {
  int64_t receipts = 0;
  for (auto _ : state) {
    state.PauseTiming();
    storage::TemporaryDirectory directory;
    auto store = storage::Store::Open({.data_dir = directory.File("data")});
    if (!store.ok()) return state.SkipWithError("no store");
    Engine engine(**store, Rules());
    if (!LoadTables(engine).ok()) return state.SkipWithError("the tables cannot be loaded");
    state.ResumeTiming();
    for (const auto& [path, bytes] : Files()) {
      if (!IsReceiptFile(path)) continue;
      const auto report = engine.Submit(path, bytes, kRun);
      if (report.ok()) receipts += report->accepted;
    }
    if (!engine.Decide(kRun, nullptr).ok() || !engine.Close(kRun, nullptr).ok())
      return state.SkipWithError("the month cannot be run");
  }
  state.SetItemsProcessed(receipts);
  state.SetLabel("receipts taken in, decided, closed, durable");
}
BENCHMARK(MonthOnDisk)->Unit(benchmark::kMillisecond)->Iterations(3)->UseRealTime();

}  // namespace
}  // namespace furikae::rules
