#include "tests/bench/peers/peer_forms.h"

#include "absl/strings/str_join.h"
#include "core/calendar.h"
#include "core/concat.h"

namespace furikae::bench {

using nlohmann::ordered_json;
using rules::FactType;
using rules::kAbsent;

const rules::FactDeclaration& DeclarationOf(const PeerFact& fact) {
  return rules::Declarations()[static_cast<size_t>(fact.fact)];
}

namespace {

const PeerFact& FactOf(const PeerCondition& condition) { return kPeerFactList[condition.fact]; }
std::string NameOf(const PeerFact& fact) { return std::string(DeclarationOf(fact).name); }

bool OpenBelow(const PeerCondition& condition) { return condition.min == FactOf(condition).low; }
bool OpenAbove(const PeerCondition& condition) { return condition.max == FactOf(condition).high; }

ordered_json JsonValue(const PeerFact& fact, int64_t value) {
  const rules::FactDeclaration& declared = DeclarationOf(fact);
  if (value == kAbsent) return nullptr;
  if (declared.type == FactType::kFlag) return value != 0;
  if (declared.type == FactType::kChoice) return declared.choices[value];
  return value;
}

ordered_json JsonValues(const PeerCondition& condition) {
  ordered_json values = ordered_json::array();
  for (const int64_t value : condition.values) values.push_back(JsonValue(FactOf(condition), value));
  return values;
}

// What stands in the rows of our own tables.
ordered_json OurBound(const PeerFact& fact, int64_t value) {
  if (DeclarationOf(fact).type != FactType::kMonth) return value;
  return ServiceMonth{static_cast<int32_t>(value)}.ToString();
}

ordered_json OurCondition(const PeerCondition& condition) {
  if (condition.values.size() == 1) return JsonValue(FactOf(condition), condition.values[0]);
  if (!condition.values.empty()) return JsonValues(condition);
  ordered_json range;
  if (!OpenBelow(condition)) range["min"] = OurBound(FactOf(condition), condition.min);
  if (!OpenAbove(condition)) range["max"] = OurBound(FactOf(condition), condition.max);
  if (range.is_null()) range["present"] = true;  // a range open on both sides asks for presence
  return range;
}

std::string ClipsValue(const PeerFact& fact, int64_t value) {
  const rules::FactDeclaration& declared = DeclarationOf(fact);
  if (value == kAbsent) return "-1";
  if (declared.type == FactType::kFlag) return value != 0 ? "TRUE" : "FALSE";
  if (declared.type == FactType::kChoice) return std::string(declared.choices[value]);
  return std::to_string(value);
}

// Constants are matched by the pattern network itself; a range costs one test.
std::string ClipsCondition(const PeerCondition& condition) {
  const PeerFact& fact = FactOf(condition);
  const std::string name = NameOf(fact);
  if (!condition.values.empty()) {
    const auto value = [&](std::string* out, int64_t v) { out->append(ClipsValue(fact, v)); };
    return Concat("(", name, " ", absl::StrJoin(condition.values, "|", value), ")");
  }
  const std::string variable = Concat("?", name);
  const bool one_sided = OpenBelow(condition) && !fact.may_be_absent;
  const std::string test = OpenAbove(condition) ? Concat("(>= ", variable, " ", condition.min, ")")
                           : one_sided          ? Concat("(<= ", variable, " ", condition.max, ")")
                                                : Concat("(<= ", condition.min, " ", variable, " ", condition.max, ")");
  return Concat("(", name, " ", variable, "&:", test, ")");
}

ordered_json JsonRulesEngineConditions(const PeerCondition& condition) {
  const std::string fact = NameOf(FactOf(condition));
  const auto test = [&](const char* what, ordered_json value) {
    return ordered_json{{"fact", fact}, {"operator", what}, {"value", std::move(value)}};
  };
  if (condition.values.size() == 1)
    return ordered_json::array({test("equal", JsonValue(FactOf(condition), condition.values[0]))});
  if (!condition.values.empty()) return ordered_json::array({test("in", JsonValues(condition))});
  ordered_json tests = ordered_json::array();
  const bool open_above = OpenAbove(condition);
  if (!OpenBelow(condition) || open_above) tests.push_back(test("greaterThanInclusive", condition.min));
  if (!open_above) tests.push_back(test("lessThanInclusive", condition.max));
  return tests;
}

std::string ZenCell(const PeerCondition& condition) {
  if (!condition.values.empty()) {
    const auto value = [&](std::string* out, int64_t v) { out->append(JsonValue(FactOf(condition), v).dump()); };
    return absl::StrJoin(condition.values, ", ", value);
  }
  if (OpenAbove(condition)) return Concat(">= ", condition.min);
  if (OpenBelow(condition) && !FactOf(condition).may_be_absent) return Concat("<= ", condition.max);
  return Concat("[", condition.min, "..", condition.max, "]");
}

}  // namespace

ordered_json OurForm(const PeerTable& table) {
  const ordered_json title = {{"ja", "比較用の表"}, {"en", "A table for comparing engines"}};
  ordered_json rows = ordered_json::array();
  for (const PeerRow& row : table.rows) {
    ordered_json when = ordered_json::object();
    for (const PeerCondition& condition : row.conditions) when[NameOf(FactOf(condition))] = OurCondition(condition);
    rows.push_back({{"id", row.id},
                    {"title", title},
                    {"when", std::move(when)},
                    {"then", {{"row", row.id}}},
                    {"source", "drawn"},
                    {"status", "sourced"}});
  }
  return {{"table", "peers"}, {"title", title}, {"hit", "FIRST"}, {"outputs", {{"row", "text"}}}, {"rows", rows}};
}

std::vector<std::string> ClipsForm(const PeerTable& table) {
  std::string slots;
  for (const PeerFact& fact : kPeerFactList) slots += Concat(" (slot ", NameOf(fact), ")");
  std::vector<std::string> constructs = {Concat("(deftemplate receipt", slots, ")")};
  for (size_t number = 0; number < table.rows.size(); ++number) {
    std::string pattern;
    for (const PeerCondition& condition : table.rows[number].conditions) pattern += " " + ClipsCondition(condition);
    constructs.push_back(Concat("(defrule ", table.rows[number].id, " (declare (salience ", -static_cast<int>(number),
                                ")) (receipt", pattern, ") => (answer ", number, "))"));
  }
  return constructs;
}

ordered_json JsonRulesEngineForm(const PeerTable& table) {
  ordered_json rules = ordered_json::array();
  size_t priority = table.rows.size();
  for (const PeerRow& row : table.rows) {
    ordered_json all = ordered_json::array();
    for (const PeerCondition& condition : row.conditions) {
      for (ordered_json& test : JsonRulesEngineConditions(condition)) all.push_back(std::move(test));
    }
    rules.push_back(
        {{"name", row.id}, {"priority", priority--}, {"conditions", {{"all", all}}}, {"event", {{"type", row.id}}}});
  }
  return rules;
}

ordered_json ZenForm(const PeerTable& table) {
  ordered_json inputs = ordered_json::array(), rules = ordered_json::array();
  for (const PeerFact& fact : kPeerFactList) {
    inputs.push_back({{"id", NameOf(fact)}, {"name", NameOf(fact)}, {"field", NameOf(fact)}});
  }
  for (const PeerRow& row : table.rows) {
    ordered_json rule = {{"_id", row.id}};
    for (const PeerFact& fact : kPeerFactList) rule[NameOf(fact)] = "";
    for (const PeerCondition& condition : row.conditions) rule[NameOf(FactOf(condition))] = ZenCell(condition);
    rule["row"] = ordered_json(row.id).dump();
    rules.push_back(std::move(rule));
  }
  const ordered_json outputs = ordered_json::array({{{"id", "row"}, {"name", "row"}, {"field", "row"}}});
  const auto node = [](const char* id, const char* type, ordered_json content) {
    return ordered_json{
        {"id", id}, {"name", id}, {"type", type}, {"position", {{"x", 0}, {"y", 0}}}, {"content", content}};
  };
  const ordered_json content = {{"hitPolicy", "first"}, {"inputs", inputs}, {"outputs", outputs}, {"rules", rules}};
  return {{"nodes",
           {node("request", "inputNode", ordered_json::object()), node("table", "decisionTableNode", content),
            node("response", "outputNode", ordered_json::object())}},
          {"edges",
           {{{"id", "in"}, {"type", "edge"}, {"sourceId", "request"}, {"targetId", "table"}},
            {{"id", "out"}, {"type", "edge"}, {"sourceId", "table"}, {"targetId", "response"}}}}};
}

ordered_json VectorsForm(std::span<const FactVector> vectors) {
  ordered_json written = ordered_json::array();
  for (const FactVector& vector : vectors) {
    ordered_json facts;
    for (int i = 0; i < kPeerFacts; ++i) facts[NameOf(kPeerFactList[i])] = JsonValue(kPeerFactList[i], vector[i]);
    written.push_back(std::move(facts));
  }
  return written;
}

}  // namespace furikae::bench
