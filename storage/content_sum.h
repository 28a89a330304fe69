// storage/content_sum.h — the sum of 128-bit hashes of rows: equal for equal sets of rows, in whatever order they came.
//
//   ContentSum128 sum{};
//   AddToSum(sum, bytes_of_row);
//
// The hash is the first 128 bits of SHA-256; the two halves are added on their own, modulo 2^64.
#pragma once

#include <openssl/sha.h>

#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace furikae::storage {

using ContentSum128 = std::pair<uint64_t, uint64_t>;

inline void AddToSum(ContentSum128& sum, std::string_view bytes) {
  uint8_t digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), digest);
  ContentSum128 hash;
  std::memcpy(&hash.first, digest, sizeof hash.first);
  std::memcpy(&hash.second, digest + sizeof hash.first, sizeof hash.second);
  sum.first += hash.first;
  sum.second += hash.second;
}

}  // namespace furikae::storage
