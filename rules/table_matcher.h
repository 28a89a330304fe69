// rules/table_matcher.h — the rows of a decision table compiled to bit masks: a few AND operations find those that
// hold.
//
//   RowMatcher matcher(boxes);
//   matcher.First(facts);                             // number of the first row that holds, or -1
//   matcher.ForEach(facts, [](int row) { … });        // every row that holds, in table order
//
// For each fact that any row asks about, the axis of its values is cut where some row's answer changes; each segment
// carries one bit per row. Evaluation finds the segment of each fact once and ANDs the masks, 128 rows of a small table
// and 1,024 of a large one at a time: no interpretation, no allocation; a thousand rows take about a quarter as long
// again as fifty. Row numbers count from 0. Nothing can fail. Thread-safe once built. Source: DESIGN §6 (tables compile
// to bit masks); ENGINEERING (what costs what: 50 rules).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

#include "rules/facts.h"
#include "rules/table_value_set.h"

namespace furikae::rules {

class RowMatcher {
 public:
  explicit RowMatcher(const std::vector<RowBox>& rows);

  int First(const Facts& facts) const {
    const MasksOfFacts masks = Masks(facts);
    if (words_ == kSmall) return Narrow(masks).First();
    for (size_t word = 0; word < words_; word += kLarge) {
      const auto hits = Wide(masks, word);
      if (hits.some != 0) return static_cast<int>(word * 64) + hits.First();
    }
    return -1;
  }
  template <typename Visit>
  void ForEach(const Facts& facts, Visit visit) const {
    const MasksOfFacts masks = Masks(facts);
    if (words_ == kSmall) return Narrow(masks).ForEach(0, visit);
    for (size_t word = 0; word < words_; word += kLarge) Wide(masks, word).ForEach(static_cast<int>(word * 64), visit);
  }

 private:
  // Words that are ANDed together, without a branch; a mask is a whole number of such blocks.
  static constexpr size_t kSmall = 2, kLarge = 16;
  static constexpr size_t kCacheLine = 64;
  // Masks of large tables start on a cache line: the AND reads whole ones.
  template <typename T>
  struct OnCacheLines {
    using value_type = T;
    OnCacheLines() = default;
    template <typename U>
    OnCacheLines(const OnCacheLines<U>&) {}
    T* allocate(size_t n) { return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{kCacheLine})); }
    void deallocate(T* p, size_t) { ::operator delete (p, std::align_val_t{kCacheLine}); }
    bool operator==(const OnCacheLines&) const { return true; }
  };
  using Words = std::vector<uint64_t, OnCacheLines<uint64_t>>;

  // The rows of one block that hold.
  template <size_t kWords>
  struct alignas(kWords == kLarge ? kCacheLine : alignof(uint64_t)) Hits {
    std::array<uint64_t, kWords> rows;
    uint32_t some = 0;  // one bit for each word that is not 0

    void FindSome() {
      uint32_t found = 0;
      for (size_t i = 0; i < kWords; ++i) found |= static_cast<uint32_t>(rows[i] != 0) << i;
      some = found;
    }
    int First() const { return some == 0 ? -1 : RowOf(std::countr_zero(some)); }
    template <typename Visit>
    void ForEach(int first_row, Visit visit) const {
      for (uint32_t words = some; words != 0; words &= words - 1) {
        const int word = std::countr_zero(words);
        for (uint64_t hits = rows[word]; hits != 0; hits &= hits - 1) {
          visit(first_row + word * 64 + std::countr_zero(hits));
        }
      }
    }

   private:
    int RowOf(int word) const { return word * 64 + std::countr_zero(rows[word]); }
  };
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

  void AddColumn(int fact, const std::vector<RowBox>& rows);
  void AddStretches(Column& column, uint32_t absent);
  uint32_t SegmentWithin(Stretch stretch, int64_t value) const;
  MasksOfFacts Masks(const Facts& facts) const;
  Hits<kSmall> Narrow(const MasksOfFacts& masks) const;
  Hits<kLarge> Wide(const MasksOfFacts& masks, size_t word) const;

  size_t words_ = 0;  // 64-bit words of a mask
  std::vector<Column> columns_;
  std::vector<Stretch> stretches_;
  std::vector<int64_t> starts_;  // first value of each segment, ascending within a column
  Words masks_;                  // words_ per segment
  Words every_row_;
};

}  // namespace furikae::rules
