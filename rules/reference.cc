#include "rules/reference.h"

#include <algorithm>
#include <utility>

#include "core/concat.h"
#include "core/files/people_csv.h"
#include "core/status.h"
#include "rules/booking.h"
#include "rules/people.h"
#include "rules/stored_claim.h"
#include "storage/codec.h"
#include "storage/content_sum.h"

namespace furikae::rules {
namespace {

using storage::ContentSum128;
using storage::Store;
using storage::TableKind;

bool IsRegistry(TableKind kind) { return kind == TableKind::kRegistry || kind == TableKind::kRegistryXml; }

absl::StatusOr<storage::LoadReport> LoadRows(Store& store, const ReferenceFile& file) {
  switch (file.kind) {
    case TableKind::kRegistry:
      return storage::LoadRegistryCsv(store.registry(), file.name, file.bytes, file.strict);
    case TableKind::kRegistryXml:
      return storage::LoadRegistryXml(store.registry(), file.name, file.bytes, file.strict);
    case TableKind::kInsurers:
      return storage::LoadInsurersCsv(store.masters(), file.name, file.bytes, file.strict);
    case TableKind::kInstitutions:
      return storage::LoadInstitutionsCsv(store.masters(), file.name, file.bytes, file.strict);
    case TableKind::kPayments:
      return storage::LoadPaymentsCsv(store.payments(), file.name, file.bytes, file.strict);
    case TableKind::kTowns:
      return storage::LoadTownsCsv(store.towns(), file.name, file.bytes, file.strict);
    case TableKind::kPeople:
      break;
  }
  return absl::InternalError("people's acts are no rows of a table");
}

// The registry's content less what the loads so far have told.
absl::StatusOr<ContentSum128> UntoldContent(const Store& store) {
  ASSIGN_OR_RETURN(ContentSum128 sum, store.registry().ContentSum());
  RETURN_IF_ERROR(store.ForEachEvent([&](const storage::Event& event) -> absl::Status {
    if (event.kind != storage::EventKind::kTableLoaded) return absl::OkStatus();
    storage::schema::TableLoaded told;
    if (!told.ParseFromString(event.payload))
      return absl::DataLossError(Concat("event ", event.sequence, " cannot be read"));
    if (std::string_view(told.kind()).starts_with("registry")) {
      sum.first -= told.content_sum_high();
      sum.second -= told.content_sum_low();
    }
    return absl::OkStatus();
  }));
  return sum;
}

absl::Status TellLoaded(Store& store, const storage::LoadReport& loaded, ContentSum128 sum, const RunMoment& run) {
  storage::schema::TableLoaded payload;
  payload.set_file_digest(std::string(loaded.digest.begin(), loaded.digest.end()));
  payload.set_kind(std::string(storage::TableKindName(loaded.kind)));
  payload.set_rows(loaded.loaded);
  payload.set_refused(loaded.refused);
  payload.set_content_sum_high(sum.first);
  payload.set_content_sum_low(sum.second);
  Booking booking(run.month, run.now);
  booking.Tell(storage::EventKind::kTableLoaded, {}, payload);
  return store.Commit(booking.Take());
}

absl::StatusOr<int64_t> RegistryRows(const Store& store) {
  ASSIGN_OR_RETURN(const storage::RegistryIndex* index, store.registry().index());
  return static_cast<int64_t>(index->rows());
}

absl::StatusOr<TableLoadReport> LoadTableFile(Store& store, const ReferenceFile& file, const RunMoment& run) {
  TableLoadReport report;
  report.already_known = store.WasLoaded(DigestOf(file.bytes));
  if (report.already_known) return report;
  int64_t rows_before = 0, rows_after = 0;
  if (IsRegistry(file.kind)) {
    ASSIGN_OR_RETURN(rows_before, RegistryRows(store));
  }
  ASSIGN_OR_RETURN(const storage::LoadReport loaded, LoadRows(store, file));
  ContentSum128 sum = loaded.content_sum;
  if (IsRegistry(file.kind)) {
    ASSIGN_OR_RETURN(rows_after, RegistryRows(store));
    // Some rows were there: of another file, or of a load that was cut short and could not tell.
    if (rows_after - rows_before < loaded.loaded) {
      ASSIGN_OR_RETURN(sum, UntoldContent(store));
    }
  }
  RETURN_IF_ERROR(TellLoaded(store, loaded, sum, run));
  report.rows = loaded.rows;
  report.loaded = loaded.loaded;
  report.refused = loaded.refused;
  for (const RowComplaint& complaint : loaded.complaints) report.complaints.push_back(complaint.ToString());
  report.notes = loaded.notes;
  return report;
}

absl::StatusOr<TableLoadReport> LoadPeople(Store& store, const Rulebook& rulebook, const ReferenceFile& file,
                                           const RunMoment& run) {
  std::vector<PeopleRow> rows;
  ASSIGN_OR_RETURN(const TableReport read,
                   ReadPeopleCsv(file.name, file.bytes, [&](PeopleRow&& row) { rows.push_back(std::move(row)); }));
  TableLoadReport report;
  report.rows = read.rows;
  report.refused = read.refused;
  report.notes = read.notes;
  for (const RowComplaint& complaint : read.complaints) report.complaints.push_back(complaint.ToString());
  const auto refuse = [&](const PeopleRow& row, const absl::Status& why) {
    ++report.refused;
    report.complaints.push_back(
        Concat(file.name, ": ", ActionName(row.action), " of ", row.at.ToString(), ": ", StdView(why.message())));
  };
  std::erase_if(rows, [&](const PeopleRow& row) {
    const absl::Status known = store.ParseClaimId(row.claim_id).status();
    if (!known.ok()) refuse(row, known);
    return !known.ok();
  });
  if (file.strict && report.refused > 0) return absl::InvalidArgumentError(report.complaints.front());
  std::stable_sort(rows.begin(), rows.end(), [](const PeopleRow& a, const PeopleRow& b) { return a.at < b.at; });
  for (const PeopleRow& row : rows) {
    if (row.at > run.now) continue;  // for a later run
    const absl::Status acted = ActOnClaim(store, rulebook, row, run);
    if (absl::IsInvalidArgument(acted) || absl::IsNotFound(acted) || absl::IsFailedPrecondition(acted)) {
      refuse(row, acted);
    } else if (!acted.ok()) {
      return acted;
    }
  }
  report.loaded = report.rows - report.refused;
  return report;
}

}  // namespace

absl::StatusOr<TableLoadReport> LoadReference(Store& store, const Rulebook& rulebook, const ReferenceFile& file,
                                              const RunMoment& run) {
  return file.kind == TableKind::kPeople ? LoadPeople(store, rulebook, file, run) : LoadTableFile(store, file, run);
}

}  // namespace furikae::rules
