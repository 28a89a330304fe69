// tests/bench/peers/peer_forms.h — one drawn table, written as each engine's own users would write it.
//
//   OurForm(table)              a decision table of ours, named "peers" (rules/table.h)
//   ClipsForm(table)            one deftemplate, one defrule a row: constructs, one text each
//   JsonRulesEngineForm(table)  rules of json-rules-engine, one a row, highest priority first
//   ZenForm(table)              a decision model with one decision table node
//   VectorsForm(vectors, …)     fact vectors as JSON objects of names and values
//
// Months are whole numbers (year × 12 + month − 1) everywhere but in our table, which reads "2024-10": comparing
// numbers is the fastest that the peers can do. Choices are names, flags are truth values, absence is null; in CLIPS,
// absence is −1, so that a range needs a single numeric test.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "tests/bench/peers/peer_table.h"

namespace furikae::bench {

const rules::FactDeclaration& DeclarationOf(const PeerFact& fact);

nlohmann::ordered_json OurForm(const PeerTable& table);
std::vector<std::string> ClipsForm(const PeerTable& table);
nlohmann::ordered_json JsonRulesEngineForm(const PeerTable& table);
nlohmann::ordered_json ZenForm(const PeerTable& table);
nlohmann::ordered_json VectorsForm(std::span<const FactVector> vectors);

}  // namespace furikae::bench
