// storage/log_check.h — is a write-ahead log whole? Looked at before RocksDB replays it.
//
//   RETURN_IF_ERROR(CheckLogs(data_dir, env));    // DataLoss: names the log and the byte
//
// RocksDB's replay cannot be asked for this. Its modes either take every fault for the end of the log, and what was
// committed behind it is dropped without a word; or they do so for some faults only (a length that reaches past the
// end of the file, the type of a reused log, a header of zeros). So we tell the two cases apart ourselves:
//
//   cut      the last record stops where the file stops, or zeros stand where it would be: a kill or a loss of power
//            while a group was written that nobody was told of. Good; the replay leaves that group out.
//   damaged  anything else: groups that were acknowledged are unreadable.
//
// The format is the one of LevelDB and RocksDB: blocks of 32 KiB, in them fragments of records behind a header of seven
// bytes. We neither reuse log files nor compress them, so the other types of fragments do not occur. Positions are in
// bytes from the beginning of the file. Errors: DataLoss for damage; what cannot be read at all as
// storage/rocksdb_status.h puts it. Not thread-safe. Source: the log format of LevelDB and RocksDB; DESIGN §10 (damaged
// input gives a clear error).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "rocksdb/env.h"

namespace furikae::storage {

inline constexpr size_t kLogBlockBytes = 32 << 10;

// One log, block after block.
class LogWalk {
 public:
  // The next block; all but the last have kLogBlockBytes. Where in it the first damaged fragment begins; nullopt: the
  // log is whole so far, or cut here.
  std::optional<size_t> FindDamage(std::string_view block, bool last);

 private:
  bool Follows(uint8_t type);

  bool within_record_ = false;
  bool ended_ = false;  // only zeros may follow
};

// Every log of this directory. Nobody may write there meanwhile.
absl::Status CheckLogs(const std::string& data_dir, rocksdb::Env* env);

}  // namespace furikae::storage
