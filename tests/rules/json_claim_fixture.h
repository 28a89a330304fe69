// tests/rules/json_claim_fixture.h — a claim as JSON gives it, for each flavour: two lines on three days.
//
//   JsonClaim claim = SomeClaim("DEN"); claim.sex = 3; EXPECT_FALSE(ToUke(claim, Regulations()).ok());
#pragma once

#include <string>

#include "rules/json_claim.h"
#include "rules/receipt_facts.h"
#include "rules/table.h"

namespace furikae::rules {

inline const Rulebook& Regulations() {
  static const auto& book = *new Rulebook(*Rulebook::Load(Declarations(), EmbeddedRegulations()));
  return book;
}

inline JsonClaim SomeClaim(const std::string& flavour) {
  JsonClaim claim;
  claim.flavour = flavour;
  claim.institution = flavour == "DEN"   ? "1331234567"
                      : flavour == "PHA" ? "1341234567"
                      : flavour == "NUR" ? "1361234567"
                                         : "1311234567";
  claim.agency = 1;
  claim.claim_month = "2024-11";
  claim.service_month = "2024-10";
  claim.type = flavour == "DEN" ? "3112" : flavour == "PHA" ? "4112" : flavour == "NUR" ? "6112" : "1112";
  claim.name = "山田　太郎";
  claim.name_kana = "ヤマダタロウ";
  claim.sex = 1;
  claim.birth_date = "1980-04-02";
  claim.insurer = "06139463";
  claim.symbol = "６４";
  claim.number = "１２３";
  claim.branch = "01";
  claim.visit_days = {3, 10};
  claim.uncounted_visit_days = {22};
  claim.window_burden_class = "00";
  const std::string kind = flavour == "DEN" ? "SS" : flavour == "PHA" ? "CZ" : flavour == "NUR" ? "KA" : "SI";
  claim.lines = {{kind, "12", "112007410", 73, {{3, 1}, {10, 2}}}, {kind, "", "112015570", 50, {{22, 1}}}};
  claim.total_points = 73 * 3 + 50;
  return claim;
}

}  // namespace furikae::rules
