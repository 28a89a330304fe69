// rpc/services/run_moment.h — the month and moment of a request, read and checked.
//
// Months are claim months, moments are of Japan time (+09:00), to the second. Thread-safe. Source: decisions.md §1
// (claim month, moment).
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "rules/engine.h"

namespace furikae::rpc {

// InvalidArgument names the field `what`.
inline absl::StatusOr<Moment> ParseMoment(const char* what, const std::string& text) {
  if (const auto moment = Moment::Parse(text)) return *moment;
  return absl::InvalidArgumentError(
      absl::StrCat(what, " \"", text, "\" is no moment; write it as 2024-10-31T23:59:59+09:00"));
}

// `now` may be empty: the last second of the month, Japan time (decisions.md §1).
inline absl::StatusOr<rules::RunMoment> ParseRunMoment(const std::string& month, const std::string& now) {
  const auto parsed_month = ServiceMonth::Parse(month);
  if (!parsed_month) {
    return absl::InvalidArgumentError(absl::StrCat("month \"", month, "\" is no month; write it as 2024-10"));
  }
  if (now.empty()) return rules::RunMoment{*parsed_month, Moment::LastSecondOf(*parsed_month)};
  ASSIGN_OR_RETURN(const Moment moment, ParseMoment("now", now));
  return rules::RunMoment{*parsed_month, moment};
}

}  // namespace furikae::rpc
