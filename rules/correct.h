// rules/correct.h — typing slips in a card that the registry does not know: which registered card was meant.
//
//   Correction found = FindCorrection(c);
//   found.kind == CorrectionKind::kSameInsurer;   found.card
//
// Tried are the slips that the table correction_slips lists for the receipt's origin (rules/correction_slips.h). An
// insurer number counts only with its check digit. The holder must agree as the table corrected_holder_agrees asks
// (rules/card_holders.h) and be one single person. Source: decisions.md §3.
#pragma once

#include "rules/receipt_case.h"

namespace furikae::rules {

// Numbers are those of the fact correction.
enum class CorrectionKind : uint8_t { kNone = 0, kSameInsurer = 1, kOtherInsurer = 2, kSeveral = 3 };

struct Correction {
  CorrectionKind kind = CorrectionKind::kNone;
  ComparedCard card;
  storage::PersonId person = 0;
  const Row* slip = nullptr;  // of correction_slips, the first that led to the card; nullptr where there is none
};

// Of several cards of the one person: the first by the table day_precedence (rules/day_precedence.h).
Correction FindCorrection(ReceiptCase& c);

}  // namespace furikae::rules
