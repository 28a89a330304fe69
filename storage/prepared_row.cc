#include "storage/prepared_row.h"

#include "core/status.h"
#include "storage/reference_codec.h"

namespace furikae::storage {

absl::StatusOr<PreparedRow> Prepare(const RegistryRow& row) {
  ASSIGN_OR_RETURN(const IndexRow flat, EncodeIndexRow(row));
  PreparedRow prepared{flat, SerializeRow(row), {}};
  AddToSum(prepared.hash, prepared.bytes);
  return prepared;
}

}  // namespace furikae::storage
