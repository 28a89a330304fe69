// transferred/<institution>.UKE: per institution the transferred and split receipts, for the review step that follows.
//
// One header … GO block per agency that bears them, since a file's header names the agency; GO counts nothing (0, 0),
// as the recording specification says of such files. One end mark at the end.
#include <map>

#include "core/concat.h"
#include "core/status.h"
#include "core/uke/writer.h"
#include "rules/export/billed_receipt.h"
#include "rules/export/files.h"
#include "rules/split.h"

namespace furikae::rules {
namespace {

struct Block {
  std::string head;
  std::string receipts;
};
using Blocks = std::map<Agency, Block>;

absl::Status AddClaim(const ExportContext& context, storage::ClaimKey key, Blocks& blocks) {
  const storage::Submission& submission = context.claims.SubmissionOf(key).submission;
  ASSIGN_OR_RETURN(const storage::Claim claim, context.claims.Get(key));
  ASSIGN_OR_RETURN(const std::string receipt, context.store.GetReceipt(key));
  for (size_t part = 0; part < claim.decision.parts.size(); ++part) {
    const Agency agency = claim.decision.parts[part].agency;
    Block& block = blocks[agency];
    if (block.head.empty())
      block.head = agency == submission.agency ? submission.head : RewriteHead(submission.head, agency);
    ASSIGN_OR_RETURN(const std::string billed, RewrittenRecords({context.rulebook, context.store.masters()}, submission,
                                                                claim.decision, part, receipt));
    block.receipts += billed;
  }
  return absl::OkStatus();
}

void AppendRecords(std::string_view records, std::string& out) {
  out += records;
  if (!out.empty() && out.back() != '\n') out += "\r\n";
}

void WriteBlocks(const std::string& institution, const Blocks& blocks, Output& output) {
  if (blocks.empty()) return;
  std::string bytes;
  for (const auto& [agency, block] : blocks) {
    AppendRecords(block.head, bytes);
    AppendRecords(block.receipts, bytes);
    std::string trailer = uke::MakeTrailer({.claims = 0, .points = 0});
    if (trailer.ends_with('\x1a')) trailer.pop_back();
    bytes += trailer;
  }
  output.Begin(Concat("transferred/", institution, ".UKE"));
  output.Append(bytes);
  output.Append("\x1a");
}

}  // namespace

absl::Status WriteTransferred(const ExportContext& context, Output& output) {
  std::string institution;
  Blocks blocks;
  for (const ClaimRef& ref : context.plan.moved) {
    const std::string of = context.claims.SubmissionOf(ref.key).submission.institution.ToString();
    if (of != institution) {
      WriteBlocks(institution, blocks, output);
      blocks.clear();
      institution = of;
    }
    RETURN_IF_ERROR(AddClaim(context, ref.key, blocks));
  }
  WriteBlocks(institution, blocks, output);
  return output.End();
}

}  // namespace furikae::rules
