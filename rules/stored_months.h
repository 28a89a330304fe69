// rules/stored_months.h — for which claim months anything is stored, and the words for one for which nothing is.
//
//   ASSIGN_OR_RETURN(const std::string note, NoteOfEmptyMonth(store, month));   // "" or "nothing is stored for claim
//   RETURN_IF_ERROR(RequireWorthClosing(store, month));                         // month 2030-01; …"
//
// Errors: those of the store, beside the one named below. Thread-safe as the store is. Source: decisions.md §1 (claim
// month); DESIGN §2.7 (months close in their order, for good).
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/store.h"

namespace furikae::rules {

// Claim months in which receipts were accepted, in their order.
absl::StatusOr<std::vector<ServiceMonth>> MonthsWithReceipts(const storage::Store& store);

// Empty when receipts of `month` are stored, it is closed, or the newest entries of the ledger stand in it; else a
// sentence that names the months with receipts.
absl::StatusOr<std::string> NoteOfEmptyMonth(const storage::Store& store, ServiceMonth month);

// FailedPrecondition when `month` has no receipts and leaves out months after the last one that is closed or has
// receipts: a mistyped month would close every month before it for good. A store without either may close any.
absl::Status RequireWorthClosing(const storage::Store& store, ServiceMonth month);

}  // namespace furikae::rules
