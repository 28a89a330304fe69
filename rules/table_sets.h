// rules/table_sets.h — the named value sets of a rule set while it is loaded: read from every file before the rows that
// name them, whatever the order of the files.
//
//   NamedSets sets(declarations);
//   RETURN_IF_ERROR(sets.Read("sets.json", member, name));                        // {"set": "preschool_types", …}
//   ASSIGN_OR_RETURN(ValueSet values, sets.ValuesFor(fact, "preschool_types"));   // {"in": "preschool_types"}
//
// A set becomes the values that it stands for, so that a row which names one is matched like a row which lists them.
// Errors: InvalidArgument saying what was found and what is allowed; the caller adds file, table and row. Not
// thread-safe. Source: DESIGN §6 (rules as data); the form is our own, of no standard.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"
#include "rules/table.h"

namespace furikae::rules {

class NamedSets {
 public:
  explicit NamedSets(std::span<const FactDeclaration> facts) : facts_(facts) {}

  // Reads a member of a file that has the key "set"; `name` is its name as soon as that is known.
  absl::Status Read(std::string_view file, const nlohmann::json& member, std::string& name);

  // The values of the set for a condition on `fact`; it counts as used from then on.
  absl::StatusOr<ValueSet> ValuesFor(const FactDeclaration& fact, const std::string& name);

  // Those without a fault, by name.
  std::vector<NamedSet> Take();

 private:
  struct Entry {
    std::string file;
    std::optional<NamedSet> set;  // nullopt: it was refused
  };

  absl::StatusOr<NamedSet> ReadSet(const nlohmann::json& member) const;

  std::span<const FactDeclaration> facts_;
  std::map<std::string, Entry> entries_;
};

}  // namespace furikae::rules
