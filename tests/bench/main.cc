// One binary for every benchmark: furikae_bench --benchmark_filter=Parse
#include <benchmark/benchmark.h>

BENCHMARK_MAIN();
