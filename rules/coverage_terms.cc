#include "rules/coverage_terms.h"

namespace furikae::rules {
namespace {

// When the school year began that `day` lies in.
Date SchoolYearBegin(ReceiptCase& c, Date day) {
  const Row* row = c.Consult(c.tables.school_year);
  if (row == nullptr) return day;
  const auto begin = [&](int year) {
    return Date::Of(year, static_cast<int>(row->Number("month")), static_cast<int>(row->Number("day"))).value_or(day);
  };
  const Date this_year = begin(day.Year());
  return this_year <= day ? this_year : begin(day.Year() - 1);
}

void SetInsurerFacts(const storage::Masters& masters, InsurerNumber insurer, ServiceMonth month, Facts& facts) {
  const InsurerRow* master = masters.InsurerIn(insurer, month);
  facts.Set(Fact::kBearerKind, master == nullptr ? kAbsent : static_cast<int64_t>(master->kind));
  facts.Set(Fact::kBearerLawCode, insurer.LawCode());
}

// Who bears, and who the patient is to it. Returns the row of the scheme, nullptr when no row holds.
const Row* SetBearerFacts(ReceiptCase& c, const storage::Coverage& coverage) {
  SetInsurerFacts(c.masters, coverage.card.insurer, c.month(), c.facts);
  c.facts.Set(Fact::kBearerFamily,
              coverage.family == Family::kUnknown ? kAbsent : static_cast<int64_t>(coverage.family));
  const Date first_day = c.FirstDay();
  c.facts.Set(Fact::kAge, AgeOn(c.receipt.birth, first_day));
  c.facts.Set(Fact::kAgeOnMonthStart, AgeOn(c.receipt.birth, c.month().FirstDay()));
  c.facts.Set(Fact::kAgeOnApril1, AgeOn(c.receipt.birth, SchoolYearBegin(c, first_day)));
  const Row* scheme = c.Ask(c.tables.bearer_system);
  c.facts.Set(Fact::kLateElderly, scheme != nullptr && scheme->Number("late_elderly") != 0);
  return scheme;
}

int RateOf(ReceiptCase& c, const storage::Coverage& coverage) {
  if (coverage.contribution_per_cent != 0) return 100 - coverage.contribution_per_cent;
  const Row* row = c.Ask(c.tables.coverage_rate);
  return row == nullptr ? c.rate_per_cent : static_cast<int>(row->Number("rate_per_cent"));
}

int TypeAfter(const uke::Receipt& receipt, const Row* row) {
  if (row == nullptr || row->Number("as_claimed") != 0) return receipt.type;
  const auto digit_2 = static_cast<int>(row->Number("digit_2"));
  const auto digit_4 = static_cast<int>(row->Number(receipt.Inpatient() ? "inpatient" : "outpatient"));
  return receipt.TypeDigit(1) * 1000 + digit_2 * 100 + receipt.TypeDigit(3) * 10 + digit_4;
}

}  // namespace

// What is known of one coverage is no fact about the receipt, nor about the next coverage.

int CoverageRate(ReceiptCase& c, const storage::Coverage& coverage) {
  const Facts of_the_receipt = c.facts;
  if (coverage.contribution_per_cent == 0) SetBearerFacts(c, coverage);
  const int rate = RateOf(c, coverage);
  c.facts = of_the_receipt;
  return rate;
}

CoverageTerms TermsOf(ReceiptCase& c, const storage::Coverage& coverage) {
  const Facts of_the_receipt = c.facts;
  const Row* scheme = SetBearerFacts(c, coverage);
  const int rate = RateOf(c, coverage);
  c.facts.Set(Fact::kBearerRate, rate);
  CoverageTerms terms;
  terms.receipt_type = TypeAfter(c.receipt, c.Ask(c.tables.receipt_type));
  if (scheme != nullptr && scheme->Number("writes_rate") != 0) terms.rate_to_write = rate;
  c.facts = of_the_receipt;
  return terms;
}

bool WritesBranch(const Rulebook& rulebook, const storage::Masters& masters, InsurerNumber insurer,
                  ServiceMonth month) {
  const Table* table = rulebook.Find("bearer_system");
  if (table == nullptr) return false;
  Facts facts;
  facts.Set(Fact::kServiceMonth, month.index);
  SetInsurerFacts(masters, insurer, month, facts);
  const Row* scheme = table->First(facts);
  return scheme != nullptr && scheme->Number("writes_branch") != 0;
}

}  // namespace furikae::rules
