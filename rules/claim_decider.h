// rules/claim_decider.h — one stored claim decided anew: its receipt read, what people said, whether it came before.
//
//   ClaimDecider decider(store, rulebook, index);
//   ASSIGN_OR_RETURN(Decision after, decider.Decide(claim, submission, receipt_bytes, run));
//   if (!SameDecision(after, claim.decision)) { Adopt(after, claim); … }
//
// Adds to Decider what needs the other claims: duplicates. Consider may be called from several threads, the rest from
// one. Errors: DataLoss when the stored receipt cannot be read; FailedPrecondition naming the table when the rule set
// has no row for it; else those of the store. Source: decisions.md §3–§6, §10.
#pragma once

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "rules/decide.h"
#include "rules/duplicate.h"
#include "rules/engine.h"
#include "rules/stored_claim.h"

namespace furikae::rules {

struct DecidedClaim {
  Decision decision;
  std::optional<storage::Digest> fingerprint;  // of a receipt that may have a duplicate
  bool has_search_number = false;              // 検索番号: it was returned once and is sent again
};

class ClaimDecider {
 public:
  ClaimDecider(const storage::Store& store, const Rulebook& rulebook, const storage::RegistryIndex& index);

  // The decision at the run's moment, by the people rows of `claim` up to it: Consider, then Compare.
  absl::StatusOr<DecidedClaim> Decide(const storage::Claim& claim, const storage::Submission& submission,
                                      std::string_view receipt, const RunMoment& run) const;
  // As far as it does not depend on other claims.
  absl::StatusOr<DecidedClaim> Consider(const storage::Claim& claim, const storage::Submission& submission,
                                        std::string_view receipt, const RunMoment& run) const;
  // Does what the table `duplicate` says of it when the same receipt came before.
  absl::Status Compare(const storage::Claim& claim, const storage::Submission& submission, DecidedClaim& decided) const;
  // At close: an open review or inquiry gets the outcome it has without an answer, flag REVIEW_OPEN.
  absl::StatusOr<Decision> DecideUnanswered(const storage::Claim& claim, const storage::Submission& submission,
                                            std::string_view receipt, const RunMoment& run) const;
  Duplicates& duplicates() { return duplicates_; }

 private:
  absl::StatusOr<Decision> Ask(Patient& patient, const storage::Claim& claim, const storage::Submission& submission,
                               const RunMoment& run, bool settle_open) const;
  Decider decider_;
  const Table* duplicate_;
  Duplicates duplicates_;
};

// Whether it was returned because the same receipt came before: a row of the table `duplicate` spoke last.
bool IsDuplicate(const Decision& decision);

// Equal but for the moment: the same decision taken again.
bool SameDecision(const Decision& a, const Decision& b);

// Whether a claim has to be decided (again): new, waiting, or people have said something about it. Never a closed one.
bool NeedsDecision(const storage::Claim& claim);

// Makes `decision`, taken in `run`, the claim's: state, month, open review and inquiry.
void Adopt(Decision decision, const Rulebook& rulebook, const RunMoment& run, storage::Claim& claim);
// Sets review_open, inquiry_open and deferred from the decision and what people said by `now`.
void SetOpenWork(Moment now, storage::Claim& claim);

}  // namespace furikae::rules
