// rules/apportion.h — sharing what nobody can identify among insurers, by what each has paid the institution (按分).
//
//   std::vector<Share> shares = Apportion(Yen{10000}, weights);    // exact; Σ = 10,000
//   Apportioner apportioner(payments, masters, rulebook, closing_month);
//   ASSIGN_OR_RETURN(Pool pool, apportioner.Build(key, receipts, yen));
//
// q = U·w/Σw in 128-bit integers, floor, then one yen each by largest remainder (ties: larger weight, then smaller
// number). The ladder of rungs, each rung's window and its basis are rows of the table `ladder` (outputs scope,
// months_from, months_to, basis). What an insurer that has ceased had paid counts for its living successor. Not
// thread-safe where it caches. Source: decisions.md §8.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
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
  int64_t value =
      0;  // yen, points or receipts as the ladder's basis says; several of one insurer add up, then only > 0 takes part
};
// Shares of `amount` (never negative) in the order of insurer numbers. Empty when no weight is left, or when the
// weights add up to more than 63 bits hold (Apportioner reports that).
std::vector<storage::Share> Apportion(Yen amount, std::vector<Weight> weights);

// U·w of a share in decimal digits; it may be longer than 64 bits hold. Its quota is this over `quota_denominator`.
std::string QuotaNumerator(const storage::Share& share);

// The same pool with other receipts and another amount: shared anew by the weights it has, so that taking a receipt out
// and putting it back restores every share.
storage::Pool Reapportion(const storage::Pool& pool, std::vector<storage::ClaimKey> receipts, Yen yen);

// What an insurer had paid in one month, as a rung counts it.
struct PaidInMonth {
  InsurerNumber bearer;   // for whom it counts: the insurer that paid, or its living successor
  InsurerNumber insurer;  // that paid
  ServiceMonth month;
  int64_t rows = 0;   // of the payment records
  int64_t value = 0;  // yen, points or receipts as the rung's basis says
};

// Builds the pools of one close. Wide rungs (prefecture, nation) are summed once and kept.
class Apportioner {
 public:
  Apportioner(const storage::Payments& payments, const storage::Masters& masters, const Rulebook& rulebook,
              ServiceMonth closing_month);

  // Errors: FailedPrecondition when the ladder table is missing or a row of it makes no sense; OutOfRange when payment
  // records add up to more than 63 bits hold.
  absl::StatusOr<storage::Pool> Build(const storage::PoolKey& key, std::vector<storage::ClaimKey> receipts, Yen yen);
  // The payment records that the rung of a pool counts, as they stand now; by bearer, insurer and month. Those loaded
  // since the pool was closed are among them, though its weights stay. Empty when no rung gave a weight.
  absl::StatusOr<std::vector<PaidInMonth>> PaymentsBehind(const storage::Pool& pool) const;

 private:
  struct Rung;
  struct Weighed {
    std::vector<Weight> weights;        // by insurer number, all > 0
    std::vector<std::string> left_out;  // "01130012: reason", sorted
  };
  using WideKey = std::tuple<int /* prefecture */, int /* point table */, ServiceMonth, ServiceMonth, Agency,
                             std::string /* basis */>;

  absl::StatusOr<Rung> ReadRung(const Row& row) const;
  static storage::PaymentRange RangeOf(const Rung& rung, const storage::PoolKey& key);
  std::optional<absl::StatusOr<InsurerNumber>> BearerOf(InsurerNumber insurer, Agency agency) const;
  absl::StatusOr<Weighed> Weigh(const storage::PaymentRange& range, Agency agency, const std::string& basis) const;
  absl::StatusOr<Weighed> WeighRung(const Rung& rung, const storage::PoolKey& key);

  const storage::Payments& payments_;
  const storage::Masters& masters_;
  const Rulebook& rulebook_;
  ServiceMonth closing_month_;
  std::map<WideKey, Weighed> wide_;
};

absl::StatusOr<storage::Pool> BuildPool(const storage::PoolKey& key, std::vector<storage::ClaimKey> receipts, Yen yen,
                                        ServiceMonth closing_month, const storage::Payments& payments,
                                        const storage::Masters& masters, const Rulebook& rulebook);

}  // namespace furikae::rules
