#include "rules/patient_card.h"

#include <algorithm>

namespace furikae::rules {
namespace {

using storage::Coverage;
using storage::Coverages;
using storage::PersonId;
using Persons = absl::InlinedVector<PersonId, 2>;

template <typename Agrees>
Persons PersonsWhere(const Coverages& coverages, Agrees agrees) {
  Persons persons;
  for (const Coverage& c : coverages) {
    if (agrees(c) && std::find(persons.begin(), persons.end(), c.person) == persons.end()) persons.push_back(c.person);
  }
  return persons;
}

bool IsIn(const Persons& persons, PersonId person) {
  return std::find(persons.begin(), persons.end(), person) != persons.end();
}

// Keeps the persons who agree, unless nobody does: then the item tells nobody apart.
template <typename Agrees>
void Narrow(const Coverages& coverages, Agrees agrees, Persons& persons) {
  if (persons.size() < 2) return;
  Persons kept = PersonsWhere(coverages, [&](const Coverage& c) { return IsIn(persons, c.person) && agrees(c); });
  if (!kept.empty()) persons = std::move(kept);
}

void Erase(Coverages& coverages, auto unwanted) {
  coverages.erase(std::remove_if(coverages.begin(), coverages.end(), unwanted), coverages.end());
}

}  // namespace

bool SameCard(const ComparedCard& card, const Coverage& coverage) {
  return card.key.text != 0 && card.key == coverage.card &&
         (card.branch == 0 || coverage.branch == 0 || card.branch == coverage.branch);
}

DayMask PatientCard::ValidDays(ServiceMonth month) const {
  DayMask days;
  for (const Coverage& c : coverages) days = days | c.ValidDays(month);
  return days;
}

const Coverage* PatientCard::CoverageAt(Date day) const {
  const Coverage* at = coverages.empty() ? nullptr : &coverages.front();
  for (const Coverage& c : coverages) {
    if (c.qualified <= day) at = &c;
  }
  return at;
}

PatientCard FindPatientCard(const ComparedCard& card, const Patient& patient, const CardHolders& rules,
                            const storage::RegistryIndex& registry, Moment now, std::optional<PersonId> chosen) {
  PatientCard found;
  if (card.key.text == 0) return found;
  Coverages holders = registry.CardHolders(card.key, now);
  Erase(holders, [&](const Coverage& c) { return !SameCard(card, c); });
  if (holders.empty()) return found;
  found.holder = CardHolder::kOtherPerson;

  Persons persons = PersonsWhere(holders, [&](const Coverage& c) { return rules.patient.Holds(patient, c); });
  if (chosen && !PersonsWhere(holders, [&](const Coverage& c) { return c.person == *chosen; }).empty())
    persons = {*chosen};
  if (persons.empty()) return found;
  for (const HolderItem item : rules.narrowing) {
    Narrow(
        holders, [&](const Coverage& c) { return AgreesOn(item, patient, c); }, persons);
  }
  if (persons.size() > 1) {
    found.holder = CardHolder::kSeveral;
    found.several = std::move(persons);
    return found;
  }
  found.holder = CardHolder::kPatient;
  found.person = persons.front();
  found.holders_with_birth = static_cast<int>(
      PersonsWhere(holders, [&](const Coverage& c) { return AgreesOn(HolderItem::kBirth, patient, c); }).size());
  Erase(holders, [&](const Coverage& c) { return c.person != found.person; });
  found.coverages = std::move(holders);
  return found;
}

}  // namespace furikae::rules
