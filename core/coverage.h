// core/coverage.h — a row of the registry (資格): who was covered by whom, from when to when, as registered when.
//
// RegistryRow is the row as files and the disk hold it (texts in UTF-8); rows of the same subject, card and
// qualification date are versions of one coverage, the last registered by a moment decides, and a suspended or
// withdrawn one does not exist. Source: decisions.md §1; files.md registry.csv (names follow the OQS messages).
#pragma once

#include <cstdint>
#include <string>

#include "core/calendar.h"
#include "core/card.h"

namespace furikae {

enum class Sex : uint8_t { kUnknown = 0, kMale = 1, kFemale = 2 };
enum class Family : uint8_t { kUnknown = 0, kSelf = 1, kFamily = 2 };  // 本人・家族
// ReasonOfLoss; numbers as in the files.
enum class LossReason : uint8_t { kNone = 0, kDeath = 1, kPublicAssistance = 2, kOtherInsurance = 3, kOther = 99 };

struct RegistryRow {
  std::string subject_id;  // opaque; never an Individual Number
  Card card;
  Family family = Family::kUnknown;
  std::string name;       // kanji, one space between family and given name
  std::string name_kana;  // may be blank
  Date birth;
  Sex sex = Sex::kUnknown;
  std::string post_number, address, telephone, workplace;
  Date qualified;                // first day (資格取得日)
  Date disqualified = kOpenEnd;  // first day without it (資格喪失日)
  LossReason loss_reason = LossReason::kNone;
  Date issued{0};                 // certificate issuance date; days == 0 means blank
  int contribution_per_cent = 0;  // InsuredPartialContributionRatio: 10, 20, 30; 0 blank
  Moment registered_at;
  bool suspended = false;
  bool withdrawn = false;
  bool operator==(const RegistryRow&) const = default;
};

}  // namespace furikae
