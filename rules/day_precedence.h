// rules/day_precedence.h — which of several cards goes first: the criteria, in the order in which a table names them.
//
//   DayPrecedence precedence = PrecedenceOf(table.Collect(facts));   // CLAIMED_CARD, MOST_DAYS, …
//   Verdict verdict = Compare(one, other, precedence);
//   verdict.order < 0                                                // `one` goes first, and verdict.row says so
//
// The tables day_precedence and issuance_precedence are COLLECT tables: each row gives one criterion, and the order of
// the rows is the order of the criteria; the first on which two cards differ decides. Rows are those of the rulebook,
// which must outlive them. Thread-safe. Source: decisions.md §3 (VALID; LAPSED 2 and 3).
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "rules/table.h"
#include "storage/registry_index.h"

namespace furikae::rules {

enum class DayCriterion : uint8_t {
  kClaimedCard,         // the claimed card before others
  kOnlyOtherAllDays,    // the one card beside the claimed one that covers all days; none where several do
  kMostDays,            // the card that covers more days of the receipt
  kLaterQualification,  // the card whose coverage of that day began later
  kLaterIssued,         // the card whose certificate was issued later; blank, or after that day: before all others
  kSmallerInsurer,      // the smaller insurer number
  kSmallerCard          // symbol and number, then branch, as the registry compares them
};
struct DayRule {
  DayCriterion criterion = DayCriterion::kClaimedCard;
  const Row* row = nullptr;  // that names it
};
using DayPrecedence = std::vector<DayRule>;

// Their names in tables, in the order of the enumeration.
std::span<const std::string_view> DayCriterionNames();

// Of the rows that hold; a criterion that nobody knows is left out (rules/check.h refuses it).
DayPrecedence PrecedenceOf(const RowHits& rows);

// One of several cards, as the criteria see it.
struct Rival {
  const storage::Coverage* coverage = nullptr;  // of the day that is asked for
  bool claimed = false;
  bool only_other_all_days = false;
  int days = 0;  // of the receipt, that it covers
  Date issued;   // as of that day; Date() = blank
};

struct Verdict {
  std::strong_ordering order = std::strong_ordering::equal;  // less: the first of the two goes first
  const Row* row = nullptr;                                  // that says so; nullptr where nothing tells them apart
};
Verdict Compare(const Rival& one, const Rival& other, const DayPrecedence& precedence);

}  // namespace furikae::rules
