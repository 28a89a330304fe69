#include "rules/coverage_rate.h"

namespace furikae::rules {

bool IsPreschool(Date birth, Date day) {
  const bool by_march = birth.Month() < 4 || (birth.Month() == 4 && birth.Day() == 1);
  const auto last = Date::Of(birth.Year() + (by_march ? 6 : 7), 3, 31);
  return last && day <= *last;
}

bool IsLateElderly(const ReceiptCase& c, InsurerNumber insurer) {
  constexpr int kLateElderlyLawCode = 39;
  const InsurerRow* row = c.masters.InsurerIn(insurer, c.month());
  return row != nullptr && row->kind != InsurerKind::kUnknown ? row->kind == InsurerKind::kLateElderly
                                                              : insurer.LawCode() == kLateElderlyLawCode;
}

int CoverageRate(ReceiptCase& c, const storage::Coverage& coverage) {
  if (coverage.contribution_per_cent != 0) return 100 - coverage.contribution_per_cent;
  c.facts.Set(Fact::kAge, AgeOn(c.receipt.birth, c.FirstDay()));
  c.facts.Set(Fact::kPreschool, IsPreschool(c.receipt.birth, c.FirstDay()));
  c.facts.Set(Fact::kLateElderly, IsLateElderly(c, coverage.card.insurer));
  const Row* row = c.Ask(c.tables.coverage_rate);
  return row == nullptr ? c.rate_per_cent : static_cast<int>(row->Number("rate_per_cent"));
}

}  // namespace furikae::rules
