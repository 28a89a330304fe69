// rules/accounting.h — decisions as double-entry postings: what the institution is owed equals what is borne, to the yen.
//
//   for (LedgerEntry& e : EntriesFor(facts, before, after)) group.Post(e);
//
// Every entry balances; a change of decision reverses the old posting and posts the new one. Accounts: institution/<code>
// (owed), insurer/<8 digits> (bears), clearing/<agency>, returns, pending, unallocated/<agency>. After close every clearing
// account is 0. Pure functions, so that `verify` derives the same entries from the event log. Source: decisions.md §9.6.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/decision.h"
#include "storage/records.h"

namespace furikae::rules {

// What accounting needs to know about a claim beside its decisions.
struct ClaimFacts {
  storage::ClaimKey key;
  InstitutionCode institution;
  Agency submitted_to = Agency::kUnknown;
  ServiceMonth service_month;
};

// Entries that take the books from `before` (nullptr: not booked yet) to `after`, posted in `month`, numbered from
// `next_number`. IN_REVIEW and APPORTIONED stand in clearing until close; `closing` posts them where they end.
std::vector<storage::LedgerEntry> EntriesFor(const ClaimFacts& claim, const Decision* before, const Decision& after,
                                             ServiceMonth month, uint32_t next_number);
// Entries of a pool: `before` nullptr at close, the old pool at a late identification (only the differences are posted).
std::vector<storage::LedgerEntry> EntriesFor(const storage::Pool* before, const storage::Pool& after, ServiceMonth month);
// Rollup changes of a claim's decision.
std::vector<std::pair<storage::RollupKey, storage::RollupSum>> RollupsFor(const ClaimFacts& claim, const Decision* before, const Decision& after,
                                                                          ServiceMonth month);

}  // namespace furikae::rules
