// The insurers of the made-up prefecture (19) and a neighbour (20): living, merged, dissolved and not yet begun.
#include <string>

#include "absl/strings/str_format.h"
#include "tools/generate/world.h"

namespace furikae::generate {
namespace {

InsurerNumber WithCheckDigit(const std::string& body) {
  return *InsurerNumber::Parse(body + std::to_string(CheckDigit(body)));
}

InsurerRow Row(const std::string& body, const std::string& name, InsurerKind kind, int prefecture, Agency agency) {
  return {WithCheckDigit(body), name, kind, prefecture, agency, *Date::Of(2000, 4, 1), kOpenEnd, {}};
}

void AddEmployees(Insurers& all) {
  for (int prefecture : {19, 20}) {
    all.rows.push_back(Row(absl::StrFormat("01%02d001", prefecture),
                           absl::StrFormat("全国健康保険協会 %s支部", prefecture == 19 ? "山梨" : "長野"),
                           InsurerKind::kKyokaiKenpo, prefecture, Agency::kShaho));
    all.employees.push_back(all.rows.back().number);
  }
  for (int i = 1; i <= 16; ++i) {
    all.rows.push_back(Row(absl::StrFormat("0619%03d", 100 + i), absl::StrFormat("あかね第%d健康保険組合", i),
                           InsurerKind::kSociety, 19, Agency::kShaho));
    all.employees.push_back(all.rows.back().number);
  }
  int serial = 0;
  for (const char* law : {"31", "32", "33", "34"}) {
    all.rows.push_back(Row(absl::StrFormat("%s19%03d", law, 10 + serial),
                           absl::StrFormat("山梨第%d共済組合", serial + 1), InsurerKind::kMutualAid, 19,
                           Agency::kShaho));
    all.employees.push_back(all.rows.back().number);
    ++serial;
  }
  all.rows.push_back(Row("0219001", "船員保険 山梨", InsurerKind::kSeamen, 19, Agency::kShaho));
  all.employees.push_back(all.rows.back().number);
  all.rows.push_back(Row("0719001", "自衛官診療証 山梨", InsurerKind::kSelfDefence, 19, Agency::kShaho));
  all.self_defence = all.rows.back().number;
}

void AddKokuho(Insurers& all) {
  const char* const towns[] = {"あかね市", "みどり野市", "こがね市",   "月見町",
                               "霞村",     "星野町",     "しらかば市", "つばめ市"};
  for (int i = 0; i < 24; ++i) {
    const std::string name =
        i < 8 ? absl::StrFormat("%s国民健康保険", towns[i]) : absl::StrFormat("第%d町国民健康保険", i);
    all.rows.push_back(Row(absl::StrFormat("19%03d", 1 + i), name, InsurerKind::kKokuho, 19, Agency::kKokuho));
    all.kokuho.push_back(all.rows.back().number);
  }
  for (int i = 0; i < 3; ++i) {
    all.rows.push_back(Row(absl::StrFormat("19%03d", 301 + i), absl::StrFormat("山梨第%d国民健康保険組合", i + 1),
                           InsurerKind::kKokuhoSociety, 19, Agency::kKokuho));
    all.kokuho.push_back(all.rows.back().number);
  }
  for (int i = 0; i < 2; ++i) {
    all.rows.push_back(Row(absl::StrFormat("39%02d%03d", 19 + i, 0),
                           absl::StrFormat("%s県後期高齢者医療広域連合", i == 0 ? "山梨" : "長野"),
                           InsurerKind::kLateElderly, 19 + i, Agency::kKokuho));
    all.late_elderly.push_back(all.rows.back().number);
  }
}

// Societies that have ceased: one with a living successor, two in a chain, one without any; and one that begins later.
void AddCeased(Insurers& all, ServiceMonth claim_month) {
  const auto cease = [&](const char* body, const char* name, Date last_day, InsurerNumber successor) {
    InsurerRow row = Row(body, name, InsurerKind::kSociety, 19, Agency::kShaho);
    row.valid_to = last_day;
    row.successor = successor;
    all.rows.push_back(row);
    return row.number;
  };
  all.successor = all.employees[3];
  all.dissolved_with_successor = cease("0619801", "旧東雲健康保険組合", claim_month.Plus(-4).LastDay(), all.successor);
  const InsurerNumber middle = cease("0619802", "旧若葉健康保険組合", claim_month.Plus(-4).LastDay(), all.employees[4]);
  all.dissolved_chain_first = cease("0619803", "旧泉台健康保険組合", claim_month.Plus(-9).LastDay(), middle);
  all.dissolved_without_successor = cease("0619804", "旧港南健康保険組合", claim_month.Plus(-5).LastDay(), {});
  InsurerRow later = Row("0619805", "新東雲健康保険組合", InsurerKind::kSociety, 19, Agency::kShaho);
  later.valid_from = claim_month.Plus(6).FirstDay();
  all.rows.push_back(later);
  all.not_yet = later.number;
}

}  // namespace

Insurers MakeInsurers(ServiceMonth month) {
  Insurers all;
  AddEmployees(all);
  AddKokuho(all);
  AddCeased(all, month);
  return all;
}

}  // namespace furikae::generate
