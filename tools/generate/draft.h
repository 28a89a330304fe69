// tools/generate/draft.h — a receipt in the making: what is on it, before it becomes UKE records of its flavour.
//
//   Draft d = world-made; d.visits = {3, 10}; std::string bytes = Records(d, number, claim_month);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar.h"
#include "core/coverage.h"
#include "core/flavour.h"
#include "core/institution_code.h"
#include "core/insurer_number.h"

namespace furikae::generate {

// What is counted: points (yen in home nursing) per count, on which days how often.
struct DraftLine {
  std::string record;      // SI IY SS CZ KI KA
  std::string class_code;  // 診療識別
  std::string code;
  int64_t points = 0;
  std::vector<std::pair<int, int>> days;  // day → count; empty: no day stated
  int count = 0;                          // stated when there are no days
};

struct Draft {
  Flavour flavour = Flavour::kMedical;
  InstitutionCode institution;
  Agency agency = Agency::kShaho;
  ServiceMonth service_month;
  bool inpatient = false;
  bool late_elderly = false;
  int class_digit = 2;  // fourth digit of the type, as of an outpatient: 2 self, 4 preschool, 6 family, 8 and 0 elderly
  std::string name, kana;
  Sex sex = Sex::kUnknown;
  Date birth;
  std::optional<int> rate;
  std::optional<Date> admitted, discharged;
  int burden_class = 0;
  std::string notes;
  std::string search_number;
  std::string discount_unit_price;
  bool not_visited = false;
  // HO
  bool has_ho = true;
  std::string insurer, symbol, number, branch;
  std::optional<int64_t> copayment;
  int reduction = 0, work_related = 0;
  int meal_count = 0;
  int64_t meal_yen = 0;
  bool meals_by_day = true;
  // KO
  int public_expenses = 0;
  // SN JD MF
  bool has_sn = true, has_jd = true;
  std::string window_burden = "00";  // empty: no MF
  std::vector<int> visits, uncounted_visits;
  std::vector<int> jd_only;  // days that JD names and no line counts (a slip)
  std::vector<DraftLine> lines;
  std::vector<std::string> remarks;  // free comments, one record each
  bool accident = false;             // an RR record
  bool organ_donor = false;          // a TI record
  bool divided_dispensing = false;   // an ST record
  bool unknown_record = false;       // a record type that nobody knows yet
  bool paper = false;                // handed in as JSON
  int64_t points_off = 0;            // HO total wrong by so much
  int64_t Points() const;            // Σ points × count of the lines (meals not included)
};

// The receipt's records, CP932 with CRLF; in dental files its IR too.
std::string Records(const Draft& draft, uint32_t number, ServiceMonth claim_month);
// The file's first record.
std::string Head(Flavour flavour, Agency agency, InstitutionCode institution, const std::string& name,
                 ServiceMonth claim_month);

// Lines for treatment on the given days, with amounts that differ by `variant`.
std::vector<DraftLine> OutpatientLines(Flavour flavour, const std::vector<int>& days, uint64_t variant);
std::vector<DraftLine> InpatientLines(const std::vector<int>& days, uint64_t variant);

}  // namespace furikae::generate
