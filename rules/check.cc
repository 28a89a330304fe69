#include "rules/check.h"

#include <algorithm>
#include <utility>

#include "core/concat.h"
#include "rules/receipt_facts.h"
#include "rules/table_contract.h"

namespace furikae::rules {
namespace {

using Findings = std::vector<RuleFinding>;

void Append(Findings more, Findings& findings) { std::move(more.begin(), more.end(), std::back_inserter(findings)); }

void CheckTables(const Rulebook& book, Findings& findings) {
  for (const std::unique_ptr<Table>& table : book.tables()) {
    const TableContract* contract = ContractOf(table->name());
    if (contract == nullptr) {
      findings.push_back({std::string(table->file()), std::string(table->name()), "", "unused",
                          "nothing asks this table; is its name right?"});
      continue;
    }
    Append(CheckOutputs(*table, *contract, Declarations(), book), findings);
    Append(CheckConditions(*table, *contract, Declarations()), findings);
  }
}

void FindUnused(const Rulebook& book, Findings& findings) {
  for (const ValueList& list : book.lists())
    findings.push_back(
        {list.file, list.name, "", "unused", "nothing reads this list; words stand in tables of words.json", "list"});
  for (const NamedSet& set : book.sets()) {
    if (!set.used) findings.push_back({set.file, set.name, "", "unused", "no row names this set", "set"});
  }
}

// A table whose fault has been told is not missed.
void FindMissing(const Rulebook& book, const std::vector<TableComplaint>& complaints, Findings& findings) {
  for (const TableContract& contract : TableContracts()) {
    const bool told = std::any_of(complaints.begin(), complaints.end(),
                                  [&](const TableComplaint& complaint) { return complaint.table == contract.table; });
    if (told || book.Find(contract.table) != nullptr) continue;
    findings.push_back(
        {"", std::string(contract.table), "", "missing",
         Concat(
             "the rule set has no table \"", contract.table,
             "\"; a file include.json beside the others, {\"include\": [\"built-in\"]}, takes what is not there from "
             "the regulations that come with furikae")});
  }
}

}  // namespace

std::string RuleFinding::ToString() const {
  std::string where = file;
  for (const auto& [named, name] : {std::pair<std::string_view, const std::string&>{what, table}, {"row", row}}) {
    if (!name.empty()) where += Concat(where.empty() ? "" : ", ", named, " ", name);
  }
  return Concat(where, where.empty() ? "" : ": ", kind, ": ", reason);
}

bool RuleFinding::ChangesResults() const { return kind != "unused" && kind != "unproven"; }

absl::StatusOr<Rulebook> LoadAndCheck(const std::map<std::string, std::string>& files, Findings& findings) {
  std::vector<TableComplaint> complaints;
  absl::StatusOr<Rulebook> book = Rulebook::LoadGood(Declarations(), files, complaints);
  if (!book.ok()) return book;
  for (const TableComplaint& complaint : complaints)
    findings.push_back({complaint.file, complaint.table, complaint.row, "refused", complaint.reason,
                        complaint.kind.empty() ? "table" : complaint.kind});
  CheckTables(*book, findings);
  FindUnused(*book, findings);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const RuleFinding& a, const RuleFinding& b) { return a.file < b.file; });
  FindMissing(*book, complaints, findings);
  return book;
}

Findings CheckRules(const std::map<std::string, std::string>& files) {
  Findings findings;
  const absl::StatusOr<Rulebook> book = LoadAndCheck(files, findings);
  if (!book.ok()) return {{"", "", "", "refused", std::string(StdView(book.status().message()))}};
  return findings;
}

}  // namespace furikae::rules
