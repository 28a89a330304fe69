// rules/table_matcher.h — the rows of a decision table compiled to bit masks: a few AND operations find those that
// hold.
//
//   RowMatcher matcher(boxes);
//   matcher.First(facts);                             // number of the first row that holds, or -1
//   matcher.ForEach(facts, [](int row) { … });        // every row that holds, in table order
//
// For each fact that any row asks about, the axis of its values is cut where some row's answer changes; each segment
// carries one bit per row. Evaluation finds the segment of each fact once and ANDs the masks, 128 rows at a time: no
// interpretation, no allocation; a thousand rows take about half as long again as fifty. Row numbers count from 0.
// Nothing can fail. Thread-safe once built. Source: DESIGN §6 (tables compile to bit masks); ENGINEERING (what costs
// what: 50 rules).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "rules/facts.h"
#include "rules/table_value_set.h"

namespace furikae::rules {

class RowMatcher {
 public:
  explicit RowMatcher(const std::vector<RowBox>& rows);

  int First(const Facts& facts) const {
    const MasksOfFacts masks = Masks(facts);
    for (size_t word = 0; word < words_; word += kBlock) {
      const Block hits = Hits(masks, word);
      for (size_t i = 0; i < kBlock; ++i) {
        if (hits[i] != 0) return RowOf(word + i, hits[i]);
      }
    }
    return -1;
  }
  template <typename Visit>
  void ForEach(const Facts& facts, Visit visit) const {
    const MasksOfFacts masks = Masks(facts);
    for (size_t word = 0; word < words_; word += kBlock) {
      Block hits = Hits(masks, word);
      for (size_t i = 0; i < kBlock; ++i) {
        for (; hits[i] != 0; hits[i] &= hits[i] - 1) visit(RowOf(word + i, hits[i]));
      }
    }
  }

 private:
  static constexpr size_t kBlock = 2;  // words that are ANDed together; masks are whole blocks
  using Block = std::array<uint64_t, kBlock>;
  struct MasksOfFacts {
    std::array<const uint64_t*, kMaxFacts> of;  // by column; the rest is not set
  };
  // Equal stretches of a fact's axis: the segments of a stretch's first and last value, mostly the same.
  struct Stretch {
    uint32_t first = 0, last = 0;
  };
  struct Column {
    int fact = 0;
    int shift = 0;              // a stretch is 2^shift values
    int64_t low = 0, high = 0;  // values below `low` have its segment, values above `high` have that of `high`
    size_t stretches = 0;       // within stretches_: one of absence, then those of low … high
  };

  static int RowOf(size_t word, uint64_t hits) { return static_cast<int>(word * 64) + std::countr_zero(hits); }
  void AddColumn(int fact, const std::vector<RowBox>& rows);
  void AddStretches(Column& column, uint32_t absent);
  uint32_t SegmentWithin(Stretch stretch, int64_t value) const;
  MasksOfFacts Masks(const Facts& facts) const;
  Block Hits(const MasksOfFacts& masks, size_t word) const;

  size_t words_ = 0;  // 64-bit words of a mask
  std::vector<Column> columns_;
  std::vector<Stretch> stretches_;
  std::vector<int64_t> starts_;  // first value of each segment, ascending within a column
  std::vector<uint64_t> masks_;  // words_ per segment
  std::vector<uint64_t> every_row_;
};

}  // namespace furikae::rules
