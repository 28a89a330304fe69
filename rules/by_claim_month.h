// rules/by_claim_month.h — what a table that depends on the claim month alone comes to, worked out once per rule set
// and not once per receipt.
//
//   ByClaimMonth<DayPrecedence> precedence(*rulebook.Find("day_precedence"), Facts(), PrecedenceOf);
//   precedence.At(facts)                                       // by the claim_month among them
//
// The months are cut where some row begins or ends; each stretch of months has one answer. Nothing can fail.
// Thread-safe once built. Source: DESIGN §6 (rows with dates; what a receipt costs).
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "rules/receipt_facts.h"
#include "rules/table.h"

namespace furikae::rules {

template <typename T>
class ByClaimMonth {
 public:
  ByClaimMonth() = default;  // T() in every month
  // `given`: the other facts that are set when the table is asked. `make`: from the rows that hold, in table order.
  template <typename Make>
  ByClaimMonth(const Table& table, Facts given, Make make) {
    stretches_.clear();
    for (const int64_t first : SegmentStarts(table.conditions(), static_cast<int>(Fact::kClaimMonth))) {
      given.Set(Fact::kClaimMonth, first);
      stretches_.emplace_back(first, make(table.Collect(given)));
    }
  }

  const T& At(const Facts& facts) const {
    const int64_t month = facts.Get(Fact::kClaimMonth);
    const auto after = std::upper_bound(stretches_.begin(), stretches_.end(), month,
                                        [](int64_t wanted, const auto& stretch) { return wanted < stretch.first; });
    return std::prev(after)->second;  // the first stretch is that of absence, below every month
  }

 private:
  std::vector<std::pair<int64_t, T>> stretches_ = {{kAbsent, T()}};  // ascending, each with its first month
};

}  // namespace furikae::rules
