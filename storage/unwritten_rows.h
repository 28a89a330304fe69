// storage/unwritten_rows.h — rows that are not in the registry's index yet, in order, found by what they are a version
// of.
//
//   UnwrittenRows rows;
//   if (auto there = rows.FindSameMoment(row.flat)) …   // its number; rows[*there]
//   rows.Append(std::move(row));
//
// Rows never move, so that pointers to them hold until Clear. Besides the rows about 30 bytes each. Not synchronized.
// Numbers count from 0. Nothing can fail. Source: decisions.md §1 (versions of one coverage).
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "storage/prepared_row.h"

namespace furikae::storage {

class UnwrittenRows {
 public:
  const PreparedRow& operator[](size_t number) const { return rows_[number].row; }
  size_t size() const { return rows_.size(); }

  // The last row that is a version of the same coverage with the same registered_at, identical or not.
  std::optional<size_t> FindSameMoment(const IndexRow& row) const {
    const auto last = last_of_hash_.find(HashOfMoment(row));
    for (size_t at = last == last_of_hash_.end() ? kNone : last->second; at != kNone; at = rows_[at].before) {
      const IndexRow& other = rows_[at].row.flat;
      if (other.registered() == row.registered() && other.SameCoverage(row)) return at;
    }
    return std::nullopt;
  }

  const PreparedRow& Append(PreparedRow&& row) {
    const auto [last, first_of_hash] = last_of_hash_.try_emplace(HashOfMoment(row.flat), rows_.size());
    const size_t before = first_of_hash ? kNone : std::exchange(last->second, rows_.size());
    return rows_.emplace_back(Entry{std::move(row), before}).row;
  }

  void Clear() {
    rows_.clear();
    last_of_hash_.clear();
  }

 private:
  static constexpr size_t kNone = ~size_t{0};
  struct Entry {
    PreparedRow row;
    size_t before;  // another row of the same hash, kNone at the end
  };

  // Equal for versions of one coverage with equal registered_at: the branch, which one of them may leave out, is not in
  // it.
  static size_t HashOfMoment(const IndexRow& row) {
    return absl::HashOf(row.subject, row.card_text, row.insurer(), row.qualified(), row.registered());
  }

  std::deque<Entry> rows_;
  absl::flat_hash_map<size_t, size_t> last_of_hash_;
};

}  // namespace furikae::storage
