#include "rules/rule_coverage.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "rules/why_not.h"

namespace furikae::rules {
namespace {

// One side of a date: the row has to hold at `value`, or has not to hold for that reason alone.
struct Side {
  int64_t value = 0;
  bool holds = false;
  auto operator<=>(const Side&) const = default;
};

// Both sides of every date within a condition, each once.
std::set<Side> SidesOf(const ValueSet& wanted) {
  std::set<Side> sides;
  for (const Interval& interval : wanted.intervals()) {
    if (interval.low > kAbsent + 1) sides.insert({{interval.low, true}, {interval.low - 1, false}});
    if (interval.high != kAbsent && interval.high != std::numeric_limits<int64_t>::max()) {
      sides.insert({{interval.high, true}, {interval.high + 1, false}});
    }
  }
  return sides;
}

bool Shows(const RuleCase& c, const Row& row, int fact, const Side& side) {
  if (c.facts.Get(fact) != side.value) return false;
  const std::vector<Unmet> unmet = WhyNot(*c.table, row, c.facts);
  return side.holds ? unmet.empty() : unmet.size() == 1 && unmet.front().fact == fact;
}

// Adds what the cases of one table leave out.
void AddTable(const Table& table, std::span<const FactDeclaration> facts, const std::vector<const RuleCase*>& cases,
              RuleCoverage& coverage) {
  std::set<const Row*> met;
  for (const RuleCase* c : cases) met.insert(c->expected.begin(), c->expected.end());
  for (size_t number = 0; number < table.rows().size(); ++number) {
    const Row& row = table.rows()[number];
    ++coverage.rows;
    if (!met.contains(&row)) coverage.uncovered.push_back({row.table, row.id});
    if (number >= table.conditions().size()) continue;
    for (const auto& [fact, wanted] : table.conditions()[number]) {
      const FactDeclaration& declared = facts[fact];
      if (declared.type != FactType::kMonth && declared.type != FactType::kDate) continue;
      for (const Side& side : SidesOf(wanted)) {
        ++coverage.dates;
        const bool shown = std::any_of(cases.begin(), cases.end(), [&row, fact = fact, &side](const RuleCase* c) {
          return Shows(*c, row, fact, side);
        });
        if (shown) continue;
        coverage.missing_dates.push_back(
            {row.table, row.id, std::string(declared.name), ValueText(declared, side.value), side.holds});
      }
    }
  }
}

}  // namespace

RuleCoverage CoverageOf(const Rulebook& book, std::span<const FactDeclaration> declarations,
                        const std::vector<const RuleCase*>& passed) {
  RuleCoverage coverage;
  for (const auto& table : book.tables()) {
    std::vector<const RuleCase*> cases;
    std::copy_if(passed.begin(), passed.end(), std::back_inserter(cases),
                 [&table](const RuleCase* c) { return c->table == table.get(); });
    AddTable(*table, declarations, cases, coverage);
  }
  return coverage;
}

}  // namespace furikae::rules
