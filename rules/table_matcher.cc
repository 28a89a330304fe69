#include "rules/table_matcher.h"

#include <algorithm>
#include <set>

namespace furikae::rules {
namespace {

// The values at which the answer of some row about `fact` changes.
std::set<int64_t> SegmentStarts(const std::vector<RowBox>& rows, int fact) {
  std::set<int64_t> starts{kAbsent};
  for (const RowBox& row : rows) {
    const auto condition = row.find(fact);
    if (condition == row.end()) continue;
    for (const Interval& interval : condition->second.intervals()) {
      starts.insert(interval.low);
      if (interval.high != std::numeric_limits<int64_t>::max()) starts.insert(interval.high + 1);
    }
  }
  return starts;
}

bool RowAllows(const RowBox& row, int fact, int64_t value) {
  const auto condition = row.find(fact);
  return condition == row.end() || condition->second.Holds(value);
}

}  // namespace

RowMatcher::RowMatcher(const std::vector<RowBox>& rows)
    : words_(static_cast<int>((rows.size() + 63) / 64)),
      last_word_(rows.size() % 64 == 0 ? ~uint64_t{0} : (uint64_t{1} << (rows.size() % 64)) - 1) {
  std::set<int> facts;
  for (const RowBox& row : rows) {
    for (const auto& [fact, set] : row) facts.insert(fact);
  }
  for (const int fact : facts) {
    const std::set<int64_t> starts = SegmentStarts(rows, fact);
    Column column{fact, static_cast<uint32_t>(starts_.size()), static_cast<uint32_t>(starts.size())};
    for (const int64_t start : starts) {
      starts_.push_back(start);
      const size_t mask = masks_.size();
      masks_.resize(mask + words_);
      for (size_t row = 0; row < rows.size(); ++row) {
        if (RowAllows(rows[row], fact, start)) masks_[mask + row / 64] |= uint64_t{1} << (row % 64);
      }
    }
    AddDenseMasks(column);
    columns_.push_back(column);
  }
}

void RowMatcher::AddDenseMasks(Column& column) {
  constexpr uint64_t kMaxSpan = 128;
  uint32_t cut = column.first + 1;
  const uint32_t end = column.first + column.count;
  if (cut < end && starts_[cut] == kAbsent + 1) ++cut;  // the cut between absence and the values
  if (cut == end) return;
  const uint64_t span = static_cast<uint64_t>(starts_[end - 1]) - static_cast<uint64_t>(starts_[cut]) + 1;
  if (span > kMaxSpan) return;
  column.base = starts_[cut];
  column.span = span;
  column.dense = static_cast<uint32_t>(dense_masks_.size());
  for (uint64_t offset = 0; offset < span; ++offset) {
    const uint64_t* const masks =
        &masks_[static_cast<size_t>(SegmentOf(column, column.base + static_cast<int64_t>(offset))) * words_];
    dense_masks_.insert(dense_masks_.end(), masks, masks + words_);
  }
}

uint32_t RowMatcher::SegmentOf(const Column& column, int64_t value) const {
  if (value == kAbsent) return column.first;
  const int64_t* const first = starts_.data() + column.first;
  return static_cast<uint32_t>(std::upper_bound(first + 1, first + column.count, value) - 1 - starts_.data());
}

uint64_t RowMatcher::Hits(const Facts& facts, int word) const {
  uint64_t hits = word == words_ - 1 ? last_word_ : ~uint64_t{0};
  for (const Column& column : columns_) {
    const int64_t value = facts.Get(column.fact);
    const uint64_t offset = static_cast<uint64_t>(value) - static_cast<uint64_t>(column.base);
    hits &= offset < column.span ? dense_masks_[column.dense + offset * words_ + word]
                                 : masks_[static_cast<size_t>(SegmentOf(column, value)) * words_ + word];
    if (hits == 0) break;
  }
  return hits;
}

}  // namespace furikae::rules
