// rules/accounting.h — decisions as double-entry postings: what the institution is owed equals what is borne, to the
// yen.
//
//   for (LedgerEntry& e : EntriesFor(facts, before, after, open_month, claim.entries + 1)) group.Post(e);
//
//   kind          debit                       credit                       when
//   CLAIMED       clearing/<submitted to>     institution/<code>           the receipt enters the books
//   BORNE         insurer/<n>, one per part   clearing/<bearing agency>    somebody bears it
//   HANDED_OVER   clearing/<bearing agency>   clearing/<submitted to>      the bearing agency is another one
//   RETURNED      returns                     clearing/<submitted to>      sent back
//   PENDING       pending                     clearing/<submitted to>      waits for the registry
//   IN_REVIEW     pending                     clearing/<submitted to>      waits for a person
//   REVERSED      what stood, sides exchanged                              a decision changed; the new one follows
//   APPORTIONED   insurer/<n> per share, or   clearing/<pool agency>       of a pool, at its close
//                 unallocated/<agency>
//   ADJUSTED      the same accounts, by the differences per insurer        of a pool, after its close
//
// An APPORTIONED receipt waits in the clearing account of its pool's agency (HANDED_OVER where that is another one)
// until the pool is posted at close. So after a close every clearing account is 0, and for every institution credit −
// debit of its account − returns = borne + unallocated + pending. A line of 0 yen, and an entry without lines, is not
// posted: a receipt passed through or returned as contradictory (R09) leaves no entry. Every entry balances. Pure
// functions, so that `verify` derives the same entries from the event log. Source: decisions.md §8, §9.6; files.md
// ledger.csv.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
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

// Whether a decision can be booked: an outcome that an insurer bears has parts, which add up to the insurer's share and
// name an agency; any other has none; no amount is negative; an APPORTIONED one names its pool's agency. Internal,
// naming what is wrong, when not: such a decision must never be stored.
absl::Status CheckBookable(const Decision& decision);

// Entries that take the books from `before` (nullptr: not booked yet) to `after`, posted in `month`, numbered from
// `next_number`. Nothing where both stand on the same accounts with the same amounts.
std::vector<storage::LedgerEntry> EntriesFor(const ClaimFacts& claim, const Decision* before, const Decision& after,
                                             ServiceMonth month, uint32_t next_number);
// Entries of a pool: `before` nullptr at close, the old pool when its receipts changed after that (only the differences
// are posted). Numbered after those that `before` says were posted.
std::vector<storage::LedgerEntry> EntriesFor(const storage::Pool* before, const storage::Pool& after,
                                             ServiceMonth month);

// What a claim's decision adds to the rollups of `month`: one receipt with its points and yen under "outcome", "origin"
// and "institution" (member "<code>/<outcome>"), one part with its points and yen under "insurer". A changed decision
// takes the old out in the month of the change, so that the rollups of a closed month stay.
std::vector<std::pair<storage::RollupKey, storage::RollupSum>> RollupsFor(const ClaimFacts& claim,
                                                                          const Decision* before, const Decision& after,
                                                                          ServiceMonth month);

}  // namespace furikae::rules
