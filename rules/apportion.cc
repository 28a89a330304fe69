#include "rules/apportion.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "rules/insurer_agency.h"
#include "rules/receipt_facts.h"

namespace furikae::rules {
namespace {

using storage::ClaimKey;
using storage::PaymentRange;
using storage::Pool;
using storage::PoolKey;
using storage::Share;

constexpr int64_t kLargest = std::numeric_limits<int64_t>::max();

// Sums per insurer, in the order of numbers. 128 bits, so that rows of any size add up without wrapping.
using Sums = std::map<InsurerNumber, absl::int128>;

struct Positive {
  std::vector<Weight> weights;
  absl::int128 total = 0;
};

// Only what is above zero takes part. Values beyond 63 bits are cut here; `total` says so.
Positive KeepPositive(const Sums& sums) {
  Positive positive;
  for (const auto& [insurer, sum] : sums) {
    if (sum <= 0) continue;
    positive.weights.push_back({insurer, static_cast<int64_t>(std::min<absl::int128>(sum, kLargest))});
    positive.total += sum;
  }
  return positive;
}

// Positions in the order in which the odd yen are given out.
std::vector<size_t> RemainderOrder(const std::vector<Weight>& weights, const std::vector<absl::int128>& remainders) {
  std::vector<size_t> order(weights.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    if (remainders[a] != remainders[b]) return remainders[a] > remainders[b];
    if (weights[a].value != weights[b].value) return weights[a].value > weights[b].value;
    return weights[a].insurer < weights[b].insurer;
  });
  return order;
}

std::vector<Share> ShareOut(Yen amount, const std::vector<Weight>& weights, int64_t total) {
  std::vector<Share> shares;
  std::vector<absl::int128> remainders;
  int64_t left = amount.value;
  for (const Weight& weight : weights) {
    const absl::int128 numerator = absl::int128(amount.value) * weight.value;
    Share share;
    share.insurer = weight.insurer;
    share.weight = Yen{weight.value};
    share.quota_numerator_high = static_cast<uint64_t>(absl::Int128High64(numerator));
    share.quota_numerator_low = absl::Int128Low64(numerator);
    share.quota_denominator = Yen{total};
    share.yen = Yen{static_cast<int64_t>(numerator / total)};
    left -= share.yen.value;
    remainders.push_back(numerator % total);
    shares.push_back(share);
  }
  uint32_t rank = 0;
  for (size_t position : RemainderOrder(weights, remainders)) {
    shares[position].remainder_rank = ++rank;
    if (rank <= left) shares[position].yen += Yen{1};
  }
  return shares;
}

int64_t BasisOf(const PaymentRow& row, const std::string& basis) {
  if (basis == "points") return row.points;
  if (basis == "receipts") return row.receipts;
  return row.amount.value;
}

}  // namespace

std::vector<Share> Apportion(Yen amount, std::vector<Weight> weights) {
  Sums sums;
  for (const Weight& weight : weights) sums[weight.insurer] += weight.value;
  const Positive positive = KeepPositive(sums);
  if (positive.total == 0 || positive.total > kLargest || amount < Yen{0}) return {};
  return ShareOut(amount, positive.weights, static_cast<int64_t>(positive.total));
}

std::string QuotaNumerator(const Share& share) {
  absl::uint128 rest = absl::MakeUint128(share.quota_numerator_high, share.quota_numerator_low);
  std::string digits;
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    rest /= 10;
  } while (rest != 0);
  return digits;
}

Pool Reapportion(const Pool& pool, std::vector<ClaimKey> receipts, Yen yen) {
  Pool changed = pool;
  changed.receipts = std::move(receipts);
  changed.yen = yen;
  std::vector<Weight> weights;
  for (const Share& share : pool.shares) weights.push_back({share.insurer, share.weight.value});
  changed.shares = Apportion(yen, std::move(weights));
  return changed;
}

// One rung of the ladder, as its table row says.
struct Apportioner::Rung {
  enum class Scope { kInstitution, kPrefecture, kNation, kNone } scope = Scope::kNone;
  int months_from = 0, months_to = 0;  // before the pool's service month; from >= to
  std::string basis;                   // yen, points or receipts
};

Apportioner::Apportioner(const storage::Payments& payments, const storage::Masters& masters, const Rulebook& rulebook,
                         ServiceMonth closing_month)
    : payments_(payments), masters_(masters), rulebook_(rulebook), closing_month_(closing_month) {}

absl::StatusOr<Apportioner::Rung> Apportioner::ReadRung(const Row& row) const {
  static const std::map<std::string, Rung::Scope, std::less<>> kScopes = {{"institution", Rung::Scope::kInstitution},
                                                                          {"prefecture", Rung::Scope::kPrefecture},
                                                                          {"nation", Rung::Scope::kNation},
                                                                          {"none", Rung::Scope::kNone}};
  const auto scope = kScopes.find(row.Text("scope"));
  if (scope == kScopes.end()) {
    return absl::FailedPreconditionError(absl::StrCat("table ladder row ", row.id, ": scope \"",
                                                      std::string(row.Text("scope")),
                                                      "\" is none of institution, prefecture, nation, none"));
  }
  Rung rung{scope->second, static_cast<int>(row.Number("months_from")), static_cast<int>(row.Number("months_to")),
            std::string(row.Text("basis"))};
  if (rung.scope == Rung::Scope::kNone) return rung;
  if (rung.basis != "yen" && rung.basis != "points" && rung.basis != "receipts") {
    return absl::FailedPreconditionError(
        absl::StrCat("table ladder row ", row.id, ": basis \"", rung.basis, "\" is none of yen, points, receipts"));
  }
  if (rung.months_from < rung.months_to) {
    return absl::FailedPreconditionError(absl::StrCat("table ladder row ", row.id, ": the window begins ",
                                                      rung.months_from, " months before the service month and ends ",
                                                      rung.months_to, " months before it, which is earlier"));
  }
  return rung;
}

// For whom counts what `insurer` had paid: itself or its living successor; a status says why for nobody; nullopt: it is
// of the other agency.
std::optional<absl::StatusOr<InsurerNumber>> Apportioner::BearerOf(InsurerNumber insurer, Agency agency) const {
  const Table* law_codes = rulebook_.Find("insurer_agency");
  const auto by_law_code = [&](int code, ServiceMonth month) { return AgencyIn(AgencyRow(law_codes, code, month)); };
  const Agency own = masters_.AgencyOf(insurer, closing_month_, by_law_code);
  if (own != agency && own != Agency::kUnknown) return std::nullopt;
  absl::StatusOr<InsurerNumber> living = masters_.LivingSuccessor(insurer, closing_month_.FirstDay(), by_law_code);
  if (living.ok() && masters_.AgencyOf(*living, closing_month_, by_law_code) != agency)
    return absl::NotFoundError(absl::StrCat(living->ToString(), " belongs to another agency"));
  return living;
}

absl::StatusOr<Apportioner::Weighed> Apportioner::Weigh(const PaymentRange& range, Agency agency,
                                                        const std::string& basis) const {
  Sums paid;
  RETURN_IF_ERROR(payments_.ForEach(range, [&](const PaymentRow& row) {
    paid[row.insurer] += BasisOf(row, basis);
    return absl::OkStatus();
  }));
  Sums borne;  // after successors
  Weighed weighed;
  for (const auto& [insurer, sum] : paid) {
    const auto bearer = BearerOf(insurer, agency);
    if (!bearer) continue;
    if (bearer->ok()) {
      borne[**bearer] += sum;
    } else {
      weighed.left_out.push_back(absl::StrCat(insurer.ToString(), ": ", bearer->status().message()));
    }
  }
  Positive positive = KeepPositive(borne);
  if (positive.total > kLargest) return absl::OutOfRangeError("payment records add up to more than 63 bits hold");
  weighed.weights = std::move(positive.weights);
  return weighed;
}

PaymentRange Apportioner::RangeOf(const Rung& rung, const PoolKey& key) {
  PaymentRange range;
  range.from = key.service_month.Plus(-rung.months_from);
  range.to = key.service_month.Plus(-rung.months_to);
  if (rung.scope == Rung::Scope::kInstitution) {
    range.institution = key.institution;
  } else {
    range.prefecture = rung.scope == Rung::Scope::kPrefecture ? key.institution.Prefecture() : 0;
    range.point_table = key.institution.PointTable();
  }
  return range;
}

absl::StatusOr<Apportioner::Weighed> Apportioner::WeighRung(const Rung& rung, const PoolKey& key) {
  const PaymentRange range = RangeOf(rung, key);
  if (range.institution) return Weigh(range, key.agency, rung.basis);
  const WideKey wide_key{range.prefecture, range.point_table, range.from, range.to, key.agency, rung.basis};
  auto found = wide_.find(wide_key);
  if (found == wide_.end()) {
    ASSIGN_OR_RETURN(Weighed weighed, Weigh(range, key.agency, rung.basis));
    found = wide_.emplace(wide_key, std::move(weighed)).first;
  }
  return found->second;
}

absl::StatusOr<Pool> Apportioner::Build(const PoolKey& key, std::vector<ClaimKey> receipts, Yen yen) {
  for (const char* name : {"ladder", "insurer_agency"}) {
    if (rulebook_.Find(name) == nullptr)
      return absl::FailedPreconditionError(
          absl::StrCat("the rule set has no table \"", name, "\"; apportionment needs it"));
  }
  const Table* ladder = rulebook_.Find("ladder");
  Pool pool;
  pool.key = key;
  pool.closed_month = closing_month_;
  pool.receipts = std::move(receipts);
  pool.yen = yen;
  std::set<std::string> left_out;
  Facts facts;
  facts.Set(Fact::kServiceMonth, key.service_month.index);
  facts.Set(Fact::kClaimMonth, closing_month_.index);
  for (int64_t number = 1;; ++number) {
    facts.Set(Fact::kRung, number);
    const Row* row = ladder->First(facts);
    if (row == nullptr)
      return absl::FailedPreconditionError(
          absl::StrCat("table ladder has no rung ", number, " and no row of scope \"none\" before it"));
    pool.rung = row->id;
    ASSIGN_OR_RETURN(const Rung rung, ReadRung(*row));
    if (rung.scope == Rung::Scope::kNone) break;
    ASSIGN_OR_RETURN(Weighed weighed, WeighRung(rung, key));
    left_out.insert(weighed.left_out.begin(), weighed.left_out.end());
    pool.shares = Apportion(yen, std::move(weighed.weights));
    if (!pool.shares.empty()) {
      pool.weights_total = pool.shares.front().quota_denominator;
      break;
    }
  }
  pool.left_out.assign(left_out.begin(), left_out.end());
  return pool;
}

absl::StatusOr<std::vector<PaidInMonth>> Apportioner::PaymentsBehind(const Pool& pool) const {
  const Row* row = rulebook_.FindRow("ladder", pool.rung);
  if (row == nullptr || pool.shares.empty()) return std::vector<PaidInMonth>();
  ASSIGN_OR_RETURN(const Rung rung, ReadRung(*row));
  std::map<std::tuple<InsurerNumber, InsurerNumber, ServiceMonth>, PaidInMonth> sums;
  RETURN_IF_ERROR(payments_.ForEach(RangeOf(rung, pool.key), [&](const PaymentRow& paid) {
    const auto bearer = BearerOf(paid.insurer, pool.key.agency);
    if (!bearer || !bearer->ok()) return absl::OkStatus();
    PaidInMonth& sum = sums[{**bearer, paid.insurer, paid.month}];
    sum.bearer = **bearer;
    sum.insurer = paid.insurer;
    sum.month = paid.month;
    ++sum.rows;
    sum.value += BasisOf(paid, rung.basis);
    return absl::OkStatus();
  }));
  std::vector<PaidInMonth> payments;
  for (const auto& [key, sum] : sums) payments.push_back(sum);
  return payments;
}

absl::StatusOr<Pool> BuildPool(const PoolKey& key, std::vector<ClaimKey> receipts, Yen yen, ServiceMonth closing_month,
                               const storage::Payments& payments, const storage::Masters& masters,
                               const Rulebook& rulebook) {
  return Apportioner(payments, masters, rulebook, closing_month).Build(key, std::move(receipts), yen);
}

}  // namespace furikae::rules
