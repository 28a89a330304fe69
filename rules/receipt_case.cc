#include "rules/receipt_case.h"

#include <algorithm>

#include "rules/asked_tables.h"

namespace furikae::rules {

ReceiptCase::ReceiptCase(const Rulebook& rulebook_in, const DecisionTables& tables_in,
                         const storage::RegistryIndex& registry_in, const storage::RowSource& rows_in,
                         const storage::Masters& masters_in, Patient& patient_in, const DecideContext& context_in)
    : rulebook(rulebook_in),
      tables(tables_in),
      registry(registry_in),
      rows(rows_in),
      masters(masters_in),
      receipt(patient_in.receipt()),
      context(context_in),
      patient(patient_in),
      answer(AnswerOf(context_in.people, context_in.now)) {
  for (const PinnedFact& fact : context.assumed) facts.Pin(fact.fact, fact.value);
  if (answer.Chosen() && !answer.subject_id.empty()) chosen = registry.PersonOf(answer.subject_id);
  decision.moment = context.now;
  decision.trace.reserve(8);
}

const Row* ReceiptCase::Ask(const Table* table) {
  const Row* row = Consult(table);
  if (row != nullptr) Trace(*row);
  return row;
}

const Row* ReceiptCase::Consult(const Table* table) {
  Note(table);
  return table->First(facts);
}

void ReceiptCase::Note(const Table* table) {
  if (context.asked != nullptr) context.asked->push_back({table, facts});
}

void ReceiptCase::Trace(const Row& row) {
  for (const TraceRow& there : decision.trace) {
    if (there.row == row.id && there.table == row.table) return;
  }
  decision.trace.push_back(row.Trace());
}

const uke::LineDays& ReceiptCase::Lines() {
  if (!lines_) lines_ = uke::ReadLineDays(receipt);
  return *lines_;
}

const RemarkWords& ReceiptCase::Words() const { return tables.remark_words.In(facts.Get(Fact::kClaimMonth)); }

const Declaration& ReceiptCase::Declared() {
  if (context.declaration != nullptr) return *context.declaration;
  if (!declaration_) {
    declaration_ = receipt.Has(uke::kSeenRemark) ? ParseRemarks(uke::ReadRemarks(receipt), Words()) : Declaration{};
  }
  return *declaration_;
}

bool Denied(const ReceiptCase& c, const storage::Coverage& coverage) {
  return std::any_of(c.answer.denials.begin(), c.answer.denials.end(), [&](const PeopleRow* row) {
    if (row->insurer.value != 0 && row->insurer != coverage.card.insurer) return false;
    if (row->subject_id.empty()) return row->insurer.value != 0;
    const auto person = c.registry.PersonOf(row->subject_id);
    return person && *person == coverage.person;
  });
}

bool CardsCount(const ReceiptCase& c, InsurerNumber insurer) {
  Facts facts;
  facts.Set(Fact::kClaimMonth, c.context.claim_month.index);
  facts.Set(Fact::kServiceMonth, c.month().index);
  facts.Set(Fact::kInsurerStanding, static_cast<int64_t>(c.masters.StandingOf(insurer, c.month())));
  const Row* row = c.tables.card_counts->First(facts);
  return row != nullptr && row->Number("counts") != 0;
}

storage::Coverages OnCardsThatCount(const ReceiptCase& c, storage::Coverages coverages) {
  const auto uncounted = [&](const storage::Coverage& coverage) { return !CardsCount(c, coverage.card.insurer); };
  coverages.erase(std::remove_if(coverages.begin(), coverages.end(), uncounted), coverages.end());
  return coverages;
}

}  // namespace furikae::rules
