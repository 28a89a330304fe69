// core/sha256.h — SHA-256 of bytes, many times over: the algorithm is looked up once and its memory kept.
//
//   const std::array<uint8_t, 32> digest = Sha256(bytes);
//
// OpenSSL's one-shot function looks the algorithm up at every call, which costs more than hashing a short text. A
// digest is 32 bytes; nothing can fail. Thread-safe. Source: FIPS 180-4.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace furikae {

std::array<uint8_t, 32> Sha256(std::string_view bytes);

}  // namespace furikae
