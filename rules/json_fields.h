// rules/json_fields.h — what is wrong with the records made from a JSON claim, told by the claim's own fields.
//
//   UkeClaim uke = *ToUke(claim, rulebook);
//   TellByField(uke, complaints);   // "line 1, column 8 (請求年月): 2024-11 is …" → "claim_month: 2024-11 is …"
//
// Who sent JSON has never seen the records, so their lines and columns say nothing to him. Columns that no field fills
// keep their names. Nothing can fail. Thread-safe. Source: rules/json_claim.cc (which field goes to which column);
// files.md "In".
#pragma once

#include <vector>

#include "core/uke/receipt.h"
#include "rules/json_claim.h"

namespace furikae::rules {

// `complaints` about the file of `claim.head`, `claim.receipt` and a trailer: afterwards without line, column and
// field; the reason begins with the field of JSON, "lines[2].points: ".
void TellByField(const UkeClaim& claim, std::vector<uke::Complaint>& complaints);

}  // namespace furikae::rules
