// rules/coverage_rate.h — the benefit rate of a coverage: 100 − copayment ratio as registered, else by age from the
// tables.
//
//   int rate = CoverageRate(c, coverage);      // per cent: 70, 80, 90
//
// Source: decisions.md §4 U1. Not thread-safe (writes the row that spoke into the trace).
#pragma once

#include "rules/receipt_case.h"

namespace furikae::rules {

int CoverageRate(ReceiptCase& c, const storage::Coverage& coverage);
// Before school age: until the 31 March that follows the sixth birthday; someone born on 1 April is six the day before.
bool IsPreschool(Date birth, Date day);
// 後期高齢者医療 by the master's kind, else by law code 39.
bool IsLateElderly(const ReceiptCase& c, InsurerNumber insurer);

}  // namespace furikae::rules
