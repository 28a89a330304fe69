// Reading by submission: what the files of `out/` are written from, in an order of their own.
#include <memory>

#include "core/concat.h"
#include "core/status.h"
#include "rocksdb/snapshot.h"
#include "storage/closed_months.h"
#include "storage/codec.h"
#include "storage/keys.h"
#include "storage/rocksdb_status.h"
#include "storage/store_impl.h"

namespace furikae::storage {
namespace {

std::string_view ViewOf(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// The keys of claims (and what follows a month in those of the ledger) begin with the number of the submission.
std::string SubmissionPrefix(uint32_t submission) {
  std::string prefix;
  keys::Append32(submission, prefix);
  return prefix;
}

}  // namespace

absl::Status Store::ForEachClaimOf(std::span<const uint32_t> submissions,
                                   absl::FunctionRef<absl::Status(const Claim&)> visit) const {
  rocksdb::DB& db = impl_->db();
  rocksdb::ManagedSnapshot snapshot(&db);
  rocksdb::ReadOptions read;
  read.snapshot = snapshot.snapshot();
  read.fill_cache = false;
  ASSIGN_OR_RETURN(const std::vector<ServiceMonth> closed, impl_->ClosedMonths(snapshot.snapshot()));
  const std::unique_ptr<rocksdb::Iterator> claims(db.NewIterator(read, impl_->Handle(ColumnFamily::kClaims)));
  for (const uint32_t submission : submissions) {
    const std::string prefix = SubmissionPrefix(submission);
    // Submissions that arrived one after the other stand side by side: most of the time the iterator is there already.
    if (!claims->Valid() || !claims->key().starts_with(prefix)) claims->Seek(prefix);
    for (; claims->Valid() && claims->key().starts_with(prefix); claims->Next()) {
      const std::optional<ClaimKey> key = keys::ParseClaim(ViewOf(claims->key()));
      if (!key) return Damage("a key of claims is not readable");
      ASSIGN_OR_RETURN(Claim claim, ParseClaim(*key, ViewOf(claims->value())));
      SeeClosed(closed, claim);
      if (absl::Status status = visit(claim); !status.ok()) {
        return absl::IsCancelled(status) ? absl::OkStatus() : status;
      }
    }
    RETURN_IF_ERROR(FromRocksDb(claims->status(), "reading claims"));
  }
  return absl::OkStatus();
}

absl::Status Store::ForEachLedgerEntryOf(ServiceMonth month, std::optional<uint32_t> submission,
                                         absl::FunctionRef<absl::Status(const LedgerEntry&)> visit) const {
  constexpr char kOfClaims = 0, kOfPools = 1;  // what follows the month in a key of the ledger
  std::string prefix = keys::LedgerMonth(month);
  prefix += submission ? kOfClaims : kOfPools;
  if (submission) prefix += SubmissionPrefix(*submission);
  return impl_->Walk(ColumnFamily::kLedger, prefix, [&](std::string_view key, std::string_view value) -> absl::Status {
    LedgerEntry entry;
    if (!keys::ParseLedgerEntry(key, &entry)) return Damage("a key of the ledger is not readable");
    RETURN_IF_ERROR(ParseLedgerEntry(value, &entry));
    return visit(entry);
  });
}

absl::StatusOr<std::optional<ServiceMonth>> Store::NewestLedgerMonth() const {
  std::unique_ptr<rocksdb::Iterator> it(
      impl_->db().NewIterator(rocksdb::ReadOptions(), impl_->Handle(ColumnFamily::kLedger)));
  it->SeekToLast();  // keys begin with the month
  if (!it->Valid()) {
    RETURN_IF_ERROR(FromRocksDb(it->status(), "reading the ledger"));
    return std::nullopt;
  }
  LedgerEntry newest;
  if (!keys::ParseLedgerEntry(it->key().ToStringView(), &newest)) return Damage("a key of the ledger is not readable");
  return newest.month;
}

}  // namespace furikae::storage
