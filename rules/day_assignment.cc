#include "rules/day_assignment.h"

#include <algorithm>
#include <tuple>
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

// The cards that are valid on a day, one against another.
class DayContest {
 public:
  DayContest(const HeldCards& cards, int claimed, ServiceMonth month, const DayPrecedence& precedence)
      : cards_(cards), claimed_(claimed), month_(month), precedence_(precedence) {}

  int Winner(int day) {
    int best = kNoCard;
    for (int i = 0; i < static_cast<int>(cards_.size()); ++i) {
      if (cards_[i].days.Has(day) && (best == kNoCard || GoesBefore(i, best, day))) best = i;
    }
    for (int i = 0; i < static_cast<int>(cards_.size()); ++i) {
      if (i != best && cards_[i].days.Has(day)) Remember(Separating(best, i, day));
    }
    return best;
  }
  std::vector<const Row*> TakeSettledBy() { return std::move(settled_by_); }

 private:
  // The first rule on which the two differ; nullptr: none.
  const DayRule* Separating(int one, int other, int day) const {
    const auto differ = [&](const DayRule& rule) {
      return Rank(rule.criterion, one, day) != Rank(rule.criterion, other, day);
    };
    const auto found = std::find_if(precedence_.begin(), precedence_.end(), differ);
    return found == precedence_.end() ? nullptr : &*found;
  }

  void Remember(const DayRule* rule) {
    if (rule == nullptr || std::find(settled_by_.begin(), settled_by_.end(), rule->row) != settled_by_.end()) return;
    settled_by_.push_back(rule->row);
  }

  bool GoesBefore(int one, int other, int day) const {
    if (const DayRule* rule = Separating(one, other, day)) {
      return Rank(rule->criterion, one, day) < Rank(rule->criterion, other, day);
    }
    const auto last_resort = [&](int card) {
      const Coverage& c = On(card, day);
      return std::tuple(c.card.text, c.branch);
    };
    return last_resort(one) < last_resort(other);
  }

  // The smaller goes first.
  int64_t Rank(DayCriterion criterion, int card, int day) const {
    switch (criterion) {
      case DayCriterion::kClaimedCard:
        return card == claimed_ ? 0 : 1;
      case DayCriterion::kMostDays:
        return -cards_[card].days.Count();
      case DayCriterion::kLaterQualification:
        return -int64_t{On(card, day).qualified.days};
      case DayCriterion::kSmallerInsurer:
        return On(card, day).card.insurer.value;
    }
    return 0;
  }

  const Coverage& On(int card, int day) const { return *cards_[card].On(month_, day); }

  const HeldCards& cards_;
  const int claimed_;
  const ServiceMonth month_;
  const DayPrecedence& precedence_;
  std::vector<const Row*> settled_by_;
};

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
  DayContest contest(cards, claimed, month, precedence);
  Distribution distribution(cards, month);
  for (int day : days.Days()) {
    distribution.Give(plan.other_cards_all_days == 1 ? whole : contest.Winner(day), day);
  }
  plan.bearers = distribution.Take();
  plan.settled_by = contest.TakeSettledBy();
  return plan;
}

Bearers LatestIssued(const HeldCards& cards, int claimed, ServiceMonth month, DayMask days) {
  if (claimed == kNoCard) return {};
  Distribution distribution(cards, month);
  for (int day : days.Days()) {
    int best = claimed;
    for (int i = 0; i < static_cast<int>(cards.size()); ++i) {
      if (!cards[i].days.Has(day)) continue;
      if (IssuedBy(cards[i], month, day) > IssuedBy(cards[best], month, day)) best = i;
    }
    distribution.Give(best, day);
  }
  return distribution.Take();
}

}  // namespace furikae::rules
