#include "rules/decision_tables.h"

#include <array>

namespace furikae::rules {

DecisionTables::DecisionTables(const Rulebook& rulebook) : remark_words(rulebook) {
  const auto find = [&](std::string_view name) {
    const Table* table = rulebook.Find(name);
    if (table == nullptr && missing.empty()) missing = name;
    return table;
  };
  origin = find("origin");
  contradiction = find("contradiction");
  completeness = find("completeness");
  declaration_items = find("declaration_items");
  telling_items = find("telling_items");
  pool_agency = find("pool_agency");
  valid = find("routing_valid");
  lapsed = find("routing_lapsed");
  corrected = find("routing_corrected");
  identified = find("routing_identified");
  nothing = find("routing_nothing");
  outside_registry = find("outside_registry");
  identification = find("identification");
  namesakes = find("namesakes");
  separating_items = find("separating_items");
  claimed_evidence = find("claimed_evidence");
  insurer_synonyms = find("insurer_synonyms");
  former_qualification = find("former_qualification_unregistered");
  unmatched_card = find("unmatched_card");
  cross_agency = find("cross_agency");
  coverage_rate = find("coverage_rate");
  bearer_system = find("bearer_system");
  receipt_type = find("receipt_type");
  candidates = find("candidates");
  card_markers = find("card_markers");
  card_counts = find("card_counts");
  school_year = find("school_year");
  insurer_agency = find("insurer_agency");
  points_without_mf = find("points_without_mf");
  exclusion_grounds = find("exclusion_grounds");
  exclusions = find("exclusions");
  if (const Table* table = find("day_precedence")) day_precedence = {*table, Facts(), PrecedenceOf};
  if (const Table* table = find("issuance_precedence")) issuance_precedence = {*table, Facts(), PrecedenceOf};
  const HolderTables holders{find("holder_agrees"), find("corrected_holder_agrees"), find("holder_narrowing")};
  card_holders = {std::array{holders.agrees, holders.corrected_agrees, holders.narrowing},
                  [&](int64_t claim_month) { return CardHolders(holders, claim_month); }};
  if (const Table* table = find("correction_slips")) correction_slips = CorrectionSlips(*table);
}

}  // namespace furikae::rules
