// core/files/periods.h — the periods of each number of a master, to find a row that overlaps an earlier one.
//
//   Periods periods;
//   if (int64_t other = periods.Add(code, from, last, row)) …   // number of an earlier row that shares a day; 0: none
//
// Days are whole days, both ends included; row numbers are those of the reader, never 0. Nothing can fail. Not
// thread-safe. Source: decisions.md §1 (master rows are periods, never overlapping).
#pragma once

#include <cstdint>
#include <map>

#include "absl/container/flat_hash_map.h"
#include "core/calendar.h"

namespace furikae {

class Periods {
 public:
  // Both days belong to the period. A period that overlaps is not added.
  int64_t Add(uint64_t number, Date first, Date last, int64_t row) {
    auto& periods = periods_[number];
    auto after = periods.upper_bound(last);  // the first that begins behind this one
    if (after != periods.begin()) {
      const Period& before = std::prev(after)->second;
      if (before.last >= first) return before.row;
    }
    periods.emplace(first, Period{last, row});
    return 0;
  }

 private:
  struct Period {
    Date last;
    int64_t row;
  };
  absl::flat_hash_map<uint64_t, std::map<Date, Period>> periods_;
};

}  // namespace furikae
