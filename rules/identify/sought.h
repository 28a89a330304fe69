// rules/identify/sought.h — whom we look for: what the receipt and the self-declaration say about the patient, in
// comparable form.
//
//   Sought sought = SoughtPerson(c);
//
// Birth date, sex, name and kana are the receipt's (the declared kana where the receipt has none); address, telephone,
// workplace and insurer the declaration's. A receipt without a declaration has no other anchor than its claimed
// insurer: what the registry holds beside a lapsed card is not the receipt's own word. Source: decisions.md §6, §3
// (LAPSED 4), §2 (a disaster receipt's number as evidence).
#pragma once

#include <cstdint>
#include <string>

#include "absl/container/inlined_vector.h"
#include "rules/receipt_case.h"

namespace furikae::rules {

using Keys = absl::InlinedVector<uint64_t, 2>;  // none = nothing to compare

struct Sought {
  Keys address, phone, workplace;
  Keys card;                 // symbol and number of a disaster receipt, as CardKey::text
  std::string insurer_name;  // as declared, comparable; empty = not declared
  InsurerNumber insurer;     // claimed and real; value 0 = none
};

Sought SoughtPerson(ReceiptCase& c);

// The name of an insurer in comparable form: kanji folded, usual short names replaced as the table says.
std::string InsurerNameKey(const ReceiptCase& c, std::string_view name);

}  // namespace furikae::rules
