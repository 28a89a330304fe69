// rules/table_contract.h — what the program asks of each decision table: the facts that are set whenever it is asked,
// which outputs it reads and what they can be, and whether some row has to answer.
//
//   if (const TableContract* contract = ContractOf("origin")) …      // nullptr: nothing asks that table
//
// The other side of the tables: a rule set is complete when it keeps all of these (rules/check.h). Source: DESIGN §6;
// decisions.md §2–§8.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rules/output_rules.h"
#include "rules/table_value_set.h"

namespace furikae::rules {

struct OutputContract {
  std::string_view name;
  Vocabulary can_be;
};

// An answer that the program can carry out only where one of these boxes holds, such as a split where several cards
// were found.
struct OnlyWhere {
  Answer answer;
  std::vector<RowBox> facts;
};

// A table that is asked with a fact of 1, 2, … until a row gives this answer.
struct Steps {
  int fact = 0;
  Answer last;
};

struct TableContract {
  std::string_view table;
  std::vector<OutputContract> outputs;  // that are read
  std::vector<RowRule> rules;           // for the outputs of each row
  std::vector<OnlyWhere> only_where;
  std::vector<std::string_view> rows;  // that the program looks up by id, whatever the other tables say
  // Whether a receipt for which no row holds cannot be decided. Else silence means something, such as "no exclusion".
  bool must_answer = false;
  std::optional<Steps> steps;
  // Every fact that is set when the table is asked, and the values that it can have; others are absent
  // (rules/known_facts.h).
  RowBox asked_with;
};

std::span<const TableContract> TableContracts();
const TableContract* ContractOf(std::string_view table);

}  // namespace furikae::rules
