// rules/rule_diff.h — a stored month decided under two rule sets: every receipt and yen that would move. Writes
// nothing.
//
//   ASSIGN_OR_RETURN(RuleDiffSummary summary, DiffRules(store, before, after, run,
//       [&](const MovedReceipt& moved) { std::cout << moved.claim_id << "\n"; return absl::OkStatus(); },
//       [&](const MovedPool& moved) { std::cout << moved.key.Name() << "\n"; return absl::OkStatus(); }, progress));
//
// Compared is the month as it would stand on the ledger today, had the one set or the other been in force from its
// close on: every receipt that the close of `run.month` meets, those of the claim month and those of earlier ones that
// no earlier close had settled; and the pools that they form, shared as that close would share them: by that set's
// tables, with the payment records and masters that are stored now. Each receipt is decided afresh under both sets as
// of `run.now`, the moment of the close; what is still open then gets the outcome that it has without an answer, and
// what people have said since the month was closed identifies it late under each set, or returns it, or is undone
// (rules/standing_claim.h). A receipt that is found late leaves its pool, whose other insurers bear less. Where an
// earlier close has shared a pool already, the receipts stand in a pool of their own, as they would after the close: a
// pool of another month never moves. A receipt returned as a duplicate (R08) stays so under both sets, and no other is
// compared with earlier ones.
//
// Not compared, because it cannot be told from what is stored: payment records, masters and registry rows as they were
// stored at the close (rows of the registry do tell since when they are known); words of people that were refused then
// and would be taken under the other set; what a later month makes of a receipt that waits beyond the close. Notices
// and output files are not compared either.
//
// Receipts are visited in the order of arrival, then pools in the order of their keys. Amounts in yen. Kept of a pool
// are sums alone. Thread-safe beside readers. Source: DESIGN §6; decisions.md §3–§8.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "core/decision.h"
#include "core/money.h"
#include "rules/engine.h"
#include "rules/table.h"
#include "storage/records.h"
#include "storage/store.h"

namespace furikae::rules {

// Yen that come to stand on an account, and yen that leave it. Accounts as in the ledger: insurer/<number> returns
// pending institution/<code> unallocated/<agency>; a receipt to be apportioned stands on the name of its pool
// (PoolKey::Name), which passes it on to insurers.
struct YenMoved {
  Yen debit, credit;
  bool operator==(const YenMoved&) const = default;
};
using AccountsMoved = std::map<std::string, YenMoved>;  // debits and credits add up to the same

// Where the traces part: ids of the rows of one table that spoke under one set and not under the other. A row on both
// sides spoke under both and gives another answer.
struct RowsMoved {
  std::string table;
  std::vector<std::string> before, after;
  bool operator==(const RowsMoved&) const = default;
};

struct MovedReceipt {
  std::string claim_id;
  InstitutionCode institution;
  ServiceMonth service_month;
  Decision before, after;
  AccountsMoved yen;  // empty when only the class, reason or flags change
  std::vector<RowsMoved> rows;
};

// What one rule set makes of a pool.
struct SharedPool {
  int64_t receipts = 0;  // 0: there is none
  Yen yen;               // U
  std::string rung;      // row of the table ladder that spoke last
  bool operator==(const SharedPool&) const = default;
};
// What an account bears of a pool: insurer/<number>, or unallocated/<agency>.
struct ShareMoved {
  std::string account;
  Yen before, after;
  bool operator==(const ShareMoved&) const = default;
};
struct MovedPool {
  storage::PoolKey key;
  SharedPool before, after;
  std::vector<ShareMoved> shares;  // that differ, by account; together the difference of the pools' yen
  std::vector<RowsMoved> rows;     // of ladder, and of insurer_agency for these shares; where both sets have the pool
};

struct RuleDiffSummary {
  int64_t receipts = 0;  // compared
  int64_t moved = 0;
  int64_t pools = 0;  // compared: those that there are under either set
  int64_t pools_moved = 0;
  AccountsMoved yen;  // of all moved receipts and pools, but not on pools: they pass on all that comes to them
  // Of moved receipts, by the outcomes before and after; yen: the insurers' share before.
  std::map<std::pair<Outcome, Outcome>, OutcomeSum> outcomes;
};

// What each insurer bears, over all parts.
std::map<InsurerNumber, Yen> YenByInsurer(const Decision& decision);

using ReceiptVisit = absl::FunctionRef<absl::Status(const MovedReceipt&)>;
using PoolVisit = absl::FunctionRef<absl::Status(const MovedPool&)>;

// Stops when a visit returns an error, and returns it. FailedPrecondition: a rule set does not decide some receipt or
// does not share some pool; the message says which set, which receipt or pool and why.
absl::StatusOr<RuleDiffSummary> DiffRules(const storage::Store& store, const Rulebook& before, const Rulebook& after,
                                          const RunMoment& run, ReceiptVisit receipt, PoolVisit pool,
                                          const Progress& progress);

}  // namespace furikae::rules
