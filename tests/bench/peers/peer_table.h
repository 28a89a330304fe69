// tests/bench/peers/peer_table.h — a drawn decision table of any size and fact vectors for it, the same for every
// engine.
//
//   const PeerTable table = DrawTable(50, seed);                       // the last row holds always
//   const std::vector<FactVector> vectors = DrawVectors(table, 1'000'000, seed);
//
// Twelve facts of a receipt, with conditions such as the regulations have: flags, one value, sets, ranges, months from
// and until, absence. Each row is drawn around a receipt that no earlier row answers, so no row is dead. Of the
// vectors, seven in eight are such receipts with up to two facts drawn anew, one is drawn freely: every row
// answers some; the last answers a third of them at 50 rows, hardly any at 1,000. The same seed draws the same on every
// machine.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "rules/receipt_facts.h"

namespace furikae::bench {

struct PeerFact {
  rules::Fact fact;
  int64_t low = 0, high = 0;  // values it is drawn from
  bool ranged = false;        // conditions are ranges; otherwise values
  bool may_be_absent = false;
};

inline constexpr int kPeerFacts = 12;
extern const std::array<PeerFact, kPeerFacts> kPeerFactList;

using FactVector = std::array<int64_t, kPeerFacts>;  // rules::kAbsent where the fact is absent

struct PeerCondition {
  int fact = 0;                 // position in kPeerFactList
  std::vector<int64_t> values;  // any of these (kAbsent alone: must be absent); when empty, min … max, both included
  int64_t min = 0, max = 0;     // the fact's own bound where the condition leaves that side open
  bool Holds(int64_t value) const;
};

struct PeerRow {
  std::string id;
  std::vector<PeerCondition> conditions;  // all must hold; at most one a fact, in the order of the facts
  FactVector witness{};                   // a receipt that this row answers
  bool Holds(const FactVector& vector) const;
};

struct PeerTable {
  std::vector<PeerRow> rows;  // hit policy FIRST
};

PeerTable DrawTable(int rows, uint64_t seed);
std::vector<FactVector> DrawVectors(const PeerTable& table, int count, uint64_t seed);

}  // namespace furikae::bench
