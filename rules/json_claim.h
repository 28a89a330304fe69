// rules/json_claim.h — one claim as JSON carries it (furikae.v1.Claim, field for field), turned into UKE records, so
// that everything behind intake is the same for both.
//
//   ASSIGN_OR_RETURN(UkeClaim uke, ToUke(claim, rulebook));   // CP932 with CRLF:
//   uke.head; uke.receipt;                                    // IR, UK, YK or HM; RE …
//
// The self-declaration becomes free comments with labels (CO 810000001, TK in pharmacy), headed by 不詳 when the
// insurer number says that nobody is known (table origin), in the words of the table remark_markers, which ParseRemarks
// reads back. Texts are UTF-8; a character without a place in CP932 becomes ？. InvalidArgument names the field and
// what was expected, never a patient's data. Pure and thread-safe. Source: files.md "In"; decisions.md §5 ("JSON claims
// carry the same as fields"); layouts: core/uke/layouts.h.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/table.h"

namespace furikae::rules {

// One counted line. CZ, KI and KA become one dated record per day, which carries points × count.
struct JsonLine {
  std::string kind;           // SI IY TO SS CZ KI KA
  std::string class_code;     // 診療識別
  std::string code;           // 9 digits
  int64_t points = 0;         // per count; yen in home nursing
  std::map<int, int> counts;  // day of the month → count
};

struct JsonPublicExpense {
  std::string payer;      // 負担者番号
  std::string recipient;  // 受給者番号
  int64_t points = 0;
};

// 被保険者資格申立書.
struct JsonDeclaration {
  std::string name, name_kana;
  std::string insurance_type;  // 社保 国保 国保組合 後期 その他 わからない
  std::string insurer_name, workplace, address, contact;
  std::string contacted_on;           // "2024-10-05"
  bool former_qualification = false;  // 旧資格情報
  std::string remark;                 // free text
};

struct JsonClaim {
  std::string institution;                 // 10 digits
  int agency = 0;                          // submitted to: 1 支払基金, 2 国保連
  std::string flavour;                     // MED DPC DEN PHA NUR
  std::string claim_month, service_month;  // "2024-10"
  std::string type;                        // レセプト種別, four digits
  std::string name, name_kana;
  int sex = 0;             // 1 male, 2 female
  std::string birth_date;  // "1980-04-02"
  std::string insurer;     // 8 digits; empty: public expense only
  std::string symbol, number, branch;
  int64_t total_points = 0;  // yen in home nursing
  std::vector<JsonLine> lines;
  std::vector<int> visit_days;            // JD 1
  std::vector<int> uncounted_visit_days;  // JD 2
  std::string window_burden_class;        // "00" "01" "02"; empty = not stated (no MF)
  std::optional<int64_t> copayment_yen;
  int meal_count = 0;
  int64_t meal_yen = 0;
  int burden_class = 0;
  std::optional<int> benefit_rate;  // per cent
  std::string admitted_on;          // "2024-10-01"
  std::vector<JsonPublicExpense> public_expenses;
  std::vector<std::string> notes;  // 特記事項, two digits each
  std::string search_number;
  bool paper = false;  // stays with the caller: records cannot say it
  std::optional<JsonDeclaration> declaration;
};

struct UkeClaim {
  std::string head;
  std::string receipt;
  std::vector<size_t> line_of_record;  // of each counted record of the receipt, in their order: its index in `lines`
};

absl::StatusOr<UkeClaim> ToUke(const JsonClaim& claim, const Rulebook& rulebook);

}  // namespace furikae::rules
