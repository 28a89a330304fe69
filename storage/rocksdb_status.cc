#include "storage/rocksdb_status.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "core/concat.h"

namespace furikae::storage {
namespace {

bool IsNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
}

bool IsDatabaseFile(std::string_view word) {
  if (word == "CURRENT") return true;
  if (word.starts_with("MANIFEST-")) return IsNumber(word.substr(std::string_view("MANIFEST-").size()));
  for (std::string_view ending : {".sst", ".ldb", ".log", ".blob"}) {
    if (word.ends_with(ending)) return IsNumber(word.substr(0, word.size() - ending.size()));
  }
  return false;
}

}  // namespace

std::string FileNamedIn(std::string_view message) {
  for (absl::string_view piece : absl::StrSplit(AbslView(message), absl::ByAnyChar(" /:;,()\"'"), absl::SkipEmpty())) {
    std::string_view word = StdView(piece);
    while (word.ends_with('.')) word.remove_suffix(1);
    if (!IsDatabaseFile(word)) continue;
    // RocksDB looks for a table that is gone under its old ending last and reports that one.
    if (word.ends_with(".ldb")) return Concat(word.substr(0, word.size() - 4), ".sst");
    return std::string(word);
  }
  // A write-ahead log that is gone is reported by its number alone.
  constexpr std::string_view kMissingLog = "Missing WAL with log number: ";
  if (const size_t at = message.find(kMissingLog); at != std::string_view::npos) {
    std::string_view rest = message.substr(at + kMissingLog.size());
    uint64_t number = 0;
    const size_t digits = std::min(rest.size(), rest.find_first_not_of("0123456789"));
    if (absl::SimpleAtoi(AbslView(rest.substr(0, digits)), &number)) return absl::StrFormat("%06d.log", number);
  }
  return "";
}

absl::Status Damage(std::string_view what) {
  return absl::DataLossError(Concat(what, ". Restore the data directory from a backup."));
}

absl::Status FromRocksDb(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = Concat("while ", doing, ": ", status.ToString());
  if (status.IsNotFound()) return absl::NotFoundError(text);
  if (status.IsCorruption()) {
    const std::string file = FileNamedIn(text);
    return Damage(file.empty() ? Concat("damaged data ", text) : Concat("damaged file ", file, " ", text));
  }
  if (status.IsNoSpace()) {
    return absl::ResourceExhaustedError(Concat("the disk is full ", text, ". Make room and start again."));
  }
  return absl::InternalError(text);
}

}  // namespace furikae::storage
