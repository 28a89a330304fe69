#include "rules/check.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/concat.h"
#include "core/decision.h"
#include "rules/receipt_facts.h"
#include "rules/rule_set.h"
#include "rules/table_condition.h"
#include "rules/table_contract.h"
#include "rules/why_not.h"

namespace furikae::rules {
namespace {

class TableCheck {
 public:
  TableCheck(const Table& table, const TableContract& contract, std::span<const FactDeclaration> facts)
      : table_(table), contract_(contract), facts_(facts) {}

  std::vector<RuleFinding> Run() {
    UnusedOutputs();
    if (table_.hit() != HitPolicy::kLookup) {
      if (contract_.must_answer) Gap();
      Periods();
    }
    return std::move(findings_);
  }

 private:
  void Tell(const std::string& row, std::string_view kind, std::string reason) {
    findings_.push_back(
        {std::string(table_.file()), std::string(table_.name()), row, std::string(kind), std::move(reason)});
  }

  void UnusedOutputs() {
    for (const std::string& output : table_.outputs()) {
      if (std::find(contract_.outputs.begin(), contract_.outputs.end(), output) == contract_.outputs.end())
        Tell("", "unused", Concat("nothing reads the output \"", output, "\""));
    }
  }

  // ---- gaps

  // Every combination of facts with which the table can be asked, as far as its rows tell them apart.
  RowBox Domain() const {
    RowBox domain;
    for (const RowBox& row : table_.conditions()) {
      for (const auto& [fact, wanted] : row) domain.try_emplace(fact, ValuesOf(fact));
    }
    return domain;
  }
  ValueSet ValuesOf(int fact) const {
    ValueSet possible = PossibleValues(facts_[static_cast<size_t>(fact)]);
    if (facts_[static_cast<size_t>(fact)].type == FactType::kMonth) possible = Difference(possible, ValueSet::Absent());
    const auto known = contract_.asked_with.find(fact);
    return known == contract_.asked_with.end() ? possible : Intersection(possible, known->second);
  }

  void Gap() {
    const auto gap = Uncovered(table_.conditions(), Domain());
    if (!gap.ok()) {
      Tell("", "gap", Concat("whether a row always holds could not be told: ", StdView(gap.status().message())));
    } else if (gap->has_value()) {
      Tell("", "gap", Concat("no row holds for ", Example(**gap)));
    }
  }

  // One combination out of the box: of each fact the value nearest to zero that is not absent, where there is one.
  std::string Example(const RowBox& box) const {
    std::string text;
    for (const auto& [fact, values] : box) {
      const FactDeclaration& declaration = facts_[static_cast<size_t>(fact)];
      text += Concat(text.empty() ? "" : ", ", declaration.name, " = ", ValueText(declaration, Plainest(values)));
    }
    return text.empty() ? "any facts" : text;
  }
  static int64_t Plainest(const ValueSet& values) {
    const Interval& last = values.intervals().back();
    if (last.high == kAbsent) return kAbsent;
    const int64_t low = std::max(last.low, kAbsent + 1);
    return std::clamp<int64_t>(0, low, last.high);
  }

  // ---- periods

  struct Period {
    size_t row;
    Interval months;
  };

  // Groups of dated rows that ask for the same in different periods.
  void Periods() {
    if (!table_.dated_by()) return;
    std::vector<bool> done(table_.rows().size());
    for (size_t i = 0; i < done.size(); ++i) {
      if (done[i]) continue;
      std::vector<Period> periods;
      for (size_t j = i; j < done.size(); ++j) {
        if (!SameButForDates(i, j)) continue;
        done[j] = true;
        if (const std::optional<Interval> months = MonthsOf(j)) periods.push_back({j, *months});
      }
      Compare(std::move(periods));
    }
  }

  bool SameButForDates(size_t a, size_t b) const {
    RowBox left = table_.conditions()[a], right = table_.conditions()[b];
    left.erase(*table_.dated_by());
    right.erase(*table_.dated_by());
    const Row &one = table_.rows()[a], &other = table_.rows()[b];
    // Rows that are all collected are versions of each other only when they give the same.
    return left == right && (table_.hit() != HitPolicy::kCollect || one.outputs == other.outputs);
  }

  // nullopt: the row has no dates, and so is what remains when no dated one holds.
  std::optional<Interval> MonthsOf(size_t row) const {
    const auto found = table_.conditions()[row].find(*table_.dated_by());
    if (found == table_.conditions()[row].end() || found->second.intervals().size() != 1) return std::nullopt;
    return found->second.intervals().front();
  }

  void Compare(std::vector<Period> periods) {
    std::stable_sort(periods.begin(), periods.end(),
                     [](const Period& a, const Period& b) { return a.months.low < b.months.low; });
    for (size_t i = 1; i < periods.size(); ++i) {
      const Period &before = periods[i - 1], &after = periods[i];
      const std::string& id = table_.rows()[after.row].id;
      const std::string other = Concat("row ", table_.rows()[before.row].id, ", which asks for the same");
      if (before.months.high >= after.months.low) {
        Tell(id, "period", Concat("its months overlap with those of ", other));
      } else if (before.months.high + 1 < after.months.low) {
        Tell(id, "period",
             Concat("no month from ", Month(before.months.high + 1), " to ", Month(after.months.low - 1),
                    " belongs to it or to ", other));
      }
    }
  }
  static std::string Month(int64_t index) { return ServiceMonth{static_cast<int32_t>(index)}.ToString(); }

  const Table& table_;
  const TableContract& contract_;
  std::span<const FactDeclaration> facts_;
  std::vector<RuleFinding> findings_;
};

// Outputs that name a row of another table.
class References {
 public:
  References(const Rulebook& book, std::vector<RuleFinding>& findings) : book_(book), findings_(findings) {}

  void Check(const Table& table) {
    for (const Row& row : table.rows()) {
      for (const auto& [name, output] : row.outputs) {
        if (name == "reason" && output.number != 0)
          Need(table, row, name, "return_reasons", ReturnReasonName(static_cast<int>(output.number)));
        if (table.name().starts_with("routing_") && name == "class" && output.number != 0)
          Need(table, row, name, "confirmation_classes", ClassName(output.number));
        if (name == "flag" && !output.text.empty()) Need(table, row, name, "flags", output.text);
        if (name == "lifts" && !output.text.empty()) Need(table, row, name, table.name(), output.text);
        if (table.name() == "routing_nothing" && name == "next" && book_.Find(output.text) == nullptr)
          Tell(table, row, Concat("output \"next\" names the table ", output.text, ", which is not there"));
      }
    }
  }

 private:
  static std::string ClassName(int64_t number) { return Concat(number < 10 ? "0" : "", number); }
  void Need(const Table& table, const Row& row, const std::string& output, std::string_view in, const std::string& id) {
    const Table* target = book_.Find(in);
    if (target == nullptr || target->FindRow(id) != nullptr) return;
    Tell(table, row, Concat("output \"", output, "\" names row ", id, " of table ", in, ", which is not there"));
  }
  void Tell(const Table& table, const Row& row, std::string reason) {
    findings_.push_back({std::string(table.file()), std::string(table.name()), row.id, "dangling", std::move(reason)});
  }

  const Rulebook& book_;
  std::vector<RuleFinding>& findings_;
};

}  // namespace

std::string RuleFinding::ToString() const {
  std::string where = file;
  for (const auto& [named, name] : {std::pair<std::string_view, const std::string&>{what, table}, {"row", row}}) {
    if (!name.empty()) where += Concat(where.empty() ? "" : ", ", named, " ", name);
  }
  return Concat(where, where.empty() ? "" : ": ", kind, ": ", reason);
}

std::vector<RuleFinding> CheckTable(const Table& table, const TableContract& contract,
                                    std::span<const FactDeclaration> declarations) {
  return TableCheck(table, contract, declarations).Run();
}

std::vector<RuleFinding> CheckRules(const std::map<std::string, std::string>& files) {
  std::vector<RuleFinding> findings;
  std::vector<TableComplaint> complaints;
  const absl::StatusOr<Rulebook> book = Rulebook::LoadGood(Declarations(), files, complaints);
  if (!book.ok()) return {{"", "", "", "refused", std::string(StdView(book.status().message()))}};
  for (TableComplaint& complaint : CheckOutputs(*book)) complaints.push_back(std::move(complaint));
  for (const TableComplaint& complaint : complaints)
    findings.push_back({complaint.file, complaint.table, complaint.row, "refused", complaint.reason,
                        complaint.kind.empty() ? "table" : complaint.kind});
  for (const std::unique_ptr<Table>& table : book->tables()) {
    if (const TableContract* contract = ContractOf(table->name())) {
      std::vector<RuleFinding> found = CheckTable(*table, *contract, Declarations());
      std::move(found.begin(), found.end(), std::back_inserter(findings));
    } else {
      findings.push_back({std::string(table->file()), std::string(table->name()), "", "unused",
                          "nothing asks this table; is its name right?"});
    }
    References(*book, findings).Check(*table);
  }
  for (const ValueList& list : book->lists())
    findings.push_back(
        {list.file, list.name, "", "unused", "nothing reads this list; words stand in tables of words.json", "list"});
  for (const NamedSet& set : book->sets()) {
    if (!set.used) findings.push_back({set.file, set.name, "", "unused", "no row names this set", "set"});
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const RuleFinding& a, const RuleFinding& b) { return a.file < b.file; });
  for (const TableContract& contract : TableContracts()) {
    const bool told = std::any_of(complaints.begin(), complaints.end(),
                                  [&](const TableComplaint& complaint) { return complaint.table == contract.table; });
    if (!told && book->Find(contract.table) == nullptr)
      findings.push_back({"", std::string(contract.table), "", "missing",
                          "the rule set has no such table; copy it from the regulations that come with furikae"});
  }
  return findings;
}

}  // namespace furikae::rules
