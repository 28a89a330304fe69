// rules/rule_schema_facts.h — what a fact may be compared with, as JSON Schema: values and conditions.
//
//   FactSchemas schemas(declarations);
//   schemas.AddConditionsTo(definitions);   // "month", "condition_on_month", …: for each kind of values
//   schemas.Conditions();                   // an object with a condition for each fact: "when" of a row
//
// Nothing can fail. Thread-safe. Source: rules/table_condition.h (the forms); JSON Schema draft-07.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "rules/facts.h"

namespace furikae::rules {

using SchemaJson = nlohmann::ordered_json;

// {"$ref": "#/definitions/name"}
SchemaJson SchemaRef(const std::string& name);
// An object with these properties and no other.
SchemaJson SchemaObject(SchemaJson properties, const std::vector<std::string>& required = {});

// "2023-03"
SchemaJson MonthSchema();

class FactSchemas {
 public:
  explicit FactSchemas(std::span<const FactDeclaration> facts) : facts_(facts) {}

  // The values of each kind of fact alone, as cases write them; or with the forms of conditions.
  void AddValuesTo(SchemaJson& definitions) const;
  void AddConditionsTo(SchemaJson& definitions) const;

  SchemaJson Conditions() const;  // fact → condition
  SchemaJson Values() const;      // fact → one value or null
  SchemaJson Names() const;       // of all facts
  SchemaJson MonthNames() const;  // of the facts that can date a table
  // What the "values" of a set may hold, by the kind of its "fact": a list of if and then.
  SchemaJson SetValues() const;

 private:
  std::string KindOf(const FactDeclaration& fact) const;
  std::vector<const FactDeclaration*> Kinds() const;  // the first fact of each
  template <typename Schema>
  SchemaJson EachFact(Schema schema) const;

  std::span<const FactDeclaration> facts_;
};

}  // namespace furikae::rules
