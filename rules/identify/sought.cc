#include "rules/identify/sought.h"

#include <algorithm>
#include <charconv>

#include "absl/strings/str_replace.h"
#include "core/text/name_keys.h"
#include "core/uke/cp932.h"

namespace furikae::rules {
namespace {

void Add(uint64_t key, Keys& keys) {
  if (key != 0 && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
}

uint64_t PhoneNumber(std::string_view telephone) {
  const std::string digits = text::PhoneKey(telephone);
  uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

std::string InsurerNameKey(const ReceiptCase& c, std::string_view name) {
  std::string key = text::KanjiKey(name);
  for (const Row* row : c.tables.insurer_synonyms->Collect(c.facts)) {
    absl::StrReplaceAll({{text::KanjiKey(row->Text("from")), text::KanjiKey(row->Text("to"))}}, &key);
  }
  return key;
}

Sought SoughtPerson(ReceiptCase& c) {
  Sought sought;
  const Declaration& declared = c.Declared();
  c.patient.UseDeclaredKana(declared.name_kana);
  Add(text::HashKey(text::AddressKey(declared.address)), sought.address);
  Add(PhoneNumber(declared.contact), sought.phone);
  Add(text::HashKey(text::WorkplaceKey(declared.workplace)), sought.workplace);
  if (!declared.insurer_name.empty()) sought.insurer_name = InsurerNameKey(c, declared.insurer_name);
  for (const Row* row : c.tables.claimed_evidence->Collect(c.facts)) {
    if (row->Text("item") == kClaimedInsurer) sought.insurer = c.receipt.insurer.value_or(InsurerNumber{});
    if (row->Text("item") == kClaimedCard) Add(c.patient.ClaimedCard().text, sought.card);
  }
  return sought;
}

}  // namespace furikae::rules
