#include "storage/registry_card_block.h"

#include <cstring>

namespace furikae::storage {

std::string EncodeCardBlock(absl::Span<const IndexRow> rows) {
  std::string bytes;
  bytes.reserve(1 + rows.size() * kIndexRowBytes);
  bytes += kCardBlockVersion;
  for (const IndexRow& row : rows) bytes.append(reinterpret_cast<const char*>(&row), kIndexRowBytes);
  return bytes;
}

absl::StatusOr<std::vector<IndexRow>> DecodeCardBlock(std::string_view bytes) {
  if (!bytes.empty() && bytes[0] != kCardBlockVersion) {
    return absl::FailedPreconditionError("registry_card was written by a newer version of this program");
  }
  if (bytes.size() <= 1 || (bytes.size() - 1) % kIndexRowBytes != 0) {
    return absl::DataLossError("a block of registry_card is cut off");
  }
  std::vector<IndexRow> rows((bytes.size() - 1) / kIndexRowBytes);
  const char* at = bytes.data() + 1;
  for (IndexRow& row : rows) {
    std::memcpy(static_cast<void*>(&row), at, kIndexRowBytes);
    at += kIndexRowBytes;
  }
  return rows;
}

}  // namespace furikae::storage
