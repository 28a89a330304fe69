// rules/table_value_set.h — the values of one fact for which a row of a decision table holds: exact set algebra on
// integers.
//
//   ValueSet small = ValueSet::Between(0, 4000);
//   small.Covers(ValueSet::Of(30));                          // true
//   Intersection(small, ValueSet::Absent()).Empty();         // true: absence is a value of its own
//
// A set is a list of intervals, sorted, disjoint and not adjacent, so that equal sets are equal lists. Absence is the
// value kAbsent and needs no case of its own. Values are those of rules/facts.h. Thread-safe as plain values. Source:
// DESIGN §6 (unreachable rows, overlaps, gaps).
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/facts.h"

namespace furikae::rules {

// Both ends included.
struct Interval {
  int64_t low = 0, high = 0;
  bool operator==(const Interval&) const = default;
};

class ValueSet {
 public:
  ValueSet() = default;  // nothing
  static ValueSet Everything() { return Between(kAbsent, std::numeric_limits<int64_t>::max()); }
  static ValueSet Absent() { return Of(kAbsent); }
  static ValueSet Of(int64_t value) { return Between(value, value); }
  static ValueSet Between(int64_t low, int64_t high);  // nothing when low > high

  bool Empty() const { return intervals_.empty(); }
  bool Holds(int64_t value) const;
  bool Covers(const ValueSet& other) const;
  const std::vector<Interval>& intervals() const { return intervals_; }
  bool operator==(const ValueSet&) const = default;

  friend bool Meet(const ValueSet& a, const ValueSet& b);  // whether they have a value in common
  friend ValueSet Union(const ValueSet& a, const ValueSet& b);
  friend ValueSet Intersection(const ValueSet& a, const ValueSet& b);
  friend ValueSet Difference(const ValueSet& a, const ValueSet& b);

 private:
  std::vector<Interval> intervals_;
};

// What a row asks for: fact number → allowed values; a fact that is not named may have any value or none. All must
// hold.
using RowBox = std::map<int, ValueSet>;

// The values at which the answer of some row about `fact` may change: absence, then ascending.
std::set<int64_t> SegmentStarts(std::span<const RowBox> rows, int fact);

// True when some combination of facts satisfies both rows.
bool Overlap(const RowBox& a, const RowBox& b);
// True when `earlier` holds wherever `later` does.
bool Hides(const RowBox& earlier, const RowBox& later);
// True when all of `earlier` together hold wherever `later` does. Exact up to a bounded effort; false when that is not
// enough to tell, so that only rows proven to be dead are refused.
bool HideTogether(std::span<const RowBox> earlier, const RowBox& later);

// A part of `domain` in which none of `rows` holds; nullopt when they cover all of it. Exact; ResourceExhausted when
// the rows are so entangled that it cannot be told with this effort: looks at a row, of some ten nanoseconds each.
inline constexpr int64_t kAboutASecond = 20'000'000;
absl::StatusOr<std::optional<RowBox>> Uncovered(std::span<const RowBox> rows, const RowBox& domain,
                                                int64_t effort = kAboutASecond);

}  // namespace furikae::rules
