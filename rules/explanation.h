// rules/explanation.h — why a claim was decided as it was, as data: what a letter in any language and the JSON form are
// written from.
//
//   ASSIGN_OR_RETURN(const Explanation why, Explain(store, rulebook, key, {.lost_rows = true}));
//   why.rows.front().source;                   // the document behind the first row that spoke
//   Letter(why, PhrasesOf(Language::kJapanese), {});    // rules/explain_letter.h
//
// By the rule set that decided it, which the store keeps when another one is in force. Holds no name, card number or
// birth date of anybody, so that none can be written from it. Values, thread-safe once made. Errors: NotFound when
// there is no such claim, FailedPrecondition as rules/what_if.h says, else those of the store. Explain reads registry
// index and masters: not beside a load of tables. Source: decisions.md §9.11 (every outcome has a trace); DESIGN §6,
// §9.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/decision.h"
#include "rules/apportion.h"
#include "rules/contradiction.h"
#include "rules/explain_changes.h"
#include "rules/explain_lost_rows.h"
#include "rules/explain_rows.h"
#include "rules/what_if.h"
#include "storage/store.h"

namespace furikae::rules {

// What is known of the receipt, without the patient.
struct ExplainedFacts {
  InstitutionCode institution;
  Agency submitted_to = Agency::kUnknown;
  ServiceMonth claim_month, service_month;
  std::string file;
  int64_t line = 0;
  Flavour flavour = Flavour::kUnknown;
  int64_t total_points = 0;  // yen in home nursing
  Yen insurer_yen;           // share as claimed
  DayMask days;
  DaysFrom days_from = DaysFrom::kUnknown;
  Date card_invalid_from = kOpenEnd;  // 資格喪失日 of the card on the receipt
  Moment moment;
};

struct ExplainedPart {
  InsurerNumber insurer;
  Agency agency = Agency::kUnknown;
  DayMask days;
  int64_t points = 0;
  Yen yen;
};

// A code with what a LOOKUP table of the rule set calls it; `notice` is the Japanese text that notices print.
struct NamedCode {
  std::string code;
  std::string title_ja, title_en, notice;
};

struct ExplainedResult {
  Outcome outcome = Outcome::kUndecided;
  std::optional<NamedCode> confirmation_class, return_reason;
  std::vector<ExplainedPart> parts;
  Outcome unanswered = Outcome::kUndecided;  // of an open review, when nobody answers before the close
  std::vector<NamedCode> flags;
  std::vector<std::string> missing_items;  // of the declaration, Japanese
};

struct ExplainedPool {
  storage::Pool pool;
  NamedCode rung;
  std::vector<std::string> receipts;  // claim ids
  // The payment records behind the weights. Those loaded after the close are among them: then their sums are not the
  // weights.
  std::vector<PaidInMonth> payments;
  bool paid_since = false;
};

// What would have come out under the assumptions asked for.
struct Otherwise {
  Assumptions assumptions;
  std::optional<Contradiction> impossible;     // why not; then the rest is empty
  std::vector<ExplainedRow> silent, speaking;  // rows that would not have spoken, and those that would have instead
  ExplainedResult result;
};

struct Explanation {
  std::string claim_id;
  ExplainedFacts facts;
  bool decided = false;
  std::string rules_digest;             // of the rule set that decided it; empty when none has
  bool decided_by_other_rules = false;  // than those in force
  Origin origin = Origin::kUndecided;
  std::vector<ExplainedRow> rows;  // that spoke, in order
  std::optional<Identification> identification;
  ExplainedResult result;
  std::vector<storage::LedgerEntry> books;
  std::optional<ExplainedPool> pool;  // in which it was shared, once its month is closed
  std::optional<Otherwise> otherwise;
  // Where asked for.
  std::optional<LostRows> lost_rows;  // not of an undecided claim: no table was asked
  std::optional<Changes> changes;
};

struct ExplainQuestions {
  Assumptions assumptions;
  bool lost_rows = false;
  bool changes = false;
  bool Decides() const { return assumptions.Any() || lost_rows || changes; }  // whether the receipt is decided again
};

absl::StatusOr<Explanation> Explain(const storage::Store& store, const Rulebook& current, storage::ClaimKey key,
                                    const ExplainQuestions& questions = {});

}  // namespace furikae::rules
