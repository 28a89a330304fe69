#include "rules/insurer_agency.h"

namespace furikae::rules {

const Row* AgencyRow(const Table* insurer_agency, int law_code, ServiceMonth month) {
  if (insurer_agency == nullptr) return nullptr;
  Facts facts;
  facts.Set(Fact::kServiceMonth, month.index);
  facts.Set(Fact::kLawCode, law_code);
  return insurer_agency->First(facts);
}

Agency AgencyIn(const Row* row) {
  return row == nullptr ? Agency::kUnknown : static_cast<Agency>(row->Number("agency"));
}

Agency AgencyOf(ReceiptCase& c, InsurerNumber insurer) {
  return c.masters.AgencyOf(insurer, c.month(), [&](int law_code, ServiceMonth month) {
    const Row* row = AgencyRow(c.tables.insurer_agency, law_code, month);
    if (row != nullptr) c.Trace(*row);
    return AgencyIn(row);
  });
}

}  // namespace furikae::rules
