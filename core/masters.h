// core/masters.h — rows of the masters that an agency loads: insurers, institutions, payment records; and what people
// decided.
//
// Insurer and institution rows are periods (`valid_to` = last valid day, kOpenEnd when blank), never overlapping for
// one number. Amounts are in yen, points in points. Source: files.md "In"; decisions.md §1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/calendar.h"
#include "core/institution_code.h"
#include "core/insurer_number.h"
#include "core/money.h"

namespace furikae {

// Kind; the numbers are written to disk.
enum class InsurerKind : uint8_t {
  kUnknown = 0,
  kKyokaiKenpo = 1,
  kSeamen = 2,
  kSociety = 3 /* 組合 */,
  kMutualAid = 4 /* 共済 */,
  kSelfDefence = 5 /* 自衛官 */,
  kKokuho = 6,
  kKokuhoSociety = 7 /* 国保組合 */,
  kLateElderly = 8 /* 後期 */,
};
std::string_view InsurerKindName(
    InsurerKind);  // as in insurers.csv: 協会けんぽ 船員 組合 共済 自衛官 国保 国保組合 後期
std::optional<InsurerKind> ParseInsurerKind(std::string_view name);

struct InsurerRow {
  InsurerNumber number;
  std::string name;
  InsurerKind kind = InsurerKind::kUnknown;
  int prefecture = 0;
  Agency agency = Agency::kUnknown;  // ReviewAgency
  Date valid_from;
  Date valid_to = kOpenEnd;  // last valid day
  InsurerNumber successor;   // value 0: none
  bool operator==(const InsurerRow&) const = default;
};

enum class InstitutionKind : uint8_t {
  kUnknown = 0,
  kHospital = 1,
  kClinic = 2,
  kDentist = 3,
  kPharmacy = 4,
  kNursingStation = 5
};
std::string_view InstitutionKindName(
    InstitutionKind);  // as in institutions.csv: 病院 医科診療所 歯科診療所 薬局 訪問看護
std::optional<InstitutionKind> ParseInstitutionKind(std::string_view name);

struct InstitutionRow {
  InstitutionCode code;
  std::string name;
  InstitutionKind kind = InstitutionKind::kUnknown;
  Date valid_from;
  Date valid_to = kOpenEnd;
  bool operator==(const InstitutionRow&) const = default;
};

struct PaymentRow {
  InstitutionCode institution;
  InsurerNumber insurer;
  ServiceMonth month;
  int64_t receipts = 0;
  int64_t points = 0;
  Yen amount;
  bool operator==(const PaymentRow&) const = default;
};

enum class Action : uint8_t {
  kUnknown = 0,
  kAccept = 1,
  kReject = 2,
  kInquire = 3,
  kConfirm = 4,
  kDeny = 5,
  kUndo = 6,
  kDefer = 7
};
std::string_view ActionName(Action);  // ACCEPT REJECT INQUIRE CONFIRM DENY UNDO DEFER
std::optional<Action> ParseAction(std::string_view name);

// One thing a person decided about a claim (people.csv, or the verbs review and inquiry).
struct PeopleRow {
  std::string claim_id;
  Action action = Action::kUnknown;
  std::string subject_id;
  InsurerNumber insurer;
  std::string actor;
  Moment at;
  bool operator==(const PeopleRow&) const = default;
};

}  // namespace furikae
