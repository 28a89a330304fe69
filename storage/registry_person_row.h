// storage/registry_person_row.h — the value of a registry_person entry: a row behind its checksum, so that a row whose
// bytes were changed, or that stands under the number of another, is known by itself.
//
//   const std::string check = EncodePersonCheck(row, prepared.hash);   // stored in front of prepared.bytes
//   ASSIGN_OR_RETURN(std::string_view bytes, CheckedPersonBytes(row, value));
//
// Format: checksum:4, big-endian, the last 32 of the 128 bits by which the row's bytes count in the registry's
// ContentSum, plus the row's number, modulo 2^32; then the bytes, schema.RegistryRow. The hash is made for every row
// that is loaded anyway, so that the checksum costs a load nothing. It guards against accidents and careless hands, not
// against one who computes it anew: what the loads tell does.
// Errors: DataLoss naming the row by its number. Thread-safe. Source: DESIGN §5, §10 (damage gives a clear error); the
// format is our own, of no standard.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/content_sum.h"
#include "storage/registry_index.h"

namespace furikae::storage {

// The four bytes that stand before a row's bytes; `hash` is what these bytes add to a sum (AddToSum).
std::string EncodePersonCheck(RowId row, const ContentSum128& hash);

// The bytes of a row, a part of `value`, as they were written.
absl::StatusOr<std::string_view> CheckedPersonBytes(RowId row, std::string_view value);
// … or as they lie there, whatever the checksum says; empty when the value is too short for one.
std::string_view PersonBytes(std::string_view value);

// DataLoss: "registry row 5: …".
absl::Status DamagedRow(uint64_t row, std::string_view what);

}  // namespace furikae::storage
