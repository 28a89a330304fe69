// storage/crc32c.h — CRC-32C (Castagnoli), the checksum of the records of RocksDB's write-ahead log.
//
//   Crc32c("123456789") == 0xe3069283;
//   Crc32c("456789", Crc32c("123")) == Crc32c("123456789");
//
// Nothing can fail. Thread-safe. Source: RFC 3720 §12.1 (CRC32C); that logs use it: the log format of LevelDB and
// RocksDB.
#pragma once

#include <cstdint>
#include <string_view>

namespace furikae::storage {

// `before`: the checksum of the bytes that stand before these.
uint32_t Crc32c(std::string_view bytes, uint32_t before = 0);

}  // namespace furikae::storage
