// rules/table_reach.h — rows of a decision table that can never be the answer, and rows that could both be it.
//
//   for (const ReachFault& fault : FindReachFaults(table.hit(), table.rows(), boxes, facts)) …
//
// FIRST: a row that earlier ones always hide. UNIQUE: two rows that can hold at once. Nothing under COLLECT and LOOKUP.
// Only rows proven to be wrong are told (rules/table_value_set.h). Thread-safe. Source: DESIGN §6.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "rules/table.h"

namespace furikae::rules {

struct ReachFault {
  size_t row = 0;  // its place in the table
  std::string reason;
};

// `rows` and `boxes` belong together one by one.
std::vector<ReachFault> FindReachFaults(HitPolicy hit, const std::vector<Row>& rows, const std::vector<RowBox>& boxes,
                                        std::span<const FactDeclaration> facts);

}  // namespace furikae::rules
