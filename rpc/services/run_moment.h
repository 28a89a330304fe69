// rpc/services/run_moment.h — the month and moment of a request, read and checked.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "rules/engine.h"

namespace furikae::rpc {

// `now` may be empty: the last second of the month, Japan time (decisions.md §1).
inline absl::StatusOr<rules::RunMoment> ParseRunMoment(const std::string& month, const std::string& now) {
  const auto parsed_month = ServiceMonth::Parse(month);
  if (!parsed_month) {
    return absl::InvalidArgumentError(absl::StrCat("month \"", month, "\" is no month; write it as 2024-10"));
  }
  if (now.empty()) return rules::RunMoment{*parsed_month, Moment::LastSecondOf(*parsed_month)};
  const auto parsed_now = Moment::Parse(now);
  if (!parsed_now) {
    return absl::InvalidArgumentError(
        absl::StrCat("now \"", now, "\" is no moment; write it as 2024-10-31T23:59:59+09:00"));
  }
  return rules::RunMoment{*parsed_month, *parsed_now};
}

}  // namespace furikae::rpc
