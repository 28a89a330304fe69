#include "rules/card_holders.h"

#include <algorithm>

#include "rules/agreement.h"

namespace furikae::rules {
namespace {

constexpr std::array<std::string_view, 5> kItems = {"BIRTH", "SEX", "NAME", "KANA", "KANJI"};
constexpr std::array kAgreements = {Agreement::kMissing, Agreement::kDiffers, Agreement::kExact};

size_t Pair(Agreement one, Agreement other) {
  return kAgreements.size() * static_cast<size_t>(one) + static_cast<size_t>(other);
}

}  // namespace

AgreementRule::AgreementRule(const Table& table, int64_t claim_month) {
  Facts facts;
  facts.Set(Fact::kClaimMonth, claim_month);
  for (size_t all = 0; all < kPairs * kPairs; ++all) {
    const size_t persons = all / kPairs, names = all % kPairs, kinds = kAgreements.size();
    SetAgreement(Fact::kBirthAgrees, kAgreements[persons / kinds], facts);
    SetAgreement(Fact::kSexAgrees, kAgreements[persons % kinds], facts);
    SetAgreement(Fact::kKanaAgrees, kAgreements[names / kinds], facts);
    SetAgreement(Fact::kKanjiAgrees, kAgreements[names % kinds], facts);
    const Row* row = table.First(facts);
    holds_[persons][names] = row != nullptr && row->Number("agrees") != 0;
  }
}

bool AgreementRule::Holds(const Patient& patient, const storage::Coverage& coverage) const {
  const auto& by_names = holds_[Pair(patient.OnBirth(coverage), patient.OnSex(coverage))];
  if (by_names.all() || by_names.none()) return by_names.any();
  return by_names[Pair(patient.OnKana(coverage), patient.OnKanji(coverage))];
}

std::span<const std::string_view> HolderItemNames() { return kItems; }

bool AgreesOn(HolderItem item, const Patient& patient, const storage::Coverage& coverage) {
  switch (item) {
    case HolderItem::kBirth:
      return patient.OnBirth(coverage) == Agreement::kExact;
    case HolderItem::kSex:
      return patient.OnSex(coverage) == Agreement::kExact;
    case HolderItem::kName:
      return AgreesOn(HolderItem::kKana, patient, coverage) || AgreesOn(HolderItem::kKanji, patient, coverage);
    case HolderItem::kKana:
      return patient.OnKana(coverage) == Agreement::kExact;
    case HolderItem::kKanji:
      return patient.OnKanji(coverage) == Agreement::kExact;
  }
  return false;
}

CardHolders::CardHolders(const HolderTables& tables, int64_t claim_month) {
  if (tables.agrees != nullptr) patient = {*tables.agrees, claim_month};
  if (tables.corrected_agrees != nullptr) corrected = {*tables.corrected_agrees, claim_month};
  if (tables.narrowing == nullptr) return;
  Facts facts;
  facts.Set(Fact::kClaimMonth, claim_month);
  for (const Row* row : tables.narrowing->Collect(facts)) {
    const auto found = std::find(kItems.begin(), kItems.end(), row->Text("item"));
    if (found != kItems.end()) narrowing.push_back(static_cast<HolderItem>(found - kItems.begin()));
  }
}

}  // namespace furikae::rules
