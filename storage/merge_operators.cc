#include "storage/merge_operators.h"

#include <algorithm>

#include "storage/keys.h"

namespace furikae::storage {
namespace {

constexpr size_t kSumBytes = 24;
constexpr size_t kClaimKeyBytes = 8;

std::string_view ViewOf(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

int64_t Plus(int64_t a, int64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b)); }

}  // namespace

std::string EncodeSum(const RollupSum& sum) {
  std::string out;
  out.reserve(kSumBytes);
  keys::Append64(static_cast<uint64_t>(sum.count), out);
  keys::Append64(static_cast<uint64_t>(sum.points), out);
  keys::Append64(static_cast<uint64_t>(sum.yen), out);
  return out;
}

bool DecodeSum(std::string_view bytes, RollupSum* sum) {
  if (bytes.size() != kSumBytes) return false;
  sum->count = static_cast<int64_t>(keys::Read64(bytes));
  sum->points = static_cast<int64_t>(keys::Read64(bytes.substr(8)));
  sum->yen = static_cast<int64_t>(keys::Read64(bytes.substr(16)));
  return true;
}

bool SumOperator::Merge(const rocksdb::Slice&, const rocksdb::Slice* existing, const rocksdb::Slice& value,
                        std::string* result, rocksdb::Logger*) const {
  RollupSum before, delta;
  if (existing != nullptr && !DecodeSum(ViewOf(*existing), &before)) return false;
  if (!DecodeSum(ViewOf(value), &delta)) return false;
  *result = EncodeSum({.count = Plus(before.count, delta.count),
                       .points = Plus(before.points, delta.points),
                       .yen = Plus(before.yen, delta.yen)});
  return true;
}

bool KeySetOperator::Merge(const rocksdb::Slice&, const rocksdb::Slice* existing, const rocksdb::Slice& value,
                           std::string* result, rocksdb::Logger*) const {
  std::string_view left = existing == nullptr ? std::string_view() : ViewOf(*existing);
  std::string_view right = ViewOf(value);
  if (left.size() % kClaimKeyBytes != 0 || right.size() % kClaimKeyBytes != 0) return false;
  result->clear();
  result->reserve(left.size() + right.size());
  while (!left.empty() && !right.empty()) {
    const std::string_view a = left.substr(0, kClaimKeyBytes), b = right.substr(0, kClaimKeyBytes);
    result->append(std::min(a, b));
    if (a <= b) left.remove_prefix(kClaimKeyBytes);
    if (b <= a) right.remove_prefix(kClaimKeyBytes);
  }
  result->append(left).append(right);
  return true;
}

}  // namespace furikae::storage
