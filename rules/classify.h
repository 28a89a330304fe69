// rules/classify.h — the origin of a receipt: where it stands before routing.
//
//   Classify(c);      // sets the facts, the days, the patient's card and decision.origin
//
// One card look-up and one table. Source: decisions.md §1, §2.
#pragma once

#include "rules/receipt_case.h"

namespace furikae::rules {

void Classify(ReceiptCase& c);

// Looks the card up anew (after a correction) and sets the facts card_holder and card_days.
void LookUpCard(ReceiptCase& c);

// Whether a receipt with this insurer number is one of which nobody knows the insurer (不詳), by the table origin.
bool IsUnidentified(const Rulebook& rulebook, InsurerNumber insurer, ServiceMonth claim_month);

}  // namespace furikae::rules
