#include "rules/rule_schema_facts.h"

#include <algorithm>

#include "core/concat.h"

namespace furikae::rules {
namespace {

bool SameKind(const FactDeclaration& a, const FactDeclaration& b) {
  return a.type == b.type && std::equal(a.choices.begin(), a.choices.end(), b.choices.begin(), b.choices.end());
}

SchemaJson Value(const FactDeclaration& fact) {
  switch (fact.type) {
    case FactType::kFlag:
      return {{"type", "boolean"}};
    case FactType::kNumber:
    case FactType::kCode:
      return {{"type", "integer"}};
    case FactType::kMonth:
      return MonthSchema();
    case FactType::kDate:
      return {{"description", "A date such as 2024-05-31"},
              {"type", "string"},
              {"pattern", "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}};
    case FactType::kChoice:
      return {{"enum", std::vector<std::string>(fact.choices.begin(), fact.choices.end())}};
  }
  return {};
}

bool HasOrder(const FactDeclaration& fact) { return fact.type != FactType::kFlag && fact.type != FactType::kChoice; }

SchemaJson Range(const SchemaJson& value) {
  SchemaJson range = SchemaObject({{"min", value}, {"max", value}});
  range["description"] = "Between these, both included; either may be left out";
  range["minProperties"] = 1;
  return range;
}

SchemaJson Alone(const char* key, SchemaJson value, const char* meaning) {
  SchemaJson form = SchemaObject({{key, std::move(value)}}, {key});
  form["description"] = meaning;
  return form;
}

// A value, null, a list, a range or a set: what may stand behind "not", too.
SchemaJson Plain(const FactDeclaration& fact, const SchemaJson& value) {
  const SchemaJson absent = {{"description", "The fact is absent"}, {"type", "null"}};
  SchemaJson forms = SchemaJson::array({value, absent});
  forms.push_back({{"description", "One of these"},
                   {"type", "array"},
                   {"minItems", 1},
                   {"items", {{"anyOf", SchemaJson::array({value, absent})}}}});
  if (HasOrder(fact)) forms.push_back(Range(value));
  forms.push_back(Alone("in", SchemaRef("name"), "One of the values of this set"));
  return {{"anyOf", forms}};
}

std::string About(const FactDeclaration& fact) {
  std::string text = Concat(fact.japanese, " — ", fact.english);
  if (fact.type == FactType::kNumber && !fact.unit.empty()) text += Concat(" (", fact.unit, ")");
  return Concat(text, ". From: ", fact.from);
}

}  // namespace

SchemaJson MonthSchema() {
  return {{"description", "A month such as 2023-03"},
          {"type", "string"},
          {"pattern", "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$"}};
}

SchemaJson SchemaRef(const std::string& name) { return {{"$ref", Concat("#/definitions/", name)}}; }

SchemaJson SchemaObject(SchemaJson properties, const std::vector<std::string>& required) {
  SchemaJson schema = {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = required;
  return schema;
}

std::string FactSchemas::KindOf(const FactDeclaration& fact) const {
  switch (fact.type) {
    case FactType::kFlag:
      return "flag";
    case FactType::kNumber:
      return "number";
    case FactType::kCode:
      return "code";
    case FactType::kMonth:
      return "month";
    case FactType::kDate:
      return "date";
    case FactType::kChoice:
      break;
  }
  const auto first =
      std::find_if(facts_.begin(), facts_.end(), [&](const FactDeclaration& other) { return SameKind(fact, other); });
  return Concat("choice_of_", first->name);
}

std::vector<const FactDeclaration*> FactSchemas::Kinds() const {
  std::vector<const FactDeclaration*> kinds;
  for (const FactDeclaration& fact : facts_) {
    if (std::none_of(kinds.begin(), kinds.end(), [&](const FactDeclaration* kind) { return SameKind(*kind, fact); }))
      kinds.push_back(&fact);
  }
  return kinds;
}

void FactSchemas::AddValuesTo(SchemaJson& definitions) const {
  for (const FactDeclaration* kind : Kinds()) definitions[KindOf(*kind)] = Value(*kind);
}

void FactSchemas::AddConditionsTo(SchemaJson& definitions) const {
  AddValuesTo(definitions);
  for (const FactDeclaration* kind : Kinds()) {
    const std::string name = KindOf(*kind), some = Concat("some_", name);
    definitions[some] = Plain(*kind, SchemaRef(name));
    definitions[Concat("condition_on_", name)] = {
        {"anyOf",
         {SchemaRef(some), Alone("not", SchemaRef(some), "A value, and none of these"),
          Alone("present", {{"type", "boolean"}}, "Whether there is any value")}}};
  }
}

template <typename Schema>
SchemaJson FactSchemas::EachFact(Schema schema) const {
  SchemaJson properties = SchemaJson::object();
  for (const FactDeclaration& fact : facts_) {
    // Draft-07 ignores what stands beside "$ref".
    properties[std::string(fact.name)] = {{"description", About(fact)}, {"anyOf", schema(KindOf(fact))}};
  }
  return SchemaObject(std::move(properties));
}

SchemaJson FactSchemas::Conditions() const {
  return EachFact(
      [](const std::string& kind) { return SchemaJson::array({SchemaRef(Concat("condition_on_", kind))}); });
}

SchemaJson FactSchemas::Values() const {
  return EachFact([](const std::string& kind) { return SchemaJson::array({SchemaRef(kind), {{"type", "null"}}}); });
}

SchemaJson FactSchemas::Names() const {
  SchemaJson names = SchemaJson::array();
  for (const FactDeclaration& fact : facts_) names.push_back(std::string(fact.name));
  return names;
}

SchemaJson FactSchemas::MonthNames() const {
  SchemaJson names = SchemaJson::array();
  for (const FactDeclaration& fact : facts_) {
    if (fact.type == FactType::kMonth) names.push_back(std::string(fact.name));
  }
  return names;
}

SchemaJson FactSchemas::SetValues() const {
  SchemaJson cases = SchemaJson::array();
  for (const FactDeclaration* kind : Kinds()) {
    SchemaJson names = SchemaJson::array(), forms = SchemaJson::array({SchemaRef(KindOf(*kind))});
    for (const FactDeclaration& fact : facts_) {
      if (SameKind(fact, *kind)) names.push_back(std::string(fact.name));
    }
    if (HasOrder(*kind)) forms.push_back(Range(SchemaRef(KindOf(*kind))));
    cases.push_back({{"if", {{"properties", {{"fact", {{"enum", names}}}}}}},
                     {"then", {{"properties", {{"values", {{"items", {{"anyOf", forms}}}}}}}}}});
  }
  return cases;
}

}  // namespace furikae::rules
