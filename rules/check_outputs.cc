// What is found wrong in the answers of a table's rows, and in what the table declares of them.
#include <algorithm>
#include <utility>

#include "core/concat.h"
#include "rules/asked_domain.h"
#include "rules/check.h"
#include "rules/why_not.h"

namespace furikae::rules {
namespace {

std::string Shown(const OutputType& type, const OutputValue& value) {
  switch (type.kind) {
    case OutputType::kFlag:
      return value.number != 0 ? "true" : "false";
    case OutputType::kNumber:
      return std::to_string(value.number);
    case OutputType::kText:
      break;
  }
  return Concat("\"", value.text, "\"");
}

class OutputsCheck {
 public:
  OutputsCheck(const Table& table, const TableContract& contract, std::span<const FactDeclaration> facts,
               const Rulebook& book)
      : table_(table), contract_(contract), facts_(facts), book_(book), domain_(contract, facts) {}

  std::vector<RuleFinding> Run() {
    Declarations();
    for (size_t row = 0; row < table_.rows().size(); ++row) {
      Values(table_.rows()[row]);
      Rules(table_.rows()[row]);
      for (const OnlyWhere& only : contract_.only_where) {
        if (only.answer.In(table_.rows()[row])) Where(row, only);
      }
    }
    for (const std::string_view row : contract_.rows) {
      if (table_.FindRow(row) == nullptr) Tell("missing", "the program looks for this row, and it is not there", row);
    }
    return std::move(findings_);
  }

 private:
  void Tell(std::string_view kind, std::string reason, std::string_view row = "") {
    findings_.push_back({std::string(table_.file()), std::string(table_.name()), std::string(row), std::string(kind),
                         std::move(reason)});
  }

  // nullptr: nothing reads an output of that name.
  const OutputContract* ContractFor(std::string_view name) const {
    const auto found = std::find_if(contract_.outputs.begin(), contract_.outputs.end(),
                                    [name](const OutputContract& output) { return output.name == name; });
    return found == contract_.outputs.end() ? nullptr : &*found;
  }

  void Declarations() {
    for (const auto& [name, type] : table_.outputs()) {
      const OutputContract* contract = ContractFor(name);
      if (contract == nullptr) {
        Tell("unused", Concat("nothing reads the output \"", name, "\""));
      } else if (type.kind != contract->can_be.kind) {
        Tell("output", Concat("output \"", name, "\" is declared as something else than ", contract->can_be.expected));
      } else {
        Choices(name, type, contract->can_be);
      }
    }
  }

  void Choices(std::string_view name, const OutputType& type, const Vocabulary& can_be) {
    std::vector<std::string> others;
    std::copy_if(type.allowed.begin(), type.allowed.end(), std::back_inserter(others), [&](const std::string& choice) {
      return !can_be.holds({0, choice});
    });
    if (others.empty()) return;
    Tell("output", Concat("output \"", name, "\" is declared wider than the program understands: ", Joined(others, " "),
                          "; it must be ", can_be.expected));
  }

  void Values(const Row& row) {
    for (const auto& [name, value] : row.outputs) {
      const OutputContract* contract = ContractFor(name);
      const OutputType& type = table_.outputs().at(name);
      if (contract == nullptr || type.kind != contract->can_be.kind) continue;  // told of the declaration
      const Vocabulary& can_be = contract->can_be;
      if (!can_be.holds(value)) {
        Tell("output", Concat("output \"", name, "\" must be ", can_be.expected, ", not ", Shown(type, value)), row.id);
      } else if (!can_be.table.empty()) {
        Reference(row, name, can_be.table, can_be.row(value));
      }
    }
  }

  void Reference(const Row& row, std::string_view output, std::string_view in, const std::string& id) {
    const Table* target = book_.Find(in);
    if (target == nullptr || target->FindRow(id) != nullptr) return;
    Tell("dangling", Concat("output \"", output, "\" names row ", id, " of table ", in, ", which is not there"),
         row.id);
  }

  void Rules(const Row& row) {
    for (const RowRule& rule : contract_.rules) {
      if (!rule.kept(row)) Tell("output", Concat("its outputs do not fit: ", rule.says), row.id);
    }
  }

  // Whether the row gives the answer only where it may: the rest of it must be what rows before it answer.
  void Where(size_t row, const OnlyWhere& only) {
    std::vector<RowBox> settled = only.facts;
    const auto& boxes = table_.conditions();
    if (table_.hit() == HitPolicy::kFirst)
      settled.insert(settled.end(), boxes.begin(), boxes.begin() + static_cast<std::ptrdiff_t>(row));
    const RowBox asked = domain_.Of(settled, boxes[row]);
    if (std::any_of(asked.begin(), asked.end(), [](const auto& fact) { return fact.second.Empty(); })) return;
    const auto left = Uncovered(settled, asked);
    const std::string& id = table_.rows()[row].id;
    if (!left.ok()) {
      Tell("unproven",
           Concat("whether ", only.answer.ToString(),
                  " only where it may be could not be told: ", StdView(left.status().message())),
           id);
    } else if (left->has_value()) {
      Tell("output",
           Concat(only.answer.ToString(), ", which it can be only where ", Facts(only.facts),
                  "; but the row also answers for ", domain_.Example(**left)),
           id);
    }
  }

  std::string Facts(const std::vector<RowBox>& boxes) const {
    std::vector<std::string> alternatives;
    for (const RowBox& box : boxes) {
      std::vector<std::string> facts;
      for (const auto& [fact, values] : box) {
        const FactDeclaration& declared = facts_[static_cast<size_t>(fact)];
        facts.push_back(Concat(declared.name, " is ", SetText(declared, values)));
      }
      alternatives.push_back(Joined(facts, " and "));
    }
    return Joined(alternatives, ", or ");
  }

  const Table& table_;
  const TableContract& contract_;
  std::span<const FactDeclaration> facts_;
  const Rulebook& book_;
  const AskedDomain domain_;
  std::vector<RuleFinding> findings_;
};

}  // namespace

std::vector<RuleFinding> CheckOutputs(const Table& table, const TableContract& contract,
                                      std::span<const FactDeclaration> declarations, const Rulebook& book) {
  return OutputsCheck(table, contract, declarations, book).Run();
}

}  // namespace furikae::rules
