// rules/table_contract.h — what the program asks of each decision table: which of its outputs are read, whether some
// row has to answer, and what is known about the facts whenever it is asked.
//
//   if (const TableContract* contract = ContractOf("origin")) …      // nullptr: nothing asks that table
//
// The other side of the tables: a rule set is complete when it keeps all of these. Source: DESIGN §6; decisions.md
// §2–§8.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "rules/table_value_set.h"

namespace furikae::rules {

struct TableContract {
  std::string_view table;
  std::vector<std::string_view> outputs;  // that are read
  // Whether a receipt for which no row holds cannot be decided. Else silence means something, such as "no exclusion".
  bool must_answer = false;
  // The values of a fact that can reach the table. Of a fact that is not named: every value that it can have, and
  // absence; months are always known.
  RowBox asked_with;
};

std::span<const TableContract> TableContracts();
const TableContract* ContractOf(std::string_view table);

}  // namespace furikae::rules
