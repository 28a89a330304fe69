// bills/<agency>/<insurer>/RECODEINFO_<flavour>.CSV: what each insurer is billed.
#include "absl/strings/str_format.h"
#include "core/concat.h"
#include "core/status.h"
#include "core/uke/edit.h"
#include "rules/export/billed_receipt.h"
#include "rules/export/files.h"
#include "rules/split.h"

namespace furikae::rules {
namespace {

std::string PathOf(const BillItem& item) {
  return Concat("bills/", static_cast<int>(item.agency), "/", item.insurer.ToString(), "/RECODEINFO_",
                FlavourName(item.flavour), ".CSV");
}

// 16 digits: claim month 6, the receipt's place among the month's claims 8, its side when it was split 2.
std::string ManagementNumber(ServiceMonth month, uint32_t rank, int side) {
  return month.ToCompact() + absl::StrFormat("%08d%02d", rank, side);
}

// The insurer as the receipt was billed on; 0 when it cannot be read.
InsurerNumber InsurerOf(std::string_view receipt) {
  for (const uke::Line& line : uke::Lines(receipt)) {
    if (line.Id() == "HO") return InsurerNumber::Parse(uke::Column(line.text, 2)).value_or(InsurerNumber{});
  }
  return {};
}

absl::StatusOr<std::string> RecordsOf(const ExportContext& context, const BillItem& item, const std::string& receipt) {
  if (!item.rewritten) return ConfirmedRecords(receipt, item.confirmation_class);
  ASSIGN_OR_RETURN(const storage::Claim claim, context.claims.Get(item.key));
  return RewrittenRecords({context.rulebook, context.store.masters()}, context.claims.SubmissionOf(item.key).submission,
                          claim.decision, item.part, receipt);
}

absl::Status AppendItem(const ExportContext& context, const BillItem& item, std::string& out) {
  const storage::Submission& submission = context.claims.SubmissionOf(item.key).submission;
  ASSIGN_OR_RETURN(const std::string receipt, context.store.GetReceipt(item.key));
  ASSIGN_OR_RETURN(const std::string billed, RecordsOf(context, item, receipt));
  const bool same_agency = item.agency == submission.agency;
  const std::string head = same_agency ? submission.head : RewriteHead(submission.head, item.agency);
  const std::string insurer = item.insurer.ToUkeField();
  Bill bill;
  bill.management_number = ManagementNumber(context.options.month, item.rank, item.side);
  if (submission.flavour != Flavour::kDental) {
    bill.head_before = submission.head;
    bill.head_after = head;
  }
  bill.before = receipt;
  bill.after = billed;
  if (item.moved && item.insurer != InsurerOf(receipt)) bill.transferred_to = insurer;
  AppendBill(bill, out);
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteBills(const ExportContext& context, Output& output) {
  std::string chunk;
  for (const BillItem& item : context.plan.bills) {
    chunk.clear();
    RETURN_IF_ERROR(AppendItem(context, item, chunk));
    output.Begin(PathOf(item));
    output.Append(chunk);
  }
  return output.End();
}

}  // namespace furikae::rules
