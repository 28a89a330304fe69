// storage/content_sum.h — the sum of 128-bit hashes of rows: equal for equal sets of rows, in whatever order they came.
//
//   ContentSum128 sum{};
//   AddToSum(sum, bytes_of_row);
//
// The hash is the first 128 bits of SHA-256; the two halves are added on their own, modulo 2^64. Bytes count in the
// machine's order, little-endian. Nothing can fail. Thread-safe as plain values. Source: FIPS 180-4 (SHA-256); DESIGN
// §5 (`furikae verify` derives state from the log); the sum is our own, of no standard.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include "core/sha256.h"

namespace furikae::storage {

using ContentSum128 = std::pair<uint64_t, uint64_t>;

inline void AddToSum(ContentSum128& sum, std::string_view bytes) {
  const std::array<uint8_t, 32> digest = Sha256(bytes);
  ContentSum128 hash;
  std::memcpy(&hash.first, digest.data(), sizeof hash.first);
  std::memcpy(&hash.second, digest.data() + sizeof hash.first, sizeof hash.second);
  sum.first += hash.first;
  sum.second += hash.second;
}

}  // namespace furikae::storage
