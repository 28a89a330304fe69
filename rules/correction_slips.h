// rules/correction_slips.h — which typing slips are looked for in a card that the registry does not know, as the table
// correction_slips lists them.
//
//   CorrectionSlips slips(*rulebook.Find("correction_slips"));
//   for (const Slip& slip : slips.Of(Origin::kUnmatched, facts)) …   // facts: the claim month
//
// The table is a COLLECT table: each row gives one slip and, where it may stand in several, the field. Worked out once
// for every origin and claim month. Nothing can fail. Thread-safe once built. Source: decisions.md §3 (UNMATCHED,
// INVALID_NUMBER).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/decision.h"
#include "rules/by_claim_month.h"

namespace furikae::rules {

enum class SlipKind : uint8_t {
  kDigitReplaced,      // one digit of the field is another
  kNeighboursSwapped,  // two neighbouring digits of the field are exchanged
  kSymbolAndNumberExchanged,
  kBranchBeforeNumber,  // the number begins with the two digits of the branch
  kBranchAfterNumber    // the number ends with them
};
enum class SlipField : uint8_t { kNumber, kSymbol, kInsurerNumber };

struct Slip {
  SlipKind kind = SlipKind::kDigitReplaced;
  SlipField field = SlipField::kNumber;  // of the first two kinds
  const Row* row = nullptr;              // that names it; of the rulebook, which must outlive it
};
using Slips = std::vector<Slip>;

// Their names in tables, in the order of the enumerations.
std::span<const std::string_view> SlipKindNames();
std::span<const std::string_view> SlipFieldNames();

class CorrectionSlips {
 public:
  CorrectionSlips() = default;  // none
  explicit CorrectionSlips(const Table& table);

  const Slips& Of(Origin origin, const Facts& facts) const { return by_origin_[static_cast<size_t>(origin)].At(facts); }

 private:
  std::array<ByClaimMonth<Slips>, static_cast<size_t>(Origin::kUnmatched) + 1> by_origin_;
};

}  // namespace furikae::rules
