// What is found wrong in the conditions of a table's rows: facts that are never set, rows that never answer, facts for
// which none does, and periods that do not meet.
#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "core/concat.h"
#include "core/decision.h"
#include "rules/asked_domain.h"
#include "rules/check.h"
#include "rules/why_not.h"

namespace furikae::rules {
namespace {

class ConditionsCheck {
 public:
  ConditionsCheck(const Table& table, const TableContract& contract, std::span<const FactDeclaration> facts)
      : table_(table), contract_(contract), facts_(facts), domain_(contract, facts) {}

  std::vector<RuleFinding> Run() {
    if (table_.hit() == HitPolicy::kLookup) return {};
    for (size_t row = 0; row < table_.rows().size(); ++row) {
      if (!TellsUnsetFacts(row)) TellIfDead(row);
    }
    if (contract_.must_answer) Gap();
    if (contract_.steps) LastStep();
    Periods();
    return std::move(findings_);
  }

 private:
  void Tell(const std::string& row, std::string_view kind, std::string reason) {
    findings_.push_back(
        {std::string(table_.file()), std::string(table_.name()), row, std::string(kind), std::move(reason)});
  }

  const FactDeclaration& Declared(int fact) const { return facts_[static_cast<size_t>(fact)]; }

  bool TellsUnsetFacts(size_t row) {
    bool told = false;
    for (const auto& [fact, wanted] : table_.conditions()[row]) {
      if (domain_.Has(fact)) continue;
      Tell(table_.rows()[row].id, "unset",
           Concat("the fact ", Declared(fact).name,
                  " is never set when this table is asked; these are: ", domain_.SetFacts()));
      told = true;
    }
    return told;
  }

  // ---- dead rows

  void TellIfDead(size_t row) {
    const std::vector<RowBox> before = Hiding(row);
    const RowBox asked = domain_.Of(before, table_.conditions()[row]);
    for (const auto& [fact, values] : asked) {
      if (!values.Empty()) continue;
      Tell(table_.rows()[row].id, "dead",
           Concat("it can never hold: when this table is asked, ", Declared(fact).name, " is ",
                  SetText(Declared(fact), contract_.asked_with.at(fact))));
      return;
    }
    if (before.empty() || gave_up_) return;
    const auto left = Uncovered(before, asked);
    if (!left.ok()) {
      gave_up_ = true;  // the next row stands behind even more
      Tell(
          table_.rows()[row].id, "unproven",
          Concat("whether it and the rows after it ever answer could not be told: ", StdView(left.status().message())));
    } else if (!left->has_value()) {
      Tell(table_.rows()[row].id, "dead",
           "it never answers: with all that this table can be asked, other rows answer first");
    }
  }

  // What answers in place of the row.
  std::vector<RowBox> Hiding(size_t row) const {
    std::vector<RowBox> hiding;
    const auto& boxes = table_.conditions();
    if (table_.hit() == HitPolicy::kFirst)
      hiding.assign(boxes.begin(), boxes.begin() + static_cast<std::ptrdiff_t>(row));
    for (size_t other = 0; contract_.steps && other < boxes.size(); ++other) {
      if (other != row && IsLastStep(other)) hiding.push_back(FromStep(other, 1));
    }
    return hiding;
  }

  // ---- steps: a row that is the last answers, as it were, for every step after its own

  bool IsLastStep(size_t row) const { return contract_.steps && contract_.steps->last.In(table_.rows()[row]); }

  RowBox FromStep(size_t row, int64_t later) const {
    RowBox box = table_.conditions()[row];
    const auto step = box.find(contract_.steps->fact);
    const int64_t first = step == box.end() ? 1 : std::max<int64_t>(step->second.intervals().front().low, 1);
    box[contract_.steps->fact] = ValueSet::Between(first + later, std::numeric_limits<int64_t>::max());
    return box;
  }

  // Under UNIQUE the last row answers at its first step, for no other holds there; so what follows is exact.
  void LastStep() {
    if (table_.hit() != HitPolicy::kUnique)
      Tell("", "gap", "its hit policy must be UNIQUE, for it is asked step by step");
    std::vector<RowBox> last;
    for (size_t row = 0; row < table_.rows().size(); ++row) {
      if (IsLastStep(row)) last.push_back(FromStep(row, 0));
    }
    RowBox asked = domain_.Of(table_.conditions());
    asked[contract_.steps->fact] = ValueSet::Of(std::numeric_limits<int64_t>::max());
    auto endless = Uncovered(last, asked);
    if (!endless.ok() || !endless->has_value()) return;
    (*endless)->erase(contract_.steps->fact);
    Tell("", "gap",
         Concat("it never ends: no row in which ", contract_.steps->last.ToString(), " for ",
                domain_.Example(**endless)));
  }

  // ---- gaps

  void Gap() {
    std::vector<RowBox> rows = table_.conditions();
    for (size_t row = 0; row < rows.size(); ++row) {
      if (IsLastStep(row)) rows[row] = FromStep(row, 0);
    }
    const auto gap = Uncovered(rows, domain_.Of(rows));
    if (!gap.ok()) {
      Tell("", "gap", Concat("whether a row always holds could not be told: ", StdView(gap.status().message())));
    } else if (gap->has_value()) {
      Tell("", "gap", Concat("no row holds for ", domain_.Example(**gap), StepsHint()));
    }
  }

  std::string StepsHint() const {
    if (!contract_.steps) return "";
    return Concat("; it is asked for ", Declared(contract_.steps->fact).name, " = 1, 2, … up to a row in which ",
                  contract_.steps->last.ToString());
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
  const AskedDomain domain_;
  bool gave_up_ = false;
  std::vector<RuleFinding> findings_;
};

}  // namespace

std::vector<RuleFinding> CheckConditions(const Table& table, const TableContract& contract,
                                         std::span<const FactDeclaration> declarations) {
  return ConditionsCheck(table, contract, declarations).Run();
}

}  // namespace furikae::rules
