#include "rules/table_matcher.h"

#include <algorithm>
#include <set>

// Compiled once for each kind of processor; the program takes the fitting one when it starts. Not where a sanitizer is
// not ready so early, nor by compilers that do not know it for member functions.
#if defined(__x86_64__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define FURIKAE_FOR_EACH_PROCESSOR [[gnu::target_clones("avx512f", "avx2", "default")]]
#else
#define FURIKAE_FOR_EACH_PROCESSOR
#endif

namespace furikae::rules {
namespace {

// Eight words as one value: one register of the widest processors, several of the others.
using CacheLine [[gnu::vector_size(64), gnu::may_alias]] = uint64_t;
const CacheLine& LineAt(const uint64_t* words) { return *reinterpret_cast<const CacheLine*>(words); }
CacheLine& LineAt(uint64_t* words) { return *reinterpret_cast<CacheLine*>(words); }

bool RowAllows(const RowBox& row, int fact, int64_t value) {
  const auto condition = row.find(fact);
  return condition == row.end() || condition->second.Holds(value);
}

}  // namespace

RowMatcher::RowMatcher(const std::vector<RowBox>& rows)
    : words_(rows.size() <= kSmall * 64 ? kSmall : (rows.size() + kLarge * 64 - 1) / (kLarge * 64) * kLarge),
      every_row_(words_) {
  for (size_t row = 0; row < rows.size(); ++row) every_row_[row / 64] |= uint64_t{1} << (row % 64);
  std::set<int> facts;
  for (const RowBox& row : rows) {
    for (const auto& [fact, set] : row) facts.insert(fact);
  }
  for (const int fact : facts) AddColumn(fact, rows);
}

void RowMatcher::AddColumn(int fact, const std::vector<RowBox>& rows) {
  Column column{.fact = fact};
  const uint32_t absent = static_cast<uint32_t>(starts_.size());
  for (const int64_t start : SegmentStarts(rows, fact)) {
    starts_.push_back(start);
    const size_t mask = masks_.size();
    masks_.resize(mask + words_);
    for (size_t row = 0; row < rows.size(); ++row) {
      if (RowAllows(rows[row], fact, start)) masks_[mask + row / 64] |= uint64_t{1} << (row % 64);
    }
  }
  AddStretches(column, absent);
  columns_.push_back(column);
}

// So many stretches that few are cut: finding a segment is then one look, whatever the number of rows.
void RowMatcher::AddStretches(Column& column, uint32_t absent) {
  const auto segment_of = [&](int64_t value) {
    return static_cast<uint32_t>(std::upper_bound(starts_.begin() + absent, starts_.end(), value) - starts_.begin() -
                                 1);
  };
  // The cut between absence and the values separates no stretches.
  const auto cut = std::upper_bound(starts_.begin() + absent, starts_.end(), kAbsent + 1);
  column.low = cut == starts_.end() ? kAbsent + 1 : *cut - 1;
  column.high = std::max(starts_.back(), column.low);
  const uint64_t span = static_cast<uint64_t>(column.high) - static_cast<uint64_t>(column.low);
  const uint64_t stretches_max = std::max<uint64_t>(128, 16 * (starts_.size() - absent));
  while (span >> column.shift >= stretches_max) ++column.shift;
  column.stretches = stretches_.size();
  stretches_.push_back({absent, absent});
  for (uint64_t stretch = 0; stretch <= span >> column.shift; ++stretch) {
    const uint64_t first = stretch << column.shift;
    const uint64_t last = std::min(first + ((uint64_t{1} << column.shift) - 1), span);
    const uint64_t low = static_cast<uint64_t>(column.low);
    stretches_.push_back({segment_of(static_cast<int64_t>(low + first)), segment_of(static_cast<int64_t>(low + last))});
  }
}

RowMatcher::MasksOfFacts RowMatcher::Masks(const Facts& facts) const {
  MasksOfFacts masks;
  const uint64_t** mask = masks.of.data();
  for (const Column& column : columns_) {
    const int64_t value = facts.Get(column.fact);
    const int64_t within = value < column.low ? column.low : value > column.high ? column.high : value;
    const uint64_t number = (static_cast<uint64_t>(within) - static_cast<uint64_t>(column.low)) >> column.shift;
    const Stretch stretch = stretches_[column.stretches + (value == kAbsent ? 0 : number + 1)];
    *mask++ = &masks_[(stretch.first == stretch.last ? stretch.first : SegmentWithin(stretch, within)) * words_];
  }
  return masks;
}

uint32_t RowMatcher::SegmentWithin(Stretch stretch, int64_t value) const {
  const auto start = starts_.begin() + stretch.first + 1;
  return static_cast<uint32_t>(std::upper_bound(start, start + (stretch.last - stretch.first), value) -
                               starts_.begin() - 1);
}

RowMatcher::Hits<RowMatcher::kSmall> RowMatcher::Narrow(const MasksOfFacts& masks) const {
  Hits<kSmall> hits;
  std::copy_n(every_row_.begin(), kSmall, hits.rows.begin());
  for (size_t column = 0; column < columns_.size(); ++column) {
    for (size_t i = 0; i < kSmall; ++i) hits.rows[i] &= masks.of[column][i];
  }
  hits.FindSome();
  return hits;
}

FURIKAE_FOR_EACH_PROCESSOR
RowMatcher::Hits<RowMatcher::kLarge> RowMatcher::Wide(const MasksOfFacts& masks, size_t word) const {
  Hits<kLarge> hits;
  CacheLine low = LineAt(&every_row_[word]), high = LineAt(&every_row_[word + kLarge / 2]);
  for (size_t column = 0; column < columns_.size(); ++column) {
    low &= LineAt(masks.of[column] + word);
    high &= LineAt(masks.of[column] + word + kLarge / 2);
  }
  LineAt(hits.rows.data()) = low;
  LineAt(hits.rows.data() + kLarge / 2) = high;
  hits.FindSome();
  return hits;
}

}  // namespace furikae::rules
