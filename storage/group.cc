#include "storage/group.h"

#include "storage/codec.h"
#include "storage/keys.h"
#include "storage/merge_operators.h"

namespace furikae::storage {

void Group::Impl::BeginPut(ColumnFamily family, std::string_view key) {
  bytes.append(key);
  // Until EndPut, value_bytes holds where the value begins.
  writes.push_back({.family = family, .merge = false, .key_bytes = key.size(), .value_bytes = bytes.size()});
}

void Group::Impl::EndPut() { writes.back().value_bytes = bytes.size() - writes.back().value_bytes; }

void Group::Impl::Put(ColumnFamily family, std::string_view key, std::string_view value) {
  BeginPut(family, key);
  bytes.append(value);
  EndPut();
}

void Group::Impl::Merge(ColumnFamily family, std::string_view key, std::string_view value) {
  Put(family, key, value);
  writes.back().merge = true;
}

Group::Group() : impl_(std::make_unique<Impl>()) {}
Group::Group(Group&&) noexcept = default;
Group& Group::operator=(Group&&) noexcept = default;
Group::~Group() = default;

void Group::PutSubmission(const Submission& submission) {
  impl_->BeginPut(ColumnFamily::kSubmissions, keys::OfSubmission(submission.sequence));
  SerializeSubmission(submission, impl_->bytes);
  impl_->EndPut();
}

void Group::PutReceipt(ClaimKey key, std::string_view bytes) {
  impl_->Put(ColumnFamily::kReceipts, keys::OfClaim(key), bytes);
}

std::string_view Group::PutClaim(const Claim& claim) {
  impl_->BeginPut(ColumnFamily::kClaims, keys::OfClaim(claim.key));
  SerializeClaim(claim, impl_->bytes);
  impl_->EndPut();
  return std::string_view(impl_->bytes).substr(impl_->bytes.size() - impl_->writes.back().value_bytes);
}

void Group::PutPool(const Pool& pool) {
  impl_->BeginPut(ColumnFamily::kPools, keys::OfPool(pool.key));
  SerializePool(pool, impl_->bytes);
  impl_->EndPut();
}

void Group::PutFingerprint(const Digest& fingerprint, ClaimKey key) {
  impl_->fingerprints.emplace_back(fingerprint, key);
}

void Group::PutMonthClosed(ServiceMonth month, Moment moment) {
  std::string value;
  keys::Append64(static_cast<uint64_t>(moment.seconds), value);
  impl_->Put(ColumnFamily::kMeta, keys::OfClosedMonth(month), value);
  impl_->closes_month = true;
}

void Group::PutRuleSet(std::string_view digest, std::string_view files_json) {
  impl_->Put(ColumnFamily::kMeta, keys::OfRuleSet(digest), files_json);
}

void Group::Append(Event event) {
  if (event.kind == EventKind::kTableLoaded) {
    schema::TableLoaded loaded;
    Digest digest;
    if (!loaded.ParseFromString(event.payload) || loaded.file_digest().size() != digest.size()) {
      impl_->error.Update(absl::InvalidArgumentError("a TableLoaded event needs the digest of the file as payload"));
      return;
    }
    std::copy(loaded.file_digest().begin(), loaded.file_digest().end(), digest.begin());
    impl_->Put(ColumnFamily::kMeta, keys::OfLoaded(digest), event.payload);
  }
  const size_t before = impl_->bodies.size();
  SerializeEventBody(event, impl_->bodies);
  impl_->events.push_back({event.claim, impl_->bodies.size() - before});
}

void Group::Post(const LedgerEntry& entry) {
  if (!entry.claim && entry.pool.empty()) {
    impl_->error.Update(absl::InvalidArgumentError("a ledger entry needs a claim or a pool"));
    return;
  }
  impl_->BeginPut(ColumnFamily::kLedger, keys::OfLedgerEntry(entry));
  SerializeLedgerEntry(entry, impl_->bytes);
  impl_->EndPut();
}

void Group::Add(const RollupKey& key, const RollupSum& delta) {
  RollupSum& sum = impl_->rollups[keys::OfRollup(key)];
  sum.count += delta.count;
  sum.points += delta.points;
  sum.yen += delta.yen;
}

bool Group::Impl::empty() const {
  return writes.empty() && events.empty() && rollups.empty() && fingerprints.empty() && error.ok();
}

bool Group::empty() const { return impl_->empty(); }

}  // namespace furikae::storage
