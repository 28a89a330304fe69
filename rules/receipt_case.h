// rules/receipt_case.h — one receipt on its way to a decision: what is known so far, what was asked for, what spoke.
//
//   ReceiptCase c(rulebook, tables, registry, rows, masters, patient, context);
//   const Row* row = c.Ask(tables.origin);      // evaluates and writes the row into the trace
//
// Lines and declaration are read only when a rule asks. Not thread-safe: one per decision. Source: decisions.md §1–§6.
#pragma once

#include <optional>
#include <string_view>

#include "rules/day_assignment.h"
#include "rules/decide.h"
#include "rules/decision_tables.h"
#include "rules/patient.h"
#include "rules/patient_card.h"
#include "rules/people_answer.h"
#include "rules/receipt_facts.h"

namespace furikae::rules {

struct ReceiptCase {
  ReceiptCase(const Rulebook& rulebook, const DecisionTables& tables, const storage::RegistryIndex& registry,
              const storage::RowSource& rows, const storage::Masters& masters, Patient& patient,
              const DecideContext& context);

  const Rulebook& rulebook;
  const DecisionTables& tables;
  const storage::RegistryIndex& registry;
  const storage::RowSource& rows;
  const storage::Masters& masters;
  const uke::Receipt& receipt;
  const DecideContext& context;

  Facts facts;
  Patient& patient;
  PeopleAnswer answer;
  std::optional<storage::PersonId> chosen;  // whom people accepted or confirmed, when the registry knows them
  PatientCard card;                         // the card as claimed, later as corrected
  ComparedCard claimed;                     // its comparable form; key.text 0 = none
  bool corrected = false;
  int rate_per_cent = 0;  // of the receipt
  Decision decision;

  ServiceMonth month() const { return receipt.service_month; }
  DayMask days() const { return decision.days; }
  Date FirstDay() const { return month().Day(days().Empty() ? 1 : days().First()); }

  // The first row of the table that holds, written into the trace; nullptr when none does.
  const Row* Ask(const Table* table);
  // The same without a trace: of rows that say what holds of every receipt.
  const Row* Consult(const Table* table);
  void Note(const Table* table);  // that it is being asked, where the context wants to know
  void Trace(const Row& row);     // once per row
  const uke::LineDays& Lines();
  const Declaration& Declared();
  const RemarkWords& Words() const;  // for claims of its month

 private:
  std::optional<uke::LineDays> lines_;
  std::optional<Declaration> declaration_;
};

// Whether people ruled this coverage out: its insurer or its person was denied.
bool Denied(const ReceiptCase& c, const storage::Coverage& coverage);
// Whether the insurer's cards count in the service month, by the table card_counts: not when it had ceased.
bool CardsCount(const ReceiptCase& c, InsurerNumber insurer);
storage::Coverages OnCardsThatCount(const ReceiptCase& c, storage::Coverages coverages);

}  // namespace furikae::rules
