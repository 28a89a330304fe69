// core/card.h — the card a receipt names: insurer, symbol (記号), number (番号), branch (枝番).
//
//   Card card{insurer, "６４", "１２３４５６７", "01"};
//   CardKey key = KeyOf(card);     // equal keys = the same card, apart from the branch
//
// Same card: compared after width folding, without spaces and hyphens, the number without leading zeros (an all-zero
// number matches nothing); the symbol keeps zeros and kanji; the branch counts only when both sides have one. Texts are
// UTF-8. Thread-safe. Source: decisions.md §1.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/insurer_number.h"

namespace furikae {

struct Card {
  InsurerNumber insurer;
  std::string symbol;
  std::string number;
  std::string branch;
  bool operator==(const Card&) const = default;
};

// The comparable form of symbol and number. `number` is empty when it can match nothing (blank or all zero).
struct CardText {
  std::string symbol;
  std::string number;
  bool operator==(const CardText&) const = default;
};
CardText FoldCard(std::string_view symbol, std::string_view number);

// 128 bits of SHA-like strength are not needed: 64 bits of (symbol, number) beside the insurer, and a person must still
// agree on birth date or sex and name before a card counts.
struct CardKey {
  InsurerNumber insurer;
  uint64_t text = 0;  // 0 = matches nothing
  auto operator<=>(const CardKey&) const = default;
};
CardKey KeyOf(InsurerNumber insurer, std::string_view symbol, std::string_view number);
inline CardKey KeyOf(const Card& card) { return KeyOf(card.insurer, card.symbol, card.number); }

// Branches are compared as numbers: "1" and "０１" are one branch, and 00 (often the insured person) is a branch too.
// 0 = blank or no number; else 1 + the number. BranchText gives the two digits back, "" for 0.
int BranchKey(std::string_view branch);
std::string BranchText(int branch_key);

}  // namespace furikae
