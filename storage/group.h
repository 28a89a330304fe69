// storage/group.h — what a Group holds until it is committed. Private to the store.
//
// Keys and values lie one behind the other in one string, so that building a group allocates next to nothing; Commit
// replays them into one WriteBatch. Rollups of the same key are added up here first. Sizes are in bytes, sums of
// rollups in receipts, points and yen. Not thread-safe. Source: DESIGN §5 (every state change is one WriteBatch).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "storage/column_families.h"
#include "storage/store.h"

namespace furikae::storage {

struct Group::Impl {
  struct Write {
    ColumnFamily family;
    bool merge;
    size_t key_bytes, value_bytes;  // of `bytes`, after those of the writes before
  };
  struct PendingEvent {
    ClaimKey claim;
    size_t body_bytes;  // of `bodies`
  };

  std::string bytes;
  std::vector<Write> writes;
  std::string bodies;  // events without sequence and hash
  std::vector<PendingEvent> events;
  absl::flat_hash_map<std::string, RollupSum>
      rollups;  // by key; their order does not matter, each is merged on its own
  std::vector<std::pair<Digest, ClaimKey>> fingerprints;
  bool closes_month = false;
  absl::Status error;  // the first thing that could not be taken in

  bool empty() const;
  void Put(ColumnFamily family, std::string_view key, std::string_view value);
  void Merge(ColumnFamily family, std::string_view key, std::string_view value);
  // Begins a write whose value the caller appends to `bytes`; EndPut then measures it.
  void BeginPut(ColumnFamily family, std::string_view key);
  void EndPut();
};

}  // namespace furikae::storage
