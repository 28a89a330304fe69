#include "rules/exclusions.h"

#include <algorithm>

#include "rules/coverage_terms.h"

namespace furikae::rules {
namespace {

uint32_t FlagNamed(std::string_view name) {
  if (name == "RATE_DIFFERS") return kRateDiffers;
  if (name == "HIGH_COST_IN_KIND") return kHighCostInKind;
  if (name == "MEALS_NOT_BY_DAY") return kMealsNotByDay;
  return 0;
}

void SetRecordFacts(ReceiptCase& c) {
  const uke::Receipt& r = c.receipt;
  Facts& f = c.facts;
  f.Set(Fact::kHasMf, r.mf_class >= 0);
  if (r.mf_class >= 0) f.Set(Fact::kMfClass, r.mf_class);
  f.Set(Fact::kHasJd, !r.JdDays().Empty());
  f.Set(Fact::kHasKo, r.public_expenses > 0 || r.Has(uke::kSeenKo));
  f.Set(Fact::kTotalPoints, r.total_points);
  f.Set(Fact::kTypeDigit2, r.TypeDigit(2));
  f.Set(Fact::kTypeDigit3, r.TypeDigit(3));
  f.Set(Fact::kTypeDigit4, r.TypeDigit(4));
  f.Set(Fact::kInpatient, r.Inpatient());
  f.Set(Fact::kHasMeals, r.meal_count > 0 || r.meal_amount.value > 0);
  f.Set(Fact::kHasHh, r.Has(uke::kSeenHh));
  f.Set(Fact::kSummaryGroup, r.Has(uke::kSeenSummaryGroup));
  f.Set(Fact::kReduction, r.reduction != 0);
  f.Set(Fact::kWorkRelated, r.work_related != 0);
  f.Set(Fact::kDiscountUnitPrice, !r.discount_unit_price.empty());
  f.Set(Fact::kOrganDonor, r.Has(uke::kSeenOrgan));
  f.Set(Fact::kNotVisited, r.not_visited);
  f.Set(Fact::kDividedDispensing, r.Has(uke::kSeenSt));
  if (r.copayment) f.Set(Fact::kCopayment, r.copayment->value);
}

void SetLineFacts(ReceiptCase& c) {
  const uke::Receipt& r = c.receipt;
  const uke::LineDays& lines = c.Lines();
  Facts& f = c.facts;
  if (!r.JdDays().Empty()) f.Set(Fact::kJdAgrees, r.JdDays().Covers(lines.days) && lines.days.Covers(r.jd_counted));
  f.Set(Fact::kMealsByDay, lines.meal_count > 0 && lines.meal_count == r.meal_count);
  f.Set(Fact::kUnitWithoutDay, lines.unit_without_day);
  f.Set(Fact::kCountDiffers, lines.count_differs || lines.per_day_points_overflow > 0);
  f.Set(Fact::kDateOutsideMonth, lines.date_outside_month);
  f.Set(Fact::kPointsAddUp, lines.insured_points == r.total_points);
}

// The limit behind E2 matters only where E1 would forbid.
void AskPointsLimit(ReceiptCase& c) {
  if (c.receipt.mf_class >= 0) return;
  const Row* row = c.Ask(c.tables.points_without_mf);
  if (row != nullptr) c.facts.Set(Fact::kPointsWithinLimit, c.receipt.total_points <= row->Number("limit"));
}

void AskGrounds(ReceiptCase& c) {
  constexpr std::pair<std::string_view, Fact> kGrounds[] = {{"E0", Fact::kGroundE0},
                                                            {"U2", Fact::kGroundU2},
                                                            {"U6", Fact::kGroundU6},
                                                            {"U7", Fact::kGroundU7},
                                                            {"U9", Fact::kGroundU9}};
  c.Note(c.tables.exclusion_grounds);
  for (const Row* row : c.tables.exclusion_grounds->Collect(c.facts)) {
    c.Trace(*row);
    for (const auto& [name, fact] : kGrounds) {
      if (row->Text("ground_of") == name) c.facts.Set(fact, 1);
    }
  }
}

// A row that lifts another takes its place; one that has nothing to lift does not speak.
RowHits AfterLifting(const RowHits& hits) {
  const auto is_hit = [&](std::string_view id) {
    return std::any_of(hits.begin(), hits.end(), [id](const Row* row) { return row->id == id; });
  };
  const auto is_lifted = [&](const Row* row) {
    return std::any_of(hits.begin(), hits.end(), [row](const Row* other) { return other->Text("lifts") == row->id; });
  };
  RowHits left;
  for (const Row* row : hits) {
    const std::string_view lifts = row->Text("lifts");
    if (!is_lifted(row) && (lifts.empty() || is_hit(lifts))) left.push_back(row);
  }
  return left;
}

bool IsUnidentified(const ReceiptCase& c) {
  return c.decision.origin == Origin::kUnidentified || c.decision.origin == Origin::kDisasterUnidentified;
}

}  // namespace

uint32_t Exclusions::FlagsFor(Outcome outcome, bool split_wanted) const {
  uint32_t flags = 0;
  if (outcome == Outcome::kTransferred || outcome == Outcome::kSplit) flags |= on_move;
  if (outcome == Outcome::kTransferred) flags |= on_transfer;
  if (split_wanted && outcome != Outcome::kSplit) flags |= on_failed_split;
  return flags;
}

Exclusions ExamineExclusions(ReceiptCase& c, const Bearers& bearers) {
  SetRecordFacts(c);
  SetLineFacts(c);
  bool differs = false;
  for (const Bearer& bearer : bearers) {
    if (bearer.registered && CoverageRate(c, bearer.coverage) != c.rate_per_cent) differs = true;
  }
  c.facts.Set(Fact::kRateDiffers, differs);
  AskPointsLimit(c);
  AskGrounds(c);

  Exclusions found;
  const bool unidentified = IsUnidentified(c);
  c.Note(c.tables.exclusions);
  for (const Row* row : AfterLifting(c.tables.exclusions->Collect(c.facts))) {
    c.Trace(*row);
    if (row->Number(unidentified ? "unidentified_transfer" : "transfer", 1) == 0) found.transfer = false;
    if (row->Number(unidentified ? "unidentified_split" : "split", 1) == 0) found.split = false;
    const uint32_t flag = FlagNamed(row->Text("flag"));
    const std::string_view on = row->Text("flag_on");
    (on == "MOVED" ? found.on_move : on == "TRANSFERRED" ? found.on_transfer : found.on_failed_split) |= flag;
  }
  c.facts.Set(Fact::kTransferAllowed, found.transfer);
  c.facts.Set(Fact::kSplitAllowed, found.split);
  return found;
}

}  // namespace furikae::rules
