// rules/decide.h — the decision about one receipt: origin, routing, what forbids a transfer, identification, outcome,
// and its trace.
//
//   Decider decider(rulebook, registry_index, row_source, masters);
//   ASSIGN_OR_RETURN(Decision d, decider.Decide(receipt, {.claim_month = month, .now = now, .people = claim.people}));
//
// Pure: the same receipt, registry, masters, tables and moment give the same decision. Duplicates (R08) are looked up
// by the engine, which knows the other claims. Thread-safe: one Decider per thread or shared. Source: decisions.md
// §2–§7.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "core/decision.h"
#include "core/masters.h"
#include "core/uke/receipt.h"
#include "rules/patient.h"
#include "rules/remarks.h"
#include "rules/table.h"
#include "storage/masters.h"
#include "storage/registry_index.h"

namespace furikae::rules {

struct AskedTable;  // rules/asked_tables.h

struct DecideContext {
  ServiceMonth claim_month;
  Moment now;
  ServiceMonth closing_month;  // the month being closed (= claim_month of the run); PENDING ends by it
  const std::vector<PeopleRow>* people = nullptr;  // what people decided about this claim, with at <= now, in order
  bool paper = false;                              // E11; JSON claims may say so
  bool settle_open = false;  // the month is being closed: an open review or inquiry gets its fallback, flag REVIEW_OPEN
  const Declaration* declaration = nullptr;  // of a JSON claim; UKE claims carry it in their remarks
  std::span<const PinnedFact> assumed;       // to ask what would be if (rules/what_if.h)
  std::vector<AskedTable>* asked = nullptr;  // gets each table asked and the facts at that moment
};

struct DecisionTables;  // rules/decision_tables.h

class Decider {
 public:
  // All of them must outlive the Decider.
  Decider(const Rulebook& rulebook, const storage::RegistryIndex& registry, const storage::RowSource& rows,
          const storage::Masters& masters);
  // Errors: FailedPrecondition when the rule set lacks a table or no row of it holds; those of the row source.
  absl::StatusOr<Decision> Decide(const uke::Receipt& receipt, const DecideContext& context) const;
  // The same for who needs the patient's keys too, which are made once then. `patient` takes on the declared kana.
  absl::StatusOr<Decision> Decide(Patient& patient, const DecideContext& context) const;

 private:
  const Rulebook& rulebook_;
  const storage::RegistryIndex& registry_;
  const storage::RowSource& rows_;
  const storage::Masters& masters_;
  std::shared_ptr<const DecisionTables> tables_;
};

}  // namespace furikae::rules
