// rules/why_not.h — why a row of a decision table does not answer: the facts that keep it from holding.
//
//   for (const Unmet& unmet : WhyNot(*table, *row, facts)) std::cout << UnmetText(Declarations(), unmet) << "\n";
//   // claim_month is 2022-02, wanted 2021-10 to 2022-01
//
// A row for which nothing is unmet holds; under FIRST it may still be silent because an earlier row holds as well. Rows
// of LOOKUP tables have no conditions, so nothing is ever unmet there. Values are in the unit of their fact. Nothing
// can fail. Thread-safe. Source: DESIGN §6 (`furikae rules explain`).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/facts.h"
#include "rules/table.h"
#include "rules/table_value_set.h"

namespace furikae::rules {

// One condition of a row (its dates are one, too) that does not hold.
struct Unmet {
  int fact = 0;
  int64_t found = kAbsent;
  ValueSet wanted;
};

// In the order of the declarations. `row` is one of the table's own rows; of any other row nothing is known, and
// nothing is returned.
std::vector<Unmet> WhyNot(const Table& table, const Row& row, const Facts& facts);

// How ranges are told: both ends are among them. In these phrases and the next $0 and $1 stand for values.
struct RangeWords {
  std::string_view between, up_to, from;
};

// How values and sets of them are told.
struct ValueWords {
  std::string (*value)(const FactDeclaration& fact, int64_t value);  // kAbsent as well
  std::string_view any_value, nothing;
  RangeWords of_numbers, of_codes, of_times;  // times: months and dates
  std::string_view one_of, between_names;     // "one of $0", with the names of a flag or choice joined
  std::string_view or_else;                   // between the pieces of a set
};
const ValueWords& TableWords();  // as tables write values, in English

// As tables write them: "true", "LAPSED", "2023-03", "11800"; "absent". But a code keeps the zeros before it, as on the
// receipt: insurer_number "06191035", law_code "07".
std::string ValueText(const FactDeclaration& fact, int64_t value);
// "2021-10 to 2022-01", "at most 11800", "one of NONE OTHER", "any value", "absent or at least 3".
std::string SetText(const FactDeclaration& fact, const ValueSet& set, const ValueWords& words = TableWords());
// "claim_month is 2022-02, wanted 2021-10 to 2022-01".
std::string UnmetText(std::span<const FactDeclaration> declarations, const Unmet& unmet);

}  // namespace furikae::rules
