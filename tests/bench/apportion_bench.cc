// Sharing one pool among many insurers. The comparison with an SQL aggregate has its own benchmark.
#include <benchmark/benchmark.h>

#include "rules/apportion.h"

namespace furikae::rules {
namespace {

// All insurers of the country in one pool is 3,400; a clinic sees about 40.
void ShareOnePool(benchmark::State& state) {
  std::vector<Weight> weights;
  for (int64_t i = 0; i < state.range(0); ++i) {
    weights.push_back(
        {InsurerNumber{static_cast<uint32_t>(1'000'000 + i * 7)}, 1 + i * i * 2'654'435'761 % 90'000'000});
  }
  for (auto _ : state) benchmark::DoNotOptimize(Apportion(Yen{123'456'789}, weights));
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.SetLabel("shares");
}
BENCHMARK(ShareOnePool)->Arg(40)->Arg(3400);

}  // namespace
}  // namespace furikae::rules
