#include "rules/identify/evidence.h"

#include <algorithm>
#include <array>

namespace furikae::rules {
namespace {

using storage::Coverage;

constexpr std::array<std::string_view, kEvidenceItems> kNames = {"KANA",  "KANJI",     "BIRTH",   "SEX", "ADDRESS",
                                                                 "PHONE", "WORKPLACE", "INSURER", "CARD"};

struct Item {
  std::string_view field;  // in decisions.jsonl
  Agreement Evidence::*value;
  Fact fact;
};
// In the order of kNames.
constexpr std::array<Item, kEvidenceItems> kItems = {{
    {"name_kana", &Evidence::kana, Fact::kKanaAgrees},
    {"name", &Evidence::kanji, Fact::kKanjiAgrees},
    {"birth", &Evidence::birth, Fact::kBirthAgrees},
    {"sex", &Evidence::sex, Fact::kSexAgrees},
    {"address", &Evidence::address, Fact::kAddressAgrees},
    {"telephone", &Evidence::phone, Fact::kPhoneAgrees},
    {"workplace", &Evidence::workplace, Fact::kWorkplaceAgrees},
    {"insurer", &Evidence::insurer, Fact::kInsurerAgrees},
    {"card", &Evidence::card, Fact::kCardAgrees},
}};

// Over all rows of a person.
Agreement Best(const storage::Coverages& rows, auto agreement) {
  Agreement best = Agreement::kMissing;
  for (const Coverage& row : rows) {
    best = std::max(best, agreement(row));
    if (best == Agreement::kExact) break;
  }
  return best;
}

Agreement OnKey(const Keys& sought, uint64_t key) {
  if (sought.empty() || key == 0) return Agreement::kMissing;
  return std::find(sought.begin(), sought.end(), key) == sought.end() ? Agreement::kDiffers : Agreement::kExact;
}

bool InsurerAgrees(const ReceiptCase& c, const Sought& sought, const Coverage& row) {
  if (sought.insurer.value != 0) return row.card.insurer == sought.insurer;
  const InsurerRow* insurer = c.masters.InsurerIn(row.card.insurer, c.month());
  return insurer != nullptr && InsurerNameKey(c, insurer->name) == sought.insurer_name;
}

Agreement OnInsurer(const ReceiptCase& c, const Sought& sought, const Coverage& row) {
  if (sought.insurer.value == 0 && sought.insurer_name.empty()) return Agreement::kMissing;
  return InsurerAgrees(c, sought, row) ? Agreement::kExact : Agreement::kDiffers;
}

}  // namespace

std::span<const std::string_view> EvidenceItemNames() { return kNames; }

EvidenceItems ItemsOf(const RowHits& rows) {
  EvidenceItems items;
  for (const Row* row : rows) {
    const auto found = std::find(kNames.begin(), kNames.end(), row->Text("item"));
    if (found != kNames.end()) items.set(static_cast<size_t>(found - kNames.begin()));
  }
  return items;
}

std::string_view AgreementName(Agreement agreement) {
  constexpr std::string_view kAgreements[] = {"missing", "differs", "exact"};
  return kAgreements[static_cast<int>(agreement)];
}

int Evidence::Exact() const {
  return static_cast<int>(std::count_if(kItems.begin(), kItems.end(),
                                        [&](const Item& item) { return this->*item.value == Agreement::kExact; }));
}

bool Evidence::SeparatedFrom(const Evidence& other, const EvidenceItems& items) const {
  for (size_t i = 0; i < kItems.size(); ++i) {
    const auto value = kItems[i].value;
    if (items[i] && this->*value == Agreement::kExact && other.*value == Agreement::kDiffers) return true;
  }
  return false;
}

std::vector<std::pair<std::string, std::string>> Evidence::Fields() const {
  std::vector<std::pair<std::string, std::string>> fields;
  for (const Item& item : kItems) fields.emplace_back(item.field, AgreementName(this->*item.value));
  return fields;
}

Evidence Compare(const ReceiptCase& c, const Sought& sought, const storage::Coverages& person) {
  const Patient& p = c.patient;
  Evidence e;
  e.kana = Best(person, [&](const Coverage& row) { return p.OnKana(row); });
  e.kanji = Best(person, [&](const Coverage& row) { return p.OnKanji(row); });
  e.birth = Best(person, [&](const Coverage& row) { return p.OnBirth(row); });
  e.sex = Best(person, [&](const Coverage& row) { return p.OnSex(row); });
  e.address = Best(person, [&](const Coverage& row) { return OnKey(sought.address, row.address_key); });
  e.phone = Best(person, [&](const Coverage& row) { return OnKey(sought.phone, row.phone_key); });
  e.workplace = Best(person, [&](const Coverage& row) { return OnKey(sought.workplace, row.workplace_key); });
  e.insurer = Best(person, [&](const Coverage& row) { return OnInsurer(c, sought, row); });
  e.card = Best(person, [&](const Coverage& row) { return OnKey(sought.card, row.card.text); });
  return e;
}

void SetEvidenceFacts(const Evidence& evidence, Facts& facts) {
  for (const Item& item : kItems) SetAgreement(item.fact, evidence.*item.value, facts);
}

}  // namespace furikae::rules
