// storage/records.h — what the store keeps, as plain values: submissions, claims, events, ledger entries, pools.
//
// The protobuf messages of storage/schema are their form on disk; storage/codec.h converts. Months are claim months
// unless named otherwise; amounts in yen. Source: DESIGN §5, §8; decisions.md §1 (claim_id), §8, §9.6.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar.h"
#include "core/decision.h"
#include "core/masters.h"

namespace furikae::storage {

using Digest = std::array<uint8_t, 32>;  // SHA-256

// Arrival order: the number the store gave the submission, then the receipt number within it. Big-endian on disk.
struct ClaimKey {
  uint32_t submission = 0;
  uint32_t receipt = 0;
  auto operator<=>(const ClaimKey&) const = default;
};

// One file as a clinic sent it (for JSON lines: one line). The same bytes are one submission.
struct Submission {
  uint32_t sequence = 0;  // given by Store::BeginSubmission; arrival order
  Digest digest{};        // of the bytes as sent
  std::string file;       // path relative to the input directory, for reports
  Flavour flavour = Flavour::kUnknown;
  Agency agency = Agency::kUnknown;
  InstitutionCode institution;
  ServiceMonth claim_month;          // of the run that took it in
  ServiceMonth written_claim_month;  // 請求年月 of the file
  std::string head;                  // header record(s), CP932, as in the file
  std::string original;              // the file as sent, when it was not CP932 (UTF-8, JSON); else empty
  int volume = 0, go_volume = 0;     // マルチボリューム識別情報 of the header and of GO
  int64_t counted_claims = 0, counted_points = 0;
  int64_t accepted = 0, refused = 0;
  bool refused_whole = false;  // nothing of it was taken in, whatever its receipts are like
  bool paper = false;          // typed from paper (a JSON claim says so)
  bool complete = false;       // every receipt of it is stored; false only after a crash in the middle
  // " line 3, column 4 (…): …" each, as it follows the file's name: the same bytes may come under another one.
  std::vector<std::string> complaints;  // why it, then why receipts of it are refused
  std::vector<std::string> notes;       // what refuses nothing
  Moment moment;
  bool operator==(const Submission&) const = default;
};

// "<16 hex>" of a digest, as in claim_id and decisions.jsonl.
std::string DigestPrefix(const Digest& digest);
std::string ClaimIdOf(const Submission& submission, uint32_t receipt_number);

enum class ClaimState : uint8_t { kReceived = 0, kDecided = 1, kClosed = 2 };

// The state of one claim. What the submission says (institution, agency, file) is not repeated. That it is closed is
// not stored with it: the store says so of what it reads.
struct Claim {
  ClaimKey key;
  ClaimState state = ClaimState::kReceived;
  Flavour flavour = Flavour::kUnknown;
  ServiceMonth service_month;
  uint32_t first_line = 0;        // in the file
  Decision decision;              // empty while kReceived
  ServiceMonth decided_month;     // the claim month of the run that decided it; late identification leaves it
  ServiceMonth changed_month;     // in which it was last decided, acted on or identified late
  ServiceMonth closed_month;      // index 0 until closed; follows from decided_month (storage/closed_months.h)
  std::vector<PeopleRow> people;  // what people decided, in the order of `at` (claim_id left empty)
  bool review_open = false;
  bool inquiry_open = false;
  bool deferred = false;
  uint32_t entries = 0;      // ledger entries posted for this claim so far
  std::string rules_digest;  // of the rule set that decided it
  bool operator==(const Claim&) const = default;
};

// The event log: append-only, hash-chained; everything else can be derived from it and the receipts.
enum class EventKind : uint8_t {
  kUnknown = 0,
  kSubmitted = 1,
  kDecided = 2,
  kPeopleActed = 3,
  kMonthClosed = 4,
  kLateIdentified = 6,
  kLateUndone = 7,
  kTableLoaded = 8,
  kPoolApportioned = 9,
};
struct Event {
  uint64_t sequence = 0;  // given at commit
  EventKind kind = EventKind::kUnknown;
  ServiceMonth month;  // the open month
  Moment moment;
  ClaimKey claim;       // {0,0} when the event is about no claim
  std::string payload;  // serialized message of storage/schema/event.proto for the kind
  Digest previous{};    // hash of the event before
  Digest hash{};        // SHA-256 over previous and this event's own bytes
};

struct LedgerLine {
  std::string
      account;  // institution/<code> insurer/<8 digits> clearing/<agency> returns pending unallocated/<agency> public
  Yen debit, credit;
  bool operator==(const LedgerLine&) const = default;
};
// One balanced entry. Its id is "<claim_id>/<n>" or "pool/<institution>/<agency>/<month>/<n>": no global counter, so
// that two runs number alike.
struct LedgerEntry {
  ServiceMonth month;  // the month it is posted in
  std::optional<ClaimKey> claim;
  std::string pool;     // pool name when there is no claim: "pool/1311234567/1/2024-08"
  uint32_t number = 0;  // n, from 1 within its claim or pool
  std::string kind;     // CLAIMED BORNE HANDED_OVER RETURNED PENDING APPORTIONED REVERSED …
  std::vector<LedgerLine> lines;
  bool operator==(const LedgerEntry&) const = default;
};

// 按分 of one institution × pool agency × service month. Receipts of the same three that arrive after that pool was
// closed form a pool of their own, named by the claim month that closes it.
struct PoolKey {
  InstitutionCode institution;
  Agency agency = Agency::kUnknown;
  ServiceMonth service_month;
  ServiceMonth late_month{};  // index 0: the first pool of these three
  auto operator<=>(const PoolKey&) const = default;
  std::string Name() const;  // "pool/1311234567/1/2024-08"; a late one "pool/1311234567/1/2024-08/2024-11"
};
struct Share {
  InsurerNumber insurer;
  Yen weight;
  uint64_t quota_numerator_high = 0, quota_numerator_low = 0;  // U·w as a 128-bit number
  Yen quota_denominator;                                       // Σw
  uint32_t remainder_rank = 0;                                 // from 1, over all shares
  Yen yen;
  bool operator==(const Share&) const = default;
};
struct Pool {
  PoolKey key;
  ServiceMonth closed_month;
  std::vector<ClaimKey> receipts;  // in it now; a late identification takes one out
  Yen yen;                         // U
  std::string rung;                // WINDOW INSTITUTION_12 PREFECTURE NATION UNALLOCATED
  Yen weights_total;
  std::vector<Share> shares;
  std::vector<std::string> left_out;  // weights without a living successor, as "insurer: reason"
  uint32_t entries = 0;               // ledger entries posted so far
  bool operator==(const Pool&) const = default;
};

// A row of the rollups: sums that dashboards and `verify` read. Merged by addition.
struct RollupKey {
  ServiceMonth month;     // claim month
  std::string dimension;  // "outcome", "origin", "insurer", "institution"
  std::string member;     // "SPLIT", "LAPSED", "01130012", "1311234567/SPLIT"
  auto operator<=>(const RollupKey&) const = default;
};
struct RollupSum {
  int64_t count = 0;
  int64_t points = 0;
  int64_t yen = 0;
  bool operator==(const RollupSum&) const = default;
};

}  // namespace furikae::storage
