// tools/generate/random.h — repeatable chance: the same seed gives the same month on every machine.
//
//   Random random(seed, person_index);   // a stream of its own: no person depends on how many came before
//   int day = random.Between(1, 31);
#pragma once

#include <cstdint>
#include <vector>

namespace furikae::generate {

// SplitMix64: one multiplication chain, no tables, the same everywhere.
class Random {
 public:
  explicit Random(uint64_t seed, uint64_t stream = 0)
      : state_(seed * 0x9E3779B97F4A7C15u + stream * 0xD1B54A32D192ED03u) {
    Next();
  }
  uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15u;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  int Between(int low, int high) { return low + static_cast<int>(Next() % static_cast<uint64_t>(high - low + 1)); }
  bool Chance(int per_cent) { return Between(1, 100) <= per_cent; }
  template <typename T>
  const T& Pick(const std::vector<T>& from) {
    return from[Next() % from.size()];
  }

 private:
  uint64_t state_;
};

}  // namespace furikae::generate
