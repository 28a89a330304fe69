#include "rules/pool_diff.h"

#include <algorithm>
#include <optional>

#include "absl/strings/match.h"
#include "core/status.h"
#include "rules/accounting.h"
#include "rules/insurer_agency.h"

namespace furikae::rules {

using storage::PoolKey;

Balances BalancesOf(const std::vector<storage::LedgerEntry>& entries, std::string_view pool) {
  Balances balances;
  for (const storage::LedgerEntry& entry : entries) {
    for (const storage::LedgerLine& line : entry.lines) {
      const bool waits = absl::StartsWith(line.account, "clearing/");
      balances[waits ? std::string(pool) : line.account] += line.debit - line.credit;
    }
  }
  std::erase_if(balances, [](const auto& balance) { return balance.second == Yen{0}; });
  return balances;
}

absl::StatusOr<PoolOfSet> PoolsOfSet::Share(const PoolKey& key) {
  const auto gathered = gathering_.pools().find(key);
  if (gathered == gathering_.pools().end()) return PoolOfSet();
  // The receipts themselves play no part in the shares.
  ASSIGN_OR_RETURN(const storage::Pool pool, apportioner_.Build(key, {}, gathered->second.yen));
  return PoolOfSet{.shared = {.receipts = gathered->second.count, .yen = pool.yen, .rung = pool.rung},
                   .balances = BalancesOf(EntriesFor(nullptr, pool, month_), key.Name())};
}

std::vector<std::string> PoolsOfSet::AgencyRowsOf(const std::vector<ShareMoved>& shares) const {
  const Table* law_codes = rulebook_.Find("insurer_agency");
  std::vector<std::string> rows;
  const auto ask = [&](int law_code, ServiceMonth month) {
    const Row* row = AgencyRow(law_codes, law_code, month);
    if (row != nullptr && std::find(rows.begin(), rows.end(), row->id) == rows.end()) rows.push_back(row->id);
    return AgencyIn(row);
  };
  for (const ShareMoved& share : shares) {
    constexpr std::string_view kInsurer = "insurer/";
    if (!share.account.starts_with(kInsurer)) continue;
    const std::optional<InsurerNumber> insurer = InsurerNumber::Parse(share.account.substr(kInsurer.size()));
    if (insurer) masters_.AgencyOf(*insurer, month_, ask);
  }
  return rows;
}

MovedPool ComparePools(const PoolKey& key, const PoolOfSet& before, const PoolOfSet& after) {
  std::map<std::string, ShareMoved> shares;
  for (const auto& [account, yen] : before.balances) shares[account].before = yen;
  for (const auto& [account, yen] : after.balances) shares[account].after = yen;
  shares.erase(key.Name());  // it passes on what came to it
  MovedPool moved{.key = key, .before = before.shared, .after = after.shared};
  for (auto& [account, share] : shares) {
    if (share.before == share.after) continue;
    share.account = account;
    moved.shares.push_back(std::move(share));
  }
  return moved;
}

bool Moves(const MovedPool& pool) { return pool.before != pool.after || !pool.shares.empty(); }

}  // namespace furikae::rules
