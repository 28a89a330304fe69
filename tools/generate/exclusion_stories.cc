// Stories about what cannot be transferred or split: one for each row of the table of exclusions.
#include <algorithm>

#include "tools/generate/story.h"

namespace furikae::generate {
namespace {

constexpr int64_t kManyPoints = 12'500;  // above every limit below which a missing MF says nothing

// Someone who changed insurers before the month and showed the old card: transferred, unless a row forbids it.
struct Moved {
  Person* person;
  Story story;
};
Moved BeforeTheMonth(World& world, Flavour flavour, const char* name, Outcome outcome, uint32_t flags = 0) {
  Person& person = world.Fresh(21, 60);
  const Date change = world.service_month().FirstDay().Plus(-30);
  const InsurerNumber before = world.AnyInsurer(person);
  const InsurerNumber after = world.AnyInsurer(person, before);
  person.rows = {world.Cover(person, before, change.Plus(-900), change), world.Cover(person, after, change)};
  Moved moved{&person, {}};
  moved.story.draft = DraftFor(world, flavour, person, person.rows[0], {5, 12});
  moved.story.truth = {name, {person.subject_id}, Origin::kLapsed, outcome, 0, flags, {}, "", true};
  return moved;
}

// Someone who changed insurers on the 15th: split between {5} and {20}, unless a row forbids it.
Moved InTheMonth(World& world, Flavour flavour, const char* name, Outcome outcome, uint32_t flags = 0) {
  Person& person = world.Fresh(21, 60);
  const Date change = world.service_month().Day(15);
  const InsurerNumber before = world.AnyInsurer(person);
  const InsurerNumber after = world.AnyInsurer(person, before);
  person.rows = {world.Cover(person, before, change.Plus(-900), change), world.Cover(person, after, change)};
  Moved moved{&person, {}};
  moved.story.draft = DraftFor(world, flavour, person, person.rows[0], {5, 20});
  moved.story.truth = {name, {person.subject_id}, Origin::kLapsed, outcome, 0, flags, {}, "", true};
  return moved;
}

Story E0(World& world) {
  Moved moved =
      BeforeTheMonth(world, Flavour::kMedical, "E0: treatment before the procedure began", Outcome::kBilledToClaimed);
  moved.story.draft.service_month = ServiceMonth::Of(2021, 8);
  const Date change = ServiceMonth::Of(2021, 8).FirstDay().Plus(-30);
  RegistryRow& before = moved.person->rows[0];
  RegistryRow& after = moved.person->rows[1];
  before.qualified = change.Plus(-900);
  before.disqualified = after.qualified = change;
  return moved.story;
}

Story E1(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kMedical, "E1: no MF, many points", Outcome::kBilledToClaimed);
  moved.story.draft.window_burden.clear();
  moved.story.draft.lines.push_back({"SI", "50", "150183410", kManyPoints, {{5, 1}}});
  return moved.story;
}

Story E2(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kMedical, "E2: no MF, few points", Outcome::kTransferred);
  moved.story.draft.window_burden.clear();
  return moved.story;
}

Story E3Transfer(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kMedical, "E3: no JD, transferred all the same", Outcome::kTransferred);
  moved.story.draft.has_jd = false;
  return moved.story;
}

Story E3(World& world) {
  Moved moved = InTheMonth(world, Flavour::kMedical, "E3: no JD, not split", Outcome::kBilledToClaimed);
  moved.story.draft.has_jd = false;
  return moved.story;
}

Story E4Transfer(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kMedical, "E4: JD names a day without treatment, transferred",
                               Outcome::kTransferred);
  moved.story.draft.jd_only = {26};
  return moved.story;
}

Story E4(World& world) {
  Moved moved = InTheMonth(world, Flavour::kMedical, "E4: JD names a day without treatment, not split",
                           Outcome::kBilledToClaimed);
  moved.story.draft.jd_only = {26};
  return moved.story;
}

Story E7Transfer(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kMedical, "E7: public expense, transferred", Outcome::kTransferred);
  moved.story.draft.public_expenses = 1;
  return moved.story;
}

Story E7(World& world) {
  Moved moved = InTheMonth(world, Flavour::kMedical, "E7: public expense, not split", Outcome::kBilledToClaimed);
  moved.story.draft.public_expenses = 1;
  return moved.story;
}

Story E11(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kMedical, "E11: paper", Outcome::kBilledToClaimed);
  moved.story.draft.paper = true;
  return moved.story;
}

Story U1(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kMedical, "U1: the rate differs", Outcome::kTransferred, kRateDiffers);
  moved.person->rows[1].contribution_per_cent = 20;
  return moved.story;
}

Story U2Transfer(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kMedical, "U2: high cost in kind, transferred", Outcome::kTransferred,
                               kHighCostInKind);
  moved.story.draft.window_burden = "01";
  return moved.story;
}

Story U2(World& world) {
  Moved moved = InTheMonth(world, Flavour::kMedical, "U2: high cost in kind, not split", Outcome::kBilledToClaimed);
  moved.story.draft.window_burden = "02";
  return moved.story;
}

// In hospital from the 12th to the 18th.
void InHospital(Draft& draft, int meals_a_day) {
  std::vector<int> days = {12, 13, 14, 15, 16, 17, 18};
  draft.inpatient = true;
  draft.admitted = draft.service_month.Day(12);
  draft.visits = days;
  draft.lines = InpatientLines(days, 3);
  if (meals_a_day == 0) return;
  draft.meal_count = meals_a_day * static_cast<int>(days.size());
  draft.meal_yen = 670 * draft.meal_count;
  DraftLine meals{"SI", "97", "197000110", 670, {}};
  for (int day : days) meals.days.emplace_back(day, meals_a_day);
  draft.lines.push_back(meals);
}

Story U5Transfer(World& world) {
  Moved moved =
      BeforeTheMonth(world, Flavour::kMedical, "U5: inpatient with meals, transferred", Outcome::kTransferred);
  InHospital(moved.story.draft, 3);
  return moved.story;
}

Story U5Split(World& world) {
  Moved moved = InTheMonth(world, Flavour::kMedical, "U5: inpatient with meals by day, split", Outcome::kSplit);
  InHospital(moved.story.draft, 3);
  return moved.story;
}

Story U5NoMeals(World& world) {
  Moved moved = InTheMonth(world, Flavour::kMedical, "inpatient without meals, split", Outcome::kSplit);
  InHospital(moved.story.draft, 0);
  return moved.story;
}

Story U5(World& world) {
  Moved moved = InTheMonth(world, Flavour::kMedical, "U5: meals not by day, not split", Outcome::kBilledToClaimed,
                           kMealsNotByDay);
  InHospital(moved.story.draft, 3);
  moved.story.draft.lines.pop_back();
  return moved.story;
}

void AsDpc(Draft& draft) {
  draft.kana.clear();
  draft.inpatient = true;
  draft.admitted = draft.service_month.Day(12);
  draft.discharged = draft.service_month.Day(18);
  draft.visits = {12, 13, 14, 15, 16, 17, 18};
  draft.lines = {{"SI", "60", "160000310", 120, {{12, 1}}}};
}

Story U6Transfer(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kDpc, "U6: DPC, transferred", Outcome::kTransferred);
  AsDpc(moved.story.draft);
  return moved.story;
}

Story U6(World& world) {
  Moved moved = InTheMonth(world, Flavour::kDpc, "U6: DPC, not split", Outcome::kBilledToClaimed);
  AsDpc(moved.story.draft);
  return moved.story;
}

Story U7Reduction(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kMedical, "U7: reduction", Outcome::kBilledToClaimed);
  moved.story.draft.reduction = 1;
  return moved.story;
}

Story U7WorkRelated(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kMedical, "U7: work related", Outcome::kBilledToClaimed);
  moved.story.draft.work_related = 1;
  return moved.story;
}

Story U7Discount(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kMedical, "U7: discounted unit price", Outcome::kBilledToClaimed);
  moved.story.draft.discount_unit_price = "9";
  return moved.story;
}

Story U7Donor(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kMedical, "U7: organ donor", Outcome::kBilledToClaimed);
  moved.story.draft.organ_donor = true;
  return moved.story;
}

Story U7NotVisited(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kDental, "U7: 未来院", Outcome::kBilledToClaimed);
  moved.story.draft.not_visited = true;
  return moved.story;
}

Story U7Divided(World& world) {
  Moved moved = BeforeTheMonth(world, Flavour::kPharmacy, "U7: dispensing divided by order", Outcome::kBilledToClaimed);
  moved.story.draft.divided_dispensing = true;
  return moved.story;
}

Story U9Transfer(World& world) {
  Moved moved =
      BeforeTheMonth(world, Flavour::kMedical, "U9: a unit without a day, transferred", Outcome::kTransferred);
  moved.story.draft.lines.push_back({"SI", "60", "160000310", 26, {}, 1});
  return moved.story;
}

Story U9(World& world) {
  Moved moved = InTheMonth(world, Flavour::kMedical, "U9: points do not add up, not split", Outcome::kBilledToClaimed);
  moved.story.draft.points_off = 10;
  return moved.story;
}

Story DentalSplit(World& world) {
  return InTheMonth(world, Flavour::kDental, "dental receipt split", Outcome::kSplit).story;
}
Story PharmacySplit(World& world) {
  return InTheMonth(world, Flavour::kPharmacy, "pharmacy receipt split", Outcome::kSplit).story;
}
Story NursingSplit(World& world) {
  return InTheMonth(world, Flavour::kNursing, "home nursing split", Outcome::kSplit).story;
}

}  // namespace

const std::vector<StoryKind>& ExclusionStories() {
  static const auto* kinds = new std::vector<StoryKind>{
      {"E0", 1, E0},
      {"E1", 3, E1},
      {"E2", 6, E2},
      {"E3 transfer", 2, E3Transfer},
      {"E3", 3, E3},
      {"E4 transfer", 2, E4Transfer},
      {"E4", 2, E4},
      {"E7 transfer", 4, E7Transfer},
      {"E7", 3, E7},
      {"E11", 1, E11},
      {"U1", 3, U1},
      {"U2 transfer", 3, U2Transfer},
      {"U2", 2, U2},
      {"U5 transfer", 3, U5Transfer},
      {"U5 split", 3, U5Split},
      {"U5 no meals", 2, U5NoMeals},
      {"U5", 1, U5},
      {"U6 transfer", 2, U6Transfer},
      {"U6", 1, U6},
      {"U7 reduction", 1, U7Reduction},
      {"U7 work related", 1, U7WorkRelated},
      {"U7 discount", 1, U7Discount},
      {"U7 donor", 1, U7Donor},
      {"U7 not visited", 1, U7NotVisited},
      {"U7 divided", 1, U7Divided},
      {"U9 transfer", 1, U9Transfer},
      {"U9", 1, U9},
      {"dental split", 3, DentalSplit},
      {"pharmacy split", 4, PharmacySplit},
      {"nursing split", 1, NursingSplit},
  };
  return *kinds;
}

}  // namespace furikae::generate
