#include "rules/open_month.h"

#include <algorithm>

#include "core/concat.h"

namespace furikae::rules {
namespace {

// index 0 when none is closed.
ServiceMonth LastClosed(const storage::Store& store) {
  const std::vector<ServiceMonth> closed = store.ClosedMonths();
  return closed.empty() ? ServiceMonth() : closed.back();
}

}  // namespace

absl::Status RequireOpen(const storage::Store& store, ServiceMonth month) {
  const ServiceMonth last = LastClosed(store);
  if (last.index == 0 || month > last) return absl::OkStatus();
  if (store.ClosedAt(month)) {
    return absl::FailedPreconditionError(Concat("claim month ", month.ToString(),
                                                " is closed and takes in nothing more; use the open month ",
                                                last.Plus(1).ToString(), " or a later one"));
  }
  return absl::FailedPreconditionError(Concat("claim month ", month.ToString(), " lies before ", last.ToString(),
                                              ", which is closed; use the open month ", last.Plus(1).ToString(),
                                              " or a later one"));
}

ServiceMonth OpenMonth(const storage::Store& store, ServiceMonth month) {
  const ServiceMonth last = LastClosed(store);
  return last.index == 0 ? month : std::max(month, last.Plus(1));
}

}  // namespace furikae::rules
