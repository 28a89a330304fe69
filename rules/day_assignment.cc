#include "rules/day_assignment.h"

#include <algorithm>
#include <tuple>

namespace furikae::rules {
namespace {

using storage::Coverage;

// Appends the day to the bearer that already has this card, else begins a new one.
void Give(const HeldCard& card, int day, ServiceMonth month, Bearers& bearers) {
  for (Bearer& bearer : bearers) {
    if (!SameCard(card.card, bearer.coverage)) continue;
    bearer.days.Add(day);
    bearer.coverage = *card.On(month, day);  // of several coverages of one card, the last one is billed
    return;
  }
  bearers.push_back({*card.On(month, day), DayMask::Single(day)});
}

// Most days, then the later qualification date, then the smaller insurer number; symbol and number settle what is left.
auto Precedence(const HeldCard& card, ServiceMonth month, int day) {
  const Coverage& c = *card.On(month, day);
  return std::tuple(-card.days.Count(), -int64_t{c.qualified.days}, c.card.insurer.value, c.card.text, c.branch);
}

int CardFor(const HeldCards& cards, int claimed, ServiceMonth month, int day) {
  if (claimed != kNoCard && cards[claimed].days.Has(day)) return claimed;
  int best = kNoCard;
  for (int i = 0; i < static_cast<int>(cards.size()); ++i) {
    if (!cards[i].days.Has(day)) continue;
    if (best == kNoCard || Precedence(cards[i], month, day) < Precedence(cards[best], month, day)) best = i;
  }
  return best;
}

// Issuance date as of the day: 0 when blank or not issued yet.
int32_t IssuedBy(const HeldCard& card, ServiceMonth month, int day) {
  int32_t issued = 0;
  for (const Coverage& c : card.coverages) {
    if (c.ValidDays(month).Has(day) && c.issued <= month.Day(day)) issued = std::max(issued, c.issued.days);
  }
  return issued;
}

}  // namespace

const Coverage* HeldCard::On(ServiceMonth month, int day) const {
  const Coverage* found = nullptr;
  for (const Coverage& c : coverages) {
    if (c.ValidDays(month).Has(day) && (found == nullptr || found->qualified <= c.qualified)) found = &c;
  }
  return found;
}

HeldCards CardsOf(const storage::Coverages& coverages, ServiceMonth month, DayMask days) {
  HeldCards cards;
  for (const Coverage& c : coverages) {
    auto same = std::find_if(cards.begin(), cards.end(), [&](const HeldCard& held) { return SameCard(held.card, c); });
    if (same == cards.end()) {
      cards.emplace_back();
      same = cards.end() - 1;
      same->card = {c.card, c.branch};
    }
    same->coverages.push_back(c);
    same->days = same->days | (c.ValidDays(month) & days);
    if (same->card.branch == 0) same->card.branch = c.branch;
  }
  return cards;
}

int FindCard(const HeldCards& cards, const ComparedCard& card) {
  for (size_t i = 0; i < cards.size(); ++i) {
    for (const Coverage& c : cards[i].coverages) {
      if (SameCard(card, c)) return static_cast<int>(i);
    }
  }
  return kNoCard;
}

DayAssignment AssignDays(const HeldCards& cards, int claimed, ServiceMonth month, DayMask days) {
  DayAssignment plan;
  int whole = kNoCard;
  DayMask covered, others;
  for (int i = 0; i < static_cast<int>(cards.size()); ++i) {
    covered = covered | cards[i].days;
    if (i == claimed) continue;
    plan.doubled = plan.doubled || !(others & cards[i].days).Empty();
    others = others | cards[i].days;
    if (!cards[i].days.Covers(days)) continue;
    ++plan.other_cards_all_days;
    whole = i;
  }
  plan.uncovered = days - covered;
  if (!plan.uncovered.Empty()) return plan;
  for (int day : days.Days()) {
    const int card = plan.other_cards_all_days == 1 ? whole : CardFor(cards, claimed, month, day);
    Give(cards[card], day, month, plan.bearers);
  }
  return plan;
}

Bearers LatestIssued(const HeldCards& cards, int claimed, ServiceMonth month, DayMask days) {
  Bearers bearers;
  if (claimed == kNoCard) return bearers;
  for (int day : days.Days()) {
    int best = claimed;
    for (int i = 0; i < static_cast<int>(cards.size()); ++i) {
      if (!cards[i].days.Has(day)) continue;
      if (IssuedBy(cards[i], month, day) > IssuedBy(cards[best], month, day)) best = i;
    }
    Give(cards[best], day, month, bearers);
  }
  return bearers;
}

}  // namespace furikae::rules
