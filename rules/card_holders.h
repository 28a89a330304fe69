// rules/card_holders.h — which holder of a registered card is the patient: what has to agree between the receipt and
// the holder, as the tables holder_agrees, corrected_holder_agrees and holder_narrowing say.
//
//   CardHolders holders(tables, claim_month);
//   holders.patient.Holds(patient, coverage);      // of the card that the receipt names
//   holders.corrected.Holds(patient, coverage);    // of a card that it may have meant
//   for (HolderItem item : holders.narrowing) …    // of several such holders those who agree on it
//
// The first two are FIRST tables that are asked with birth_agrees, sex_agrees, kana_agrees and kanji_agrees alone;
// they are worked out once for every claim month (rules/by_claim_month.h). Nothing can fail. Thread-safe once built.
// Source: decisions.md §1 (the patient's card), §3 (UNMATCHED).
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "rules/patient.h"
#include "rules/table.h"

namespace furikae::rules {

// What a table answers for every agreement of the four items. Names are compared only where they decide.
class AgreementRule {
 public:
  AgreementRule() = default;  // never holds
  AgreementRule(const Table& table, int64_t claim_month);

  bool Holds(const Patient& patient, const storage::Coverage& coverage) const;

 private:
  static constexpr size_t kPairs = 9;              // two items, three agreements each
  std::array<std::bitset<kPairs>, kPairs> holds_;  // by birth date and sex, then by kana and kanji
};

enum class HolderItem : uint8_t { kBirth, kSex, kName /* kana or kanji */, kKana, kKanji };
// Their names in tables, in the order of the enumeration.
std::span<const std::string_view> HolderItemNames();
bool AgreesOn(HolderItem item, const Patient& patient, const storage::Coverage& coverage);

struct HolderTables {
  const Table *agrees = nullptr, *corrected_agrees = nullptr, *narrowing = nullptr;
};

struct CardHolders {
  CardHolders() = default;  // nobody is the patient
  // What a table that is not there would say is left out.
  CardHolders(const HolderTables& tables, int64_t claim_month);

  AgreementRule patient, corrected;
  std::vector<HolderItem> narrowing;
};

}  // namespace furikae::rules
