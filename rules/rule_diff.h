// rules/rule_diff.h — a stored month decided under two rule sets: every receipt and yen that would move. Writes
// nothing.
//
//   ASSIGN_OR_RETURN(RuleDiffSummary summary, DiffRules(store, before, after, run, [&](const MovedReceipt& moved) {
//     std::cout << moved.claim_id << "\n"; return absl::OkStatus(); }, progress));
//
// Compared are all receipts taken in for claim month `run.month`, whatever became of them, each decided afresh under
// both sets: as of `run.now`, with the registry of that moment and what people had said by then. What is still in
// review or inquiry then gets the outcome that it has without an answer, flag REVIEW_OPEN, as the close of the month
// would give it; a deferred review stays IN_REVIEW. A receipt returned as a duplicate (R08) stays so under both sets,
// and no other is compared with earlier ones. Receipts to be apportioned stand in their agency's pool as one sum: how
// a pool is shared (table ladder) is not compared, nor are notices and output files. Receipts are visited in the order
// of arrival. Thread-safe beside readers. Source: DESIGN §6; decisions.md §3–§8.
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
#include "storage/store.h"

namespace furikae::rules {

// Yen that come to stand on an account, and yen that leave it. Accounts as in the ledger: insurer/<number> returns
// pending institution/<code>; pool/<agency> is what waits to be apportioned there.
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

struct RuleDiffSummary {
  int64_t receipts = 0;  // compared
  int64_t moved = 0;
  AccountsMoved yen;  // of all moved receipts
  // Of moved receipts, by the outcomes before and after; yen: the insurers' share before.
  std::map<std::pair<Outcome, Outcome>, OutcomeSum> outcomes;
};

// What each insurer bears, over all parts.
std::map<InsurerNumber, Yen> YenByInsurer(const Decision& decision);

// Stops when `visit` returns an error, and returns it. FailedPrecondition: a rule set does not decide some receipt; the
// message says which set, which receipt and why.
absl::StatusOr<RuleDiffSummary> DiffRules(const storage::Store& store, const Rulebook& before, const Rulebook& after,
                                          const RunMoment& run,
                                          absl::FunctionRef<absl::Status(const MovedReceipt&)> visit,
                                          const Progress& progress);

}  // namespace furikae::rules
