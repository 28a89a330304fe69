// tests/rules/rule_diff_fixture.h — the small made-up month, decided under two rule sets and compared.
//
//   class Pools : public RuleDiffs {};
//   TEST_F(Pools, …) { Submit("a.UKE", …); Decide(); EXPECT_EQ(Against(rulebook).moved, 0);
//                      EXPECT_THAT(pools_, IsEmpty()); }
#pragma once

#include <vector>

#include "rules/rule_diff.h"
#include "tests/rules/month_fixture.h"

namespace furikae::rules {

class RuleDiffs : public Month {
 protected:
  void SetUp() override {
    Month::SetUp();
    Lapsed();
  }
  // What moves is kept in moved_ and pools_.
  absl::StatusOr<RuleDiffSummary> Try(const Rulebook& before, const Rulebook& after, ServiceMonth month = kOctober) {
    moved_.clear();
    pools_.clear();
    return DiffRules(
        *store_, before, after, Run(month),
        [&](const MovedReceipt& moved) {
          EXPECT_TRUE(pools_.empty()) << "pools come after the receipts";
          moved_.push_back(moved);
          return absl::OkStatus();
        },
        [&](const MovedPool& moved) {
          pools_.push_back(moved);
          return absl::OkStatus();
        },
        nullptr);
  }
  RuleDiffSummary Between(const Rulebook& before, const Rulebook& after, ServiceMonth month = kOctober) {
    const std::string stored = Everything();
    const auto summary = Try(before, after, month);
    EXPECT_TRUE(summary.ok()) << summary.status();
    EXPECT_EQ(Everything(), stored) << "a question wrote something";
    return summary.value_or(RuleDiffSummary{});
  }
  // The built-in rule set against `after`.
  RuleDiffSummary Against(const Rulebook& after, ServiceMonth month = kOctober) {
    return Between(*rulebook_, after, month);
  }

  std::vector<MovedReceipt> moved_;
  std::vector<MovedPool> pools_;
};

inline absl::Status GoOn(const MovedReceipt&) { return absl::OkStatus(); }
inline absl::Status GoOnWithPools(const MovedPool&) { return absl::OkStatus(); }

// Of somebody whom nobody finds.
Claim Stranger(const std::string& month = "202409");
// Of somebody whom the registry does not know.
Claim NobodysCard(std::string number);

// The built-in set with `from` replaced by `to` in one file, where it stands once.
Rulebook Changed(const std::string& file, const std::string& from, const std::string& to);

inline Yen Sum(const AccountsMoved& yen) {
  Yen sum;
  for (const auto& [account, moved] : yen) sum += moved.debit - moved.credit;
  return sum;
}

}  // namespace furikae::rules
