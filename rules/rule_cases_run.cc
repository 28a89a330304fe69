// The running of example cases, and what is said of one that fails.
#include <algorithm>

#include "core/concat.h"
#include "rules/rule_cases.h"
#include "rules/why_not.h"

namespace furikae::rules {
namespace {

using Rows = std::vector<const Row*>;

bool Among(const Rows& rows, const Row* row) { return std::find(rows.begin(), rows.end(), row) != rows.end(); }

Rows Answer(const RuleCase& c) {
  if (c.table->hit() == HitPolicy::kLookup) return c.expected;  // found by id: only the outputs can differ
  if (c.table->hit() == HitPolicy::kCollect) {
    const RowHits hits = c.table->Collect(c.facts);
    return {hits.begin(), hits.end()};
  }
  const Row* row = c.table->First(c.facts);
  return row == nullptr ? Rows() : Rows{row};
}

std::vector<std::string> Ids(const Rows& rows) {
  std::vector<std::string> ids;
  for (const Row* row : rows) ids.push_back(row->id);
  return ids;
}

// Why an expected row is not among those found.
void SayWhyNot(std::span<const FactDeclaration> facts, const RuleCase& c, const Row& row, const Rows& found,
               std::vector<std::string>& reasons) {
  const std::vector<Unmet> unmet = WhyNot(*c.table, row, c.facts);
  for (const Unmet& condition : unmet) reasons.push_back(Concat(row.id, ": ", UnmetText(facts, condition)));
  if (unmet.empty() && !found.empty()) {
    reasons.push_back(Concat(row.id, " holds, but ", found.front()->id, " stands before it"));
  }
}

void CompareRows(std::span<const FactDeclaration> facts, const RuleCase& c, const Rows& found,
                 std::vector<std::string>& reasons) {
  if (found == c.expected) return;
  for (const Row* row : c.expected) {
    if (!Among(found, row)) SayWhyNot(facts, c, *row, found, reasons);
  }
  for (const Row* row : found) {
    if (!Among(c.expected, row)) reasons.push_back(Concat(row->id, " answers and is not expected"));
  }
  if (reasons.empty()) reasons.push_back(Concat("the rows answer in the order ", Joined(Ids(found), " ")));
}

// A value of a row, in the form in which the case wrote its own.
std::string FoundText(const OutputValue& value, std::string_view written) {
  if (!value.text.empty()) return Concat("\"", value.text, "\"");
  if (written == "true" || written == "false") return value.number == 0 ? "false" : "true";
  return Concat(value.number);
}

void CompareOutputs(const Row& row, const std::vector<ExpectedOutput>& expected, std::vector<std::string>& reasons) {
  for (const ExpectedOutput& output : expected) {
    const OutputValue* value = row.Output(output.name);
    if (value != nullptr && value->number == output.value.number && value->text == output.value.text) continue;
    reasons.push_back(Concat(row.id, " gives ", output.name, " ",
                             value == nullptr ? "no value" : FoundText(*value, output.written), ", wanted ",
                             output.written));
  }
  for (const auto& [name, value] : row.outputs) {
    const bool named = std::any_of(expected.begin(), expected.end(),
                                   [&name = name](const ExpectedOutput& output) { return output.name == name; });
    if (!named) reasons.push_back(Concat(row.id, " also gives ", name, " ", FoundText(value, "")));
  }
}

}  // namespace

CaseRun RunRuleCases(std::span<const FactDeclaration> declarations, const std::vector<RuleCase>& cases) {
  CaseRun run;
  for (const RuleCase& c : cases) {
    const Rows found = Answer(c);
    std::vector<std::string> reasons;
    CompareRows(declarations, c, found, reasons);
    for (size_t i = 0; reasons.empty() && i < c.outputs.size(); ++i) CompareOutputs(*found[i], c.outputs[i], reasons);
    if (reasons.empty()) {
      run.passed.push_back(&c);
    } else {
      run.failures.push_back({c.file, c.name, std::string(c.table->name()), Ids(c.expected), Ids(found), reasons});
    }
  }
  return run;
}

}  // namespace furikae::rules
