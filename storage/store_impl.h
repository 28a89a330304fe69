// storage/store_impl.h — the store's private parts, shared by its writing (store.cc) and reading half (store_reads.cc).
//
// Sequences count from 1. Errors: those of FromRocksDb (storage/rocksdb_status.h); FailedPrecondition for every write
// after a failed one. What changes members is for who holds `writing`, or opens the store; reading needs but
// `closed_mutex`. Source: DESIGN §5.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "core/mutex.h"
#include "rocksdb/write_batch.h"
#include "storage/database.h"
#include "storage/event_chain.h"
#include "storage/group.h"
#include "storage/store.h"

namespace furikae::storage {

struct Store::Impl {
  Database database;
  std::string data_dir;
  bool sync = true;

  // Writing: one group at a time, so that events are chained in the order in which groups reach the log.
  std::mutex writing;
  rocksdb::WriteBatch batch;  // reused: its memory stays
  std::string event_key;      // likewise
  EventHasher hasher;
  ChainEnd chain;                     // of the last committed event
  uint32_t next_submission = 1;       // sequences start at 1: {0, 0} is no claim
  absl::Status broken;                // the first failed write; nothing is written after it
  std::atomic<uint64_t> applied = 0;  // groups, so far

  Mutex syncing;                                 // taken before `writing`
  uint64_t synced ABSL_GUARDED_BY(syncing) = 0;  // of `applied`: durable for certain
  absl::Status sync_failure ABSL_GUARDED_BY(syncing);

  mutable Mutex closed_mutex;  // of what follows, which is asked for with every claim that is read
  std::vector<ServiceMonth> closed ABSL_GUARDED_BY(closed_mutex);  // as committed, in their order

  // Last, so that they go before the database they point into.
  std::unique_ptr<Registry> registry;
  std::unique_ptr<Masters> masters;
  std::unique_ptr<Payments> payments;
  std::unique_ptr<Towns> towns;

  rocksdb::DB& db() const { return *database.db; }
  rocksdb::ColumnFamilyHandle* Handle(ColumnFamily family) const { return database.Handle(family); }

  absl::Status ReadCounters();
  absl::Status Write(rocksdb::WriteBatch* writes, bool durable);
  absl::Status Put(Group::Impl& changes, bool durable);
  ChainEnd ChainEvents(const Group::Impl& group);
  // NotFound without a text worth showing when there is no such key.
  absl::Status Get(ColumnFamily family, std::string_view key, std::string* value) const;
  // All keys that begin with `prefix`, in order. Cancelled from the visitor ends the walk well.
  absl::Status Walk(ColumnFamily family, std::string_view prefix,
                    absl::FunctionRef<absl::Status(std::string_view key, std::string_view value)> visit,
                    const rocksdb::Snapshot* snapshot = nullptr) const;
  absl::StatusOr<std::vector<ServiceMonth>> ClosedMonths(const rocksdb::Snapshot* snapshot) const;
  absl::Status ReadClosedMonths();
};

}  // namespace furikae::storage
