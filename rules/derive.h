// rules/derive.h — a claim as the event log says it must be, with the ledger entries and rollups that follow from its
// decisions.
//
//   ASSIGN_OR_RETURN(DerivedClaim derived, DeriveClaim(stored, submission, events, rollups));
//   if (derived.claim != stored) …
//
// Uses the same pure functions as the engine (rules/accounting.h) and nothing that is stored beside the log but the
// receipt's own facts (flavour, service month, line). Source: DESIGN §5 (the event log is the truth); decisions.md §9.
#pragma once

#include <map>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/accounting.h"

namespace furikae::rules {

using RollupSums = std::map<storage::RollupKey, storage::RollupSum>;
void AddRollup(const storage::RollupKey& key, const storage::RollupSum& delta, RollupSums& sums);

struct DerivedClaim {
  storage::Claim claim;
  std::vector<storage::LedgerEntry> entries;  // by month, then number
};

// That it is closed is not said (storage/closed_months.h). Rollups are added to `rollups`. Errors: DataLoss when an
// event cannot be read.
absl::StatusOr<DerivedClaim> DeriveClaim(const storage::Claim& stored, const storage::Submission& submission,
                                         const std::vector<storage::Event>& events, RollupSums& rollups);

}  // namespace furikae::rules
