#include "tools/generate/story.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace furikae::generate {

std::vector<int> SomeDays(World& world, int count, int from, int to) {
  std::vector<int> days;
  while (static_cast<int>(days.size()) < count) {
    const int day = world.random().Between(from, to);
    if (std::find(days.begin(), days.end(), day) == days.end()) days.push_back(day);
  }
  std::sort(days.begin(), days.end());
  return days;
}

DayMask Mask(const std::vector<int>& days) {
  DayMask mask;
  for (int day : days) mask.Add(day);
  return mask;
}

Flavour AnyFlavour(World& world) {
  const int chance = world.random().Between(1, 100);
  return chance <= 55   ? Flavour::kMedical
         : chance <= 80 ? Flavour::kPharmacy
         : chance <= 96 ? Flavour::kDental
                        : Flavour::kNursing;
}

Draft DraftFor(World& world, Flavour flavour, const Person& person, const RegistryRow& card,
               const std::vector<int>& days) {
  Draft d;
  d.flavour = flavour;
  d.institution = world.NextInstitution(flavour);
  d.service_month = world.service_month();
  const InsurerNumber insurer = card.card.insurer;
  const int law = insurer.LawCode();
  d.late_elderly = law == 39;
  d.agency = law == 0 || law == 39 ? Agency::kKokuho : Agency::kShaho;
  const Date first_day = d.service_month.Day(days.front());
  const int age = AgeOn(person.birth, first_day);
  d.class_digit = d.late_elderly || age >= 70          ? 8
                  : Preschool(person.birth, first_day) ? 4
                  : card.family == Family::kFamily     ? 6
                                                       : 2;
  if (law == 0) d.rate = 100 - ContributionPerCent(person.birth, first_day);
  d.name = person.Name();
  d.kana = flavour == Flavour::kDpc ? "" : person.Kana();
  d.sex = person.sex;
  d.birth = person.birth;
  d.insurer = insurer.ToString();
  d.symbol = card.card.symbol;
  d.number = card.card.number;
  d.branch = card.card.branch;
  d.visits = days;
  d.lines = OutpatientLines(flavour, days, world.random().Next());
  return d;
}

void Unidentify(Draft& draft) {
  draft.insurer = "77777777";
  draft.symbol.clear();
  draft.number = draft.late_elderly ? "77777777" : "777777777";
  draft.branch.clear();
  draft.rate.reset();
}

}  // namespace furikae::generate
