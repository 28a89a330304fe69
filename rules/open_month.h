// rules/open_month.h — which claim month work is posted in: months close in their order, and a closed one never
// changes.
//
//   RETURN_IF_ERROR(RequireOpen(store, run.month));
//
// Source: decisions.md §8 (late identification), DESIGN §2.7.
#pragma once

#include "absl/status/status.h"
#include "storage/store.h"

namespace furikae::rules {

// FailedPrecondition when `month` is closed or lies before a month that is.
absl::Status RequireOpen(const storage::Store& store, ServiceMonth month);

// The month in which what people decide is posted during a run of `month`: that one, or the first that is not closed
// yet.
ServiceMonth OpenMonth(const storage::Store& store, ServiceMonth month);

}  // namespace furikae::rules
