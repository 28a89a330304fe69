// storage/loading/loading.h — files of reference data into the store: registry, insurers, institutions, payments,
// towns.
//
//   if (auto kind = KindOfFile(path)) …                              // from the name of the file
//   ASSIGN_OR_RETURN(LoadReport report, LoadRegistryCsv(registry, "registry.csv", bytes, /*strict=*/false));
//   for (const RowComplaint& complaint : report.complaints) …        // refused rows; the good ones are loaded
//
// A file is read and checked as a whole before anything of it is applied. With `strict` a refused row refuses the file:
// the report then says refused_whole and tells every refused row, and nothing is changed. Otherwise its good rows are
// written and synced, those of a registry file all or none; loading the same bytes again changes nothing. Errors, after
// which nothing is changed:
//   InvalidArgument     the file cannot be read as that table
//   ResourceExhausted   the disk is full, or the registry would hold more rows than it can
//   Unavailable         no directory for the tables of a large registry file
//   FailedPrecondition  registry: names two rows that are different versions of one coverage with equal RegisteredAt
// Row numbers are those of the file (a header is row 1). No text quotes a value. One load at a time.
// Source: files.md "In"; decisions.md §1.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/csv.h"
#include "storage/content_sum.h"
#include "storage/masters.h"
#include "storage/payments.h"
#include "storage/registry.h"
#include "storage/towns.h"

namespace furikae::storage {

// The kinds of files.md "In" but receipts. People's decisions are told by name here; the engine applies them.
enum class TableKind : uint8_t { kRegistry, kRegistryXml, kInsurers, kInstitutions, kPayments, kTowns, kPeople };

// registry*.csv, registry*.xml, insurers*.csv, institutions*.csv, payments*.csv, people*.csv, KEN_ALL*.CSV and
// towns*.csv, in whatever folder; the ending in either case. nullopt: none of them.
std::optional<TableKind> KindOfFile(std::string_view path);
std::string_view TableKindName(TableKind kind);  // registry registry_xml insurers institutions payments towns people

struct LoadReport {
  TableKind kind = TableKind::kRegistry;
  bool refused_whole = false;  // `strict`, and a row is refused: nothing of the file is loaded
  int64_t rows = 0;            // = loaded + refused, unless refused as a whole
  int64_t loaded = 0;          // good rows, those that were there already among them
  int64_t refused = 0;
  std::vector<RowComplaint>
      complaints;  // of refused rows, in the order of rows; the first thousands of a very bad file
  std::vector<std::string> notes;
  ContentSum128 content_sum{};  // over the rows that are new (registry) or written (the others)
};

absl::StatusOr<LoadReport> LoadRegistryCsv(Registry& registry, std::string_view file, std::string_view bytes,
                                           bool strict);
absl::StatusOr<LoadReport> LoadRegistryXml(Registry& registry, std::string_view file, std::string_view bytes,
                                           bool strict);
absl::StatusOr<LoadReport> LoadInsurersCsv(Masters& masters, std::string_view file, std::string_view bytes,
                                           bool strict);
absl::StatusOr<LoadReport> LoadInstitutionsCsv(Masters& masters, std::string_view file, std::string_view bytes,
                                               bool strict);
absl::StatusOr<LoadReport> LoadPaymentsCsv(Payments& payments, std::string_view file, std::string_view bytes,
                                           bool strict);
absl::StatusOr<LoadReport> LoadTownsCsv(Towns& towns, std::string_view file, std::string_view bytes, bool strict);

}  // namespace furikae::storage
