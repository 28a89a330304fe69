// tests/bench/raw_write.h — the yardstick of the whole run: the very keys and values that a finished store holds,
// written into a fresh database of the same options as plain synced batches.
//
//   const StoredBytes stored = *StoredBytes::Of(data_dir);
//   const Cost cost = *stored.WriteTo(fresh_dir, claims_per_batch);
//
// Reading them and building the batches are outside the measured time. Values that a run writes several times (a claim:
// received, decided, closed) are written once here, so that rewriting counts against the run.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/column_families.h"
#include "tests/bench/meter.h"

namespace furikae::bench {

class StoredBytes {
 public:
  enum class Part { kReference, kMonth };  // registry, masters, payments; everything that the month itself writes

  static absl::StatusOr<StoredBytes> Of(const std::string& data_dir);
  absl::StatusOr<Cost> WriteTo(const std::string& data_dir, Part part, size_t batches) const;
  double MebibytesOf(Part part) const;
  size_t RowsOf(storage::ColumnFamily family) const { return families_[storage::Index(family)].size(); }

 private:
  using Rows = std::vector<std::pair<std::string, std::string>>;
  std::array<Rows, storage::kColumnFamilies.size()> families_;
};

}  // namespace furikae::bench
