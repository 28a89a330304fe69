// rules/insurer_agency.h — which review agency (審査支払機関) serves an insurer: by the master, else by its law code.
//
//   Agency agency = AgencyOf(c, insurer);                                  // kUnknown: neither knows
//   const Row* row = AgencyRow(table, insurer.LawCode(), service_month);   // nullptr: no insurer has this law code
//   Agency served_by = AgencyIn(row);
//
// The law codes are rows of the table insurer_agency. Source: sources_unidentified.md F3. Pure but for the trace.
#pragma once

#include "rules/receipt_case.h"

namespace furikae::rules {

const Row* AgencyRow(const Table* insurer_agency, int law_code, ServiceMonth month);
Agency AgencyIn(const Row* row);

// In the service month. Where the law code had to tell, its row stands in the trace.
Agency AgencyOf(ReceiptCase& c, InsurerNumber insurer);

}  // namespace furikae::rules
