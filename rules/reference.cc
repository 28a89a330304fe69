#include "rules/reference.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "core/concat.h"
#include "core/files/people_csv.h"
#include "core/status.h"
#include "rules/booking.h"
#include "rules/people.h"
#include "rules/registry_loads.h"
#include "rules/stored_claim.h"
#include "storage/codec.h"
#include "storage/content_sum.h"
#include "storage/loading/good_rows.h"

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

// The rows of which the loads so far do not tell.
absl::StatusOr<ContentSum128> UntoldContent(const Store& store) {
  RegistryLoads loads;
  RETURN_IF_ERROR(store.ForEachEvent([&](const storage::Event& event) { return loads.See(event); }));
  return loads.Untold(store.registry());
}

storage::schema::TableLoaded PayloadOf(const storage::LoadReport& loaded, ContentSum128 sum) {
  storage::schema::TableLoaded payload;
  payload.set_kind(std::string(storage::TableKindName(loaded.kind)));
  payload.set_rows(loaded.loaded);
  payload.set_refused(loaded.refused);
  payload.set_content_sum_high(sum.first);
  payload.set_content_sum_low(sum.second);
  for (const RowComplaint& complaint : loaded.complaints) payload.add_complaints(complaint.ToString());
  for (const std::string& note : loaded.notes) payload.add_notes(note);
  return payload;
}

// The same words for a first load and for every later one of the same bytes: whoever repeats a run that was cut short
// still learns which rows were refused.
TableLoadReport ReportOf(const storage::schema::TableLoaded& told) {
  TableLoadReport report;
  report.loaded = told.rows();
  report.refused = told.refused();
  report.rows = report.loaded + report.refused;
  report.complaints.assign(told.complaints().begin(), told.complaints().end());
  report.notes.assign(told.notes().begin(), told.notes().end());
  return report;
}

TableLoadReport RefusedWhole(const storage::LoadReport& loaded) {
  TableLoadReport report = ReportOf(PayloadOf(loaded, {}));
  report.refused_whole = true;
  report.rows = loaded.rows;
  return report;
}

// `strict` asks the same of a file that was loaded before: it would not have been.
TableLoadReport KnownLoad(const storage::schema::TableLoaded& told, const ReferenceFile& file) {
  TableLoadReport report = ReportOf(told);
  report.already_known = true;
  report.refused_whole = file.strict && report.refused > 0;
  return report;
}

absl::StatusOr<int64_t> RegistryRows(const Store& store) {
  ASSIGN_OR_RETURN(const storage::RegistryIndex* index, store.registry().index());
  return static_cast<int64_t>(index->rows());
}

absl::StatusOr<TableLoadReport> LoadTableFile(Store& store, const ReferenceFile& file, const RunMoment& run) {
  const storage::Digest digest = DigestOf(file.bytes);
  if (const std::optional<std::string> before = store.LoadedAs(digest)) {
    storage::schema::TableLoaded told;
    if (!told.ParseFromString(*before))
      return absl::DataLossError(Concat("what was told of the load of ", file.name, " cannot be read"));
    return KnownLoad(told, file);
  }
  int64_t first_row = 0, end_row = 0;  // of the registry, to tell of
  if (IsRegistry(file.kind)) {
    ASSIGN_OR_RETURN(first_row, RegistryRows(store));
  }
  ASSIGN_OR_RETURN(const storage::LoadReport loaded, LoadRows(store, file));
  if (loaded.refused_whole) return RefusedWhole(loaded);
  ContentSum128 sum = loaded.content_sum;
  if (IsRegistry(file.kind)) {
    ASSIGN_OR_RETURN(end_row, RegistryRows(store));
    // Some rows were there: of another file, or of a load that was cut short and could not tell.
    if (end_row - first_row < loaded.loaded) {
      first_row = 0;
      ASSIGN_OR_RETURN(sum, UntoldContent(store));
    }
  }
  storage::schema::TableLoaded payload = PayloadOf(loaded, sum);
  payload.set_first_row(first_row);
  payload.set_end_row(end_row);
  payload.set_file_digest(std::string(digest.begin(), digest.end()));
  Booking booking(run.month, run.now);
  booking.Tell(storage::EventKind::kTableLoaded, {}, payload);
  RETURN_IF_ERROR(store.Commit(booking.Take()));
  return ReportOf(payload);
}

// A row of people.csv.
struct Act {
  PeopleRow row;
  int64_t ordinal = 0;
  size_t nth = 1;  // of the rows of the file that are alike
};

// In the order of At; a line that stands there twice running is one act, except an UNDO.
std::vector<Act> InOrder(std::vector<Act> acts) {
  std::stable_sort(acts.begin(), acts.end(), [](const Act& a, const Act& b) { return a.row.at < b.row.at; });
  std::vector<Act> ordered;
  absl::flat_hash_map<std::string, size_t> alike;
  absl::flat_hash_map<std::string, std::string> last_of_claim;
  for (Act& act : acts) {
    std::string text;
    AppendPeopleCsv(act.row, text);
    std::string& last = last_of_claim[act.row.claim_id];
    if (text == last && act.row.action != Action::kUndo) continue;
    act.nth = ++alike[text];
    last = std::move(text);
    ordered.push_back(std::move(act));
  }
  return ordered;
}

absl::StatusOr<TableLoadReport> LoadPeople(Store& store, const Rulebook& rulebook, const ReferenceFile& file,
                                           const RunMoment& run) {
  std::vector<Act> acts;
  storage::GoodRows rows(file.kind, file.name, /*header_rows=*/1);
  ASSIGN_OR_RETURN(const TableReport read, ReadPeopleCsv(file.name, file.bytes, [&](PeopleRow&& row) {
                     acts.push_back({std::move(row), rows.Next()});
                   }));
  std::erase_if(acts, [&](const Act& act) {
    const absl::Status known = store.ParseClaimId(act.row.claim_id).status();
    if (!known.ok()) rows.Refuse(act.ordinal, "ClaimId", known);
    return !known.ok();
  });
  if (const storage::LoadReport before = rows.Report(read, file.strict); before.refused_whole)
    return RefusedWhole(before);
  std::vector<std::string> notes;
  for (const Act& act : InOrder(std::move(acts))) {
    if (act.row.at > run.now) continue;  // for a later run
    const absl::StatusOr<std::string> acted = ActOnClaim(store, rulebook, act.row, run, Again::RowOfAFile(act.nth));
    const absl::Status& status = acted.status();
    if (absl::IsInvalidArgument(status) || absl::IsNotFound(status) || absl::IsFailedPrecondition(status)) {
      rows.Refuse(act.ordinal, "Action", status);
    } else if (!status.ok()) {
      return status;
    } else if (!acted->empty()) {
      notes.push_back(Concat(file.name, " row ", rows.FileRow(act.ordinal, read), ": ", *acted));
    }
  }
  storage::LoadReport report = rows.Report(read, /*strict=*/false);
  std::move(notes.begin(), notes.end(), std::back_inserter(report.notes));
  return ReportOf(PayloadOf(report, {}));
}

}  // namespace

absl::StatusOr<TableLoadReport> LoadReference(Store& store, const Rulebook& rulebook, const ReferenceFile& file,
                                              const RunMoment& run) {
  return file.kind == TableKind::kPeople ? LoadPeople(store, rulebook, file, run) : LoadTableFile(store, file, run);
}

}  // namespace furikae::rules
