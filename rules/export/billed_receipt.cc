#include "rules/export/billed_receipt.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/concat.h"
#include "core/status.h"
#include "core/uke/edit.h"
#include "core/uke/receipt.h"
#include "core/uke/writer.h"
#include "rules/coverage_terms.h"
#include "rules/receipt_facts.h"
#include "rules/split.h"
#include "rules/stored_claim.h"

namespace furikae::rules {
namespace {

// Columns of SN, the same in every flavour (uke_layouts.md §3–§7).
constexpr int kSnPayer = 2, kSnClass = 3;

// Bounds the comparison of two receipts: about 4,000 records each.
constexpr size_t kMostPairs = 16'000'000;

std::string TwoDigits(int number) { return absl::StrFormat("%02d", number); }

bool IsInsurersSn(const uke::Line& line) { return line.Id() == "SN" && uke::Column(line.text, kSnPayer) == "1"; }

// Days on which JD and lines disagree, where a row of the exclusions (E4) has the written JD say so.
DayMask DisagreeingDays(const Rulebook& rulebook, ServiceMonth claim_month, const uke::Receipt& receipt,
                        const uke::LineDays& lines) {
  const DayMask days = (lines.days - receipt.JdDays()) | (receipt.jd_counted - lines.days);
  const Table* exclusions = rulebook.Find("exclusions");
  if (!receipt.Has(uke::kSeenJd) || days.Empty() || exclusions == nullptr) return {};
  Facts facts;
  facts.Set(Fact::kClaimMonth, claim_month.index);
  facts.Set(Fact::kServiceMonth, receipt.service_month.index);
  facts.Set(Fact::kFlavour, static_cast<int64_t>(receipt.flavour));
  facts.Set(Fact::kHasJd, 1);
  facts.Set(Fact::kJdAgrees, 0);
  const RowHits rows = exclusions->Collect(facts);
  const bool marked =
      std::any_of(rows.begin(), rows.end(), [](const Row* row) { return row->Number("marks_days") != 0; });
  return marked ? days : DayMask{};
}

absl::StatusOr<std::string> Rewritten(const WritingRules& rules, ServiceMonth claim_month, const uke::Receipt& receipt,
                                      const Decision& decision, size_t part) {
  const uke::LineDays lines = uke::ReadLineDays(receipt);
  const Part& to = decision.parts[part];
  NewQualification change;
  change.card = to.card;
  change.outcome = decision.outcome;
  change.confirmation_class = decision.confirmation_class;
  change.writes_branch = WritesBranch(rules.rulebook, rules.masters, to.card.insurer, receipt.service_month);
  change.agency = to.agency;
  change.type = to.receipt_type;  // 0, when only the card was corrected, leaves the rate too
  if (to.rate >= 0) change.rate = to.rate;
  change.disagreeing_days = DisagreeingDays(rules.rulebook, claim_month, receipt, lines);
  if (decision.outcome == Outcome::kSplit) {
    std::vector<DayMask> days;
    for (const Part& side : decision.parts) days.push_back(side.days);
    change.side = SplitByDays(receipt, lines, days)[part];
  }
  return Rewrite(receipt, lines, change);
}

// Records of which a receipt has one (or one per payer, the second column) stay the same record whatever is rewritten.
bool IsSameRecord(std::string_view a, std::string_view b) {
  const std::string_view id = a.substr(0, a.find(','));
  if (id != b.substr(0, b.find(','))) return false;
  if (id == "RE" || id == "HO" || id == "IR" || id == "BU") return true;
  if (id == "SN" || id == "JD" || id == "MF") return uke::Column(a, 2) == uke::Column(b, 2);
  for (int column = 2; column <= 4; ++column) {
    if (uke::Column(a, column) != uke::Column(b, column)) return false;
  }
  return true;
}

std::vector<std::string_view> Records(std::string_view bytes) {
  std::vector<std::string_view> records;
  for (const uke::Line& line : uke::Lines(bytes)) {
    if (!line.text.empty()) records.push_back(line.text);
  }
  return records;
}

void AppendRecord(int data_id, int line, std::string_view record, std::string& out) {
  absl::StrAppend(&out, data_id, ",", line, ",0,", AbslView(record), "\r\n");
}

void AppendAgencyRecord(int line, std::string record, std::string& out) {
  while (!record.empty() && (record.back() == '\n' || record.back() == '\r')) record.pop_back();
  AppendRecord(2, line, record, out);
}

// As billed (1) and, where it was another, as before the check (5).
void AppendChecked(int line, std::string_view after, std::string_view before, std::string& out) {
  AppendRecord(1, line, after, out);
  if (!before.empty() && before != after) AppendRecord(5, line, before, out);
}

}  // namespace

bool IsRewritten(const Decision& decision) {
  return decision.outcome == Outcome::kTransferred || decision.outcome == Outcome::kSplit ||
         decision.outcome == Outcome::kBranchCompleted || (decision.flags & kCardCorrected) != 0;
}

std::string ConfirmedRecords(std::string_view receipt, int confirmation_class) {
  std::string out;
  out.reserve(receipt.size());
  for (const uke::Line& line : uke::Lines(receipt)) {
    const bool confirmed = confirmation_class != 0 && IsInsurersSn(line);
    out +=
        confirmed ? uke::WithColumns(line.text, {{kSnClass, TwoDigits(confirmation_class)}}) : std::string(line.text);
    out += line.ending;
  }
  return out;
}

absl::StatusOr<std::string> RewrittenRecords(const WritingRules& rules, const storage::Submission& submission,
                                             const Decision& decision, size_t part, std::string_view receipt) {
  ASSIGN_OR_RETURN(const uke::Receipt read, uke::ReadReceipt(HeadOf(submission), receipt));
  return Rewritten(rules, submission.claim_month, read, decision, part);
}

std::vector<int> FormerRecords(const std::vector<std::string_view>& before,
                               const std::vector<std::string_view>& after) {
  // The longest common subsequence of "same record", identical ones preferred: score[i][j] of before[i…] and after[j…].
  const size_t rows = before.size(), columns = after.size();
  std::vector<int> former(columns, -1);
  size_t same = 0;  // the beginning that pairs up by itself keeps the table small
  while (same < rows && same < columns &&
         (before[same] == after[same] || (rows == columns && IsSameRecord(before[same], after[same])))) {
    former[same] = static_cast<int>(same);
    ++same;
  }
  const size_t width = columns - same + 1;
  if ((rows - same + 1) * width > kMostPairs) return former;
  std::vector<uint32_t> score((rows - same + 1) * width);
  const auto at = [&](size_t i, size_t j) -> uint32_t& { return score[(i - same) * width + (j - same)]; };
  const auto worth = [&](size_t i, size_t j) -> uint32_t {
    return before[i] == after[j] ? 3 : IsSameRecord(before[i], after[j]) ? 2 : 0;
  };
  for (size_t i = rows; i-- > same;) {
    for (size_t j = columns; j-- > same;) {
      const uint32_t pair = worth(i, j);
      at(i, j) = std::max({at(i + 1, j), at(i, j + 1), pair == 0 ? 0 : pair + at(i + 1, j + 1)});
    }
  }
  for (size_t i = same, j = same; i < rows && j < columns;) {
    const uint32_t pair = worth(i, j);
    if (pair != 0 && at(i, j) == pair + at(i + 1, j + 1)) {
      former[j++] = static_cast<int>(i++);
    } else if (at(i, j) == at(i + 1, j)) {
      ++i;
    } else {
      ++j;
    }
  }
  return former;
}

void AppendBill(const Bill& bill, std::string& out) {
  int line = 1;
  AppendAgencyRecord(line++, uke::MakeAgencyRecord("MN", {{"レセプト管理番号", bill.management_number}}), out);
  if (!bill.head_after.empty()) {
    const std::vector<std::string_view> after = Records(bill.head_after), before = Records(bill.head_before);
    for (size_t i = 0; i < after.size(); ++i) AppendChecked(line++, after[i], i < before.size() ? before[i] : "", out);
  }
  const std::vector<std::string_view> after = Records(bill.after);
  if (bill.after == bill.before) {
    for (const std::string_view record : after) AppendRecord(1, line++, record, out);
  } else {
    const std::vector<std::string_view> before = Records(bill.before);
    const std::vector<int> former = FormerRecords(before, after);
    for (size_t i = 0; i < after.size(); ++i)
      AppendChecked(line++, after[i], former[i] < 0 ? "" : before[former[i]], out);
  }
  if (bill.transferred_to.empty()) return;
  AppendAgencyRecord(line, uke::MakeAgencyRecord("EX", {{"振替先保険者番号", std::string(bill.transferred_to)}}), out);
}

}  // namespace furikae::rules
