// rules/day_precedence.h — which of several cards that are valid on one day bears it: the criteria, in the order in
// which the table day_precedence names them.
//
//   DayPrecedence precedence = PrecedenceOf(table.Collect(facts));   // CLAIMED_CARD, MOST_DAYS, …
//   for (const DayRule& rule : precedence) …                         // the first on which two cards differ decides
//
// The table is a COLLECT table: each row gives one criterion, and the order of the rows is the order of the criteria.
// Rows are those of the rulebook, which must outlive them. Thread-safe. Source: decisions.md §3 (LAPSED 3).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "rules/table.h"

namespace furikae::rules {

enum class DayCriterion : uint8_t {
  kClaimedCard,         // the claimed card before others
  kMostDays,            // the card that covers more days of the receipt
  kLaterQualification,  // the card whose coverage of that day began later
  kSmallerInsurer       // the smaller insurer number
};
struct DayRule {
  DayCriterion criterion = DayCriterion::kClaimedCard;
  const Row* row = nullptr;  // that names it
};
using DayPrecedence = std::vector<DayRule>;

// Their names in tables, in the order of the enumeration.
std::span<const std::string_view> DayCriterionNames();

// Of the rows of day_precedence that hold; a criterion that nobody knows is left out (rules/check.h refuses it).
DayPrecedence PrecedenceOf(const RowHits& rows);

}  // namespace furikae::rules
