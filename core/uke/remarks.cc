#include "core/uke/columns.h"
#include "core/uke/cp932.h"
#include "core/uke/receipt.h"
#include "core/uke/scan.h"

namespace furikae::uke {

std::string ReadRemarks(const Receipt& receipt) {
  std::string out;
  if (!receipt.Has(kSeenRemark)) return out;
  const Plans& plans = PlansOf(receipt.flavour);
  bool joined = false;  // the line before was a free comment
  ForEachLine(receipt.bytes, [&](std::string_view line, uint32_t) {
    const RecordPlan& plan = plans.Of(IdOf(line));
    std::string_view values[kItems];
    if (plan.kind == RecordKind::kRemark) TakeColumns(line, plan, values);
    const bool free_comment = values[kCommentCode] == kFreeComment;
    if (free_comment) {
      if (!joined && !out.empty()) out += '\n';
      AppendFromCp932(values[kCommentText], out);
    }
    joined = free_comment;
    return true;
  });
  return out;
}

}  // namespace furikae::uke
