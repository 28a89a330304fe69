#include "rules/accounting.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"

namespace furikae::rules {
namespace {

using storage::LedgerEntry;
using storage::LedgerLine;
using storage::Pool;
using storage::RollupKey;
using storage::RollupSum;

std::string Clearing(Agency agency) { return absl::StrCat("clearing/", static_cast<int>(agency)); }
std::string Unallocated(Agency agency) { return absl::StrCat("unallocated/", static_cast<int>(agency)); }
std::string Bearer(InsurerNumber insurer) { return absl::StrCat("insurer/", insurer.ToString()); }

void Debit(LedgerEntry& entry, std::string account, Yen yen) {
  if (yen.value != 0) entry.lines.push_back({std::move(account), yen, Yen{0}});
}
void Credit(LedgerEntry& entry, std::string account, Yen yen) {
  if (yen.value != 0) entry.lines.push_back({std::move(account), Yen{0}, yen});
}

using Entries = std::vector<LedgerEntry>;

void Add(Entries& entries, LedgerEntry entry) {
  if (!entry.lines.empty()) entries.push_back(std::move(entry));
}

LedgerEntry Move(std::string_view kind, std::string debit, std::string credit, Yen yen) {
  LedgerEntry entry;
  entry.kind = kind;
  Debit(entry, std::move(debit), yen);
  Credit(entry, std::move(credit), yen);
  return entry;
}

Entries Claimed(const ClaimFacts& claim, const Decision& decision) {
  Entries entries;
  Add(entries, Move("CLAIMED", Clearing(claim.submitted_to), absl::StrCat("institution/", claim.institution.ToString()),
                    decision.insurer_yen));
  return entries;
}

void HandOver(Entries& entries, Agency from, Agency to, Yen yen) {
  if (from != to) Add(entries, Move("HANDED_OVER", Clearing(to), Clearing(from), yen));
}

void Borne(Entries& entries, const ClaimFacts& claim, const std::vector<Part>& parts) {
  std::map<Agency, Yen> by_agency;
  for (const Part& part : parts) by_agency[part.agency] += part.yen;
  for (const auto& [agency, yen] : by_agency) HandOver(entries, claim.submitted_to, agency, yen);
  LedgerEntry entry;
  entry.kind = "BORNE";
  for (const Part& part : parts) Debit(entry, Bearer(part.card.insurer), part.yen);
  for (const auto& [agency, yen] : by_agency) Credit(entry, Clearing(agency), yen);
  Add(entries, std::move(entry));
}

// Where the amount of a decided receipt stands: everything but CLAIMED.
Entries Standing(const ClaimFacts& claim, const Decision& decision) {
  Entries entries;
  const std::string clearing = Clearing(claim.submitted_to);
  switch (decision.outcome) {
    case Outcome::kUndecided:
    case Outcome::kPassedThrough:
      break;
    case Outcome::kReturned:
      Add(entries, Move("RETURNED", "returns", clearing, decision.insurer_yen));
      break;
    case Outcome::kPending:
      Add(entries, Move("PENDING", "pending", clearing, decision.insurer_yen));
      break;
    case Outcome::kInReview:
      Add(entries, Move("IN_REVIEW", "pending", clearing, decision.insurer_yen));
      break;
    case Outcome::kApportioned:
      HandOver(entries, claim.submitted_to, decision.pool_agency, decision.insurer_yen);
      break;
    case Outcome::kAsClaimed:
    case Outcome::kBranchCompleted:
    case Outcome::kTransferred:
    case Outcome::kSplit:
    case Outcome::kBilledToClaimed:
      Borne(entries, claim, decision.parts);
      break;
  }
  return entries;
}

bool SameLines(const Entries& a, const Entries& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].lines != b[i].lines) return false;
  }
  return true;
}

// One entry that undoes all of `entries`.
LedgerEntry Reversal(const Entries& entries) {
  LedgerEntry reversal;
  reversal.kind = "REVERSED";
  for (const LedgerEntry& entry : entries) {
    for (const LedgerLine& line : entry.lines) reversal.lines.push_back({line.account, line.credit, line.debit});
  }
  return reversal;
}

void Append(Entries& to, Entries from) {
  for (LedgerEntry& entry : from) to.push_back(std::move(entry));
}

// What the pool stands on: per account, debits positive.
std::map<std::string, Yen> PoolBalances(const Pool* pool) {
  std::map<std::string, Yen> balances;
  if (pool == nullptr) return balances;
  for (const storage::Share& share : pool->shares) balances[Bearer(share.insurer)] += share.yen;
  if (pool->shares.empty()) balances[Unallocated(pool->key.agency)] += pool->yen;
  balances[Clearing(pool->key.agency)] -= pool->yen;
  return balances;
}

bool Bears(Outcome outcome) {
  return outcome == Outcome::kAsClaimed || outcome == Outcome::kBranchCompleted || outcome == Outcome::kTransferred ||
         outcome == Outcome::kSplit || outcome == Outcome::kBilledToClaimed;
}

// Few keys: one decision touches about four.
using Rollups = std::vector<std::pair<RollupKey, RollupSum>>;

void Count(Rollups& rollups, RollupKey key, int64_t points, Yen yen, int64_t sign) {
  auto at = std::find_if(rollups.begin(), rollups.end(), [&](const auto& rollup) { return rollup.first == key; });
  if (at == rollups.end()) at = rollups.insert(at, {std::move(key), RollupSum{}});
  RollupSum& sum = at->second;
  sum.count += sign;
  sum.points += sign * points;
  sum.yen += sign * yen.value;
}

void CountDecision(Rollups& rollups, const ClaimFacts& claim, const Decision* decision, ServiceMonth month,
                   int64_t sign) {
  if (decision == nullptr || decision->outcome == Outcome::kUndecided) return;
  const std::string outcome(OutcomeName(decision->outcome));
  const int64_t points = decision->total_points;
  Count(rollups, {month, "outcome", outcome}, points, decision->insurer_yen, sign);
  Count(rollups, {month, "origin", std::string(OriginName(decision->origin))}, points, decision->insurer_yen, sign);
  Count(rollups, {month, "institution", absl::StrCat(claim.institution.ToString(), "/", outcome)}, points,
        decision->insurer_yen, sign);
  for (const Part& part : decision->parts) {
    Count(rollups, {month, "insurer", part.card.insurer.ToString()}, part.points, part.yen, sign);
  }
}

}  // namespace

absl::Status CheckBookable(const Decision& decision) {
  if (decision.insurer_yen < Yen{0}) return absl::InternalError("a decision has a negative insurer's share");
  if (decision.outcome == Outcome::kUndecided) return absl::InternalError("a decision has no outcome");
  if (decision.outcome == Outcome::kApportioned && decision.pool_agency == Agency::kUnknown) {
    return absl::InternalError("a receipt to be apportioned has no pool agency");
  }
  if (decision.parts.empty() == Bears(decision.outcome)) {
    return absl::InternalError(absl::StrCat("an outcome ", std::string(OutcomeName(decision.outcome)), " with ",
                                            decision.parts.size(), " parts"));
  }
  if (decision.parts.empty()) return absl::OkStatus();
  Yen sum;
  for (const Part& part : decision.parts) {
    if (part.yen < Yen{0}) return absl::InternalError("a part has a negative share");
    if (part.agency == Agency::kUnknown) return absl::InternalError("a part has no agency that bears it");
    sum += part.yen;
  }
  if (sum == decision.insurer_yen) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("the parts bear ", sum.value, " yen of ", decision.insurer_yen.value));
}

Entries EntriesFor(const ClaimFacts& claim, const Decision* before, const Decision& after, ServiceMonth month,
                   uint32_t next_number) {
  const bool booked = before != nullptr && before->outcome != Outcome::kUndecided;
  Entries entries;
  Entries old_claimed, old_standing;
  if (booked) {
    old_claimed = Claimed(claim, *before);
    old_standing = Standing(claim, *before);
  }
  Entries claimed = Claimed(claim, after);
  Entries standing = Standing(claim, after);
  const bool same_claimed = SameLines(old_claimed, claimed);
  if (same_claimed && SameLines(old_standing, standing)) return entries;
  Entries reversed = std::move(old_standing);
  if (!same_claimed) Append(reversed, std::move(old_claimed));
  Add(entries, Reversal(reversed));
  if (!same_claimed) Append(entries, std::move(claimed));
  Append(entries, std::move(standing));
  for (LedgerEntry& entry : entries) {
    entry.month = month;
    entry.claim = claim.key;
    entry.number = next_number++;
  }
  return entries;
}

Entries EntriesFor(const Pool* before, const Pool& after, ServiceMonth month) {
  std::map<std::string, Yen> differences = PoolBalances(&after);
  for (const auto& [account, yen] : PoolBalances(before)) differences[account] -= yen;
  LedgerEntry entry;
  entry.month = month;
  entry.pool = after.key.Name();
  entry.kind = before == nullptr ? "APPORTIONED" : "ADJUSTED";
  entry.number = 1 + (before == nullptr ? 0 : before->entries);
  for (const auto& [account, yen] : differences) {
    if (yen > Yen{0}) Debit(entry, account, yen);
    if (yen < Yen{0}) Credit(entry, account, -yen);
  }
  Entries entries;
  Add(entries, std::move(entry));
  return entries;
}

std::vector<std::pair<RollupKey, RollupSum>> RollupsFor(const ClaimFacts& claim, const Decision* before,
                                                        const Decision& after, ServiceMonth month) {
  Rollups rollups;
  CountDecision(rollups, claim, &after, month, +1);
  CountDecision(rollups, claim, before, month, -1);
  std::erase_if(rollups, [](const auto& rollup) { return rollup.second == RollupSum{}; });
  std::sort(rollups.begin(), rollups.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return rollups;
}

}  // namespace furikae::rules
