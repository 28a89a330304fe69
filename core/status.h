// core/status.h — early return for absl::Status and absl::StatusOr, which is how every floor reports failure.
//
//   RETURN_IF_ERROR(store.Write(batch));
//   ASSIGN_OR_RETURN(Receipt receipt, ReadReceipt(bytes));
//
// A message names what, where, why and what to do: "RECEIPTC.UKE line 214, column 6 (合計点数): ...". Source: STYLE
// (our own habits: early return, errors speak to a person).
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define RETURN_IF_ERROR(expression)                                         \
  do {                                                                      \
    if (absl::Status status_ = (expression); !status_.ok()) return status_; \
  } while (false)

#define FURIKAE_CONCAT_INNER(a, b) a##b
#define FURIKAE_CONCAT(a, b) FURIKAE_CONCAT_INNER(a, b)
#define ASSIGN_OR_RETURN(target, expression) \
  ASSIGN_OR_RETURN_VIA(FURIKAE_CONCAT(status_or_, __LINE__), target, expression)
#define ASSIGN_OR_RETURN_VIA(holder, target, expression) \
  auto holder = (expression);                            \
  if (!holder.ok()) return std::move(holder).status();   \
  target = *std::move(holder)
