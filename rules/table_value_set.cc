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

// A part of a box in which none of the rows holds, by cutting the box along one row after another. The row with the
// fewest conditions left goes first, so that a box is rarely cut in more than two.
class Outside {
 public:
  explicit Outside(int64_t effort) : effort_(effort) {}

  std::optional<RowBox> Find(RowBox box, std::vector<const RowBox*> rows) {
    while (effort_ > 0) {
      effort_ -= static_cast<int64_t>(rows.size()) + 1;
      const Choice choice = Choose(box, rows);
      if (choice.covered) return std::nullopt;
      if (choice.row == nullptr) return box;
      if (choice.open > 1) return FindBeside(*choice.row, std::move(box), rows);
      Leave(*choice.row, box);
    }
    exhausted_ = true;
    return std::nullopt;
  }
  bool exhausted() const { return exhausted_; }

 private:
  struct Choice {
    const RowBox* row = nullptr;  // nullptr: no row meets the box
    size_t open = 0;              // its conditions that do not hold in the whole box
    bool covered = false;         // some row holds in the whole box
  };

  // Keeps the rows that meet the box.
  static Choice Choose(const RowBox& box, std::vector<const RowBox*>& rows) {
    Choice choice;
    size_t kept = 0;
    for (const RowBox* row : rows) {
      size_t open = 0;
      bool meets = true;
      for (auto condition = row->begin(); meets && condition != row->end(); ++condition) {
        const ValueSet& left = SetOf(box, condition->first);
        meets = Meet(condition->second, left);
        open += !condition->second.Covers(left);
      }
      if (!meets) continue;
      if (open == 0) return {row, 0, true};
      if (choice.row == nullptr || open < choice.open) choice = {row, open};
      rows[kept++] = row;
    }
    rows.resize(kept);
    return choice;
  }

  // The row has one condition left: only where that fails is anything to be found.
  static void Leave(const RowBox& row, RowBox& box) {
    for (const auto& [fact, set] : row) {
      const ValueSet& left = SetOf(box, fact);
      if (!set.Covers(left)) box[fact] = Difference(left, set);
    }
  }

  std::optional<RowBox> FindBeside(const RowBox& row, RowBox box, const std::vector<const RowBox*>& rows) {
    for (const auto& [fact, set] : row) {
      const ValueSet left = SetOf(box, fact);
      if (set.Covers(left)) continue;
      RowBox piece = box;
      piece[fact] = Difference(left, set);
      if (auto found = Find(std::move(piece), rows); found || exhausted()) return found;
      box[fact] = Intersection(left, set);
    }
    return std::nullopt;
  }

  int64_t effort_;  // rows that may still be looked at
  bool exhausted_ = false;
};

std::vector<const RowBox*> Pointers(std::span<const RowBox> rows) {
  std::vector<const RowBox*> pointers;
  for (const RowBox& row : rows) pointers.push_back(&row);
  return pointers;
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

bool ValueSet::Covers(const ValueSet& other) const {
  auto mine = intervals_.begin();
  return std::all_of(other.intervals_.begin(), other.intervals_.end(), [&](const Interval& theirs) {
    while (mine != intervals_.end() && mine->high < theirs.high) ++mine;
    return mine != intervals_.end() && mine->low <= theirs.low;
  });
}

bool Meet(const ValueSet& a, const ValueSet& b) {
  for (auto x = a.intervals_.begin(), y = b.intervals_.begin(); x != a.intervals_.end() && y != b.intervals_.end();) {
    if (std::max(x->low, y->low) <= std::min(x->high, y->high)) return true;
    x->high < y->high ? ++x : ++y;
  }
  return false;
}

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

std::set<int64_t> SegmentStarts(std::span<const RowBox> rows, int fact) {
  std::set<int64_t> starts{kAbsent};
  for (const RowBox& row : rows) {
    const auto condition = row.find(fact);
    if (condition == row.end()) continue;
    for (const Interval& interval : condition->second.intervals()) {
      starts.insert(interval.low);
      if (interval.high != kMost) starts.insert(interval.high + 1);
    }
  }
  return starts;
}

bool Overlap(const RowBox& a, const RowBox& b) {
  return std::all_of(a.begin(), a.end(),
                     [&b](const auto& condition) { return Meet(condition.second, SetOf(b, condition.first)); });
}

bool Hides(const RowBox& earlier, const RowBox& later) {
  return std::all_of(earlier.begin(), earlier.end(), [&later](const auto& condition) {
    return condition.second.Covers(SetOf(later, condition.first));
  });
}

bool HideTogether(std::span<const RowBox> earlier, const RowBox& later) {
  constexpr int64_t kBrief = 200'000;
  const auto left = Uncovered(earlier, later, kBrief);
  return left.ok() && !left->has_value();
}

absl::StatusOr<std::optional<RowBox>> Uncovered(std::span<const RowBox> rows, const RowBox& domain, int64_t effort) {
  Outside outside(effort);
  std::optional<RowBox> found = outside.Find(domain, Pointers(rows));
  if (outside.exhausted()) return absl::ResourceExhaustedError("too many combinations of conditions");
  return found;
}

}  // namespace furikae::rules
