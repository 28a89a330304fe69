// rules/laws.h — the laws that every decision and every pool keeps, checked on what is stored.
//
//   for (const Breach& breach : BreachesOf(claim, index, rules)) …   // law, and what is wrong
//
// Source: decisions.md §9: 2 (split), 3 (a part's insurer covers its days), 4 (VALID is not moved but by the tables), 5
// (shares), 11 (trace).
#pragma once

#include <string>
#include <vector>

#include "rules/table.h"
#include "storage/records.h"
#include "storage/registry_index.h"

namespace furikae::rules {

struct Breach {
  std::string law;   // "law 2"
  std::string what;  // without personal data
};

// `rules`: the rule set that decided it; nullptr when it is not kept or cannot be read, which is a breach of law 11 by
// itself.
std::vector<Breach> BreachesOf(const storage::Claim& claim, const storage::RegistryIndex& index, const Rulebook* rules);
std::vector<Breach> BreachesOf(const storage::Pool& pool);

}  // namespace furikae::rules
