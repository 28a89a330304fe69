#include "rules/route.h"

#include <algorithm>

#include "core/status.h"
#include "rules/classify.h"
#include "rules/contradiction.h"
#include "rules/correct.h"
#include "rules/declared_facts.h"
#include "rules/declared_items.h"
#include "rules/router.h"

namespace furikae::rules {
namespace {

using storage::Coverage;
using storage::Coverages;

constexpr int64_t kAllDays = 2;  // of the fact card_days

bool HasOwnCard(const ReceiptCase& c) { return c.card.holder == CardHolder::kPatient; }

}  // namespace

absl::StatusOr<const Row*> Router::Need(const Table* table) {
  const Row* row = c_.Ask(table);
  split_wanted_ = split_wanted_ || WouldSplit(*table);
  if (row != nullptr) return row;
  return Contradicts({Contradiction::Cause::kNoRowHolds, std::string(table->name())});
}

bool Router::WouldSplit(const Table& table) const {
  if (bearers_.size() < 2) return false;
  Facts allowed = c_.facts;
  allowed.Pin(static_cast<int>(Fact::kSplitAllowed), 1);
  const Row* row = table.First(allowed);
  return row != nullptr && row->Text("outcome") == OutcomeName(Outcome::kSplit);
}

void Router::Plan(Bearers bearers, std::vector<const Row*> settled_by) {
  bearers_ = std::move(bearers);
  settled_by_ = std::move(settled_by);
  exclusions_ = ExamineExclusions(c_, bearers_);
  examined_ = true;
}

// --- VALID

void Router::SetBranchFact() {
  constexpr int64_t kPresent = 0, kBlank = 1, kCompletable = 2;
  if (c_.receipt.branch.empty() && c_.card.holders_with_birth == 1) {
    registered_branch_ = BranchText(c_.card.CoverageAt(c_.month().Day(c_.days().Last()))->branch);
  }
  c_.facts.Set(Fact::kBranch, !c_.receipt.branch.empty()   ? kPresent
                              : registered_branch_.empty() ? kBlank
                                                           : kCompletable);
}

void Router::CompareIssuance() {
  constexpr int64_t kClaimed = 1, kOther = 2, kSeveral = 3;
  const HeldCards cards =
      CardsOf(OnCardsThatCount(c_, c_.registry.CoveragesOf(c_.card.person, c_.context.now)), c_.month(), c_.days());
  DayAssignment latest =
      AssignDays(cards, FindCard(cards, c_.claimed), c_.month(), c_.days(), c_.tables.issuance_precedence.At(c_.facts));
  const bool claimed = std::all_of(latest.bearers.begin(), latest.bearers.end(),
                                   [&](const Bearer& bearer) { return SameCard(c_.claimed, bearer.coverage); });
  c_.facts.Set(Fact::kLatestIssued, claimed ? kClaimed : latest.bearers.size() == 1 ? kOther : kSeveral);
  if (!claimed) Plan(std::move(latest.bearers), std::move(latest.settled_by));
}

absl::Status Router::Valid() {
  SetBranchFact();
  ASSIGN_OR_RETURN(const Row* row, Need(c_.tables.valid));
  if (row->Text("next") == "COMPARE_ISSUANCE") {
    CompareIssuance();
    ASSIGN_OR_RETURN(row, Need(c_.tables.valid));
  }
  return Perform(*row);
}

// --- LAPSED

void Router::SetDeathFact(const Coverages& coverages) {
  constexpr int64_t kNone = 0, kBefore = 1, kWithin = 2;
  Date lost = kOpenEnd;
  for (const Coverage& coverage : coverages) {
    if (coverage.loss_reason == LossReason::kDeath) lost = std::min(lost, coverage.disqualified);
  }
  const Date last = c_.month().Day(c_.days().Last());
  c_.facts.Set(Fact::kDeath, lost <= c_.FirstDay() ? kBefore : lost <= last ? kWithin : kNone);
}

DayAssignment Router::Assign(const HeldCards& cards, int claimed, DayMask days) const {
  return AssignDays(cards, claimed, c_.month(), days, c_.tables.day_precedence.At(c_.facts));
}

void Router::SetAssignmentFacts(const DayAssignment& assignment, size_t cards) {
  c_.facts.Set(Fact::kOtherCardsAllDays, assignment.other_cards_all_days);
  c_.facts.Set(Fact::kUncoveredDays, assignment.uncovered.Count());
  c_.facts.Set(Fact::kCardsNeeded,
               static_cast<int64_t>(assignment.uncovered.Empty() ? assignment.bearers.size() : cards));
}

// The claimed card always counts; of the others those that people neither denied nor, by naming another, left out.
Coverages Router::OwnCoverages(const Coverages& all) const {
  const bool other_person = c_.answer.Chosen() && c_.chosen && *c_.chosen != c_.card.person;
  Coverages own;
  for (const Coverage& coverage : all) {
    const bool named =
        !c_.answer.Chosen() || c_.answer.insurer.value == 0 || coverage.card.insurer == c_.answer.insurer;
    if (SameCard(c_.claimed, coverage) || (!other_person && named && !Denied(c_, coverage))) own.push_back(coverage);
  }
  return own;
}

absl::Status Router::Lapsed() {
  SetDeclaredFacts(c_);
  if (c_.facts.Get(Fact::kFormerQualification) == 1) SetPoolAgency(c_);
  const Coverages all = c_.registry.CoveragesOf(c_.card.person, c_.context.now);
  SetDeathFact(all);
  const Coverages own = OnCardsThatCount(c_, OwnCoverages(all));
  const HeldCards cards = CardsOf(own, c_.month(), c_.days());
  DayAssignment assignment = Assign(cards, FindCard(cards, c_.claimed), c_.days());
  SetAssignmentFacts(assignment, cards.size());
  // Whatever the rows make of it: of two cards that cover all days none is the one to move to.
  if (assignment.uncovered.Empty() && assignment.other_cards_all_days < 2) {
    Plan(std::move(assignment.bearers), std::move(assignment.settled_by));
  }
  ASSIGN_OR_RETURN(const Row* row, Need(c_.tables.lapsed));
  if (row->Text("next") == "IDENTIFY") return IdentifyOn(own, assignment.uncovered);
  return Perform(*row);
}

// --- UNMATCHED, INVALID_NUMBER

absl::Status Router::Correct() {
  if (c_.card.holder == CardHolder::kSeveral || c_.answer.Chosen() || c_.answer.kind == PeopleAnswer::Kind::kRejected) {
    return IdentifyOn({}, c_.days());
  }
  const Correction correction = FindCorrection(c_);
  c_.facts.Set(Fact::kCorrection, static_cast<int64_t>(correction.kind));
  if (correction.kind == CorrectionKind::kNone || correction.kind == CorrectionKind::kSeveral)
    return IdentifyOn({}, c_.days());

  c_.Trace(*correction.slip);
  c_.corrected = true;
  c_.claimed = correction.card;
  c_.chosen = correction.person;
  LookUpCard(c_);
  if (c_.facts.Get(Fact::kCardDays) == kAllDays && correction.kind == CorrectionKind::kOtherInsurer) {
    Plan({Bearer{*c_.card.CoverageAt(c_.month().Day(c_.days().Last())), c_.days()}});
  }
  ASSIGN_OR_RETURN(const Row* row, Need(c_.tables.corrected));
  if (row->Text("next") != "LAPSED") return Perform(*row);
  c_.facts.Set(Fact::kRoutedAs, static_cast<int64_t>(Origin::kLapsed));
  return Lapsed();
}

// --- UNIDENTIFIED

absl::Status Router::Unidentified() {
  SetDeclaredFacts(c_);
  const Row* row = c_.Consult(c_.tables.completeness);
  if (row != nullptr && !row->Text("outcome").empty()) {
    c_.Trace(*row);
    return Perform(*row);
  }
  if (row != nullptr && row->Number("lists_missing") != 0) {
    c_.Note(c_.tables.declaration_items);
    c_.decision.missing_items = MissingItems(*c_.tables.declaration_items, c_.facts, c_.Declared());
    if (!c_.decision.missing_items.empty()) c_.decision.flags |= kDeclarationIncomplete;
  }
  SetPoolAgency(c_);
  return IdentifyOn({}, c_.days());
}

// --- Identification

Router::Identified Router::FollowPerson(storage::PersonId person, const Coverages& own, const Search& search) {
  const Coverages theirs = CountingCoverages(c_, person, search);
  const HeldCards their_cards = CardsOf(theirs, c_.month(), search.days);
  const DayAssignment on_asked = Assign(their_cards, kNoCard, search.days);
  if (!on_asked.uncovered.Empty()) return Identified::kNoRow;
  if (on_asked.doubled) return Identified::kDouble;

  Coverages together = own;
  together.insert(together.end(), theirs.begin(), theirs.end());
  const HeldCards cards = CardsOf(together, c_.month(), c_.days());
  const int claimed = HasOwnCard(c_) ? FindCard(cards, c_.claimed) : kNoCard;
  DayAssignment assignment = Assign(cards, claimed, c_.days());
  if (!assignment.uncovered.Empty()) return Identified::kNoRow;
  if (assignment.other_cards_all_days > 1) return Identified::kDouble;
  const bool one_card = assignment.bearers.size() == 1;
  Plan(std::move(assignment.bearers), std::move(assignment.settled_by));
  return one_card ? Identified::kOneCard : Identified::kSuccession;
}

// An insurer confirmed: its insured person where the registry has one, else the insurer as it stands.
absl::StatusOr<Router::Identified> Router::Confirmed(const Coverages& own, const Search& search) {
  ASSIGN_OR_RETURN(const Found found, Identify(c_, search));
  if (found.persons.size() == 1 || found.grade == Grade::kCertain)
    return FollowPerson(found.persons.front(), own, search);
  if (!found.persons.empty()) return Identified::kSeveral;
  const DayMask rest = c_.days() - search.days;  // days that the patient's own cards cover
  const HeldCards cards = CardsOf(own, c_.month(), rest);
  DayAssignment assignment;
  if (!rest.Empty()) assignment = Assign(cards, FindCard(cards, c_.claimed), rest);
  Bearer& confirmed = assignment.bearers.emplace_back();
  confirmed.coverage.card.insurer = search.within;
  confirmed.days = search.days;
  confirmed.registered = false;
  const bool one_card = assignment.bearers.size() == 1;
  Plan(std::move(assignment.bearers), std::move(assignment.settled_by));
  return one_card ? Identified::kOneCard : Identified::kSuccession;
}

absl::StatusOr<Router::Identified> Router::WhoIsIt(const Coverages& own, DayMask asked) {
  using Kind = PeopleAnswer::Kind;
  Search search{.days = asked};
  if (HasOwnCard(c_)) search.other_than = c_.card.person;
  if (c_.decision.origin == Origin::kDisasterInsurerKnown) search.within = *c_.receipt.insurer;
  if (c_.answer.Chosen() && c_.answer.insurer.value != 0) search.within = c_.answer.insurer;

  if (c_.answer.kind == Kind::kRejected) return Identified::kNone;
  if (c_.answer.Chosen() && c_.chosen) {
    RETURN_IF_ERROR(ShowCandidates(c_, Grade::kCertain, {*c_.chosen}));
    return FollowPerson(*c_.chosen, own, search);
  }
  if (c_.answer.kind == Kind::kConfirmed && search.within.value != 0) return Confirmed(own, search);
  if (c_.answer.Chosen()) return Identified::kNoRow;  // somebody whom the registry does not know
  if (c_.Ask(c_.tables.outside_registry) != nullptr) {
    return c_.answer.kind == Kind::kDenied ? Identified::kNone : Identified::kOutside;
  }
  if (c_.card.holder == CardHolder::kSeveral) {
    RETURN_IF_ERROR(ShowCandidates(c_, Grade::kSeveral, {c_.card.several.begin(), c_.card.several.end()}));
    return Identified::kSeveral;
  }
  ASSIGN_OR_RETURN(const Found found, Identify(c_, search));
  switch (found.grade) {
    case Grade::kCertain:
      return FollowPerson(found.persons.front(), own, search);
    case Grade::kProbable:
      return Identified::kProbable;
    case Grade::kPossible:
      return Identified::kPossible;
    case Grade::kSeveral:
      return Identified::kSeveral;
    case Grade::kNone:
      break;
  }
  return Identified::kNone;
}

absl::Status Router::IdentifyOn(const Coverages& own, DayMask asked) {
  SetDeclaredFacts(c_);
  ASSIGN_OR_RETURN(const Identified who, WhoIsIt(own, asked));
  c_.facts.Set(Fact::kIdentified, static_cast<int64_t>(who));
  ASSIGN_OR_RETURN(const Row* row, Need(c_.tables.identified));
  if (row->Text("next") == "NOTHING") {
    ASSIGN_OR_RETURN(row, NothingFound());
  }
  return Perform(*row);
}

absl::StatusOr<const Row*> Router::NothingFound() {
  const ServiceMonth closing = c_.context.closing_month.index != 0 ? c_.context.closing_month : c_.context.claim_month;
  c_.facts.Set(Fact::kMonthsSinceService, closing.index - c_.month().index);
  const bool other_insurer = c_.facts.Get(Fact::kCorrection) == static_cast<int64_t>(CorrectionKind::kOtherInsurer);
  if (other_insurer && !examined_) Plan({});
  ASSIGN_OR_RETURN(const Row* row, Need(c_.tables.nothing));
  const std::string_view policy = row->Text("next");
  if (policy.empty()) return row;
  if (policy == c_.tables.former_qualification->name()) return Need(c_.tables.former_qualification);
  if (policy == c_.tables.unmatched_card->name()) return Need(c_.tables.unmatched_card);
  return absl::FailedPreconditionError("table routing_nothing names no policy \"" + std::string(policy) + "\"");
}

absl::Status Route(ReceiptCase& c) {
  Router router(c);
  if (const Row* row = c.Ask(c.tables.contradiction)) return router.Perform(*row);
  switch (c.decision.origin) {
    case Origin::kValid:
      return router.Valid();
    case Origin::kLapsed:
      return router.Lapsed();
    case Origin::kUnmatched:
    case Origin::kInvalidNumber:
      return router.Correct();
    case Origin::kDisasterInsurerKnown:
      return router.IdentifyOn({}, c.days());
    case Origin::kUnidentified:
    case Origin::kDisasterUnidentified:
      return router.Unidentified();
    case Origin::kOutOfScope:
    case Origin::kUndecided:
      break;
  }
  return absl::FailedPreconditionError("a receipt out of scope is not routed");
}

}  // namespace furikae::rules
