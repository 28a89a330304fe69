// rules/coverage_terms.h — on what terms a coverage bears a receipt: its benefit rate, and the receipt type it makes.
//
//   int rate = CoverageRate(c, coverage);             // per cent: 70, 80, 90
//   CoverageTerms terms = TermsOf(c, coverage);       // also what the rewritten receipt says
//
// All of it is asked of the tables school_year, bearer_system, coverage_rate and receipt_type. Source: decisions.md §4
// U1; uke_layouts.md §9 レセプト種別. Not thread-safe where it writes the rows that spoke into the trace.
#pragma once

#include "rules/receipt_case.h"

namespace furikae::rules {

// 100 − copayment ratio as registered, else by scheme and age from the table.
int CoverageRate(ReceiptCase& c, const storage::Coverage& coverage);

struct CoverageTerms {
  int receipt_type = 0;    // レセプト種別 after the change; digits 1 and 3 stay
  int rate_to_write = -1;  // RE 給付割合, per cent; -1: left blank, as in Part
};
CoverageTerms TermsOf(ReceiptCase& c, const storage::Coverage& coverage);

// Whether receipts name the branch number (枝番) of this insurer's cards: by the table bearer_system.
bool WritesBranch(const Rulebook& rulebook, const storage::Masters& masters, InsurerNumber insurer, ServiceMonth month);

}  // namespace furikae::rules
