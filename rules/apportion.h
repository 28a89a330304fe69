// rules/apportion.h — sharing what nobody can identify among insurers, by what each has paid the institution (按分).
//
//   std::vector<Share> shares = Apportion(Yen{10000}, weights);    // exact; Σ = 10,000
//   ASSIGN_OR_RETURN(Pool pool, BuildPool(key, receipts, yen, closing_month, payments, masters, rulebook));
//
// q = U·w/Σw in 128-bit integers, floor, then one yen each by largest remainder (ties: larger weight, then smaller number).
// Rungs of the ladder and the basis are rows of the tables. Source: decisions.md §8.
#pragma once

#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/table.h"
#include "storage/masters.h"
#include "storage/payments.h"
#include "storage/records.h"

namespace furikae::rules {

struct Weight {
  InsurerNumber insurer;
  int64_t value = 0;  // yen, points or receipts as the ladder's basis says; only > 0 takes part
};
// Shares in the order of insurer numbers; weights ≤ 0 give no row. Empty when Σw = 0.
std::vector<storage::Share> Apportion(Yen amount, std::vector<Weight> weights);

absl::StatusOr<storage::Pool> BuildPool(const storage::PoolKey& key, std::vector<storage::ClaimKey> receipts, Yen yen,
                                        ServiceMonth closing_month, const storage::Payments& payments, const storage::Masters& masters,
                                        const Rulebook& rulebook);

}  // namespace furikae::rules
