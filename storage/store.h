// storage/store.h — the one RocksDB of a data directory: opening it safely, reading it in arrival order, writing it in
// atomic groups.
//
//   ASSIGN_OR_RETURN(auto store, Store::Open({.data_dir = "data"}));
//   Group group;                                  // everything one decided group changes
//   group.PutClaim(claim); group.Post(entry); group.Append(event); group.Add(rollup, sum);
//   RETURN_IF_ERROR(store->Commit(std::move(group)));   // one WriteBatch, synced; durable when it returns
//   RETURN_IF_ERROR(store->Apply(std::move(other)));    // one WriteBatch, seen by readers; durable with …
//   RETURN_IF_ERROR(store->Sync());                     // … this, one wait for the disk for all that was applied
//
// Opening refuses, with a message that says what to do: a data directory written by a newer schema, one that another
// process holds, and damaged files (named). Readers see the last group applied. Commit, Apply and Sync may be called
// from several threads; groups are applied one after the other and events are chained in that order. Errors: what
// storage/database.h lists (Open); NotFound naming what there is not; InvalidArgument for a group or a name that makes
// no sense; DataLoss for what is damaged; the first failed write as storage/rocksdb_status.h puts it, and
// FailedPrecondition for every write after it. Source: DESIGN §5; decisions.md §9.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/claim_outcome.h"
#include "storage/masters.h"
#include "storage/payments.h"
#include "storage/records.h"
#include "storage/registry.h"
#include "storage/towns.h"

namespace rocksdb {
class Env;
}  // namespace rocksdb

namespace furikae::storage {

struct OpenOptions {
  std::string data_dir;
  bool create_if_missing = true;
  bool sync = true;                      // false only for benchmarks that measure what the sync costs
  size_t write_buffer_bytes = 64 << 20;  // per column family
  rocksdb::Env* env =
      nullptr;  // the file system, not owned; nullptr = the machine's. Encryption and tests bring their own
};

// Everything that one atomic write changes. Build it, then hand it to Store::Commit.
class Group {
 public:
  Group();
  Group(Group&&) noexcept;
  Group& operator=(Group&&) noexcept;
  ~Group();
  void PutSubmission(const Submission& submission);
  void PutReceipt(ClaimKey key, std::string_view bytes);  // CP932, byte for byte
  // Returns its bytes as stored, for SerializeDecided (storage/codec.h); valid until the next call.
  std::string_view PutClaim(const Claim& claim);
  void PutPool(const Pool& pool);
  void PutFingerprint(const Digest& fingerprint, ClaimKey key);  // of duplicates (R08)
  void PutMonthClosed(ServiceMonth month, Moment moment);
  void PutRuleSet(std::string_view digest, std::string_view files_json);  // a rule set once used is kept
  void Append(Event event);                                               // sequence and hashes are set at commit
  void Post(const LedgerEntry& entry);
  void Add(const RollupKey& key, const RollupSum& delta);
  bool empty() const;

 private:
  friend class Store;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class Store {
 public:
  static absl::StatusOr<std::unique_ptr<Store>> Open(const OpenOptions& options);
  ~Store();

  // ---- writing
  absl::Status Commit(Group group);
  // Apply without Sync behind it is for who acknowledges later: a loss of power takes back the groups that were applied
  // last, never one from between others. Several callers of Sync wait for the disk together.
  absl::Status Apply(Group group);
  absl::Status Sync();
  // The sequence number of a submission: the one it already has when these bytes were begun before (also after a
  // crash), else the next, from 1. `complete` tells whether it is already wholly stored. The number survives the end of
  // the process on return, and a loss of power from the next Commit or Sync on: nothing durable can refer to a number
  // that is not.
  struct Begun {
    uint32_t sequence = 0;
    bool complete = false;
  };
  absl::StatusOr<Begun> BeginSubmission(const Digest& digest);

  // ---- reading
  absl::StatusOr<Submission> GetSubmission(uint32_t sequence) const;
  std::optional<uint32_t> FindSubmission(std::string_view digest_prefix_hex) const;
  absl::Status ForEachSubmission(absl::FunctionRef<absl::Status(const Submission&)> visit) const;  // in arrival order
  absl::StatusOr<Claim> GetClaim(ClaimKey key) const;                                              // NotFound
  absl::StatusOr<ClaimKey> ParseClaimId(
      std::string_view claim_id) const;  // NotFound / InvalidArgument, says what a claim id looks like
  absl::StatusOr<std::string> ClaimId(ClaimKey key) const;
  absl::StatusOr<std::string> GetReceipt(ClaimKey key) const;
  // Claims and their receipts in arrival order from `from` on; `receipt` is valid during the call only. The visitor
  // stops the walk by returning a status (Cancelled is not passed on).
  absl::Status ForEachClaim(ClaimKey from, bool with_receipts,
                            absl::FunctionRef<absl::Status(const Claim&, std::string_view receipt)> visit) const;
  // Of every claim what closing asks, in arrival order; several times faster than reading the claims.
  absl::Status ForEachClaimOutcome(absl::FunctionRef<absl::Status(const ClaimOutcome&)> visit) const;
  // Claims of these submissions, in the order in which they are given; all of one moment. Stops as ForEachClaim does.
  absl::Status ForEachClaimOf(std::span<const uint32_t> submissions,
                              absl::FunctionRef<absl::Status(const Claim&)> visit) const;
  std::vector<ClaimKey> FindFingerprint(const Digest& fingerprint) const;  // in arrival order
  absl::StatusOr<Pool> GetPool(const PoolKey& key) const;
  absl::Status ForEachPool(absl::FunctionRef<absl::Status(const Pool&)> visit) const;
  absl::Status ForEachEvent(absl::FunctionRef<absl::Status(const Event&)> visit) const;
  absl::StatusOr<std::vector<Event>> EventsOf(ClaimKey claim) const;
  absl::Status ForEachLedgerEntry(absl::FunctionRef<absl::Status(const LedgerEntry&)> visit) const;
  absl::StatusOr<std::vector<LedgerEntry>> LedgerOf(ClaimKey claim) const;
  // Entries posted in `month` for the claims of one submission, by receipt and number; nullopt: for pools, by name and
  // number.
  absl::Status ForEachLedgerEntryOf(ServiceMonth month, std::optional<uint32_t> submission,
                                    absl::FunctionRef<absl::Status(const LedgerEntry&)> visit) const;
  absl::StatusOr<std::optional<ServiceMonth>> NewestLedgerMonth() const;  // nullopt: nothing is posted
  absl::Status ForEachRollup(absl::FunctionRef<absl::Status(const RollupKey&, const RollupSum&)> visit) const;
  std::optional<Moment> ClosedAt(ServiceMonth month) const;
  std::vector<ServiceMonth> ClosedMonths() const;                         // in their order
  absl::StatusOr<std::string> GetRuleSet(std::string_view digest) const;  // or the beginning of one digest

  // ---- reference data, in memory and on disk
  Registry& registry();
  const Registry& registry() const;
  Masters& masters();
  const Masters& masters() const;
  Payments& payments();
  const Payments& payments() const;
  Towns& towns();
  const Towns& towns() const;

  // Loads of reference files: the same bytes load once. Begin → digest known and complete = skip.
  bool WasLoaded(const Digest& digest) const;
  // What the event of that load told (schema::TableLoaded, serialized), so that a later one can say the same; nullopt:
  // never loaded.
  std::optional<std::string> LoadedAs(const Digest& digest) const;
  // Checks the files on disk (checksums) and the event chain; names the first damage.
  absl::Status CheckIntegrity() const;

  // A new directory below the data directory, for this user alone; the caller removes it. Open removes those whose
  // process was killed (storage/scratch.h).
  absl::StatusOr<std::string> NewScratchDirectory() const;

 private:
  Store();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace furikae::storage
