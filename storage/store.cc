#include "storage/store.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/concat.h"
#include "core/status.h"
#include "storage/codec.h"
#include "storage/keys.h"
#include "storage/merge_operators.h"
#include "storage/rocksdb_status.h"
#include "storage/scratch.h"
#include "storage/store_impl.h"

namespace furikae::storage {

Store::Store() : impl_(std::make_unique<Impl>()) {}
Store::~Store() = default;

absl::StatusOr<std::unique_ptr<Store>> Store::Open(const OpenOptions& options) {
  auto store = std::unique_ptr<Store>(new Store());
  Impl& impl = *store->impl_;
  impl.data_dir = options.data_dir;
  impl.sync = options.sync;
  ASSIGN_OR_RETURN(impl.database, OpenDatabase(options));
  RETURN_IF_ERROR(RemoveScratch(impl.data_dir));
  RETURN_IF_ERROR(impl.ReadCounters());
  RETURN_IF_ERROR(impl.ReadClosedMonths());
  rocksdb::DB* db = impl.database.db.get();
  impl.registry = std::make_unique<Registry>(db, impl.Handle(ColumnFamily::kRegistryPerson),
                                             impl.Handle(ColumnFamily::kRegistryCard));
  impl.masters =
      std::make_unique<Masters>(db, impl.Handle(ColumnFamily::kInsurers), impl.Handle(ColumnFamily::kInstitutions));
  impl.payments = std::make_unique<Payments>(db, impl.Handle(ColumnFamily::kPayments));
  impl.towns = std::make_unique<Towns>(db, impl.Handle(ColumnFamily::kRegistryBlock));
  RETURN_IF_ERROR(impl.masters->Load());
  return store;
}

absl::Status Store::Impl::ReadCounters() {
  std::string value;
  absl::Status status = Get(ColumnFamily::kMeta, keys::kLastEvent, &value);
  if (status.ok() && !DecodeChainEnd(value, &chain)) return Damage("the end of the event log is not readable");
  if (!status.ok() && !absl::IsNotFound(status)) return status;
  status = Get(ColumnFamily::kMeta, keys::kNextSubmission, &value);
  if (absl::IsNotFound(status)) return absl::OkStatus();
  RETURN_IF_ERROR(status);
  if (value.size() != sizeof(uint32_t)) return Damage("the number of the next submission is not readable");
  next_submission = keys::Read32(value);
  return absl::OkStatus();
}

absl::Status Store::Impl::Write(rocksdb::WriteBatch* writes, bool durable) {
  if (!broken.ok()) {
    return absl::FailedPreconditionError(Concat("nothing more is written, because an earlier write failed (",
                                                broken.message(),
                                                "). Remove the cause and start again; what was acknowledged is kept."));
  }
  rocksdb::WriteOptions options;
  options.sync = durable && sync;
  broken = FromRocksDb(database.db->Write(options, writes), "writing to the data directory");
  return broken;
}

ChainEnd Store::Impl::ChainEvents(const Group::Impl& group) {
  ChainEnd end = chain;
  rocksdb::ColumnFamilyHandle* family = Handle(ColumnFamily::kEvents);
  std::string_view bodies = group.bodies;
  std::string hash_field;
  for (const Group::Impl::PendingEvent& event : group.events) {
    const std::string_view body = bodies.substr(0, event.body_bytes);
    bodies.remove_prefix(event.body_bytes);
    ++end.sequence;
    end.hash = hasher.Hash(end.hash, end.sequence, body);
    event_key = keys::OfEvent(end.sequence);
    hash_field.clear();
    AppendHash(end.hash, hash_field);
    const rocksdb::Slice key(event_key);
    const std::array<rocksdb::Slice, 2> value = {rocksdb::Slice(body.data(), body.size()), rocksdb::Slice(hash_field)};
    batch.Put(family, rocksdb::SliceParts(&key, 1), rocksdb::SliceParts(value.data(), value.size()));
    if (event.claim != ClaimKey()) batch.Put(family, keys::OfClaimEvent(event.claim, end.sequence), "");
  }
  return end;
}

absl::Status Store::Commit(Group group) { return impl_->Put(*group.impl_, /*durable=*/true); }

absl::Status Store::Apply(Group group) { return impl_->Put(*group.impl_, /*durable=*/false); }

absl::Status Store::Sync() {
  const uint64_t mine = impl_->applied;
  MutexLock lock(&impl_->syncing);
  if (impl_->synced >= mine || !impl_->sync) return absl::OkStatus();  // by somebody who waited with us
  RETURN_IF_ERROR(impl_->sync_failure);     // a disk that could not keep something once may say later that it could
  const uint64_t covered = impl_->applied;  // also what was applied while we waited
  impl_->sync_failure = FromRocksDb(impl_->db().SyncWAL(), "writing to the data directory");
  if (impl_->sync_failure.ok()) {
    impl_->synced = covered;
    return absl::OkStatus();
  }
  std::lock_guard<std::mutex> writing(impl_->writing);
  impl_->broken.Update(impl_->sync_failure);
  return impl_->sync_failure;
}

absl::Status Store::Impl::Put(Group::Impl& changes, bool durable) {
  RETURN_IF_ERROR(changes.error);
  if (changes.empty()) return absl::OkStatus();

  std::lock_guard<std::mutex> lock(writing);
  batch.Clear();
  const char* at = changes.bytes.data();
  for (const Group::Impl::Write& write : changes.writes) {
    const rocksdb::Slice key(at, write.key_bytes), value(at + write.key_bytes, write.value_bytes);
    at += write.key_bytes + write.value_bytes;
    rocksdb::ColumnFamilyHandle* family = Handle(write.family);
    write.merge ? batch.Merge(family, key, value) : batch.Put(family, key, value);
  }
  for (const auto& [key, sum] : changes.rollups) {
    batch.Merge(Handle(ColumnFamily::kRollups), key, EncodeSum(sum));
  }
  // In the order of the family: each goes next to the one before it, which is where the memtable looks first.
  std::sort(changes.fingerprints.begin(), changes.fingerprints.end());
  for (const auto& [fingerprint, claim] : changes.fingerprints) {
    batch.Merge(Handle(ColumnFamily::kFingerprints), keys::OfFingerprint(fingerprint), keys::OfClaim(claim));
  }
  const ChainEnd end = ChainEvents(changes);
  if (end != chain) {
    batch.Put(Handle(ColumnFamily::kMeta), rocksdb::Slice(keys::kLastEvent.data(), keys::kLastEvent.size()),
              EncodeChainEnd(end));
  }
  RETURN_IF_ERROR(Write(&batch, durable));
  chain = end;
  ++applied;
  return changes.closes_month ? ReadClosedMonths() : absl::OkStatus();
}

absl::StatusOr<Store::Begun> Store::BeginSubmission(const Digest& digest) {
  std::lock_guard<std::mutex> lock(impl_->writing);
  std::string value;
  const absl::Status found = impl_->Get(ColumnFamily::kSubmissions, keys::OfDigest(digest), &value);
  if (found.ok()) {
    if (value.size() != sizeof(uint32_t)) return Damage("the number of a submission is not readable");
    const uint32_t sequence = keys::Read32(value);
    const absl::StatusOr<Submission> submission = GetSubmission(sequence);
    if (!submission.ok() && !absl::IsNotFound(submission.status())) return submission.status();
    return Begun{.sequence = sequence, .complete = submission.ok() && submission->complete};
  }
  if (!absl::IsNotFound(found)) return found;

  const uint32_t sequence = impl_->next_submission;
  std::string number, next;
  keys::Append32(sequence, number);
  keys::Append32(sequence + 1, next);
  rocksdb::WriteBatch batch;
  batch.Put(impl_->Handle(ColumnFamily::kSubmissions), keys::OfDigest(digest), number);
  batch.Put(impl_->Handle(ColumnFamily::kMeta),
            rocksdb::Slice(keys::kNextSubmission.data(), keys::kNextSubmission.size()), next);
  // The log is one sequence: the sync of any later group covers this too, and no crash keeps a later group without it.
  // So the disk is not waited for once per file.
  RETURN_IF_ERROR(impl_->Write(&batch, /*durable=*/false));
  ++impl_->next_submission;
  return Begun{.sequence = sequence, .complete = false};
}

Registry& Store::registry() { return *impl_->registry; }
const Registry& Store::registry() const { return *impl_->registry; }
Masters& Store::masters() { return *impl_->masters; }
const Masters& Store::masters() const { return *impl_->masters; }
Payments& Store::payments() { return *impl_->payments; }
const Payments& Store::payments() const { return *impl_->payments; }
Towns& Store::towns() { return *impl_->towns; }
const Towns& Store::towns() const { return *impl_->towns; }

absl::StatusOr<std::string> Store::NewScratchDirectory() const { return storage::NewScratchDirectory(impl_->data_dir); }

absl::Status Store::CheckIntegrity() const {
  rocksdb::ReadOptions read;
  read.readahead_size = 2 << 20;
  RETURN_IF_ERROR(FromRocksDb(impl_->database.db->VerifyChecksum(read), "checking the files"));
  EventHasher hasher;
  ChainEnd end;
  RETURN_IF_ERROR(impl_->Walk(
      ColumnFamily::kEvents, std::string_view(&keys::kEventTag, 1),
      [&](std::string_view key, std::string_view bytes) -> absl::Status {
        const uint64_t expected = end.sequence + 1;
        if (keys::ParseEvent(key) != expected) return Damage(Concat("event ", expected, " of the log is missing"));
        const absl::StatusOr<Event> event = ParseEvent(expected, bytes);
        const std::string_view body = BodyOf(bytes);
        if (!event.ok() || body.empty() || hasher.Hash(end.hash, expected, body) != event->hash) {
          return Damage(Concat("event ", expected, " of the log is damaged or was changed: its hash does not ",
                               "follow from its content and the event before"));
        }
        end = {expected, event->hash};
        return absl::OkStatus();
      }));
  std::string stored;
  const absl::Status status = impl_->Get(ColumnFamily::kMeta, keys::kLastEvent, &stored);
  if (!status.ok() && !absl::IsNotFound(status)) return status;
  ChainEnd last;
  if (status.ok() && !DecodeChainEnd(stored, &last)) return Damage("the end of the event log is not readable");
  if (last.sequence > end.sequence) return Damage(Concat("event ", end.sequence + 1, " of the log is missing"));
  if (last != end) return Damage(Concat("event ", end.sequence, " of the log is not the one that was written last"));
  return absl::OkStatus();
}

}  // namespace furikae::storage
