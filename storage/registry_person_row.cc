#include "storage/registry_person_row.h"

#include "core/concat.h"
#include "storage/keys.h"

namespace furikae::storage {
namespace {

constexpr size_t kCheckBytes = 4;

}  // namespace

std::string EncodePersonCheck(RowId row, const ContentSum128& hash) {
  std::string check;
  keys::Append32(static_cast<uint32_t>(hash.second >> 32) + row, check);
  return check;
}

std::string_view PersonBytes(std::string_view value) {
  return value.size() < kCheckBytes ? std::string_view() : value.substr(kCheckBytes);
}

absl::StatusOr<std::string_view> CheckedPersonBytes(RowId row, std::string_view value) {
  const std::string_view bytes = PersonBytes(value);
  ContentSum128 hash{};
  AddToSum(hash, bytes);
  if (value.substr(0, kCheckBytes) != EncodePersonCheck(row, hash)) {
    return DamagedRow(row, "its bytes in registry_person are not those that were written; restore a backup");
  }
  return bytes;
}

absl::Status DamagedRow(uint64_t row, std::string_view what) {
  return absl::DataLossError(Concat("registry row ", row, ": ", what));
}

}  // namespace furikae::storage
