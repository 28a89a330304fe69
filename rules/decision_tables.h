// rules/decision_tables.h — the decision tables that one receipt's way goes through, found once by name; those that ask
// nothing of a receipt are answered in advance.
//
//   DecisionTables tables(rulebook);
//   if (!tables.missing.empty()) …            // an agency's own rule set lacks that table
//
// Pointers belong to the rulebook. With them the words by which remarks are read. Thread-safe once built. Source:
// DESIGN §6; decisions.md §2–§6.
#pragma once

#include <string>

#include "rules/by_claim_month.h"
#include "rules/card_holders.h"
#include "rules/correction_slips.h"
#include "rules/day_precedence.h"
#include "rules/remark_words.h"
#include "rules/table.h"

namespace furikae::rules {

struct DecisionTables {
  explicit DecisionTables(const Rulebook& rulebook);

  const Table *origin = nullptr, *contradiction = nullptr, *completeness = nullptr, *pool_agency = nullptr;
  const Table *declaration_items = nullptr, *telling_items = nullptr;
  const Table *valid = nullptr, *lapsed = nullptr, *corrected = nullptr, *identified = nullptr, *nothing = nullptr;
  const Table *outside_registry = nullptr, *identification = nullptr, *insurer_synonyms = nullptr;
  const Table *former_qualification = nullptr, *unmatched_card = nullptr, *cross_agency = nullptr;
  const Table *coverage_rate = nullptr, *bearer_system = nullptr, *receipt_type = nullptr, *insurer_agency = nullptr;
  const Table *school_year = nullptr, *card_counts = nullptr, *card_markers = nullptr, *candidates = nullptr;
  const Table *namesakes = nullptr, *separating_items = nullptr, *claimed_evidence = nullptr;
  const Table *points_without_mf = nullptr, *exclusion_grounds = nullptr, *exclusions = nullptr;
  ByClaimMonth<DayPrecedence> day_precedence, issuance_precedence;
  ByClaimMonth<CardHolders> card_holders;
  CorrectionSlips correction_slips;
  DatedRemarkWords remark_words;
  std::string missing;  // name of the first table that is not there
};

}  // namespace furikae::rules
