// rules/table_matcher.h — the rows of a decision table compiled to bit masks: a few AND operations find those that
// hold.
//
//   RowMatcher matcher(boxes);
//   matcher.First(facts);                             // number of the first row that holds, or -1
//   matcher.ForEach(facts, [](int row) { … });        // every row that holds, in table order
//
// For each fact that any row asks about, the axis of its values is cut where some row's answer changes; each segment
// carries one bit per row. Evaluation finds the segment of each fact and ANDs the masks: no interpretation, no
// allocation. Thread-safe once built.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "rules/facts.h"
#include "rules/table_value_set.h"

namespace furikae::rules {

class RowMatcher {
 public:
  explicit RowMatcher(const std::vector<RowBox>& rows);

  int First(const Facts& facts) const {
    for (int word = 0; word < words_; ++word) {
      if (const uint64_t hits = Hits(facts, word)) return word * 64 + std::countr_zero(hits);
    }
    return -1;
  }
  template <typename Visit>
  void ForEach(const Facts& facts, Visit visit) const {
    for (int word = 0; word < words_; ++word) {
      for (uint64_t hits = Hits(facts, word); hits != 0; hits &= hits - 1) visit(word * 64 + std::countr_zero(hits));
    }
  }

 private:
  struct Column {
    int fact = 0;
    uint32_t first = 0, count = 0;  // its segments within starts_
    int64_t base = 0;   // values base … base + span − 1 have masks of their own from dense_masks_[dense] on
    uint64_t span = 0;  // 0: the cuts lie too far apart for that
    uint32_t dense = 0;
  };
  uint32_t SegmentOf(const Column& column, int64_t value) const;
  void AddDenseMasks(Column& column);
  uint64_t Hits(const Facts& facts, int word) const;

  int words_ = 0;           // masks are so many 64-bit words wide
  uint64_t last_word_ = 0;  // bits of rows that exist in the last word
  std::vector<Column> columns_;
  std::vector<int64_t> starts_;  // first value of each segment, ascending within a column; the first is kAbsent
  std::vector<uint64_t> masks_;  // words_ per segment
  std::vector<uint64_t> dense_masks_;
};

}  // namespace furikae::rules
