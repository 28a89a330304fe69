// rules/identify/evidence.h — how far one registered person agrees with whom we look for, item by item.
//
//   Evidence e = Compare(c, sought, coverages_of_the_person);
//   e.kanji == Agreement::kExact
//
// An item agrees when any registered row of the person agrees. Never holds a name. Source: decisions.md §6;
// identification.md §4.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "rules/identify/sought.h"

namespace furikae::rules {

enum class Agreement : uint8_t { kMissing, kDiffers, kExact };
std::string_view AgreementName(Agreement agreement);  // missing differs exact

struct Evidence {
  Agreement kana = Agreement::kMissing, kanji = Agreement::kMissing, birth = Agreement::kMissing,
            sex = Agreement::kMissing;
  Agreement address = Agreement::kMissing, phone = Agreement::kMissing, workplace = Agreement::kMissing;
  Agreement insurer = Agreement::kMissing, card = Agreement::kMissing;

  int Exact() const;          // how many items agree
  bool SameIdentity() const;  // kana or kanji, birth date, and no other sex: could be meant
  // An anchor (address, telephone, workplace, insurer, card) agrees here and differs there.
  bool SeparatedFrom(const Evidence& other) const;
  std::vector<std::pair<std::string, std::string>> Fields() const;  // as in decisions.jsonl
};

Evidence Compare(const ReceiptCase& c, const Sought& sought, const storage::Coverages& person);

// Sets the facts kana_agrees … card_agrees.
void SetEvidenceFacts(const Evidence& evidence, Facts& facts);

}  // namespace furikae::rules
