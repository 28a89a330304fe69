// tests/bench/meter.h — what a piece of work costs: wall time, CPU time of the whole process, peak memory.
//
//   const Cost cost = CostOf([&] { … });   cost.cpu_s / receipts
//
// CPU time counts every thread, so work that is moved behind the scenes (flush, compaction) stays in the bill.
#pragma once

#include <time.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

namespace furikae::bench {

struct Cost {
  double wall_s = 0, cpu_s = 0;
  Cost& operator+=(const Cost& other) {
    wall_s += other.wall_s;
    cpu_s += other.cpu_s;
    return *this;
  }
};

inline double SecondsOfClock(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <typename Work>
Cost CostOf(Work work) {
  const double wall = SecondsOfClock(CLOCK_MONOTONIC), cpu = SecondsOfClock(CLOCK_PROCESS_CPUTIME_ID);
  work();
  return {SecondsOfClock(CLOCK_MONOTONIC) - wall, SecondsOfClock(CLOCK_PROCESS_CPUTIME_ID) - cpu};
}

inline double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

// The most memory that the process has held since the last ForgetPeakMemory, in MiB. Linux; 0 elsewhere.
inline void ForgetPeakMemory() { std::ofstream("/proc/self/clear_refs") << "5"; }
inline double PeakMemoryMib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    int64_t kib = 0;
    if (word == "VmHWM:" && status >> kib) return static_cast<double>(kib) / 1024;
  }
  return 0;
}

}  // namespace furikae::bench
