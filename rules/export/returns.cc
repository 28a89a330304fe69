// returns.csv, and returns/<institution>.HEN: receipts that go back, each followed by its reason.
//
// A .HEN holds one HI … HG block per agency that returns something, one end mark at the end. HG counts as GO does: a
// payer record each, and the points of the receipt. Source: uke_layouts.md §2 (返戻), §8 HI HR HG; decisions.md §10.
#include <map>

#include "absl/strings/str_format.h"
#include "core/concat.h"
#include "core/status.h"
#include "core/uke/edit.h"
#include "core/uke/writer.h"
#include "rules/export/files.h"

namespace furikae::rules {
namespace {

struct Block {
  std::string records;
  int64_t claims = 0, points = 0;
};
using Blocks = std::map<Agency, Block>;

// The table's row of the reason; a rule set without it is a mistake that must not go out unnoticed.
absl::StatusOr<const Row*> ReasonRow(const ExportContext& context, int reason) {
  const Row* row = context.rulebook.FindRow("return_reasons", ReturnReasonName(reason));
  if (row == nullptr) {
    return absl::FailedPreconditionError(Concat("the table return_reasons has no row ", ReturnReasonName(reason)));
  }
  return row;
}

int64_t Payers(std::string_view receipt) {
  int64_t payers = 0;
  for (const uke::Line& line : uke::Lines(receipt)) payers += line.Id() == "HO" || line.Id() == "KO";
  return payers;
}

absl::Status AddClaim(const ExportContext& context, storage::ClaimKey key, Blocks& blocks) {
  const storage::Submission& submission = context.claims.SubmissionOf(key).submission;
  ASSIGN_OR_RETURN(const storage::Claim claim, context.claims.Get(key));
  ASSIGN_OR_RETURN(const std::string receipt, context.store.GetReceipt(key));
  ASSIGN_OR_RETURN(const Row* reason, ReasonRow(context, claim.decision.return_reason));
  Block& block = blocks[submission.agency];
  block.records += receipt;
  if (!block.records.ends_with('\n')) block.records += "\r\n";
  block.records += uke::MakeAgencyRecord("HR", {{"処理年月", context.options.month.ToCompact()},
                                                {"返戻区分", absl::StrFormat("%d", reason->Number("class"))},
                                                {"返戻事由コード", std::string(reason->Text("code"))},
                                                {"返戻理由", std::string(reason->Text("text"))}});
  block.claims += Payers(receipt);
  block.points += claim.decision.total_points + claim.decision.public_points;
  return absl::OkStatus();
}

std::string Begin(Agency agency, InstitutionCode institution, ServiceMonth month) {
  return uke::MakeAgencyRecord("HI", {{"審査支払機関", absl::StrFormat("%d", static_cast<int>(agency))},
                                      {"請求年月(返戻処理年月)", month.ToCompact()},
                                      {"都道府県", absl::StrFormat("%02d", institution.Prefecture())},
                                      {"点数表", absl::StrFormat("%d", institution.PointTable())},
                                      {"医療機関コード", absl::StrFormat("%07d", institution.Code())},
                                      {"マルチボリューム識別情報", "00"}});
}

void WriteBlocks(const ExportContext& context, InstitutionCode institution, const Blocks& blocks, Output& output) {
  if (blocks.empty()) return;
  output.Begin(Concat("returns/", institution.ToString(), ".HEN"));
  for (const auto& [agency, block] : blocks) {
    output.Append(Begin(agency, institution, context.options.month));
    output.Append(block.records);
    output.Append(uke::MakeAgencyRecord("HG", {{"総件数", absl::StrFormat("%d", block.claims)},
                                               {"総合計点数", absl::StrFormat("%d", block.points)},
                                               {"マルチボリューム識別情報", "99"}}));
  }
  output.Append("\x1a");
}

}  // namespace

const OutTable& ReturnTable() {
  static const auto& table = *new OutTable{"returns",
                                           "returns.csv",
                                           {{"claim_id"},
                                            {"institution"},
                                            {"agency"},
                                            {"flavour"},
                                            {"file"},
                                            {"receipt_number", true},
                                            {"service_month"},
                                            {"return_reason"},
                                            {"code"},
                                            {"text"},
                                            {"confirmation_class"},
                                            {"points", true},
                                            {"insurer_yen", true}}};
  return table;
}

absl::Status ForEachReturnRow(const ExportContext& context, RowVisit visit) {
  for (const ClaimRef& ref : context.plan.returned) {
    const MonthSubmission& from = context.claims.SubmissionOf(ref.key);
    ASSIGN_OR_RETURN(const storage::Claim claim, context.claims.Get(ref.key));
    const Decision& decision = claim.decision;
    ASSIGN_OR_RETURN(const Row* reason, ReasonRow(context, decision.return_reason));
    RETURN_IF_ERROR(
        visit({from.ClaimId(ref.key.receipt), from.submission.institution.ToString(),
               absl::StrFormat("%d", static_cast<int>(from.submission.agency)), std::string(FlavourName(claim.flavour)),
               from.submission.file, absl::StrFormat("%d", ref.key.receipt), claim.service_month.ToString(), reason->id,
               std::string(reason->Text("code")), std::string(reason->Text("text")),
               decision.confirmation_class == 0 ? "" : absl::StrFormat("%02d", decision.confirmation_class),
               absl::StrFormat("%d", decision.total_points), absl::StrFormat("%d", decision.insurer_yen.value)}));
  }
  return absl::OkStatus();
}

absl::Status WriteReturns(const ExportContext& context, Output& output) {
  InstitutionCode institution;
  Blocks blocks;
  for (const ClaimRef& ref : context.plan.returned) {
    const InstitutionCode of = context.claims.SubmissionOf(ref.key).submission.institution;
    if (of != institution) {
      WriteBlocks(context, institution, blocks, output);
      blocks.clear();
      institution = of;
    }
    RETURN_IF_ERROR(AddClaim(context, ref.key, blocks));
  }
  WriteBlocks(context, institution, blocks, output);
  return output.End();
}

}  // namespace furikae::rules
