#include "rules/stored_months.h"

#include <algorithm>
#include <optional>
#include <set>

#include "core/concat.h"
#include "core/status.h"

namespace furikae::rules {
namespace {

constexpr size_t kMostNamed = 12;

bool Holds(const std::vector<ServiceMonth>& months, ServiceMonth month) {
  return std::find(months.begin(), months.end(), month) != months.end();
}

// "2024-09, 2024-10"; "2022-01 … 2024-10" when there are too many to name.
std::string Named(const std::vector<ServiceMonth>& months) {
  if (months.size() > kMostNamed) return Concat(months.front().ToString(), " … ", months.back().ToString());
  std::string names;
  for (const ServiceMonth month : months) names += Concat(names.empty() ? "" : ", ", month.ToString());
  return names;
}

}  // namespace

absl::StatusOr<std::vector<ServiceMonth>> MonthsWithReceipts(const storage::Store& store) {
  std::set<ServiceMonth> months;
  RETURN_IF_ERROR(store.ForEachSubmission([&](const storage::Submission& submission) {
    if (submission.accepted > 0) months.insert(submission.claim_month);
    return absl::OkStatus();
  }));
  return std::vector<ServiceMonth>(months.begin(), months.end());
}

absl::StatusOr<std::string> NoteOfEmptyMonth(const storage::Store& store, ServiceMonth month) {
  if (store.ClosedAt(month)) return std::string();
  ASSIGN_OR_RETURN(const std::optional<ServiceMonth> newest, store.NewestLedgerMonth());
  if (newest == month) return std::string();
  ASSIGN_OR_RETURN(const std::vector<ServiceMonth> months, MonthsWithReceipts(store));
  if (Holds(months, month)) return std::string();
  return Concat(
      "nothing is stored for claim month ", month.ToString(), "; ",
      months.empty() ? "no receipts are stored for any month" : Concat("receipts are stored for ", Named(months)));
}

absl::Status RequireWorthClosing(const storage::Store& store, ServiceMonth month) {
  ASSIGN_OR_RETURN(std::vector<ServiceMonth> months, MonthsWithReceipts(store));
  if (Holds(months, month)) return absl::OkStatus();
  const std::vector<ServiceMonth> closed = store.ClosedMonths();
  const ServiceMonth last_closed = closed.empty() ? ServiceMonth() : closed.back();
  const ServiceMonth last = std::max(last_closed, months.empty() ? ServiceMonth() : months.back());
  if (last == ServiceMonth() || month <= last.Plus(1)) return absl::OkStatus();
  std::erase_if(months, [&](ServiceMonth with_receipts) { return with_receipts <= last_closed; });
  return absl::FailedPreconditionError(Concat(
      "claim month ", month.ToString(), " cannot be closed: no receipts of it are stored, and every month before ",
      "it would be closed with it for good; ",
      months.empty() ? Concat("the next month to close is ", last.Plus(1).ToString())
                     : Concat("to be closed first: ", Named(months))));
}

}  // namespace furikae::rules
