// core/uke/receipt.h — a receipt (レセプト) read lazily and in place: only the columns that decisions need, as views of
// its bytes.
//
//   ASSIGN_OR_RETURN(Receipt r, ReadReceipt(head, bytes));   // one pass, no allocation; day columns are not touched
//   LineDays lines = ReadLineDays(r);                         // on demand: what is counted on which day
//   std::string remark = ReadRemarks(r);                      // on demand: joined free comments, UTF-8
//
// Views point into `bytes` (CP932), which must outlive the Receipt. Columns are those of uke/layouts; positions differ
// by flavour and come from that one table. Source: uke_layouts.md §1–§7; decisions.md §1 (days), §2, §4, §7.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/calendar.h"
#include "core/coverage.h"
#include "core/decision.h"
#include "core/flavour.h"
#include "core/institution_code.h"
#include "core/insurer_number.h"

namespace furikae::uke {

// From the file's header (IR, YK, UK, HM): the same for every receipt of one file.
struct FileHead {
  Flavour flavour = Flavour::kUnknown;  // of the file; a receipt of an IR file may be DPC
  Agency agency = Agency::kUnknown;     // submitted to
  InstitutionCode institution;
  ServiceMonth claim_month;  // 請求年月 as written
  int volume = 0;            // マルチボリューム識別情報 of the header
  std::string_view bytes;    // the header line(s), for outputs that repeat it
};

// Kinds of record that change a decision by being there.
enum RecordSeen : uint32_t {
  kSeenHo = 1u << 0,
  kSeenKo = 1u << 1,
  kSeenJd = 1u << 2,
  kSeenMf = 1u << 3,
  kSeenSn = 1u << 4,
  kSeenAccident = 1u << 5 /* RR RI RS */,
  kSeenHh = 1u << 6,
  kSeenOrgan = 1u << 7 /* TI TR TS */,
  kSeenSt = 1u << 8,
  kSeenBu = 1u << 9,
  kSeenMeals = 1u << 10 /* HO meal count or amount > 0 */,
  kSeenUnknown = 1u << 11,
  kSeenSummaryGroup = 1u << 12 /* DPC 総括: several RE */,
  kSeenRemark = 1u << 13 /* a CO/TK of code 810000001 */,
};

struct Receipt {
  FileHead head;
  Flavour flavour = Flavour::kUnknown;
  std::string_view bytes;  // from the first record (RE; IR in dental files) to before the next receipt, CRLFs included

  // RE
  uint32_t number = 0;         // レセプト番号
  int type = 0;                // レセプト種別, four digits (1112); TypeDigit() below
  ServiceMonth service_month;  // 診療年月
  std::string_view name;       // 氏名, CP932
  std::string_view name_kana;  // カタカナ, CP932; empty when the flavour or the file has none
  Sex sex = Sex::kUnknown;
  Date birth;
  std::optional<int> rate;  // 給付割合, per cent
  std::optional<Date> admitted;
  int burden_class = 0;            // 別表8 column; 0 blank
  std::string_view notes;          // 特記事項: two-digit codes in a row
  std::string_view search_number;  // 検索番号: present on re-claims
  std::string_view discount_unit_price;
  bool not_visited = false;  // 未来院請求 (dental)
  int summary_class = 0;     // DPC 総括区分

  // HO (absent for public expense only)
  uint32_t seen = 0;                     // RecordSeen bits
  std::string_view insurer_text;         // as written, surrounding spaces removed
  std::optional<InsurerNumber> insurer;  // nullopt when the text is no number
  std::string_view symbol, number_text;  // CP932
  int actual_days = 0;
  int64_t total_points = 0;  // points; yen for home nursing
  int meal_count = 0;
  Yen meal_amount;
  std::optional<Yen> standard_burden;  // DPC HO column 16
  int work_related = 0;                // 職務上の事由
  std::optional<Yen> copayment;        // 負担金額; nullopt when blank
  int reduction = 0;                   // 減免区分; also set (9) when a reduction rate or amount is written
  // KO
  int public_expenses = 0;  // number of KO
  int64_t first_public_points = 0;
  // SN of payer type 1
  std::string_view sn_class, branch;
  // JD of payer type 1
  DayMask jd_counted;    // days with 1
  DayMask jd_uncounted;  // days with 2
  // MF
  int mf_class = -1;  // 窓口負担額区分; -1 = no MF
  // BU
  std::optional<Date> discharged;

  bool Has(RecordSeen bit) const { return (seen & bit) != 0; }
  int TypeDigit(int position) const {  // 1 … 4, from the left
    const int divisor[] = {1000, 100, 10, 1};
    return type / divisor[position - 1] % 10;
  }
  bool Inpatient() const { return TypeDigit(4) % 2 == 1; }
  DayMask JdDays() const { return jd_counted | jd_uncounted; }
};

// Reads one receipt. Fails with InvalidArgument naming line (within the receipt), column, field name, what is there and
// what was expected, when a column that decisions need cannot be read.
absl::StatusOr<Receipt> ReadReceipt(const FileHead& head, std::string_view bytes);

// One points-and-count unit (点数・回数算定単位), or one dated record in pharmacy and home nursing: never torn by a
// split.
struct Unit {
  uint32_t first_line = 0, last_line = 0;  // 0-based line numbers within Receipt::bytes, inclusive
  int64_t points = 0;                      // per count; already a total in pharmacy and home nursing (count = 1)
  int count = 0;                           // 回数
  DayMask days;
  uint8_t per_day[31] = {};     // count on day i+1
  int burden = 0;               // 負担区分 as its ASCII code; '1', '2', '5' …
  bool meals = false;           // SI line of 診療識別 97: yen of meals, never points
  bool InsuranceBears() const;  // by 負担区分: payer type 1 bears something of it
};

struct LineDays {
  std::vector<Unit> units;
  DayMask days;        // days on which anything is counted (lines 97 not included)
  int64_t points = 0;  // Σ points × count, lines 97 not included; with DPC's bundle (GT 今月包括合計点数)
  int64_t insured_points = 0;     // of these, what payer type 1 bears by 負担区分: what HO's total has to equal
  bool unit_without_day = false;  // a unit with points but no day
  bool count_differs = false;     // a line whose 回数 is not the sum of its days
  bool date_outside_month = false;
  int meal_count = 0;  // Σ day counts of lines 97
  DayMask meal_days;
  uint16_t per_day_points_overflow = 0;  // units whose count on a day exceeds 255 (refused by U9)
};
LineDays ReadLineDays(const Receipt& receipt);

// The days of the receipt and where they come from (decisions.md §1 "Days of a receipt").
struct ReceiptDays {
  DayMask days;
  DaysFrom from = DaysFrom::kUnknown;
};
ReceiptDays DaysOf(const Receipt& receipt);

// Free comments (CO of code 810000001; TK in pharmacy), UTF-8: consecutive ones joined without separator, groups by
// '\n'.
std::string ReadRemarks(const Receipt& receipt);

// ---------------------------------------------------------------------------------------------------------------------
// Whole files.

// A complaint about a file or one of its receipts. Never carries a patient's name; `found` is shown only for codes and
// numbers.
struct Complaint {
  enum class Severity : uint8_t {
    kNote,
    kReceipt /* this receipt is refused */,
    kFile /* the whole file is refused */
  };
  Severity severity = Severity::kNote;
  uint32_t line = 0;                                  // 1-based in the file; 0 = the file as a whole
  int column = 0;                                     // 1-based, 0 = the record as a whole
  std::string field;                                  // 合計点数
  std::string reason;                                 // "\"12a4\" is not a number; expected up to 8 digits"
  uint32_t receipt = 0;                               // レセプト番号 where known
  std::string ToString(std::string_view file) const;  // "RECEIPTC.UKE line 214, column 6 (合計点数): …"
};

struct ParsedFile {
  FileHead head;                                   // views into the bytes given
  std::vector<Receipt> receipts;                   // accepted ones, in file order (a DPC 総括 group is one)
  std::vector<uint32_t> first_line;                // 1-based line of each accepted receipt
  std::vector<Complaint> complaints;               // sorted by line
  uint32_t refused = 0;                            // receipts refused
  bool refused_whole = false;                      // then receipts is empty
  std::string converted;                           // CP932 bytes when the file came in UTF-8; the views then point here
  int64_t counted_claims = 0, counted_points = 0;  // as GO counts them, over all readable receipts of this volume
  int go_volume = 0;                               // GO's volume id; 99 on the last
  int64_t go_claims = -1, go_points = -1;          // -1 = blank
};

// Reads a file as a clinic sends it. `name` is the file's path, used in notes only (a name that contradicts the
// header). `claim_month` is the run's: a later 請求年月 refuses the file, an earlier one is a note. `bytes` must
// outlive the result.
ParsedFile ReadFile(std::string_view name, std::string_view bytes, ServiceMonth claim_month);

}  // namespace furikae::uke
