// rules/contradiction.h — why a receipt has no decision under what is assumed of it: which facts, cards or rows do not
// go together.
//
//   return Contradicts({Contradiction::Cause::kNoRowHolds, "routing_valid"});            // a status
//   if (const auto why = ContradictionOf(status)) Say(phrases.contradiction(*why));      // in any language
//
// The cause travels with the status, apart from its message, so that each language has its own words for it. The status
// is FailedPrecondition; one of another cause, such as a table that is not there, is no contradiction. Thread-safe.
// Source: DESIGN §6 (what would be if); decisions.md §10 (R08, a duplicate stays one).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"

namespace furikae::rules {

struct Contradiction {
  enum class Cause : uint8_t {
    kDuplicate,    // the same receipt came before: returned, whatever its facts
    kNoInsurer,    // the receipt names no insurer that could be in force
    kNobodysCard,  // no registered card is the patient's, so nothing is known of what would follow
    kNoRowHolds,   // of `table`
    kRowMisfits,   // `row` of `table` moves the receipt otherwise than the coverages found allow
  };
  Cause cause = Cause::kDuplicate;
  std::string table = {}, row = {};  // where the cause has them

  std::string ToString() const;  // in English
  bool operator==(const Contradiction&) const = default;
};

absl::Status Contradicts(const Contradiction& why);
// nullopt: the status tells of something else.
std::optional<Contradiction> ContradictionOf(const absl::Status& status);

}  // namespace furikae::rules
