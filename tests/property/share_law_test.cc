// The laws of decisions.md §9 about sharing: 5 (exact, and nothing but the weights counts) and 12 (what is taken out
// and put back leaves every share as it was).
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "rules/apportion.h"
#include "rules/laws.h"
#include "tests/property/cases.h"

namespace furikae::rules {
namespace {

using Shares = std::vector<storage::Share>;

std::vector<Weight> AnyWeights() {
  const auto weight = rc::gen::weightedOneOf<int64_t>({{5, rc::gen::inRange<int64_t>(1, 100'000'000'000)},
                                                       {3, rc::gen::inRange<int64_t>(1, 50)},
                                                       {1, rc::gen::inRange<int64_t>(-1000, 1)}});
  const auto drawn =
      *rc::gen::container<std::map<uint32_t, int64_t>>(rc::gen::inRange<uint32_t>(10'000, 40'000'000), weight);
  std::vector<Weight> weights;
  for (const auto& [insurer, value] : drawn) weights.push_back({InsurerNumber{insurer}, value});
  return weights;
}
Yen AnyAmount() {
  return {*rc::gen::oneOf(rc::gen::inRange<int64_t>(0, 500), rc::gen::inRange<int64_t>(0, 1'000'000'000'000))};
}
bool AnyPositive(const std::vector<Weight>& weights) {
  return std::any_of(weights.begin(), weights.end(), [](const Weight& weight) { return weight.value > 0; });
}
std::vector<std::pair<uint32_t, int64_t>> YenOf(const Shares& shares) {
  std::vector<std::pair<uint32_t, int64_t>> yen;
  for (const storage::Share& share : shares) yen.emplace_back(share.insurer.value, share.yen.value);
  return yen;
}

TEST(Law5, TheSharesAddUpAndNoneIsAYenAwayFromItsQuota) {
  CheckCases(4000, [] {
    const auto weights = AnyWeights();
    const Yen amount = AnyAmount();
    const Shares shares = Apportion(amount, weights);
    RC_ASSERT(shares.empty() == !AnyPositive(weights));
    if (shares.empty()) return;
    __extension__ using Wide = unsigned __int128;
    Yen sum;
    std::vector<uint32_t> ranks;
    for (const storage::Share& share : shares) {
      sum += share.yen;
      ranks.push_back(share.remainder_rank);
      const Wide quota = (Wide{share.quota_numerator_high} << 64) | share.quota_numerator_low;
      const Wide denominator = static_cast<Wide>(share.quota_denominator.value);
      RC_ASSERT(share.weight.value > 0);
      RC_ASSERT(quota == static_cast<Wide>(amount.value) * static_cast<Wide>(share.weight.value));
      // |share − quota| < 1
      const Wide given = static_cast<Wide>(share.yen.value) * denominator;
      RC_ASSERT((given > quota ? given - quota : quota - given) < denominator);
    }
    RC_ASSERT(sum == amount);
    std::sort(ranks.begin(), ranks.end());
    for (size_t i = 0; i < ranks.size(); ++i) RC_ASSERT(ranks[i] == i + 1);
  });
}

TEST(Law5, AnInsurerWithoutWeightACommonFactorAndTheOrderChangeNothing) {
  CheckCases(4000, [] {
    const auto weights = AnyWeights();
    const Yen amount = AnyAmount();
    const auto yen = YenOf(Apportion(amount, weights));

    auto more = weights;
    more.push_back({InsurerNumber{*rc::gen::inRange<uint32_t>(40'000'001, 50'000'000)}, 0});
    RC_ASSERT(YenOf(Apportion(amount, more)) == yen);

    auto multiplied = weights;
    const int64_t factor = *rc::gen::inRange<int64_t>(2, 1000);
    for (Weight& weight : multiplied) weight.value *= factor;
    RC_ASSERT(YenOf(Apportion(amount, multiplied)) == yen);

    auto shuffled = weights;
    std::mt19937_64 random(*AnySeed());
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    RC_ASSERT(Apportion(amount, shuffled) == Apportion(amount, weights));

    // One that is paid in two rows weighs as much as in one.
    auto in_two_rows = weights;
    if (!in_two_rows.empty() && in_two_rows.front().value > 1) {
      in_two_rows.push_back({in_two_rows.front().insurer, in_two_rows.front().value - 1});
      in_two_rows.front().value = 1;
    }
    RC_ASSERT(Apportion(amount, in_two_rows) == Apportion(amount, weights));
  });
}

TEST(Law5, MoreWeightNeverMeansLess) {
  CheckCases(2000, [] {
    const Shares shares = Apportion(AnyAmount(), AnyWeights());
    for (const storage::Share& a : shares) {
      for (const storage::Share& b : shares) RC_ASSERT(a.weight.value <= b.weight.value || a.yen >= b.yen);
    }
  });
}

TEST(Law12, TakingAReceiptOutAndPuttingItBackRestoresEveryShare) {
  CheckCases(3000, [] {
    storage::Pool pool;
    pool.key = {InstitutionCode{1910100011}, Agency::kShaho, ServiceMonth::Of(2024, 9)};
    pool.yen = AnyAmount();
    pool.shares = Apportion(pool.yen, AnyWeights());
    RC_PRE(!pool.shares.empty());
    pool.receipts = {{1, 1}, {1, 2}, {2, 7}};
    const Yen taken{*rc::gen::inRange<int64_t>(0, pool.yen.value + 1)};
    const storage::Pool without = Reapportion(pool, {{1, 1}, {2, 7}}, pool.yen - taken);
    RC_ASSERT(BreachesOf(without).empty());
    const storage::Pool restored = Reapportion(without, pool.receipts, pool.yen);
    RC_ASSERT(restored.shares == pool.shares);
    RC_ASSERT(restored.receipts == pool.receipts);
  });
}

}  // namespace
}  // namespace furikae::rules
