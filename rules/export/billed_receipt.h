// rules/export/billed_receipt.h — a receipt as it is billed: as on file with its confirmation class, or rewritten for
// another card.
//
//   ASSIGN_OR_RETURN(std::string billed,   // CP932
//                    RewrittenRecords({rulebook, masters}, submission, claim.decision, part, receipt));
//   AppendBill({…}, out);                  // as the insurer gets it
//
// Source: decisions.md §4 "Rewritten receipt"; files.md bills (データ識別 1 as billed, 5 as before the check);
// uke_layouts.md §8. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/decision.h"
#include "rules/table.h"
#include "storage/masters.h"
#include "storage/records.h"

namespace furikae::rules {

// A transfer, a split, a corrected card and a completed branch rewrite the receipt; whatever else is billed stays as it
// is.
bool IsRewritten(const Decision& decision);
// The records of `receipt` (CP932, as on file) with the confirmation class in the insurer's SN, where it has one.
std::string ConfirmedRecords(std::string_view receipt, int confirmation_class);
// What decides how a receipt is written: the tables, and the kinds of insurers that they ask about.
struct WritingRules {
  const Rulebook& rulebook;
  const storage::Masters& masters;
};
// The records of `receipt` as billed to decision.parts[part]. Errors: those of rules/split.h Rewrite.
absl::StatusOr<std::string> RewrittenRecords(const WritingRules& rules, const storage::Submission& submission,
                                             const Decision& decision, size_t part, std::string_view receipt);

// For each record of `after` the record of `before` that it replaces, or -1: records keep their order, some may be
// missing after a split, some may be new. Receipts of many thousand records that differ from some record on: -1 from
// there.
std::vector<int> FormerRecords(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after);

// One receipt of a bill (レセ電コード情報ファイル), every line with データ識別, 行番号, 枝番号 in front.
struct Bill {
  std::string management_number;  // レセプト管理番号, up to 16 digits
  std::string_view head_before;  // the institution's record as submitted; empty in dental files, whose receipts hold it
  std::string_view head_after;
  std::string_view before, after;   // the receipt's records
  std::string_view transferred_to;  // 振替先保険者番号; empty when the insurer stays
};
void AppendBill(const Bill& bill, std::string& out);

}  // namespace furikae::rules
