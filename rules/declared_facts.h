// rules/declared_facts.h — what the remarks and the self-declaration say, as facts; and the pool agency that follows.
//
//   SetDeclaredFacts(c);
//   SetPoolAgency(c);       // unidentified and former-qualification claims only
//
// Source: decisions.md §5.
#pragma once

#include "rules/receipt_case.h"

namespace furikae::rules {

void SetDeclaredFacts(ReceiptCase& c);
void SetPoolAgency(ReceiptCase& c);

}  // namespace furikae::rules
