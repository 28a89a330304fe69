#include "rules/rule_schema.h"

#include "rules/rule_schema_facts.h"
#include "rules/table_member.h"

namespace furikae::rules {
namespace {

SchemaJson Text(const char* description) {
  return {{"description", description}, {"type", "string"}, {"pattern", "\\S"}};
}

SchemaJson Described(const char* description, const std::string& definition) {
  return {{"description", description}, {"allOf", SchemaJson::array({SchemaRef(definition)})}};
}

SchemaJson ListOf(SchemaJson items, const char* description) {
  return {{"description", description}, {"type", "array"}, {"minItems", 1}, {"items", std::move(items)}};
}

// An assumed rule says why.
void RequireNote(SchemaJson& schema) {
  schema["if"] = {{"properties", {{"status", {{"const", "assumed"}}}}}};
  schema["then"] = {{"required", SchemaJson::array({"note"})}};
}

void AddOrigin(SchemaJson& properties) {
  properties["source"] = Text("The official document with its paragraph, or: policy of this rule set");
  properties["status"] = {
      {"description", "sourced: fixed by the document named. assumed: no document at hand settles it"},
      {"enum", SchemaJson::array({"sourced", "assumed"})}};
  properties["note"] = Text("Why; required where assumed");
}

SchemaJson NameSchema() {
  return {{"description", "Letters, digits, _ - ."}, {"type", "string"}, {"pattern", "^[A-Za-z0-9_.-]+$"}};
}

SchemaJson TitleSchema() {
  SchemaJson title = SchemaObject({{"ja", Text("In Japanese")}, {"en", Text("In English")}}, {"ja", "en"});
  title["description"] = "The rule in both languages";
  return title;
}

SchemaJson SchemaKey() {
  return {{"description", "Where this schema is, for editors; only outside of an array"}, {"type", "string"}};
}

SchemaJson RowSchema(const FactSchemas& facts) {
  SchemaJson when = facts.Conditions();
  when["description"] = "Conditions on facts; all must hold. {} always holds";
  SchemaJson properties = {
      {"id", Described("The row's name in traces; unique in its table. Decided claims point to it", "name")},
      {"title", SchemaRef("title")},
      {"from", Described("First month in which the row holds", "row_month")},
      {"until", Described("Last month in which the row holds", "row_month")},
      {"when", std::move(when)},
      {"then",
       {{"description", "The answer: outputs that the table declares"},
        {"type", "object"},
        {"additionalProperties", {{"type", SchemaJson::array({"boolean", "integer", "string"})}}}}},
  };
  AddOrigin(properties);
  SchemaJson row = SchemaObject(std::move(properties), {"id", "title", "then", "source", "status"});
  RequireNote(row);
  return row;
}

SchemaJson TableSchema(const FactSchemas& facts) {
  const SchemaJson declared = {{"anyOf",
                                {{{"enum", SchemaJson::array({"flag", "number", "text"})}},
                                 ListOf({{"type", "string"}}, "The texts that are allowed")}}};
  SchemaJson table = SchemaObject(
      {{kSchemaKey, SchemaKey()},
       {"table", Described("The name by which the program asks the table", "name")},
       {"title", SchemaRef("title")},
       {"hit",
        {{"description",
          "FIRST: the first row that holds. UNIQUE: the one that holds. COLLECT: every row that holds. LOOKUP: a code "
          "table whose rows are found by id"},
         {"enum", SchemaJson::array({"FIRST", "UNIQUE", "COLLECT", "LOOKUP"})}}},
       {"dated_by", {{"description", "The month that from and until mean"}, {"enum", facts.MonthNames()}}},
       {"outputs",
        {{"description", "What rows may answer: flag, number, text, or a list of the texts allowed"},
         {"type", "object"},
         {"minProperties", 1},
         {"additionalProperties", declared}}},
       {"rows", ListOf(SchemaRef("row"), "From top to bottom")},
       {"note", Text("For readers of the file")}},
      {"table", "title", "hit", "outputs", "rows"});
  const auto rows = [](SchemaJson properties) {
    return SchemaJson({{"properties", {{"rows", {{"items", {{"properties", std::move(properties)}}}}}}}});
  };
  table["allOf"] =
      SchemaJson::array({{{"if", {{"properties", {{"hit", {{"const", "LOOKUP"}}}}}}},
                          {"then", rows({{"when", {{"maxProperties", 0}}}, {"from", false}, {"until", false}})}},
                         {{"if", {{"not", {{"required", SchemaJson::array({"dated_by"})}}}}},
                          {"then", rows({{"from", false}, {"until", false}})}}});
  return table;
}

SchemaJson ListSchema() {
  SchemaJson properties = {{kSchemaKey, SchemaKey()},
                           {"list", SchemaRef("name")},
                           {"title", SchemaRef("title")},
                           {"values", ListOf(Text("A word"), "Each once")}};
  properties["values"]["uniqueItems"] = true;
  AddOrigin(properties);
  SchemaJson list = SchemaObject(std::move(properties), {"list", "title", "values", "source", "status"});
  RequireNote(list);
  return list;
}

SchemaJson SetSchema(const FactSchemas& facts) {
  SchemaJson properties = {
      {kSchemaKey, SchemaKey()},
      {"set", Described("The name that conditions use: {\"in\": name}", "name")},
      {"fact",
       {{"description", "Whose values they are; a fact with the same unit and values may be asked for the set as well"},
        {"enum", facts.Names()}}},
      {"title", SchemaRef("title")},
      {"values",
       {{"description", "Values and ranges, each value once"},
        {"type", "array"},
        {"minItems", 1},
        {"uniqueItems", true}}}};
  AddOrigin(properties);
  SchemaJson set = SchemaObject(std::move(properties), {"set", "fact", "title", "values", "source", "status"});
  RequireNote(set);
  set["allOf"] = facts.SetValues();
  return set;
}

SchemaJson IncludeSchema() {
  SchemaJson include =
      ListOf({{"anyOf", {{{"enum", SchemaJson::array({"built-in"})}}, Text("A directory as seen from this file")}}},
             "Rule sets below this one; a file lies over one of the same name in those before it");
  include["uniqueItems"] = true;
  return SchemaObject({{kSchemaKey, SchemaKey()}, {"include", std::move(include)}}, {"include"});
}

// The definition that belongs to the key which an object has. Of an object without any of the keys the first is asked
// for.
SchemaJson ByKey(const std::vector<std::string>& keys) {
  SchemaJson choice = SchemaRef(keys.front());
  for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
    choice = {
        {"if", {{"required", SchemaJson::array({*key})}}}, {"then", SchemaRef(*key)}, {"else", std::move(choice)}};
  }
  return choice;
}

SchemaJson Head(const char* title) {
  return {{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}};
}

std::string Printed(const SchemaJson& schema) { return schema.dump(1) + "\n"; }

}  // namespace

std::string RegulationsSchema(std::span<const FactDeclaration> declarations) {
  const FactSchemas facts(declarations);
  SchemaJson schema = Head("Regulations of furikae: tables, lists, sets, and include.json");
  schema["if"] = {{"type", "array"}};
  schema["then"] = {{"minItems", 1},
                    {"items",
                     {{"allOf", SchemaJson::array({ByKey({"table", "list", "set"})})},
                      {"not", {{"required", SchemaJson::array({kSchemaKey})}}}}}};
  schema["else"] = ByKey({"table", "list", "set", "include"});
  SchemaJson& definitions = schema["definitions"];
  definitions["name"] = NameSchema();
  definitions["title"] = TitleSchema();
  facts.AddConditionsTo(definitions);
  definitions["row_month"] = MonthSchema();
  definitions["row"] = RowSchema(facts);
  definitions["table"] = TableSchema(facts);
  definitions["list"] = ListSchema();
  definitions["set"] = SetSchema(facts);
  definitions["include"] = IncludeSchema();
  return Printed(schema);
}

std::string CasesSchema(std::span<const FactDeclaration> declarations) {
  const FactSchemas facts(declarations);
  SchemaJson schema = Head("Example cases of furikae");
  SchemaJson given = facts.Values();
  given["description"] = "One value per fact; facts left out (or null) are absent";
  const SchemaJson outputs = {
      {"type", "object"}, {"additionalProperties", {{"type", SchemaJson::array({"boolean", "integer", "string"})}}}};
  const SchemaJson rows = {{"type", "array"}, {"items", SchemaRef("name")}},
                   several = {{"type", "array"}, {"items", outputs}};
  schema["type"] = "array";
  schema["minItems"] = 1;
  schema["items"] =
      SchemaObject({{"case", Text("One sentence, Japanese or English; once per file")},
                    {"table", Described("The table that is asked", "name")},
                    {"given", std::move(given)},
                    {"expect",
                     {{"description",
                       "The id of the row that answers; null when none does. Under COLLECT the list of "
                       "all rows that hold, in table order"},
                      {"anyOf", {{{"type", "null"}}, SchemaRef("name"), rows}}}},
                    {"then",
                     {{"description", "All outputs of that row; under COLLECT a list with one object per row"},
                      {"anyOf", {outputs, several}}}}},
                   {"case", "table", "expect"});
  SchemaJson& definitions = schema["definitions"];
  definitions["name"] = NameSchema();
  facts.AddValuesTo(definitions);
  return Printed(schema);
}

}  // namespace furikae::rules
