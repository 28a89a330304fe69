#include "rules/table_value_set.h"

#include <algorithm>

namespace furikae::rules {
namespace {

constexpr int64_t kMost = std::numeric_limits<int64_t>::max();

const ValueSet& SetOf(const RowBox& box, int fact) {
  static const ValueSet& everything = *new ValueSet(ValueSet::Everything());
  const auto found = box.find(fact);
  return found == box.end() ? everything : found->second;
}

// A part of `box` outside all `earlier` rows, or the part that was being looked at when the effort ended (below 0
// then). Cuts the box along the first row that meets it and looks at each piece.
std::optional<RowBox> Outside(RowBox box, std::span<const RowBox> earlier, int& effort) {
  if (--effort < 0) return box;
  while (!earlier.empty() && !Overlap(earlier.front(), box)) earlier = earlier.subspan(1);
  if (earlier.empty()) return box;
  for (const auto& [fact, set] : earlier.front()) {
    RowBox piece = box;
    piece[fact] = Difference(SetOf(box, fact), set);
    if (!piece[fact].Empty()) {
      if (auto found = Outside(std::move(piece), earlier.subspan(1), effort)) return found;
    }
    box[fact] = Intersection(SetOf(box, fact), set);
  }
  return std::nullopt;
}

}  // namespace

ValueSet ValueSet::Between(int64_t low, int64_t high) {
  ValueSet set;
  if (low <= high) set.intervals_.push_back({low, high});
  return set;
}

bool ValueSet::Holds(int64_t value) const {
  return std::any_of(intervals_.begin(), intervals_.end(),
                     [value](const Interval& i) { return i.low <= value && value <= i.high; });
}

bool ValueSet::Covers(const ValueSet& other) const { return Difference(other, *this).Empty(); }

ValueSet Union(const ValueSet& a, const ValueSet& b) {
  std::vector<Interval> all = a.intervals_;
  all.insert(all.end(), b.intervals_.begin(), b.intervals_.end());
  std::sort(all.begin(), all.end(), [](const Interval& x, const Interval& y) { return x.low < y.low; });
  ValueSet set;
  for (const Interval& next : all) {
    if (!set.intervals_.empty()) {
      Interval& last = set.intervals_.back();
      if (last.high == kMost || next.low <= last.high + 1) {
        last.high = std::max(last.high, next.high);
        continue;
      }
    }
    set.intervals_.push_back(next);
  }
  return set;
}

ValueSet Intersection(const ValueSet& a, const ValueSet& b) {
  ValueSet set;
  for (size_t i = 0, j = 0; i < a.intervals_.size() && j < b.intervals_.size();) {
    const Interval &x = a.intervals_[i], &y = b.intervals_[j];
    if (const Interval both{std::max(x.low, y.low), std::min(x.high, y.high)}; both.low <= both.high) {
      set.intervals_.push_back(both);
    }
    x.high < y.high ? ++i : ++j;
  }
  return set;
}

ValueSet Difference(const ValueSet& a, const ValueSet& b) {
  ValueSet outside;  // the complement of b
  int64_t from = kAbsent;
  bool open = true;
  for (const Interval& gap_end : b.intervals_) {
    if (gap_end.low > from) outside.intervals_.push_back({from, gap_end.low - 1});
    open = gap_end.high != kMost;
    if (open) from = gap_end.high + 1;
  }
  if (open) outside.intervals_.push_back({from, kMost});
  return Intersection(a, outside);
}

bool Overlap(const RowBox& a, const RowBox& b) {
  return std::all_of(a.begin(), a.end(), [&b](const auto& condition) {
    return !Intersection(condition.second, SetOf(b, condition.first)).Empty();
  });
}

bool Hides(const RowBox& earlier, const RowBox& later) {
  return std::all_of(earlier.begin(), earlier.end(), [&later](const auto& condition) {
    return condition.second.Covers(SetOf(later, condition.first));
  });
}

bool HideTogether(const std::vector<RowBox>& earlier, const RowBox& later) {
  int effort = 20'000;
  return !Outside(later, earlier, effort).has_value();
}

absl::StatusOr<std::optional<RowBox>> Uncovered(std::span<const RowBox> rows, const RowBox& domain) {
  int effort = 5'000'000;
  std::optional<RowBox> found = Outside(domain, rows, effort);
  if (effort < 0) return absl::ResourceExhaustedError("too many combinations of conditions");
  return found;
}

}  // namespace furikae::rules
