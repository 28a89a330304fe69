// rules/router.h — the steps of routing one receipt, in the order of decisions.md §3. Used by route.cc and perform.cc
// alone.
//
// Every step ends in Perform(row): what a row of the tables says is done, and nothing else. Errors: FailedPrecondition
// naming the table, when it has no row for the receipt or a row asks for what cannot be; else those of reading the
// registry's rows. Not thread-safe. Source: decisions.md §3–§6.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/exclusions.h"
#include "rules/identify/identify.h"
#include "rules/receipt_case.h"

namespace furikae::rules {

class Router {
 public:
  explicit Router(ReceiptCase& c) : c_(c) {}

  absl::Status Valid();
  absl::Status Lapsed();
  absl::Status Correct();  // UNMATCHED, INVALID_NUMBER
  absl::Status Unidentified();
  // `own`: coverages of the patient's own record; `asked`: the days they leave uncovered.
  absl::Status IdentifyOn(const storage::Coverages& own, DayMask asked);
  absl::Status Perform(const Row& row);

 private:
  // Numbers are those of the fact identified.
  enum class Identified : uint8_t {
    kNone,
    kOneCard,
    kSuccession,
    kDouble,
    kNoRow,
    kProbable,
    kPossible,
    kSeveral,
    kOutside
  };

  void CompareIssuance();
  void SetBranchFact();
  void SetDeathFact(const storage::Coverages& coverages);
  DayAssignment Assign(const HeldCards& cards, int claimed, DayMask days) const;
  void SetAssignmentFacts(const DayAssignment& assignment, size_t cards);
  storage::Coverages OwnCoverages(const storage::Coverages& all) const;
  // What a move would do; examines what forbids it. `settled_by`: why days that several cards cover go where they go.
  void Plan(Bearers bearers, std::vector<const Row*> settled_by = {});
  absl::StatusOr<Identified> WhoIsIt(const storage::Coverages& own, DayMask asked);
  absl::StatusOr<Identified> Confirmed(const storage::Coverages& own, const Search& search);
  Identified FollowPerson(storage::PersonId person, const storage::Coverages& own, const Search& search);
  absl::StatusOr<const Row*> Need(const Table* table);  // the row, or FailedPrecondition naming the table
  bool WouldSplit(const Table& table) const;            // if the exclusions allowed it
  absl::StatusOr<const Row*> NothingFound();
  absl::Status Review(const Row& row);
  absl::Status Settle(const Row& row);
  absl::Status SetParts(const Row& row);
  bool AgencyForbids();

  ReceiptCase& c_;
  Bearers bearers_;
  std::vector<const Row*> settled_by_;
  std::string registered_branch_;  // two digits, where the receipt has none and the registered card has one
  Exclusions exclusions_;
  bool examined_ = false;
  bool split_wanted_ = false;  // a table would have split the receipt, had the exclusions allowed it
};

}  // namespace furikae::rules
