#include "rules/day_precedence.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace furikae::rules {
namespace {

constexpr std::array<std::string_view, 7> kNames = {"CLAIMED_CARD",        "ONLY_OTHER_ALL_DAYS", "MOST_DAYS",
                                                    "LATER_QUALIFICATION", "LATER_ISSUED",        "SMALLER_INSURER",
                                                    "SMALLER_CARD"};

std::strong_ordering By(DayCriterion criterion, const Rival& one, const Rival& other) {
  switch (criterion) {
    case DayCriterion::kClaimedCard:
      return other.claimed <=> one.claimed;
    case DayCriterion::kOnlyOtherAllDays:
      return other.only_other_all_days <=> one.only_other_all_days;
    case DayCriterion::kMostDays:
      return other.days <=> one.days;
    case DayCriterion::kLaterQualification:
      return other.coverage->qualified <=> one.coverage->qualified;
    case DayCriterion::kLaterIssued:
      return other.issued <=> one.issued;
    case DayCriterion::kSmallerInsurer:
      return one.coverage->card.insurer <=> other.coverage->card.insurer;
    case DayCriterion::kSmallerCard:
      return std::tuple(one.coverage->card.text, one.coverage->branch) <=>
             std::tuple(other.coverage->card.text, other.coverage->branch);
  }
  return std::strong_ordering::equal;
}

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

Verdict Compare(const Rival& one, const Rival& other, const DayPrecedence& precedence) {
  for (const DayRule& rule : precedence) {
    if (const auto order = By(rule.criterion, one, other); order != 0) return {order, rule.row};
  }
  return {};
}

}  // namespace furikae::rules
