// rules/what_if.h — what a receipt would have been decided as under other circumstances: another moment, another fact.
//
//   ASSIGN_OR_RETURN(const PinnedFact fact, ReadPinnedFact("card_collected=false"));
//   ASSIGN_OR_RETURN(Decision d, DecideAssuming(store, rulebook, key, {.as_of = moment, .facts = {fact}}));
//
// Nothing is written. A fact that is assumed keeps its value on the receipt's whole way; what is not a question of
// tables (the coverages found, the amounts) stays as it is, so an assumption may contradict it: then the error says
// which row could not be carried out. Duplicates are not looked for. Source: DESIGN §6.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/decide.h"
#include "storage/store.h"

namespace furikae::rules {

// "fact=value": the value as tables write it, "absent" for none. InvalidArgument says what the fact can be.
absl::StatusOr<PinnedFact> ReadPinnedFact(std::string_view text);

struct Assumptions {
  std::optional<Moment> as_of;  // what the registry and people had said by then; nullopt: when it was decided
  std::vector<PinnedFact> facts;
  bool Any() const { return as_of.has_value() || !facts.empty(); }
};

absl::StatusOr<Decision> DecideAssuming(const storage::Store& store, const Rulebook& rulebook, storage::ClaimKey key,
                                        const Assumptions& assumptions);

}  // namespace furikae::rules
