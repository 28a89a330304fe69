// rules/asked_domain.h — the combinations of facts with which a table can be asked, as far as some rows tell them
// apart.
//
//   AskedDomain domain(contract, declarations);
//   domain.Of(table.conditions());           // fact → values, for Uncovered (rules/table_value_set.h)
//   domain.Example(box);                     // "branch = BLANK, latest_issued = SEVERAL"
//
// A fact that the contract does not name is absent. Nothing can fail. Thread-safe; contract and declarations must
// outlive it. Source: DESIGN §6 (gaps, rows that cannot be reached).
#pragma once

#include <span>
#include <string>

#include "rules/table_contract.h"

namespace furikae::rules {

class AskedDomain {
 public:
  AskedDomain(const TableContract& contract, std::span<const FactDeclaration> facts)
      : contract_(contract), facts_(facts) {}

  bool Has(int fact) const { return contract_.asked_with.contains(fact); }
  // Every combination; `within`: only where this row holds. Some set may be empty then: it never holds.
  RowBox Of(std::span<const RowBox> rows, const RowBox& within = {}) const;
  // One combination out of the box: of each fact that may not be anything the value nearest to zero that is not absent,
  // where there is one.
  std::string Example(const RowBox& box) const;
  std::string SetFacts() const;  // their names

 private:
  ValueSet ValuesOf(int fact) const;

  const TableContract& contract_;
  std::span<const FactDeclaration> facts_;
};

}  // namespace furikae::rules
