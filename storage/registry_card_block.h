// storage/registry_card_block.h — the value of a registry_card entry: consecutive flat rows, so that the index is read
// at memory speed.
//
//   std::string bytes = EncodeCardBlock(rows);                       // 1 … kRowsPerCardBlock rows
//   ASSIGN_OR_RETURN(std::vector<IndexRow> again, DecodeCardBlock(bytes));
//
// Format: version byte 1, then 76 bytes a row as storage/registry_row_layout.h describes them. The key is the number of
// the first row; the next block's key is that number plus the count. Errors: DataLoss for a length that is no whole
// number of rows, FailedPrecondition for a version that this program does not know. Thread-safe. Source: DESIGN §5 (the
// registry's hot rows may be a fixed flat layout); the format is our own, of no standard.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/registry_row_layout.h"

namespace furikae::storage {

inline constexpr size_t kRowsPerCardBlock = 1024;
inline constexpr char kCardBlockVersion = 1;

std::string EncodeCardBlock(absl::Span<const IndexRow> rows);
absl::StatusOr<std::vector<IndexRow>> DecodeCardBlock(std::string_view bytes);

}  // namespace furikae::storage
