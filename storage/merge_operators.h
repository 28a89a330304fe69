// storage/merge_operators.h — how RocksDB combines values that are written without being read first.
//
// Sums (rollups): a value is three 64-bit integers, count, points, yen; merging adds them, wrapping as two's
// complement. Key sets (fingerprints): a value is a list of claim keys, 8 bytes each, in arrival order without
// repetition; merging is the union, so writing the same key twice changes nothing. The names of the operators are on
// disk: never change them. Thread-safe (no state). Bytes of another length make a merge fail, which RocksDB reports as
// corruption. Source: DESIGN §5 (rollups in the one write batch); decisions.md §10 (duplicates).
#pragma once

#include <string>
#include <string_view>

#include "rocksdb/merge_operator.h"
#include "storage/records.h"

namespace furikae::storage {

// 24 bytes, each sum big-endian.
std::string EncodeSum(const RollupSum& sum);
bool DecodeSum(std::string_view bytes, RollupSum* sum);  // false: not 24 bytes

class SumOperator final : public rocksdb::AssociativeMergeOperator {
 public:
  bool Merge(const rocksdb::Slice& key, const rocksdb::Slice* existing, const rocksdb::Slice& value,
             std::string* result, rocksdb::Logger* logger) const override;
  const char* Name() const override { return "furikae.sum"; }
};

class KeySetOperator final : public rocksdb::AssociativeMergeOperator {
 public:
  bool Merge(const rocksdb::Slice& key, const rocksdb::Slice* existing, const rocksdb::Slice& value,
             std::string* result, rocksdb::Logger* logger) const override;
  const char* Name() const override { return "furikae.key_set"; }
};

}  // namespace furikae::storage
