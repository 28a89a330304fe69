#include "rules/rule_diff.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string_view>

#include "absl/strings/match.h"
#include "core/concat.h"
#include "core/status.h"
#include "rules/accounting.h"
#include "rules/crew.h"
#include "rules/pool_diff.h"
#include "rules/standing_claim.h"
#include "rules/stored_claim.h"

namespace furikae::rules {
namespace {

using storage::Claim;
using storage::ClaimKey;
using storage::ClaimOutcome;
using storage::PoolKey;
using storage::Store;
using storage::Submission;

constexpr size_t kBatchClaims = 500;
constexpr int64_t kProgressEvery = 10000;
constexpr int64_t kProgressPools = 100;

// One rule set, how it decides, and what it leaves to be shared.
struct Side {
  std::string_view name;  // in messages
  const Rulebook& rulebook;
  ClaimDecider decider;
  PoolsOfSet pools;
};

// What the bill of the receipt would say beside its insurer.
std::vector<std::pair<int, int>> TypesAndRates(const Decision& decision) {
  std::vector<std::pair<int, int>> bills;
  for (const Part& part : decision.parts) bills.emplace_back(part.receipt_type, part.rate);
  return bills;
}

// The trace alone does not count.
bool Moves(const Decision& before, const Decision& after) {
  return before.outcome != after.outcome || before.confirmation_class != after.confirmation_class ||
         before.return_reason != after.return_reason || before.flags != after.flags ||
         before.insurer_yen != after.insurer_yen || before.pool_agency != after.pool_agency ||
         YenByInsurer(before) != YenByInsurer(after) || TypesAndRates(before) != TypesAndRates(after);
}

// What the books would hold of the receipt alone. Only what is to be apportioned is left in a clearing account.
Balances Standing(const ClaimFacts& facts, const Decision& decision, const PoolKey* pool, ServiceMonth month) {
  return BalancesOf(EntriesFor(facts, nullptr, decision, month, 1), pool == nullptr ? "" : pool->Name());
}

void Add(AccountsMoved& moved, const std::string& account, Yen change) {
  if (change > Yen{0}) moved[account].debit += change;
  if (change < Yen{0}) moved[account].credit -= change;
}

AccountsMoved Moved(const Balances& before, const Balances& after) {
  Balances change = after;
  for (const auto& [account, yen] : before) change[account] -= yen;
  AccountsMoved moved;
  for (const auto& [account, yen] : change) Add(moved, account, yen);
  return moved;
}

// Names of the rows of `table` in a trace.
std::vector<std::string> RowsOf(std::string_view table, const std::vector<TraceRow>& trace) {
  std::vector<std::string> rows;
  for (const TraceRow& row : trace) {
    if (row.table == table) rows.push_back(row.row);
  }
  return rows;
}

bool SameAnswer(const Row* a, const Row* b) { return a == nullptr || b == nullptr ? a == b : a->outputs == b->outputs; }

bool Holds(const std::vector<std::string>& rows, const std::string& row) {
  return std::find(rows.begin(), rows.end(), row) != rows.end();
}

class RuleDiff {
 public:
  RuleDiff(const Store& store, const Rulebook& before, const Rulebook& after, const storage::RegistryIndex& index,
           const RunMoment& run, ReceiptVisit receipt, PoolVisit pool, const Progress& progress)
      : store_(store),
        before_{"the first rule set", before, ClaimDecider(store, before, index), PoolsOfSet(store, before, run.month)},
        after_{"the second rule set", after, ClaimDecider(store, after, index), PoolsOfSet(store, after, run.month)},
        run_(run),
        visit_receipt_(receipt),
        visit_pool_(pool),
        progress_(progress),
        submissions_(store) {}

  absl::StatusOr<RuleDiffSummary> Run() {
    ASSIGN_OR_RETURN(const Extent extent, ExtentOf(store_, run_.month));
    RETURN_IF_ERROR(store_.ForEachClaimOutcome([&](const ClaimOutcome& claim) { return Await(claim, extent); }));
    for (const ClaimKey key : carried_over_) RETURN_IF_ERROR(TakeCarriedOver(key));
    if (extent.first_of_month != Extent::kNone) {
      absl::Status visited;  // kept, because the walk does not pass on that it was cancelled
      RETURN_IF_ERROR(store_.ForEachClaim({extent.first_of_month, 0}, /*with_receipts=*/true,
                                          [&](const Claim& claim, std::string_view receipt) {
                                            visited = Take(claim, receipt);
                                            return visited;
                                          }));
      RETURN_IF_ERROR(visited);
    }
    RETURN_IF_ERROR(Compare());
    if (progress_) progress_("compare", summary_.receipts, total_);
    RETURN_IF_ERROR(ShareOut());
    return std::move(summary_);
  }

 private:
  // One receipt on its way.
  struct Underway {
    StandingClaim of;
    absl::StatusOr<Decision> before = Decision{}, after = Decision{};
  };

  // Whether the close of the month meets it. `closed`: the month it was closed with, index 0 for none.
  bool Met(const Submission* submission, ServiceMonth closed) const {
    return submission != nullptr && submission->claim_month <= run_.month &&
           (closed.index == 0 || closed >= run_.month);
  }

  // Counts what there is to compare. Of the submissions before the first of the month only a few receipts are left:
  // they are fetched one by one, and all the others come along with the walk.
  absl::Status Await(const ClaimOutcome& claim, const Extent& extent) {
    ASSIGN_OR_RETURN(const Submission* submission, submissions_.Of(claim.key));
    if (!Met(submission, claim.closed_month)) return absl::OkStatus();
    ++total_;
    if (claim.key.submission < extent.first_of_month) carried_over_.push_back(claim.key);
    return absl::OkStatus();
  }

  absl::Status TakeCarriedOver(ClaimKey key) {
    ASSIGN_OR_RETURN(const Claim claim, store_.GetClaim(key));
    ASSIGN_OR_RETURN(const std::string receipt, store_.GetReceipt(key));
    return Take(claim, receipt);
  }

  absl::Status Take(const Claim& claim, std::string_view receipt) {
    ASSIGN_OR_RETURN(const std::shared_ptr<const Submission> submission, submissions_.Shared(claim.key));
    if (!Met(submission.get(), claim.closed_month)) return absl::OkStatus();
    if (++summary_.receipts % kProgressEvery == 0 && progress_) progress_("compare", summary_.receipts, total_);
    if (IsDuplicate(claim.decision)) return absl::OkStatus();
    ASSIGN_OR_RETURN(std::optional<SaidLate> late, SaidLateOf(store_, claim, run_.month));
    batch_.push_back(
        {{.claim = claim, .submission = submission, .receipt = std::string(receipt), .late = std::move(late)}});
    return batch_.size() >= kBatchClaims ? Compare() : absl::OkStatus();
  }

  absl::Status Compare() {
    crew_.Begin(batch_.size(), [this](size_t i) {
      Underway& one = batch_[i];
      one.before = DecideAsItStands(before_.decider, before_.rulebook, one.of, run_);
      one.after = DecideAsItStands(after_.decider, after_.rulebook, one.of, run_);
    });
    crew_.Finish();
    for (Underway& one : batch_) RETURN_IF_ERROR(Tell(one));
    batch_.clear();
    return absl::OkStatus();
  }

  absl::Status Tell(Underway& one) {
    RETURN_IF_ERROR(Checked(before_, one, one.before.status()));
    RETURN_IF_ERROR(Checked(after_, one, one.after.status()));
    ASSIGN_OR_RETURN(const PoolKey* const pool_before, Gather(before_, one, *one.before));
    ASSIGN_OR_RETURN(const PoolKey* const pool_after, Gather(after_, one, *one.after));
    if (!Moves(*one.before, *one.after)) return absl::OkStatus();
    const ClaimFacts facts = FactsOf(one.of.claim, *one.of.submission);
    MovedReceipt moved;
    moved.claim_id = storage::ClaimIdOf(*one.of.submission, one.of.claim.key.receipt);
    moved.institution = facts.institution;
    moved.service_month = facts.service_month;
    moved.before = *std::move(one.before);
    moved.after = *std::move(one.after);
    moved.yen = Moved(Standing(facts, moved.before, pool_before, run_.month),
                      Standing(facts, moved.after, pool_after, run_.month));
    moved.rows = RowsThatDiffer(moved.before.trace, moved.after.trace);
    Count(moved);
    return visit_receipt_(moved);
  }

  static absl::Status Checked(const Side& side, const Underway& one, const absl::Status& status) {
    if (status.ok()) return status;
    return Under(side, Concat("claim ", storage::ClaimIdOf(*one.of.submission, one.of.claim.key.receipt)), status);
  }
  static absl::Status Under(const Side& side, std::string_view what, const absl::Status& status) {
    return absl::Status(status.code(), Concat(what, " under ", side.name, ": ", StdView(status.message())));
  }

  static absl::StatusOr<const PoolKey*> Gather(Side& side, const Underway& one, const Decision& decision) {
    return side.pools.gathering().Add(one.of.submission->institution, {.key = one.of.claim.key,
                                                                       .service_month = one.of.claim.service_month,
                                                                       .outcome = decision.outcome,
                                                                       .pool_agency = decision.pool_agency,
                                                                       .insurer_yen = decision.insurer_yen});
  }

  void Count(const MovedReceipt& moved) {
    ++summary_.moved;
    for (const auto& [account, yen] : moved.yen) {
      if (absl::StartsWith(account, "pool/")) continue;
      summary_.yen[account].debit += yen.debit;
      summary_.yen[account].credit += yen.credit;
    }
    OutcomeSum& sum = summary_.outcomes[{moved.before.outcome, moved.after.outcome}];
    ++sum.receipts;
    sum.yen += moved.before.insurer_yen;
  }

  absl::Status ShareOut() {
    std::set<PoolKey> keys;
    for (Side* side : {&before_, &after_}) {
      for (const auto& [key, gathered] : side->pools.gathering().pools()) keys.insert(key);
    }
    for (const PoolKey& key : keys) {
      if (++summary_.pools % kProgressPools == 0 && progress_)
        progress_("apportion", summary_.pools, static_cast<int64_t>(keys.size()));
      RETURN_IF_ERROR(Compare(key));
    }
    return absl::OkStatus();
  }

  absl::Status Compare(const PoolKey& key) {
    const absl::StatusOr<PoolOfSet> before = before_.pools.Share(key), after = after_.pools.Share(key);
    if (!before.ok()) return Under(before_, key.Name(), before.status());
    if (!after.ok()) return Under(after_, key.Name(), after.status());
    MovedPool moved = ComparePools(key, *before, *after);
    if (!Moves(moved)) return absl::OkStatus();
    if (moved.before.receipts > 0 && moved.after.receipts > 0) {
      AddRows("ladder", {moved.before.rung}, {moved.after.rung}, moved.rows);
      AddRows("insurer_agency", before_.pools.AgencyRowsOf(moved.shares), after_.pools.AgencyRowsOf(moved.shares),
              moved.rows);
    }
    ++summary_.pools_moved;
    for (const ShareMoved& share : moved.shares) Add(summary_.yen, share.account, share.after - share.before);
    return visit_pool_(moved);
  }

  std::vector<RowsMoved> RowsThatDiffer(const std::vector<TraceRow>& before, const std::vector<TraceRow>& after) const {
    std::vector<std::string> tables;  // in the order in which they spoke
    for (const auto* trace : {&before, &after}) {
      for (const TraceRow& row : *trace) {
        if (!Holds(tables, row.table)) tables.push_back(row.table);
      }
    }
    std::vector<RowsMoved> differing;
    for (const std::string& table : tables) AddRows(table, RowsOf(table, before), RowsOf(table, after), differing);
    return differing;
  }

  // Where there are such rows.
  void AddRows(const std::string& table, const std::vector<std::string>& before, const std::vector<std::string>& after,
               std::vector<RowsMoved>& differing) const {
    RowsMoved rows = RowsThatDifferIn(table, before, after);
    if (!rows.before.empty() || !rows.after.empty()) differing.push_back(std::move(rows));
  }

  RowsMoved RowsThatDifferIn(const std::string& table, const std::vector<std::string>& before,
                             const std::vector<std::string>& after) const {
    const auto differs = [&](const std::string& row, const std::vector<std::string>& others) {
      return !Holds(others, row) ||
             !SameAnswer(before_.rulebook.FindRow(table, row), after_.rulebook.FindRow(table, row));
    };
    RowsMoved rows{.table = table};
    for (const std::string& row : before) {
      if (differs(row, after)) rows.before.push_back(row);
    }
    for (const std::string& row : after) {
      if (differs(row, before)) rows.after.push_back(row);
    }
    return rows;
  }

  const Store& store_;
  Side before_, after_;
  const RunMoment run_;
  ReceiptVisit visit_receipt_;
  PoolVisit visit_pool_;
  const Progress& progress_;
  Submissions submissions_;
  RuleDiffSummary summary_;
  int64_t total_ = 0;
  std::vector<ClaimKey> carried_over_;
  std::vector<Underway> batch_;
  Crew crew_;  // last: it is gone before anything it might use
};

}  // namespace

std::map<InsurerNumber, Yen> YenByInsurer(const Decision& decision) {
  std::map<InsurerNumber, Yen> yen;
  for (const Part& part : decision.parts) yen[part.card.insurer] += part.yen;
  return yen;
}

absl::StatusOr<RuleDiffSummary> DiffRules(const Store& store, const Rulebook& before, const Rulebook& after,
                                          const RunMoment& run, ReceiptVisit receipt, PoolVisit pool,
                                          const Progress& progress) {
  ASSIGN_OR_RETURN(const storage::RegistryIndex* index, store.registry().index());
  return RuleDiff(store, before, after, *index, run, receipt, pool, progress).Run();
}

}  // namespace furikae::rules
