// What deciding alone costs: a generated month parsed and decided in memory, on one thread. No bar here: the whole run
// has its own.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "core/files/insurers_csv.h"
#include "core/files/registry_csv.h"
#include "rules/decide.h"
#include "rules/receipt_facts.h"
#include "storage/registry.h"
#include "tests/bench/generated_month.h"

namespace furikae::rules {
namespace {

const ServiceMonth kMonth = ServiceMonth::Of(2024, 10);
constexpr int kReceipts = 20'000;

const Rulebook& Rules() {
  static const Rulebook kRules = *Rulebook::Load(Declarations(), EmbeddedRegulations());
  return kRules;
}

void DecideInMemory(benchmark::State& state) {
  const bench::GeneratedMonth& month = bench::GeneratedMonth::Of(kReceipts);
  storage::MemoryRegistry registry;
  storage::Masters masters;
  (void)ReadRegistryCsv("registry.csv", month.Read("registry.csv"),
                        [&](RegistryRow&& row) { registry.Add(std::move(row)).IgnoreError(); });
  (void)ReadInsurersCsv("insurers.csv", month.Read("insurers.csv"),
                        [&](InsurerRow&& row) { masters.Put(row).IgnoreError(); });
  std::vector<std::string> files;
  for (const std::string& path : month.receipts()) files.push_back(month.Read(path));
  const Decider decider(Rules(), registry.index(), registry, masters);
  int64_t decided = 0, bytes_read = 0;
  for (auto _ : state) {
    for (const std::string& bytes : files) {
      const uke::ParsedFile file = uke::ReadFile("RECEIPTC.UKE", bytes, kMonth);
      for (const uke::Receipt& receipt : file.receipts) {
        const auto decision = decider.Decide(
            receipt, {.claim_month = kMonth, .now = Moment::LastSecondOf(kMonth), .closing_month = kMonth});
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

}  // namespace
}  // namespace furikae::rules
