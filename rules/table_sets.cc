#include "rules/table_sets.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "core/concat.h"
#include "core/status.h"
#include "rules/table_condition.h"
#include "rules/table_member.h"

namespace furikae::rules {
namespace {

using nlohmann::json;

// Whether a value of one fact means the same as a value of the other.
bool SameKind(const FactDeclaration& a, const FactDeclaration& b) {
  return a.type == b.type && a.unit == b.unit &&
         std::equal(a.choices.begin(), a.choices.end(), b.choices.begin(), b.choices.end());
}

}  // namespace

absl::Status NamedSets::Read(std::string_view file, const json& member, std::string& name) {
  ASSIGN_OR_RETURN(name, ReadName(member, "set"));
  const auto [entry, added] = entries_.try_emplace(name, Entry{std::string(file), std::nullopt});
  if (!added) return Wrong(Concat("it stands twice; the first is in ", entry->second.file));
  ASSIGN_OR_RETURN(NamedSet set, ReadSet(member));
  set.name = name;
  set.file = file;
  entry->second.set = std::move(set);
  return absl::OkStatus();
}

absl::StatusOr<NamedSet> NamedSets::ReadSet(const json& member) const {
  NamedSet set;
  RETURN_IF_ERROR(KnownKeys(member, kSetKeys));
  RETURN_IF_ERROR(ReadTitle(member, set.title_ja, set.title_en));
  RETURN_IF_ERROR(ReadOrigin(member, set.source, set.note, set.status));
  const std::optional<int> fact = FindFact(facts_, TextOf(member, "fact"));
  if (!fact) return Wrong("\"fact\" must name the fact whose values the set holds");
  set.fact = *fact;
  ASSIGN_OR_RETURN(set.values, ReadSetValues(facts_[*fact], member.value("values", json())));
  return set;
}

absl::StatusOr<ValueSet> NamedSets::ValuesFor(const FactDeclaration& fact, const std::string& name) {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return Wrong(Concat("unknown set \"", name, "\""));
  if (!found->second.set) return Wrong(Concat("the set \"", name, "\" of ", found->second.file, " has a fault"));
  NamedSet& set = *found->second.set;
  const FactDeclaration& made_for = facts_[static_cast<size_t>(set.fact)];
  if (!SameKind(fact, made_for)) {
    return Wrong(
        Concat("the set \"", name, "\" holds values of ", made_for.name, ", which are not of the kind of ", fact.name));
  }
  set.used = true;
  return set.values;
}

std::vector<NamedSet> NamedSets::Take() {
  std::vector<NamedSet> sets;
  for (auto& [name, entry] : entries_) {
    if (entry.set) sets.push_back(*std::move(entry.set));
  }
  entries_.clear();
  return sets;
}

}  // namespace furikae::rules
