// rules/asked_tables.h — which decision tables a receipt met on its way, and the facts as they stood then.
//
//   AskedTables asked;
//   context.asked = &asked;                       // of DecideContext; null in a month's run, which then pays nothing
//   decider.Decide(receipt, context);
//   asked.front().table->First(asked.front().facts);   // what it answered
//
// Also tables that had no answer; a table asked twice stands twice. Word lists and tables that were answered in advance
// (rules/by_claim_month.h) are not written down. The tables belong to the rule set. Plain values. Source: DESIGN §6
// (`furikae rules explain`).
#pragma once

#include <vector>

#include "rules/facts.h"
#include "rules/table.h"

namespace furikae::rules {

struct AskedTable {
  const Table* table = nullptr;
  Facts facts;
};
using AskedTables = std::vector<AskedTable>;

}  // namespace furikae::rules
