#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "core/concat.h"
#include "core/status.h"
#include "rocksdb/snapshot.h"
#include "storage/closed_months.h"
#include "storage/codec.h"
#include "storage/keys.h"
#include "storage/merge_operators.h"
#include "storage/rocksdb_status.h"
#include "storage/store_impl.h"

namespace furikae::storage {
namespace {

constexpr size_t kReadaheadBytes = 2 << 20;

std::string_view ViewOf(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }
rocksdb::Slice SliceOf(std::string_view text) { return {text.data(), text.size()}; }

// "claim 7/12": the numbers of submission and receipt say nothing about a person.
std::string NameOf(ClaimKey key) { return Concat("claim ", key.submission, "/", key.receipt); }

absl::Status NoSuch(std::string_view what) { return absl::NotFoundError(Concat("there is no ", what)); }

absl::Status In(std::string_view what, const absl::Status& status) {
  return absl::Status(status.code(), Concat(what, ": ", status.message()));
}

// The least key that is larger than all keys with this prefix; empty when there is none.
std::string EndOf(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<uint8_t>(end.back()) == 0xff) end.pop_back();
  if (!end.empty()) ++end.back();
  return end;
}

absl::Status EndOfWalk(const absl::Status& status) { return absl::IsCancelled(status) ? absl::OkStatus() : status; }

absl::Status NotAClaimId() {
  return absl::InvalidArgumentError(
      "this is not a claim id: it looks like 1311234567-1-202410-0123456789abcdef-000001 (institution, agency, claim "
      "month, digest of the file, receipt number)");
}

}  // namespace

absl::Status Store::Impl::Get(ColumnFamily family, std::string_view key, std::string* value) const {
  return FromRocksDb(db().Get(rocksdb::ReadOptions(), Handle(family), SliceOf(key), value),
                     Concat("reading ", kColumnFamilies[Index(family)].name));
}

absl::Status Store::Impl::Walk(ColumnFamily family, std::string_view prefix,
                               absl::FunctionRef<absl::Status(std::string_view, std::string_view)> visit,
                               const rocksdb::Snapshot* snapshot) const {
  const std::string end = EndOf(prefix);
  const rocksdb::Slice upper_bound(end);
  rocksdb::ReadOptions read;
  read.snapshot = snapshot;
  if (!end.empty()) read.iterate_upper_bound = &upper_bound;
  read.fill_cache = false;
  std::unique_ptr<rocksdb::Iterator> it(db().NewIterator(read, Handle(family)));
  for (it->Seek(SliceOf(prefix)); it->Valid(); it->Next()) {
    if (absl::Status status = visit(ViewOf(it->key()), ViewOf(it->value())); !status.ok()) return EndOfWalk(status);
  }
  return FromRocksDb(it->status(), Concat("reading ", kColumnFamilies[Index(family)].name));
}

absl::StatusOr<Submission> Store::GetSubmission(uint32_t sequence) const {
  std::string value;
  const absl::Status status = impl_->Get(ColumnFamily::kSubmissions, keys::OfSubmission(sequence), &value);
  if (absl::IsNotFound(status)) return NoSuch(Concat("submission ", sequence));
  RETURN_IF_ERROR(status);
  return ParseSubmission(sequence, value);
}

std::optional<uint32_t> Store::FindSubmission(std::string_view digest_prefix_hex) const {
  const std::optional<std::string> range = keys::DigestRange(digest_prefix_hex);
  std::optional<uint32_t> found;
  if (!range) return found;
  impl_
      ->Walk(ColumnFamily::kSubmissions, *range,
             [&](std::string_view, std::string_view value) {
               if (value.size() == sizeof(uint32_t)) found = keys::Read32(value);
               return absl::CancelledError();
             })
      .IgnoreError();
  return found;
}

absl::Status Store::ForEachSubmission(absl::FunctionRef<absl::Status(const Submission&)> visit) const {
  return impl_->Walk(ColumnFamily::kSubmissions, std::string_view(&keys::kSubmissionTag, 1),
                     [&](std::string_view key, std::string_view value) -> absl::Status {
                       const std::optional<uint32_t> sequence = keys::ParseSubmission(key);
                       if (!sequence) return Damage("a key of submissions is not readable");
                       ASSIGN_OR_RETURN(const Submission submission, ParseSubmission(*sequence, value));
                       return visit(submission);
                     });
}

absl::StatusOr<Claim> Store::GetClaim(ClaimKey key) const {
  std::string value;
  const absl::Status status = impl_->Get(ColumnFamily::kClaims, keys::OfClaim(key), &value);
  if (absl::IsNotFound(status)) return NoSuch(NameOf(key));
  RETURN_IF_ERROR(status);
  ASSIGN_OR_RETURN(Claim claim, ParseClaim(key, value));
  MutexLock lock(&impl_->closed_mutex);
  SeeClosed(impl_->closed, claim);
  return claim;
}

absl::StatusOr<ClaimKey> Store::ParseClaimId(std::string_view claim_id) const {
  const std::vector<std::string> fields = absl::StrSplit(AbslView(claim_id), '-');
  uint32_t receipt = 0;
  if (fields.size() != 5 || fields[3].size() != 16 || !keys::DigestRange(fields[3]) || fields[4].size() != 6 ||
      fields[4].find_first_not_of("0123456789") != std::string::npos || !absl::SimpleAtoi(fields[4], &receipt)) {
    return NotAClaimId();
  }
  const std::optional<uint32_t> sequence = FindSubmission(fields[3]);
  if (!sequence) return NoSuch(Concat("claim ", claim_id, ": no such file was submitted"));
  const ClaimKey key{*sequence, receipt};
  ASSIGN_OR_RETURN(const std::string id, ClaimId(key));
  if (id != claim_id) return NoSuch(Concat("claim ", claim_id, "; its file and number belong to ", id));
  std::string value;
  const absl::Status status = impl_->Get(ColumnFamily::kClaims, keys::OfClaim(key), &value);
  if (absl::IsNotFound(status)) return NoSuch(Concat("claim ", claim_id, ": its file has no such receipt"));
  RETURN_IF_ERROR(status);
  return key;
}

absl::StatusOr<std::string> Store::ClaimId(ClaimKey key) const {
  ASSIGN_OR_RETURN(const Submission submission, GetSubmission(key.submission));
  return ClaimIdOf(submission, key.receipt);
}

absl::StatusOr<std::string> Store::GetReceipt(ClaimKey key) const {
  std::string value;
  const absl::Status status = impl_->Get(ColumnFamily::kReceipts, keys::OfClaim(key), &value);
  if (absl::IsNotFound(status)) return NoSuch(Concat("receipt of ", NameOf(key)));
  RETURN_IF_ERROR(status);
  return value;
}

absl::Status Store::ForEachClaim(ClaimKey from, bool with_receipts,
                                 absl::FunctionRef<absl::Status(const Claim&, std::string_view)> visit) const {
  rocksdb::DB& db = impl_->db();
  rocksdb::ManagedSnapshot snapshot(&db);  // claims and receipts of the same moment
  rocksdb::ReadOptions read;
  read.snapshot = snapshot.snapshot();
  read.readahead_size = kReadaheadBytes;
  read.fill_cache = false;
  ASSIGN_OR_RETURN(const std::vector<ServiceMonth> closed, impl_->ClosedMonths(snapshot.snapshot()));
  const std::string start = keys::OfClaim(from);
  std::unique_ptr<rocksdb::Iterator> claims(db.NewIterator(read, impl_->Handle(ColumnFamily::kClaims)));
  std::unique_ptr<rocksdb::Iterator> receipts;
  if (with_receipts) {
    receipts.reset(db.NewIterator(read, impl_->Handle(ColumnFamily::kReceipts)));
    receipts->Seek(start);
  }
  for (claims->Seek(start); claims->Valid(); claims->Next()) {
    const std::optional<ClaimKey> key = keys::ParseClaim(ViewOf(claims->key()));
    if (!key) return Damage("a key of claims is not readable");
    absl::StatusOr<Claim> claim = ParseClaim(*key, ViewOf(claims->value()));
    if (!claim.ok()) return In(NameOf(*key), claim.status());
    SeeClosed(closed, *claim);
    std::string_view receipt;
    if (with_receipts) {
      while (receipts->Valid() && receipts->key().compare(claims->key()) < 0) receipts->Next();
      RETURN_IF_ERROR(FromRocksDb(receipts->status(), "reading receipts"));
      if (!receipts->Valid() || receipts->key() != claims->key()) {
        return Damage(Concat("the receipt of ", NameOf(*key), " is missing"));
      }
      receipt = ViewOf(receipts->value());
    }
    if (absl::Status status = visit(*claim, receipt); !status.ok()) return EndOfWalk(status);
  }
  return FromRocksDb(claims->status(), "reading claims");
}

absl::Status Store::ForEachClaimOutcome(absl::FunctionRef<absl::Status(const ClaimOutcome&)> visit) const {
  rocksdb::ManagedSnapshot snapshot(&impl_->db());
  ASSIGN_OR_RETURN(const std::vector<ServiceMonth> closed, impl_->ClosedMonths(snapshot.snapshot()));
  return impl_->Walk(
      ColumnFamily::kClaims, "",
      [&](std::string_view key, std::string_view value) -> absl::Status {
        const std::optional<ClaimKey> claim = keys::ParseClaim(key);
        if (!claim) return Damage("a key of claims is not readable");
        absl::StatusOr<ClaimOutcome> outcome = ParseClaimOutcome(*claim, value);
        if (!outcome.ok()) return In(NameOf(*claim), outcome.status());
        SeeClosed(closed, *outcome);
        return visit(*outcome);
      },
      snapshot.snapshot());
}

std::vector<ClaimKey> Store::FindFingerprint(const Digest& fingerprint) const {
  std::vector<ClaimKey> found;
  std::string value;
  if (!impl_->Get(ColumnFamily::kFingerprints, keys::OfFingerprint(fingerprint), &value).ok()) return found;
  for (std::string_view rest = value; rest.size() >= 8; rest.remove_prefix(8)) {
    found.push_back(*keys::ParseClaim(rest.substr(0, 8)));
  }
  return found;
}

absl::StatusOr<Pool> Store::GetPool(const PoolKey& key) const {
  std::string value;
  const absl::Status status = impl_->Get(ColumnFamily::kPools, keys::OfPool(key), &value);
  if (absl::IsNotFound(status)) return NoSuch(key.Name());
  RETURN_IF_ERROR(status);
  return ParsePool(value);
}

absl::Status Store::ForEachPool(absl::FunctionRef<absl::Status(const Pool&)> visit) const {
  return impl_->Walk(ColumnFamily::kPools, "", [&](std::string_view, std::string_view value) -> absl::Status {
    ASSIGN_OR_RETURN(const Pool pool, ParsePool(value));
    return visit(pool);
  });
}

absl::Status Store::ForEachEvent(absl::FunctionRef<absl::Status(const Event&)> visit) const {
  Digest previous{};
  return impl_->Walk(ColumnFamily::kEvents, std::string_view(&keys::kEventTag, 1),
                     [&](std::string_view key, std::string_view value) -> absl::Status {
                       const std::optional<uint64_t> sequence = keys::ParseEvent(key);
                       if (!sequence) return Damage("a key of events is not readable");
                       absl::StatusOr<Event> event = ParseEvent(*sequence, value);
                       if (!event.ok()) return In(Concat("event ", *sequence), event.status());
                       event->previous = std::exchange(previous, event->hash);
                       return visit(*event);
                     });
}

absl::StatusOr<std::vector<Event>> Store::EventsOf(ClaimKey claim) const {
  auto get = [&](uint64_t sequence) -> absl::StatusOr<Event> {
    std::string value;
    const absl::Status status = impl_->Get(ColumnFamily::kEvents, keys::OfEvent(sequence), &value);
    if (absl::IsNotFound(status)) return Damage(Concat("event ", sequence, " of the log is missing"));
    RETURN_IF_ERROR(status);
    return ParseEvent(sequence, value);
  };
  std::vector<Event> events;
  RETURN_IF_ERROR(impl_->Walk(ColumnFamily::kEvents, keys::ClaimEvents(claim),
                              [&](std::string_view key, std::string_view) -> absl::Status {
                                const std::optional<uint64_t> sequence = keys::ParseClaimEvent(key);
                                if (!sequence) return Damage("a key of events is not readable");
                                ASSIGN_OR_RETURN(Event event, get(*sequence));
                                if (*sequence > 1) {
                                  ASSIGN_OR_RETURN(const Event before, get(*sequence - 1));
                                  event.previous = before.hash;
                                }
                                events.push_back(std::move(event));
                                return absl::OkStatus();
                              }));
  return events;
}

absl::Status Store::ForEachLedgerEntry(absl::FunctionRef<absl::Status(const LedgerEntry&)> visit) const {
  LedgerEntry entry;
  return impl_->Walk(ColumnFamily::kLedger, "", [&](std::string_view key, std::string_view value) -> absl::Status {
    if (!keys::ParseLedgerEntry(key, &entry)) return Damage("a key of the ledger is not readable");
    RETURN_IF_ERROR(ParseLedgerEntry(value, &entry));
    return visit(entry);
  });
}

absl::StatusOr<std::vector<LedgerEntry>> Store::LedgerOf(ClaimKey claim) const {
  std::vector<LedgerEntry> entries;
  std::unique_ptr<rocksdb::Iterator> it(
      impl_->db().NewIterator(rocksdb::ReadOptions(), impl_->Handle(ColumnFamily::kLedger)));
  it->SeekToFirst();
  while (it->Valid()) {  // once per month that has entries: months are few
    LedgerEntry entry;
    if (!keys::ParseLedgerEntry(ViewOf(it->key()), &entry)) return Damage("a key of the ledger is not readable");
    const ServiceMonth month = entry.month;
    const std::string prefix = keys::LedgerOfClaim(month, claim);
    for (it->Seek(prefix); it->Valid() && it->key().starts_with(prefix); it->Next()) {
      if (!keys::ParseLedgerEntry(ViewOf(it->key()), &entry)) return Damage("a key of the ledger is not readable");
      RETURN_IF_ERROR(ParseLedgerEntry(ViewOf(it->value()), &entry));
      entries.push_back(entry);
    }
    it->Seek(keys::LedgerMonth(month.Plus(1)));
  }
  RETURN_IF_ERROR(FromRocksDb(it->status(), "reading the ledger"));
  return entries;
}

absl::Status Store::ForEachRollup(absl::FunctionRef<absl::Status(const RollupKey&, const RollupSum&)> visit) const {
  return impl_->Walk(ColumnFamily::kRollups, "", [&](std::string_view key, std::string_view value) -> absl::Status {
    const std::optional<RollupKey> rollup = keys::ParseRollup(key);
    RollupSum sum;
    if (!rollup || !DecodeSum(value, &sum)) return Damage("a rollup is not readable");
    return visit(*rollup, sum);
  });
}

std::optional<Moment> Store::ClosedAt(ServiceMonth month) const {
  std::string value;
  const absl::Status status = impl_->Get(ColumnFamily::kMeta, keys::OfClosedMonth(month), &value);
  if (!status.ok() || value.size() != sizeof(int64_t)) return std::nullopt;
  return Moment{static_cast<int64_t>(keys::Read64(value))};
}

absl::StatusOr<std::vector<ServiceMonth>> Store::Impl::ClosedMonths(const rocksdb::Snapshot* snapshot) const {
  std::vector<ServiceMonth> months;
  RETURN_IF_ERROR(Walk(
      ColumnFamily::kMeta, keys::kClosedPrefix,
      [&](std::string_view key, std::string_view) {
        key.remove_prefix(keys::kClosedPrefix.size());
        if (key.size() != sizeof(uint32_t)) return Damage("the mark of a closed month is not readable");
        months.push_back({static_cast<int32_t>(keys::Read32(key))});
        return absl::OkStatus();
      },
      snapshot));
  return months;
}

absl::Status Store::Impl::ReadClosedMonths() {
  ASSIGN_OR_RETURN(std::vector<ServiceMonth> months, ClosedMonths(nullptr));
  MutexLock lock(&closed_mutex);
  closed = std::move(months);
  return absl::OkStatus();
}

std::vector<ServiceMonth> Store::ClosedMonths() const {
  MutexLock lock(&impl_->closed_mutex);
  return impl_->closed;
}

absl::StatusOr<std::string> Store::GetRuleSet(std::string_view digest) const {
  std::vector<std::string> found;
  RETURN_IF_ERROR(
      impl_->Walk(ColumnFamily::kMeta, keys::OfRuleSet(digest), [&](std::string_view, std::string_view value) {
        found.emplace_back(value);
        return absl::OkStatus();
      }));
  if (found.empty()) return NoSuch(Concat("rule set ", digest));
  if (found.size() == 1) return std::move(found.front());
  return absl::InvalidArgumentError(Concat("the digests of ", found.size(), " rule sets begin with \"", digest,
                                           "\"; write more of the one you mean"));
}

bool Store::WasLoaded(const Digest& digest) const { return LoadedAs(digest).has_value(); }

std::optional<std::string> Store::LoadedAs(const Digest& digest) const {
  std::string value;
  if (!impl_->Get(ColumnFamily::kMeta, keys::OfLoaded(digest), &value).ok()) return std::nullopt;
  return value;
}

}  // namespace furikae::storage
