// notices/<institution>.csv: 資格確認結果連絡書, what the qualification check changed about each receipt of the
// institution.
//
// One row per receipt, one per side of a split. 請求内容 is the card as claimed, 変更後 the card as billed (blank when
// the receipt is billed as claimed, returned or shared out). Source: sources_transfer.md §8; files.md notices.
#include "absl/strings/str_format.h"
#include "core/concat.h"
#include "core/status.h"
#include "core/uke/cp932.h"
#include "core/uke/receipt.h"
#include "rules/export/files.h"
#include "rules/stored_claim.h"

namespace furikae::rules {
namespace {

const std::vector<std::string_view> kHeader = {
    "claim_id",      "レセプト番号",        "診療年月",          "氏名",
    "処理区分",      "請求内容_保険者番号", "請求内容_記号",     "請求内容_番号",
    "請求内容_枝番", "請求内容_資格喪失日", "変更後_保険者番号", "変更後_記号",
    "変更後_番号",   "変更後_枝番",         "変更後_資格喪失日", "点数",
    "備考"};

std::string TextOf(const ExportContext& context, std::string_view table, std::string_view row,
                   std::string_view output) {
  const Row* found = context.rulebook.FindRow(table, row);
  return found == nullptr ? std::string(row) : std::string(found->Text(output));
}

// 返戻 with its reason; the flags in words.
std::string RemarksOf(const ExportContext& context, const Decision& decision) {
  std::vector<std::string> remarks;
  if (decision.return_reason != 0) {
    remarks.push_back(
        Concat("返戻：", TextOf(context, "return_reasons", ReturnReasonName(decision.return_reason), "text")));
  }
  for (const std::string_view flag : FlagNames(decision.flags))
    remarks.push_back(TextOf(context, "flags", flag, "text"));
  return Joined(remarks, "　");
}

bool IsChanged(const Decision& decision) {
  switch (decision.outcome) {
    case Outcome::kTransferred:
    case Outcome::kSplit:
    case Outcome::kBranchCompleted:
      return true;
    default:
      return (decision.flags & kCardCorrected) != 0 && !decision.parts.empty();
  }
}

std::vector<std::string> ClaimedColumns(const ExportContext& context, const MonthSubmission& from,
                                        const storage::Claim& claim, const uke::Receipt& receipt) {
  const Decision& decision = claim.decision;
  const std::string insurer = receipt.insurer ? receipt.insurer->ToString() : std::string(receipt.insurer_text);
  const std::string processing =
      decision.confirmation_class == 0
          ? ""
          : TextOf(context, "confirmation_classes", absl::StrFormat("%02d", decision.confirmation_class), "name");
  return {from.ClaimId(claim.key.receipt),
          absl::StrFormat("%d", claim.key.receipt),
          claim.service_month.ToString(),
          uke::FromCp932(receipt.name),
          processing,
          insurer,
          uke::FromCp932(receipt.symbol),
          uke::FromCp932(receipt.number_text),
          uke::FromCp932(receipt.branch),
          decision.claimed_disqualified.ToString()};
}

void WriteRow(std::vector<std::string> row, const Part* part, int64_t points, const std::string& remarks,
              Output& output) {
  if (part == nullptr) {
    row.insert(row.end(), 5, "");
  } else {
    const Card& card = part->card;
    row.insert(row.end(),
               {card.insurer.ToString(), card.symbol, card.number, card.branch, part->disqualified.ToString()});
  }
  row.push_back(absl::StrFormat("%d", points));
  row.push_back(remarks);
  output.Line({row.begin(), row.end()});
}

absl::Status WriteClaim(const ExportContext& context, const MonthSubmission& from, storage::ClaimKey key,
                        Output& output) {
  ASSIGN_OR_RETURN(const storage::Claim claim, context.claims.Get(key));
  ASSIGN_OR_RETURN(const std::string bytes, context.store.GetReceipt(key));
  ASSIGN_OR_RETURN(const uke::Receipt receipt, uke::ReadReceipt(HeadOf(from.submission), bytes));
  const Decision& decision = claim.decision;
  const std::vector<std::string> claimed = ClaimedColumns(context, from, claim, receipt);
  const std::string remarks = RemarksOf(context, decision);
  if (!IsChanged(decision)) {
    WriteRow(claimed, nullptr, decision.total_points, remarks, output);
    return absl::OkStatus();
  }
  for (const Part& part : decision.parts) WriteRow(claimed, &part, part.points, remarks, output);
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteNotices(const ExportContext& context, Output& output) {
  InstitutionCode institution;
  for (const ClaimRef& ref : context.plan.noticed) {
    const MonthSubmission& from = context.claims.SubmissionOf(ref.key);
    if (from.submission.institution != institution) {
      institution = from.submission.institution;
      output.Begin(Concat("notices/", institution.ToString(), ".csv"));
      output.Line(kHeader);
    }
    RETURN_IF_ERROR(WriteClaim(context, from, ref.key, output));
  }
  return output.End();
}

}  // namespace furikae::rules
