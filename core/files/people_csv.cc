#include "core/files/people_csv.h"

#include "core/files/row_fields.h"
#include "core/status.h"

namespace furikae {
namespace {

enum Column { kClaimId, kAction, kAt, kRequiredCount, kSubjectId = kRequiredCount, kInsurer, kActor };

const std::vector<std::string_view>& Columns() {
  static const auto& columns =
      *new std::vector<std::string_view>{"ClaimId", "Action", "At", "SubjectId", "InsurerNumber", "Actor"};
  return columns;
}

PeopleRow RowOf(RowFields& fields) {
  PeopleRow row;
  row.claim_id = fields.RequiredText(kClaimId);
  row.action = fields.RequiredName(kAction, &ParseAction, "ACCEPT REJECT INQUIRE CONFIRM DENY UNDO DEFER");
  row.subject_id = fields.SubjectId(kSubjectId, /*required=*/false);
  row.insurer = fields.OptionalInsurer(kInsurer);
  row.actor = fields.OptionalText(kActor);
  row.at = fields.RequiredMoment(kAt);
  if (!fields.ok() || !row.subject_id.empty()) return row;
  if (row.action == Action::kAccept) fields.Refuse(kSubjectId, "ACCEPT needs the person that is accepted");
  if (row.action == Action::kConfirm && row.insurer.value == 0)
    fields.Refuse(kInsurer, "CONFIRM needs a person or the insurer");
  return row;
}

}  // namespace

absl::StatusOr<TableReport> ReadPeopleCsv(std::string_view file, std::string_view bytes,
                                          absl::FunctionRef<void(PeopleRow&&)> deliver) {
  ASSIGN_OR_RETURN(CsvReader csv, CsvReader::Open(file, bytes, Columns(), kRequiredCount));
  int64_t loaded = 0;
  while (csv.Next()) {
    RowFields fields(csv);
    PeopleRow row = RowOf(fields);
    if (!fields.ok()) continue;
    deliver(std::move(row));
    ++loaded;
  }
  return ReportOf(csv, loaded);
}

void AppendPeopleCsvHeader(std::string& out) { AppendCsvLine(Columns(), out); }

void AppendPeopleCsv(const PeopleRow& row, std::string& out) {
  const std::string at = row.at.ToString(), insurer = row.insurer.value == 0 ? "" : row.insurer.ToString();
  AppendCsvLine({row.claim_id, ActionName(row.action), at, row.subject_id, insurer, row.actor}, out);
}

}  // namespace furikae
