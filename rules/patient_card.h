// rules/patient_card.h — whose card the receipt names, and when it is valid for the patient.
//
//   PatientCard card = FindPatientCard({.key = KeyOf(…), .branch = 1}, patient, holders, registry, now);
//   card.holder == CardHolder::kPatient && card.ValidDays(month).Covers(days);
//
// A registered card counts only if its holder agrees as far as the tables ask; of several such holders (family card)
// those who agree on one item more, then on the next (rules/card_holders.h). A branch is compared when both sides have
// one. Thread-safe. Source: decisions.md §1.
#pragma once

#include <optional>

#include "absl/container/inlined_vector.h"
#include "rules/card_holders.h"
#include "rules/patient.h"
#include "storage/registry_index.h"

namespace furikae::rules {

// Numbers are those of the fact card_holder.
enum class CardHolder : uint8_t { kNone = 0, kPatient = 1, kOtherPerson = 2, kSeveral = 3 };

// A card as compared: insurer, symbol and number; branch 0 = blank.
struct ComparedCard {
  CardKey key;
  int branch = 0;
};

// Equal insurer, symbol and number, and branch when both have one. A number that matches nothing is equal to none.
bool SameCard(const ComparedCard& card, const storage::Coverage& coverage);

struct PatientCard {
  CardHolder holder = CardHolder::kNone;
  storage::PersonId person = 0;
  storage::Coverages coverages;                       // of this card and person; by qualification date
  absl::InlinedVector<storage::PersonId, 2> several;  // holders whom nothing tells apart
  int holders_with_birth = 0;                         // persons who hold the card and have the receipt's birth date

  DayMask ValidDays(ServiceMonth month) const;
  const storage::Coverage* CoverageAt(
      Date day) const;  // the last one that began by `day`, else the first; nullptr when none
};

// `chosen`: the holder a reviewer accepted, when there is one.
PatientCard FindPatientCard(const ComparedCard& card, const Patient& patient, const CardHolders& rules,
                            const storage::RegistryIndex& registry, Moment now,
                            std::optional<storage::PersonId> chosen = std::nullopt);

}  // namespace furikae::rules
