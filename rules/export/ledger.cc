// ledger.csv: every line of every entry posted in the month, by entry id.
//
// Entries of claims come first (a claim id begins with a digit), then those of pools. Source: decisions.md §9.6.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "rules/export/files.h"

namespace furikae::rules {
namespace {

using storage::LedgerEntry;

void AddRows(const LedgerEntry& entry, const std::string& owner, std::vector<TableRow>& rows) {
  const std::string id = absl::StrCat(owner, "/", entry.number);
  for (const storage::LedgerLine& line : entry.lines) {
    rows.push_back({id, entry.month.ToString(), owner, line.account, absl::StrCat(line.debit.value),
                    absl::StrCat(line.credit.value), entry.kind});
  }
}

// Sorting is needed only among the entries of one owner: "…/10" comes before "…/2" as bytes.
class ByOwner {
 public:
  explicit ByOwner(RowVisit visit) : visit_(visit) {}
  absl::Status Add(const LedgerEntry& entry, const std::string& owner, std::string_view group) {
    if (group != group_) {
      RETURN_IF_ERROR(Flush());
      group_ = group;
    }
    AddRows(entry, owner, rows_);
    return absl::OkStatus();
  }
  absl::Status Flush() { return VisitSorted(std::exchange(rows_, {}), visit_); }

 private:
  RowVisit visit_;
  std::string group_;
  std::vector<TableRow> rows_;
};

// "pool/1311234567/1/2024-08": a late pool, whose name goes on, sorts between the entries of the first.
std::string_view PoolGroup(std::string_view name) {
  size_t end = 0;
  for (int part = 0; part < 4 && end != std::string_view::npos; ++part) end = name.find('/', end + 1);
  return name.substr(0, end);
}

}  // namespace

const OutTable& LedgerTable() {
  static const auto& table =
      *new OutTable{"ledger",
                    "ledger.csv",
                    {{"entry_id"}, {"month"}, {"claim_id"}, {"account"}, {"debit", true}, {"credit", true}, {"kind"}}};
  return table;
}

absl::Status ForEachLedgerRow(const ExportContext& context, RowVisit visit) {
  const ServiceMonth month = context.options.month;
  ByOwner rows(visit);
  for (const MonthSubmission& from : context.claims.submissions()) {
    const auto add = [&](const LedgerEntry& entry) {
      const std::string owner = from.ClaimId(entry.claim->receipt);
      return rows.Add(entry, owner, owner);
    };
    RETURN_IF_ERROR(context.store.ForEachLedgerEntryOf(month, from.submission.sequence, add));
  }
  const auto add_pool = [&](const LedgerEntry& entry) { return rows.Add(entry, entry.pool, PoolGroup(entry.pool)); };
  RETURN_IF_ERROR(context.store.ForEachLedgerEntryOf(month, std::nullopt, add_pool));
  return rows.Flush();
}

}  // namespace furikae::rules
