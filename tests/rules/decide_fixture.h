// tests/rules/decide_fixture.h — a small made-up world for decisions: receipts, a registry, insurers, and the built-in
// tables.
//
//   World world;
//   world.Add(Hanako(), {.insurer = kKyokai, .number = "1234567", .from = "2020-04-01", .until = "2024-09-16"});
//   Decision d = world.Decide(Claim());                     // 医科, outpatient, September 2024, days 3 10 22
//
// `until` is the disqualification date: the first day without. All names and numbers are invented; insurer numbers have
// valid check digits. Reusable by every test that needs receipts with a decision.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/uke/receipt.h"
#include "rules/decide.h"
#include "storage/masters.h"
#include "storage/registry_index.h"

namespace furikae::rules {

inline constexpr InsurerNumber kKyokai{1130012}, kSociety{6130488}, kKokuho{138016}, kLateElderly{39280003},
    kMutual{33120015};
inline constexpr InsurerNumber kCeased{1140011};  // until 2020-03-31
inline constexpr InsurerNumber kNotYet{1110014};  // from 2030-04-01
InsurerNumber SelfDefence();                      // law code 07

struct Person {
  std::string subject = "S-hanako";
  std::string name = "山田 花子", kana = "ヤマダ ハナコ";
  std::string birth = "1985-04-02";
  Sex sex = Sex::kFemale;
  std::string address, telephone, workplace;
};
Person Hanako();
// Another record of a human with the same name, birth date and sex.
Person Unlinked(std::string subject, std::string address = "");

struct Cover {
  InsurerNumber insurer = kKyokai;
  std::string symbol = "64", number = "1234567", branch;
  std::string from = "2020-04-01", until;  // until: first day without; empty = in force
  LossReason loss = LossReason::kNone;
  Family family = Family::kSelf;
  std::string issued;
  int contribution = 30;
  std::string registered_at = "2020-04-02T00:00:00+09:00";
  bool suspended = false;
};

// A receipt as a clinic writes it; every field may be changed before Bytes().
struct Claim {
  Flavour flavour = Flavour::kMedical;
  Agency agency = Agency::kShaho;
  std::string month = "202409";
  int type = 1112;
  std::string name = "山田　花子", kana = "ヤマダハナコ", birth = "19850402", sex = "2";
  std::string rate, admitted, notes, search_number;
  std::string insurer = "01130012", symbol = "64", number = "1234567", branch;
  bool has_ho = true;
  std::vector<int> visits = {3, 10, 22};  // lines count one unit on each
  int points_per_visit = 282;
  int total_points = -1;  // -1: as the lines add up
  bool has_jd = true;
  std::vector<int> jd_only, lines_only;  // days with 1 in JD without a line; days with a line without JD
  std::string mf = "00";                 // empty: no MF
  std::string public_payer;              // KO, when not empty
  std::vector<std::string> remarks;      // CO 810000001, one record each
  std::string copayment;
  int meals = 0, meals_by_day = 0;            // HO count; meals that lines 97 count on the first visit
  std::string extra_records;                  // CP932, appended at the end
  std::function<void(uke::Receipt&)> change;  // after reading, for what only other flavours can write

  std::string Bytes() const;
};
// Insurer number, number and 摘要 of an unidentified receipt with a complete declaration.
Claim UnidentifiedClaim(std::string number = "777777777");

class World {
 public:
  World();
  // Fails the test when the registry refuses the row.
  void Add(const Person& person, const Cover& cover);
  // Replaces the built-in file of that name by `json`.
  void UseTables(const std::string& file, const std::string& json);
  // The built-in file with `instead` where it says `written`, which has to stand in it.
  void ChangeTables(const std::string& file, const std::string& written, const std::string& instead);

  ServiceMonth claim_month = ServiceMonth::Of(2024, 10);
  DecideContext context;  // claim_month, closing_month, now are filled in by Decide when absent
  std::vector<PeopleRow> people;
  storage::Masters masters;

  void Said(Action action, std::string subject = "", InsurerNumber insurer = {});
  Decision Decide(const Claim& claim);

 private:
  storage::MemoryRegistry registry_;
  std::unique_ptr<Rulebook> rulebook_;
  int said_ = 0;
};

// Rows of one table in the trace, "E1 E4"; all rows as "table/row" when `table` is empty.
std::string Rows(const Decision& decision, std::string_view table = "");
// "TRANSFERRED 04", "RETURNED 03 R05", "IN_REVIEW".
std::string Result(const Decision& decision);
// "01130012: 3 10 564; 06130488: 22 282" — parts as insurer, days, points.
std::string Parts(const Decision& decision);
std::string Flags(const Decision& decision);

}  // namespace furikae::rules
