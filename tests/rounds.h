// tests/rounds.h — how often a test repeats itself.
//
//   for (int round = 0; round < Rounds(200); ++round) …     // 200 times, or 50 times under a sanitizer
//
// Under a sanitizer everything takes 3 to 15 times as long, and what it looks for shows in each round of the same code
// or in none: a quarter of the rounds loses next to nothing there. Tests that repeat themselves take their number from
// here, and no test is left out.
#pragma once

#include <algorithm>

namespace furikae {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(FURIKAE_SANITIZE_THREAD)
inline constexpr int kSlowedDownBy = 4;
#else
inline constexpr int kSlowedDownBy = 1;
#endif

constexpr int Rounds(int usual) { return std::max(1, usual / kSlowedDownBy); }

}  // namespace furikae
