// storage/reference_codec.h — rows of reference data and their bytes on disk (storage/schema/registry.proto), both
// ways.
//
//   std::string bytes = SerializeRow(row);
//   ASSIGN_OR_RETURN(RegistryRow again, ParseRegistryRow(bytes));   // equal to `row`
//
// Equal rows have equal bytes. Errors: DataLoss when bytes are no such message or hold a number that no enumerator has;
// the text names the kind of row, never its content. Thread-safe. Source: DESIGN §5 (values are protobuf); files.md
// "In" (the columns).
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/coverage.h"
#include "core/masters.h"

namespace furikae::storage {

std::string SerializeRow(const RegistryRow& row);
std::string SerializeRow(const InsurerRow& row);
std::string SerializeRow(const InstitutionRow& row);
std::string SerializeRow(const PaymentRow& row);

absl::StatusOr<RegistryRow> ParseRegistryRow(std::string_view bytes);
absl::StatusOr<InsurerRow> ParseInsurerRow(std::string_view bytes);
absl::StatusOr<InstitutionRow> ParseInstitutionRow(std::string_view bytes);
absl::StatusOr<PaymentRow> ParsePaymentRow(std::string_view bytes);

}  // namespace furikae::storage
