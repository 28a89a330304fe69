// rules/agreement.h — how far one item of two records agrees, and how tables ask for it.
//
//   SetAgreement(Fact::kSexAgrees, Agreement::kMissing, facts);   // the fact is absent: {"sex_agrees": null} holds
//
// Values. Source: identification.md §4; decisions.md §1, §6.
#pragma once

#include <cstdint>

#include "rules/receipt_facts.h"

namespace furikae::rules {

// kMissing: one side has nothing to compare. Of several records of one person the greatest counts.
enum class Agreement : uint8_t { kMissing, kDiffers, kExact };

inline void SetAgreement(Fact fact, Agreement agreement, Facts& facts) {
  facts.Set(fact, agreement == Agreement::kMissing ? kAbsent : int64_t{agreement == Agreement::kExact});
}

}  // namespace furikae::rules
