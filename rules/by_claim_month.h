// rules/by_claim_month.h — what tables that depend on the claim month alone come to, worked out once per rule set and
// not once per receipt.
//
//   ByClaimMonth<DayPrecedence> precedence(*rulebook.Find("day_precedence"), Facts(), PrecedenceOf);
//   precedence.At(facts)                                       // by the claim_month among them
//
// The months are cut where some row begins or ends; each stretch of months has one answer. Nothing can fail.
// Thread-safe once built. Source: DESIGN §6 (rows with dates; what a receipt costs).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "rules/receipt_facts.h"
#include "rules/table.h"

namespace furikae::rules {

template <typename T>
class ByClaimMonth {
 public:
  ByClaimMonth() = default;  // T() in every month
  // `make` works it out from `tables` as they stand for claims of the given month (the fact); nullptr: no such table.
  template <typename Make>
  ByClaimMonth(std::span<const Table* const> tables, Make make) {
    std::set<int64_t> starts{kAbsent};
    for (const Table* table : tables) {
      if (table != nullptr) starts.merge(SegmentStarts(table->conditions(), static_cast<int>(Fact::kClaimMonth)));
    }
    stretches_.clear();
    for (const int64_t first : starts) stretches_.emplace_back(first, make(first));
  }
  // Of one table, from the rows that hold, in table order. `given`: the other facts that are set when it is asked.
  template <typename Make>
  ByClaimMonth(const Table& table, Facts given, Make make)
      : ByClaimMonth(std::array{&table}, [&](int64_t claim_month) {
          given.Set(Fact::kClaimMonth, claim_month);
          return make(table.Collect(given));
        }) {}

  const T& At(const Facts& facts) const { return At(facts.Get(Fact::kClaimMonth)); }
  const T& At(int64_t claim_month) const {
    const auto after = std::upper_bound(stretches_.begin(), stretches_.end(), claim_month,
                                        [](int64_t wanted, const auto& stretch) { return wanted < stretch.first; });
    return std::prev(after)->second;  // the first stretch is that of absence, below every month
  }

 private:
  std::vector<std::pair<int64_t, T>> stretches_ = {{kAbsent, T()}};  // ascending, each with its first month
};

}  // namespace furikae::rules
