// rules/identify/sought.h — whom we look for: what the receipt and the self-declaration say about the patient, in
// comparable form.
//
//   Sought sought = SoughtPerson(c);
//
// Birth date, sex, name and kana are the receipt's (the declared kana where the receipt has none); address, telephone,
// workplace and insurer the declaration's. Where the claimed insurer, or symbol and number, stand for the patient as
// well says the table claimed_evidence: what the registry holds beside a lapsed card is not the receipt's own word.
// Source: decisions.md §6, §3 (LAPSED 4), §2 (a disaster receipt's number as evidence).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/inlined_vector.h"
#include "rules/receipt_case.h"

namespace furikae::rules {

using Keys = absl::InlinedVector<uint64_t, 2>;  // none = nothing to compare

// What the table claimed_evidence can name: the items of the claimed card.
inline constexpr std::string_view kClaimedInsurer = "INSURER", kClaimedCard = "CARD";

struct Sought {
  Keys address, phone, workplace;
  Keys card;                 // symbol and number as claimed, as CardKey::text
  std::string insurer_name;  // as declared, comparable; empty = not declared
  InsurerNumber insurer;     // claimed and real, goes before the name; value 0 = none
};

Sought SoughtPerson(ReceiptCase& c);

// The name of an insurer in comparable form: kanji folded, usual short names replaced as the table says.
std::string InsurerNameKey(const ReceiptCase& c, std::string_view name);

}  // namespace furikae::rules
