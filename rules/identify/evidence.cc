#include "rules/identify/evidence.h"

#include <algorithm>
#include <array>

namespace furikae::rules {
namespace {

using storage::Coverage;

struct Item {
  std::string_view name;
  Agreement Evidence::*value;
  Fact fact;
  bool anchor;
};
constexpr std::array<Item, 9> kItems = {{
    {"name_kana", &Evidence::kana, Fact::kKanaAgrees, false},
    {"name", &Evidence::kanji, Fact::kKanjiAgrees, false},
    {"birth", &Evidence::birth, Fact::kBirthAgrees, false},
    {"sex", &Evidence::sex, Fact::kSexAgrees, false},
    {"address", &Evidence::address, Fact::kAddressAgrees, true},
    {"telephone", &Evidence::phone, Fact::kPhoneAgrees, true},
    {"workplace", &Evidence::workplace, Fact::kWorkplaceAgrees, true},
    {"insurer", &Evidence::insurer, Fact::kInsurerAgrees, true},
    {"card", &Evidence::card, Fact::kCardAgrees, true},
}};

// `known` tells whether a row has the item at all, `agrees` whether it agrees.
Agreement Over(const storage::Coverages& rows, bool sought, auto known, auto agrees) {
  if (!sought || std::none_of(rows.begin(), rows.end(), known)) return Agreement::kMissing;
  return std::any_of(rows.begin(), rows.end(), agrees) ? Agreement::kExact : Agreement::kDiffers;
}

Agreement OverKeys(const storage::Coverages& rows, const Keys& keys, auto key_of) {
  return Over(
      rows, !keys.empty(), [&](const Coverage& row) { return key_of(row) != 0; },
      [&](const Coverage& row) { return std::find(keys.begin(), keys.end(), key_of(row)) != keys.end(); });
}

bool InsurerAgrees(const ReceiptCase& c, const Sought& sought, const Coverage& row) {
  if (sought.insurer.value != 0) return row.card.insurer == sought.insurer;
  const InsurerRow* insurer = c.masters.InsurerIn(row.card.insurer, c.month());
  return insurer != nullptr && InsurerNameKey(c, insurer->name) == sought.insurer_name;
}

}  // namespace

std::string_view AgreementName(Agreement agreement) {
  constexpr std::string_view kNames[] = {"missing", "differs", "exact"};
  return kNames[static_cast<int>(agreement)];
}

int Evidence::Exact() const {
  return static_cast<int>(std::count_if(kItems.begin(), kItems.end(),
                                        [&](const Item& item) { return this->*item.value == Agreement::kExact; }));
}

bool Evidence::SameIdentity() const {
  return (kana == Agreement::kExact || kanji == Agreement::kExact) && birth == Agreement::kExact &&
         sex != Agreement::kDiffers;
}

bool Evidence::SeparatedFrom(const Evidence& other) const {
  return std::any_of(kItems.begin(), kItems.end(), [&](const Item& item) {
    return item.anchor && this->*item.value == Agreement::kExact && other.*item.value == Agreement::kDiffers;
  });
}

std::vector<std::pair<std::string, std::string>> Evidence::Fields() const {
  std::vector<std::pair<std::string, std::string>> fields;
  for (const Item& item : kItems) fields.emplace_back(item.name, AgreementName(this->*item.value));
  return fields;
}

Evidence Compare(const ReceiptCase& c, const Sought& sought, const storage::Coverages& person) {
  const Patient& p = c.patient;
  const auto always = [](const Coverage&) { return true; };
  Evidence e;
  e.kana = Over(
      person, p.KanaKey() != 0, [](const Coverage& row) { return row.kana_key != 0; },
      [&](const Coverage& row) { return p.AgreesOnKana(row); });
  e.kanji = Over(
      person, p.KanjiKey() != 0, [](const Coverage& row) { return row.kanji_key != 0; },
      [&](const Coverage& row) { return p.AgreesOnKanji(row); });
  e.birth = Over(person, true, always, [&](const Coverage& row) { return p.AgreesOnBirth(row); });
  e.sex = Over(
      person, p.sex() != Sex::kUnknown, [](const Coverage& row) { return row.sex != Sex::kUnknown; },
      [&](const Coverage& row) { return p.AgreesOnSex(row); });
  e.address = OverKeys(person, sought.address, [](const Coverage& row) { return row.address_key; });
  e.phone = OverKeys(person, sought.phone, [](const Coverage& row) { return uint64_t{row.phone_key}; });
  e.workplace = OverKeys(person, sought.workplace, [](const Coverage& row) { return row.workplace_key; });
  e.insurer = Over(person, sought.insurer.value != 0 || !sought.insurer_name.empty(), always,
                   [&](const Coverage& row) { return InsurerAgrees(c, sought, row); });
  e.card = OverKeys(person, sought.card_text == 0 ? Keys{} : Keys{sought.card_text},
                    [](const Coverage& row) { return row.card.text; });
  return e;
}

void SetEvidenceFacts(const Evidence& evidence, Facts& facts) {
  for (const Item& item : kItems) facts.Set(item.fact, evidence.*item.value == Agreement::kExact);
}

}  // namespace furikae::rules
