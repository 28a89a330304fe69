// storage/keys.h — every key of the store, and how it sorts. Format and documentation live here side by side.
//
//   keys::OfClaim({.submission = 7, .receipt = 12})      // 00 00 00 07 00 00 00 0C
//
// Numbers are unsigned and big-endian, so that keys sort as bytes in the order of the numbers. Months are year × 12 +
// month − 1.
//
//   family        key                                                        value
//   submissions   's' sequence:4                                             schema.Submission
//                 'd' digest:32                                              sequence:4
//   receipts      submission:4 receipt:4                                     bytes as sent, CP932
//   claims        submission:4 receipt:4                                     schema.Claim
//   events        'e' sequence:8                                             schema.Event
//                 'c' submission:4 receipt:4 sequence:8                      (empty) which events are about a claim
//   pools         institution:8 agency:1 service month:4 late month:4        schema.Pool
//   fingerprints  fingerprint:32                                             claim keys, 8 bytes each, ascending
//   ledger        month:4 0x00 submission:4 receipt:4 number:4               schema.LedgerEntry of a claim
//                 month:4 0x01 pool name 0x00 number:4                       schema.LedgerEntry of a pool
//   rollups       month:4 dimension 0x00 member                              count:8 points:8 yen:8
//   meta          "schema_version"                                           decimal number
//                 "last_event"                                               sequence:8 hash:32
//                 "next_submission"                                          sequence:4
//                 "closed/" month:4                                          moment:8
//                 "rules/" digest                                            the files of a rule set as JSON
//                 "loaded/" digest:32                                        (empty) a reference file that was loaded
//
// Registry, masters and payments describe their keys in their own headers. Names inside keys never hold a zero byte.
// Thread-safe (pure functions). Source: DESIGN §5; decisions.md §1 (arrival order), §8 (pool), §9.6 (ledger).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/records.h"

namespace furikae::storage {

// The schema that this program reads and writes. A data directory with another number is refused.
inline constexpr int kSchemaVersion = 3;

namespace keys {

void Append32(uint32_t number, std::string& out);
void Append64(uint64_t number, std::string& out);
uint32_t Read32(std::string_view bytes);  // the first 4 bytes; the caller knows that they are there
uint64_t Read64(std::string_view bytes);  // the first 8 bytes

std::string OfClaim(ClaimKey key);  // claims and receipts
std::optional<ClaimKey> ParseClaim(std::string_view key);

inline constexpr char kSubmissionTag = 's';
std::string OfSubmission(uint32_t sequence);
std::string OfDigest(const Digest& digest);
// Start of the range of digests whose hexadecimal form begins with `hex`; nullopt when it is not lower-case
// hexadecimal.
std::optional<std::string> DigestRange(std::string_view hex);
std::optional<uint32_t> ParseSubmission(std::string_view key);  // nullopt: not a submission's key

inline constexpr char kEventTag = 'e';
std::string OfEvent(uint64_t sequence);
std::optional<uint64_t> ParseEvent(std::string_view key);
std::string OfClaimEvent(ClaimKey claim, uint64_t sequence);
std::string ClaimEvents(ClaimKey claim);  // prefix
std::optional<uint64_t> ParseClaimEvent(std::string_view key);

std::string OfPool(const PoolKey& pool);
std::string OfFingerprint(const Digest& fingerprint);

std::string OfLedgerEntry(const LedgerEntry& entry);
std::string LedgerMonth(ServiceMonth month);                      // prefix
std::string LedgerOfClaim(ServiceMonth month, ClaimKey claim);    // prefix
bool ParseLedgerEntry(std::string_view key, LedgerEntry* entry);  // month, claim or pool, number

std::string OfRollup(const RollupKey& rollup);
std::optional<RollupKey> ParseRollup(std::string_view key);

inline constexpr std::string_view kSchemaVersionKey = "schema_version";
inline constexpr std::string_view kLastEvent = "last_event";
inline constexpr std::string_view kNextSubmission = "next_submission";
inline constexpr std::string_view kClosedPrefix = "closed/";
std::string OfClosedMonth(ServiceMonth month);
std::string OfRuleSet(std::string_view digest);
std::string OfLoaded(const Digest& digest);

}  // namespace keys
}  // namespace furikae::storage
