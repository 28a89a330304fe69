#include "core/files/registry_csv.h"

#include "absl/strings/str_format.h"
#include "core/files/row_fields.h"
#include "core/status.h"

namespace furikae {
namespace {

// In the order of kColumns; the required ones first.
enum Column {
  kSubjectId,
  kInsurerNumber,
  kIdentificationNumber,
  kName,
  kBirthdate,
  kSex1,
  kQualificationDate,
  kRegisteredAt,
  kRequiredCount,
  kSymbol = kRequiredCount,
  kBranchNumber,
  kFamily,
  kNameKana,
  kPostNumber,
  kAddress,
  kTelephone,
  kWorkplace,
  kDisqualificationDate,
  kReasonOfLoss,
  kIssuanceDate,
  kContributionRatio,
  kSuspended,
  kWithdrawn,
};

const std::vector<std::string_view>& Columns() {
  static const auto& columns = *new std::vector<std::string_view>{"SubjectId",
                                                                  "InsurerNumber",
                                                                  "InsuredIdentificationNumber",
                                                                  "Name",
                                                                  "Birthdate",
                                                                  "Sex1",
                                                                  "QualificationDate",
                                                                  "RegisteredAt",
                                                                  "InsuredCardSymbol",
                                                                  "InsuredBranchNumber",
                                                                  "PersonalFamilyClassification",
                                                                  "NameKana",
                                                                  "PostNumber",
                                                                  "Address",
                                                                  "TelephoneNumber",
                                                                  "WorkplaceName",
                                                                  "DisqualificationDate",
                                                                  "ReasonOfLoss",
                                                                  "InsuredCertificateIssuanceDate",
                                                                  "InsuredPartialContributionRatio",
                                                                  "Suspended",
                                                                  "Withdrawn"};
  return columns;
}

std::optional<Sex> ParseSex(std::string_view code) {
  if (code == "1") return Sex::kMale;
  if (code == "2") return Sex::kFemale;
  return std::nullopt;
}

std::string_view WithoutZeros(std::string_view code) {
  while (code.starts_with('0')) code.remove_prefix(1);
  return code;
}

RegistryRow RowOf(RowFields& fields) {
  RegistryRow row;
  row.subject_id = fields.SubjectId(kSubjectId, /*required=*/true);
  row.card.insurer = fields.PossibleInsurer(kInsurerNumber);
  row.card.symbol = fields.OptionalText(kSymbol);
  row.card.number = fields.RequiredText(kIdentificationNumber);
  row.card.branch = fields.OptionalText(kBranchNumber);
  row.family = fields.RequiredName(kFamily, &ParseFamily, "1 (self) 2 (family) or blank");
  row.name = fields.RequiredText(kName);
  row.name_kana = fields.OptionalText(kNameKana);
  row.birth = fields.RequiredDate(kBirthdate);
  row.sex = fields.RequiredName(kSex1, &ParseSex, "1 (male) 2 (female)");
  row.post_number = fields.OptionalText(kPostNumber);
  row.address = fields.OptionalText(kAddress);
  row.telephone = fields.OptionalText(kTelephone);
  row.workplace = fields.OptionalText(kWorkplace);
  row.qualified = fields.RequiredDate(kQualificationDate);
  row.disqualified = fields.OptionalDate(kDisqualificationDate, kOpenEnd);
  row.loss_reason = fields.RequiredName(kReasonOfLoss, &ParseLossReason, "01 02 03 99 or blank");
  row.issued = fields.OptionalDate(kIssuanceDate, Date{0});
  row.contribution_per_cent = fields.RequiredName(kContributionRatio, &ParseContributionPerCent, "10 20 30 or blank");
  row.registered_at = fields.RequiredMoment(kRegisteredAt);
  row.suspended = fields.Switch(kSuspended);
  row.withdrawn = fields.Switch(kWithdrawn);
  if (fields.ok() && row.disqualified < row.qualified)
    fields.Refuse(kDisqualificationDate, "lies before the QualificationDate");
  return row;
}

}  // namespace

std::optional<LossReason> ParseLossReason(std::string_view code) {
  if (code.empty()) return LossReason::kNone;
  code = WithoutZeros(code);
  if (code == "1") return LossReason::kDeath;
  if (code == "2") return LossReason::kPublicAssistance;
  if (code == "3") return LossReason::kOtherInsurance;
  if (code == "99") return LossReason::kOther;
  return std::nullopt;
}

std::optional<Family> ParseFamily(std::string_view code) {
  if (code.empty()) return Family::kUnknown;
  code = WithoutZeros(code);
  if (code == "1") return Family::kSelf;
  if (code == "2") return Family::kFamily;
  return std::nullopt;
}

std::optional<int> ParseContributionPerCent(std::string_view per_cent) {
  if (per_cent.empty()) return 0;
  per_cent = WithoutZeros(per_cent);
  if (per_cent == "10") return 10;
  if (per_cent == "20") return 20;
  if (per_cent == "30") return 30;
  return std::nullopt;
}

absl::StatusOr<TableReport> ReadRegistryCsv(std::string_view file, std::string_view bytes,
                                            absl::FunctionRef<void(RegistryRow&&)> deliver) {
  ASSIGN_OR_RETURN(CsvReader csv, CsvReader::Open(file, bytes, Columns(), kRequiredCount));
  int64_t loaded = 0;
  while (csv.Next()) {
    RowFields fields(csv);
    RegistryRow row = RowOf(fields);
    if (!fields.ok()) continue;
    deliver(std::move(row));
    ++loaded;
  }
  return ReportOf(csv, loaded);
}

void AppendRegistryCsvHeader(std::string& out) { AppendCsvLine(Columns(), out); }

void AppendRegistryCsv(const RegistryRow& row, std::string& out) {
  const auto code = [](int value, int width) {
    return value == 0 ? std::string() : absl::StrFormat("%0*d", width, value);
  };
  const std::string insurer = row.card.insurer.ToString(), birth = row.birth.ToString(),
                    sex = code(static_cast<int>(row.sex), 1), qualified = row.qualified.ToString(),
                    registered = row.registered_at.ToString(), family = code(static_cast<int>(row.family), 1),
                    disqualified = row.disqualified.ToString(), reason = code(static_cast<int>(row.loss_reason), 2),
                    issued = row.issued == Date{0} ? "" : row.issued.ToString(),
                    ratio = code(row.contribution_per_cent, 2);
  AppendCsvLine({row.subject_id,
                 insurer,
                 row.card.number,
                 row.name,
                 birth,
                 sex,
                 qualified,
                 registered,
                 row.card.symbol,
                 row.card.branch,
                 family,
                 row.name_kana,
                 row.post_number,
                 row.address,
                 row.telephone,
                 row.workplace,
                 disqualified,
                 reason,
                 issued,
                 ratio,
                 row.suspended ? "1" : "0",
                 row.withdrawn ? "1" : "0"},
                out);
}

}  // namespace furikae
