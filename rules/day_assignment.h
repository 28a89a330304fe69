// rules/day_assignment.h — which card of a person bears each day of the receipt.
//
//   HeldCards cards = CardsOf(coverages, month, days);
//   DayAssignment plan = AssignDays(cards, claimed, month, days, precedence);
//   plan.uncovered.Empty() && plan.other_cards_all_days == 1        // a transfer
//
// A day that several cards cover goes to the first of them by the criteria of a table, in the order of its rows
// (rules/day_precedence.h); what these leave equal goes by the order in which the registry gives the coverages. Cards
// of the same insurer, symbol and number (and branch, when both have one) are one card, valid on a day when any of its
// coverages is. Thread-safe. Source: decisions.md §1, §3 (VALID; LAPSED 2–4).
#pragma once

#include <vector>

#include "rules/day_precedence.h"
#include "rules/patient_card.h"
#include "storage/registry_index.h"

namespace furikae::rules {

struct HeldCard {
  ComparedCard card;
  storage::Coverages coverages;
  DayMask days;  // days of the receipt on which it is valid

  // The coverage that is valid on that day of the month; the one that began last when several are.
  const storage::Coverage* On(ServiceMonth month, int day) const;
};
using HeldCards = std::vector<HeldCard>;
HeldCards CardsOf(const storage::Coverages& coverages, ServiceMonth month, DayMask days);

// One bearer and its days.
struct Bearer {
  storage::Coverage coverage;
  DayMask days;
  bool registered = true;  // false: an insurer confirmed somebody whom the registry does not hold
};
using Bearers = std::vector<Bearer>;

struct DayAssignment {
  Bearers bearers;  // in the order of their first day; empty while a day is uncovered
  DayMask uncovered;
  int other_cards_all_days = 0;  // cards beside the claimed one that cover all days
  bool doubled = false;          // two cards beside the claimed one are valid on the same day
  // By which a day that several cards cover went to its bearer, in the order in which they were needed.
  std::vector<const Row*> settled_by;  // rows of the table that `precedence` was made of, each once
};
inline constexpr int kNoCard = -1;
// `claimed`: its place in `cards`, or kNoCard.
DayAssignment AssignDays(const HeldCards& cards, int claimed, ServiceMonth month, DayMask days,
                         const DayPrecedence& precedence);

// The place of the card in `cards`, or kNoCard.
int FindCard(const HeldCards& cards, const ComparedCard& card);

}  // namespace furikae::rules
