#include "storage/crc32c.h"

#include <array>

namespace furikae::storage {
namespace {

constexpr uint32_t kPolynomial = 0x82f63b78;  // bits reversed
constexpr size_t kAtOnce = 8;                 // bytes; one table each, so that their look-ups do not wait on each other

using Tables = std::array<std::array<uint32_t, 256>, kAtOnce>;

// tables[k][b]: what byte b adds to the checksum when k bytes follow it.
constexpr Tables MakeTables() {
  Tables tables{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? kPolynomial : 0);
    tables[0][byte] = crc;
  }
  for (size_t k = 1; k < kAtOnce; ++k) {
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint32_t shorter = tables[k - 1][byte];
      tables[k][byte] = (shorter >> 8) ^ tables[0][shorter & 0xff];
    }
  }
  return tables;
}

constexpr Tables kTables = MakeTables();

}  // namespace

uint32_t Crc32c(std::string_view bytes, uint32_t before) {
  uint32_t crc = ~before;
  while (bytes.size() >= kAtOnce) {
    uint32_t next = 0;
    for (size_t i = 0; i < kAtOnce; ++i) {
      const uint32_t byte = static_cast<uint8_t>(bytes[i]) ^ (i < sizeof crc ? (crc >> (8 * i)) & 0xff : 0);
      next ^= kTables[kAtOnce - 1 - i][byte];
    }
    crc = next;
    bytes.remove_prefix(kAtOnce);
  }
  for (const char c : bytes) crc = (crc >> 8) ^ kTables[0][(crc ^ static_cast<uint8_t>(c)) & 0xff];
  return ~crc;
}

}  // namespace furikae::storage
