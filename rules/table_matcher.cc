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
    columns_.push_back({fact, static_cast<uint32_t>(starts_.size()), static_cast<uint32_t>(starts.size())});
    for (const int64_t start : starts) {
      starts_.push_back(start);
      const size_t mask = masks_.size();
      masks_.resize(mask + words_);
      for (size_t row = 0; row < rows.size(); ++row) {
        if (RowAllows(rows[row], fact, start)) masks_[mask + row / 64] |= uint64_t{1} << (row % 64);
      }
    }
  }
}

uint64_t RowMatcher::Hits(const Facts& facts, int word) const {
  uint64_t hits = word == words_ - 1 ? last_word_ : ~uint64_t{0};
  for (const Column& column : columns_) {
    const int64_t* const first = starts_.data() + column.first;
    const int64_t* const segment = std::upper_bound(first + 1, first + column.count, facts.Get(column.fact)) - 1;
    hits &= masks_[static_cast<size_t>(segment - starts_.data()) * words_ + word];
    if (hits == 0) break;
  }
  return hits;
}

}  // namespace furikae::rules
