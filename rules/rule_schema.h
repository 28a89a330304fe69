// rules/rule_schema.h — the JSON Schemas (draft-07) with which an editor completes and checks regulations and cases.
//
//   std::cout << RegulationsSchema(Declarations());   // furikae rules schema
//
// Made from the declared facts and from the keys that the loader knows (rules/table_member.h), so that a fact is known
// to editors as soon as it is declared. The schema refuses nothing that the loader takes; what only the loader can know
// (a name that stands elsewhere, rows that hide each other, doubled keys, …) it leaves to `furikae rules check`. Copies
// stand in rules/regulations/schema/. Each text ends with a line end. Nothing can fail. Thread-safe. Source: JSON
// Schema draft-07; rules/table.h and rules/rule_cases.h (the forms).
#pragma once

#include <span>
#include <string>

#include "rules/facts.h"

namespace furikae::rules {

// Of a file of tables, lists and sets, and of include.json.
std::string RegulationsSchema(std::span<const FactDeclaration> facts);
// Of a file of example cases.
std::string CasesSchema(std::span<const FactDeclaration> facts);

}  // namespace furikae::rules
