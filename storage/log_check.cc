#include "storage/log_check.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "core/concat.h"
#include "core/status.h"
#include "storage/crc32c.h"
#include "storage/rocksdb_status.h"

namespace furikae::storage {
namespace {

constexpr size_t kHeaderBytes = 7;  // checksum 4, length 2, type 1; the lowest byte first
constexpr size_t kTypeAt = 6;
enum Type : uint8_t { kFull = 1, kFirst = 2, kMiddle = 3, kLast = 4 };

uint32_t ByteAt(std::string_view bytes, size_t at) { return static_cast<uint8_t>(bytes[at]); }

// The checksum is stored turned and shifted, so that a checksum of bytes that hold checksums keeps its strength.
uint32_t Mask(uint32_t crc) { return ((crc >> 15) | (crc << 17)) + 0xa282ead8u; }

struct Header {
  uint32_t checksum = 0;  // of the type and what follows
  size_t length = 0;      // of what follows
  uint8_t type = 0;
};

Header HeaderOf(std::string_view bytes) {
  return {.checksum = ByteAt(bytes, 0) | ByteAt(bytes, 1) << 8 | ByteAt(bytes, 2) << 16 | ByteAt(bytes, 3) << 24,
          .length = ByteAt(bytes, 4) | ByteAt(bytes, 5) << 8,
          .type = static_cast<uint8_t>(bytes[kTypeAt])};
}

bool IsType(uint8_t type) { return type >= kFull && type <= kLast; }

bool Agrees(std::string_view bytes, size_t length) {
  return Mask(Crc32c(bytes.substr(kTypeAt, 1 + length))) == HeaderOf(bytes).checksum;
}

bool BeginsWithFragment(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes) return false;
  const Header header = HeaderOf(bytes);
  return IsType(header.type) && header.length <= bytes.size() - kHeaderBytes && Agrees(bytes, header.length);
}

bool IsZeros(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == 0; });
}

// A fragment that claims to reach past the end of the file, `room` being what the block could hold of it. It was cut,
// unless it is whole (then its length is wrong) or a whole one comes after it.
bool IsCut(std::string_view bytes, size_t room) {
  const Header header = HeaderOf(bytes);
  if (!IsType(header.type) || kHeaderBytes + header.length > room) return false;
  if (Agrees(bytes, bytes.size() - kHeaderBytes)) return false;
  for (size_t at = 1; at < bytes.size(); ++at) {
    if (BeginsWithFragment(bytes.substr(at))) return false;
  }
  return true;
}

absl::Status CheckLog(const std::string& file, rocksdb::Env* env) {
  const auto damaged = [&](uint64_t at) {
    return Damage(Concat("damaged write-ahead log ", file, ": what stands at byte ", at,
                         " is no whole record, and not the end of a log that was cut either"));
  };
  uint64_t size = 0;
  std::unique_ptr<rocksdb::SequentialFile> log;
  rocksdb::Status status = env->GetFileSize(file, &size);
  if (status.ok()) status = env->NewSequentialFile(file, &log, rocksdb::EnvOptions());
  std::string buffer(kLogBlockBytes, '\0');
  LogWalk walk;
  for (uint64_t begin = 0; status.ok() && begin < size; begin += kLogBlockBytes) {
    rocksdb::Slice block;
    const size_t wanted = std::min<uint64_t>(kLogBlockBytes, size - begin);
    status = log->Read(wanted, &block, buffer.data());
    if (status.ok() && block.size() != wanted) return damaged(begin + block.size());
    if (!status.ok()) break;
    const auto at = walk.FindDamage({block.data(), block.size()}, begin + wanted == size);
    if (at) return damaged(begin + *at);
  }
  return FromRocksDb(status, Concat("reading the write-ahead log ", file));
}

}  // namespace

// A record is one full fragment, or a first one, any number of middle ones and a last one.
bool LogWalk::Follows(uint8_t type) {
  const bool continues = type == kMiddle || type == kLast;
  if (!IsType(type) || continues != within_record_) return false;
  within_record_ = type == kFirst || type == kMiddle;
  return true;
}

std::optional<size_t> LogWalk::FindDamage(std::string_view block, bool last) {
  size_t at = 0;
  while (block.size() - at >= kHeaderBytes) {  // fewer bytes fill a block, or are a header that was cut
    const std::string_view rest = block.substr(at);
    const Header header = HeaderOf(rest);
    if (ended_ || header.type == 0) {
      ended_ = true;
      return IsZeros(rest) ? std::nullopt : std::optional(at);
    }
    if (header.length > rest.size() - kHeaderBytes) {
      return last && IsCut(rest, kLogBlockBytes - at) ? std::nullopt : std::optional(at);
    }
    if (!Agrees(rest, header.length) || !Follows(header.type)) return at;
    at += kHeaderBytes + header.length;
  }
  return std::nullopt;
}

absl::Status CheckLogs(const std::string& data_dir, rocksdb::Env* env) {
  std::vector<std::string> names;
  const rocksdb::Status status = env->GetChildren(data_dir, &names);
  if (!status.ok()) return FromRocksDb(status, Concat("listing ", data_dir));
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    const bool is_log = name.ends_with(".log") && FileNamedIn(name) == name;
    if (is_log) RETURN_IF_ERROR(CheckLog(Concat(data_dir, "/", name), env));
  }
  return absl::OkStatus();
}

}  // namespace furikae::storage
