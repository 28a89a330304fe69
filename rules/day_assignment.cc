#include "rules/day_assignment.h"

#include <algorithm>
#include <utility>

#include "absl/container/inlined_vector.h"

namespace furikae::rules {
namespace {

using storage::Coverage;

// Bearers while days are being given out: one per card, in the order of their first day.
class Distribution {
 public:
  Distribution(const HeldCards& cards, ServiceMonth month) : cards_(cards), month_(month) {}

  // Of several coverages of one card, the one of its last day is billed.
  void Give(int card, int day) {
    const auto place = std::find(givers_.begin(), givers_.end(), card) - givers_.begin();
    if (place == static_cast<std::ptrdiff_t>(givers_.size())) {
      givers_.push_back(card);
      bearers_.emplace_back();
    }
    bearers_[place].coverage = *cards_[card].On(month_, day);
    bearers_[place].days.Add(day);
  }
  Bearers Take() { return std::move(bearers_); }

 private:
  const HeldCards& cards_;
  const ServiceMonth month_;
  absl::InlinedVector<int, 2> givers_;
  Bearers bearers_;
};

// Issuance date as of the day: Date() when blank or not issued yet.
Date IssuedBy(const HeldCard& card, ServiceMonth month, int day) {
  Date issued;
  for (const Coverage& c : card.coverages) {
    if (c.ValidDays(month).Has(day) && c.issued <= month.Day(day)) issued = std::max(issued, c.issued);
  }
  return issued;
}

// The cards that are valid on a day, one against another.
class DayContest {
 public:
  // `only_other`: the place of the one card beside the claimed one that covers all days, or kNoCard.
  DayContest(const HeldCards& cards, int claimed, int only_other, ServiceMonth month, const DayPrecedence& precedence)
      : cards_(cards), month_(month), precedence_(precedence), rivals_(cards.size()) {
    for (int i = 0; i < Size(); ++i) {
      rivals_[i].claimed = i == claimed;
      rivals_[i].only_other_all_days = i == only_other;
      rivals_[i].days = cards[i].days.Count();
    }
  }

  int Winner(int day) {
    int best = kNoCard;
    for (int i = 0; i < Size(); ++i) {
      if (!cards_[i].days.Has(day)) continue;
      rivals_[i].coverage = cards_[i].On(month_, day);
      rivals_[i].issued = IssuedBy(cards_[i], month_, day);
      if (best == kNoCard || Compare(rivals_[i], rivals_[best], precedence_).order < 0) best = i;
    }
    for (int i = 0; i < Size(); ++i) {
      if (i != best && cards_[i].days.Has(day)) Remember(Compare(rivals_[best], rivals_[i], precedence_).row);
    }
    return best;
  }
  std::vector<const Row*> TakeSettledBy() { return std::move(settled_by_); }

 private:
  int Size() const { return static_cast<int>(cards_.size()); }

  void Remember(const Row* row) {
    if (row == nullptr || std::find(settled_by_.begin(), settled_by_.end(), row) != settled_by_.end()) return;
    settled_by_.push_back(row);
  }

  const HeldCards& cards_;
  const ServiceMonth month_;
  const DayPrecedence& precedence_;
  absl::InlinedVector<Rival, 4> rivals_;  // by place in `cards_`; coverage and issuance as of the last day asked for
  std::vector<const Row*> settled_by_;
};

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

DayAssignment AssignDays(const HeldCards& cards, int claimed, ServiceMonth month, DayMask days,
                         const DayPrecedence& precedence) {
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
  const int only_other = plan.other_cards_all_days == 1 ? whole : kNoCard;
  DayContest contest(cards, claimed, only_other, month, precedence);
  Distribution distribution(cards, month);
  for (int day : days.Days()) distribution.Give(contest.Winner(day), day);
  plan.bearers = distribution.Take();
  plan.settled_by = contest.TakeSettledBy();
  return plan;
}

}  // namespace furikae::rules
