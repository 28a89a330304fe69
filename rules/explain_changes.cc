#include "rules/explain_changes.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "core/status.h"
#include "rules/claim_decider.h"
#include "rules/contradiction.h"
#include "rules/receipt_facts.h"
#include "rules/table_condition.h"

namespace furikae::rules {
namespace {

// Answers that later tables read: to assume one would be to skip the question.
constexpr Fact kAnswers[] = {Fact::kOrigin,       Fact::kRoutedAs,          Fact::kTransferAllowed,
                             Fact::kSplitAllowed, Fact::kPointsWithinLimit, Fact::kGroundE0,
                             Fact::kGroundU2,     Fact::kGroundU6,          Fact::kGroundU7,
                             Fact::kGroundU9,     Fact::kLateElderly,       Fact::kBearerRate};

bool IsAnAnswer(int fact) {
  return std::find(std::begin(kAnswers), std::end(kAnswers), static_cast<Fact>(fact)) != std::end(kAnswers);
}

// Facts that a condition of an asked table names, and the values they had whenever a table was asked.
std::map<int, std::set<int64_t>> FactsLookedAt(const AskedTables& asked) {
  std::map<int, std::set<int64_t>> facts;
  for (const AskedTable& one : asked) {
    for (const RowBox& row : one.table->conditions()) {
      for (const auto& [fact, values] : row) {
        if (!IsAnAnswer(fact)) facts[fact];
      }
    }
  }
  for (const AskedTable& one : asked) {
    for (auto& [fact, had] : facts) had.insert(one.facts.Get(fact));
  }
  return facts;
}

// Every set of values of `fact` that some row of the rule set asks for.
std::vector<const ValueSet*> ConditionsOn(int fact, const Rulebook& rulebook) {
  std::vector<const ValueSet*> conditions;
  for (const auto& table : rulebook.tables()) {
    for (const RowBox& row : table->conditions()) {
      if (const auto found = row.find(fact); found != row.end()) conditions.push_back(&found->second);
    }
  }
  return conditions;
}

// What the fact can be when it is there. Numbers are counts, amounts, ages and codes: none lies below zero.
Interval PresentValues(const FactDeclaration& fact) {
  const ValueSet any = Difference(PossibleValues(fact), ValueSet::Absent());
  if (!fact.IsInteger()) return any.intervals().front();
  return Intersection(any, ValueSet::Between(0, std::numeric_limits<int64_t>::max())).intervals().front();
}

// Absence is a case of its own where some row sees a difference between it and every value.
bool AsksForAbsence(const FactDeclaration& fact, const std::vector<const ValueSet*>& conditions) {
  const ValueSet any = Difference(PossibleValues(fact), ValueSet::Absent());
  return std::any_of(conditions.begin(), conditions.end(),
                     [&](const ValueSet* set) { return set->Holds(kAbsent) || *set == any; });
}

// The values that the fact could have, cut where some row's answer changes; each named value on its own.
std::vector<Interval> Stretches(const FactDeclaration& fact, const std::vector<const ValueSet*>& conditions) {
  const Interval any = PresentValues(fact);
  std::set<int64_t> starts{any.low};
  const auto cut = [&](int64_t start) {
    if (start > any.low && start <= any.high) starts.insert(start);
  };
  for (const ValueSet* set : conditions) {
    for (const Interval& interval : set->intervals()) {
      cut(interval.low);
      if (interval.high < std::numeric_limits<int64_t>::max()) cut(interval.high + 1);
    }
  }
  for (int64_t value = any.low; HasNames(fact) && value <= any.high; ++value) cut(value);
  std::vector<Interval> stretches;
  if (AsksForAbsence(fact, conditions)) stretches.push_back({kAbsent, kAbsent});
  for (auto start = starts.begin(); start != starts.end(); ++start) {
    const auto next = std::next(start);
    stretches.push_back({*start, next == starts.end() ? any.high : *next - 1});
  }
  return stretches;
}

// The value of a stretch that lies beside its bound; a stretch without an end is tried at the other end only. Where no
// row sees more than whether there is a value, 0 stands for all.
std::set<int64_t> EndsOf(const Interval& stretch, const FactDeclaration& fact) {
  const Interval any = PresentValues(fact);
  std::set<int64_t> ends;
  if (HasNames(fact) || stretch.low != any.low) ends.insert(stretch.low);
  if (HasNames(fact) || stretch.high != any.high) ends.insert(stretch.high);
  if (ends.empty()) ends.insert(std::max<int64_t>(any.low, 0));
  return ends;
}

class Trials {
 public:
  Trials(const Replay& replay, const ResultKey& base) : replay_(replay), base_(base) {}

  absl::Status Try(int fact, const Interval& stretch) {
    std::map<int64_t, ResultKey> results;
    const std::set<int64_t> ends = EndsOf(stretch, Declarations()[fact]);
    for (const int64_t value : ends) {
      const absl::StatusOr<Decision> decision = replay_.Decide({.facts = {{fact, value}}});
      if (!decision.ok() && !ContradictionOf(decision.status())) return decision.status();
      if (decision.ok()) results[value] = ResultKeyOf(*decision);
    }
    const bool alike =
        results.size() == ends.size() && !results.empty() && results.begin()->second == results.rbegin()->second;
    if (alike) {
      Keep(fact, ValueSet::Between(stretch.low, stretch.high), results.begin()->second);
    } else {
      for (const auto& [value, result] : results) Keep(fact, ValueSet::Of(value), result);
    }
    return absl::OkStatus();
  }

  std::vector<Change> Found() const {
    std::vector<Change> changes;
    for (const auto& [result, facts] : found_) {
      Change& change = changes.emplace_back(Change{result, {}});
      for (const auto& [fact, values] : facts) change.facts.push_back({fact, values});
    }
    return changes;
  }

 private:
  void Keep(int fact, const ValueSet& values, const ResultKey& result) {
    if (result == base_) return;
    ValueSet& all = found_[result][fact];
    all = Union(all, values);
  }

  const Replay& replay_;
  const ResultKey& base_;
  std::map<ResultKey, std::map<int, ValueSet>> found_;
};

}  // namespace

ResultKey ResultKeyOf(const Decision& decision) {
  ResultKey key{decision.outcome, decision.confirmation_class, decision.return_reason, {}};
  for (const Part& part : decision.parts) key.insurers.push_back(part.card.insurer);
  return key;
}

absl::StatusOr<Changes> ChangesOf(const Replay& replay, const Rulebook& rulebook) {
  Changes changes;
  ASSIGN_OR_RETURN(changes.told, replay.AgreesWithStored());
  changes.duplicate = replay.IsDuplicate();
  if (!changes.told || changes.duplicate) return changes;
  AskedTables asked;
  ASSIGN_OR_RETURN(const Decision decision, replay.Decide({}, &asked));
  const ResultKey base = ResultKeyOf(decision);
  Trials trials(replay, base);
  for (const auto& [fact, had] : FactsLookedAt(asked)) {
    for (const Interval& stretch : Stretches(Declarations()[fact], ConditionsOn(fact, rulebook))) {
      const auto value = had.lower_bound(stretch.low);
      if (value != had.end() && *value <= stretch.high) continue;  // as it was
      RETURN_IF_ERROR(trials.Try(fact, stretch));
    }
  }
  changes.changes = trials.Found();
  return changes;
}

}  // namespace furikae::rules
