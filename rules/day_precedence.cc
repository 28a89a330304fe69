#include "rules/day_precedence.h"

#include <algorithm>
#include <array>

namespace furikae::rules {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"CLAIMED_CARD", "MOST_DAYS", "LATER_QUALIFICATION",
                                                    "SMALLER_INSURER"};

}  // namespace

std::span<const std::string_view> DayCriterionNames() { return kNames; }

DayPrecedence PrecedenceOf(const RowHits& rows) {
  DayPrecedence precedence;
  for (const Row* row : rows) {
    const auto found = std::find(kNames.begin(), kNames.end(), row->Text("criterion"));
    if (found != kNames.end()) precedence.push_back({static_cast<DayCriterion>(found - kNames.begin()), row});
  }
  return precedence;
}

}  // namespace furikae::rules
