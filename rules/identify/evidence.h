// rules/identify/evidence.h — how far one registered person agrees with whom we look for, item by item.
//
//   Evidence e = Compare(c, sought, coverages_of_the_person);
//   e.kanji == Agreement::kExact
//
// An item agrees when any registered row of the person agrees. What follows say the tables of identification.json.
// Never holds a name. Source: decisions.md §6;
// identification.md §4.
#pragma once

#include <bitset>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/identify/sought.h"

namespace furikae::rules {

std::string_view AgreementName(Agreement agreement);  // missing differs exact

inline constexpr size_t kEvidenceItems = 9;
using EvidenceItems = std::bitset<kEvidenceItems>;  // by place in EvidenceItemNames
// KANA KANJI BIRTH SEX ADDRESS PHONE WORKPLACE INSURER CARD, as tables name them.
std::span<const std::string_view> EvidenceItemNames();
// The items that the rows of a COLLECT table name; one that nobody knows is left out (rules/check.h refuses it).
EvidenceItems ItemsOf(const RowHits& rows);

struct Evidence {
  Agreement kana = Agreement::kMissing, kanji = Agreement::kMissing, birth = Agreement::kMissing,
            sex = Agreement::kMissing;
  Agreement address = Agreement::kMissing, phone = Agreement::kMissing, workplace = Agreement::kMissing;
  Agreement insurer = Agreement::kMissing, card = Agreement::kMissing;

  int Exact() const;  // how many items agree
  // One of `items` agrees here and differs there.
  bool SeparatedFrom(const Evidence& other, const EvidenceItems& items) const;
  std::vector<std::pair<std::string, std::string>> Fields() const;  // as in decisions.jsonl
};

Evidence Compare(const ReceiptCase& c, const Sought& sought, const storage::Coverages& person);

// Sets the facts kana_agrees … card_agrees; absent where there is nothing to compare.
void SetEvidenceFacts(const Evidence& evidence, Facts& facts);

}  // namespace furikae::rules
