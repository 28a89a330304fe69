// rules/what_if.h — what a receipt would have been decided as under other circumstances: another moment, another fact.
//
//   ASSIGN_OR_RETURN(const PinnedFact fact, ReadPinnedFact("card_collected=false"));
//   ASSIGN_OR_RETURN(const auto replay, Replay::Of(store, rulebook, key));
//   ASSIGN_OR_RETURN(Decision d, replay->Decide({.as_of = moment, .facts = {fact}}));
//
// Nothing is written. A fact that is assumed keeps its value on the receipt's whole way; what is not a question of
// tables (the coverages found, the amounts) stays as it is, so an assumption may contradict it: then the error is a
// rules/contradiction.h. A duplicate stays one (R08), and no other is looked for. Source: DESIGN §6.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/uke/receipt.h"
#include "rules/asked_tables.h"
#include "rules/decide.h"
#include "storage/store.h"

namespace furikae::rules {

// "fact=value": the value as tables write it, "absent" for none. InvalidArgument says what the fact can be.
absl::StatusOr<PinnedFact> ReadPinnedFact(std::string_view text);

struct Assumptions {
  std::optional<Moment> as_of;  // what the registry and people had said by then; nullopt: when it was decided
  std::vector<PinnedFact> facts;
  // InvalidArgument for no "fact=value", and for a fact that is assumed already.
  absl::Status Add(std::string_view text);
  bool Any() const { return as_of.has_value() || !facts.empty(); }
};

// One stored claim, read once and decided as often as one asks. Not thread-safe beside a load of tables.
class Replay {
 public:
  // FailedPrecondition when the claim is not decided yet. `store` and `rulebook` must outlive the Replay.
  static absl::StatusOr<std::unique_ptr<Replay>> Of(const storage::Store& store, const Rulebook& rulebook,
                                                    storage::ClaimKey key);
  // A contradiction when the assumptions contradict themselves or the receipt: also when they give the patient a
  // card that is nobody's or somebody else's, or an insurer in force to a receipt that names none, for nothing is known
  // of what would follow; and any assumption about a duplicate, which stays one. `asked`: gets the tables asked.
  absl::StatusOr<Decision> Decide(const Assumptions& assumptions = {}, AskedTables* asked = nullptr) const;
  // Whether deciding without assumptions takes the rows again that are stored (but for R08, of a duplicate).
  absl::StatusOr<bool> AgreesWithStored() const;
  bool IsDuplicate() const;  // returned because the same receipt came before

 private:
  Replay(const storage::Store& store, const Rulebook& rulebook, const storage::RegistryIndex& index)
      : decider_(rulebook, index, store.registry(), store.masters()) {}
  absl::StatusOr<Decision> DecideAt(Moment now, std::span<const PinnedFact> facts, AskedTables* asked) const;
  absl::Status CheckKnown(Moment now, std::span<const PinnedFact> facts) const;

  Decider decider_;
  storage::Claim claim_;
  storage::Submission submission_;
  std::string bytes_;
  uke::Receipt receipt_;  // views into bytes_ and submission_
};

}  // namespace furikae::rules
