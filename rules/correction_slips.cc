#include "rules/correction_slips.h"

#include <algorithm>

namespace furikae::rules {
namespace {

constexpr std::array<std::string_view, 5> kKinds = {"DIGIT_REPLACED", "NEIGHBOURS_SWAPPED",
                                                    "SYMBOL_AND_NUMBER_EXCHANGED", "BRANCH_BEFORE_NUMBER",
                                                    "BRANCH_AFTER_NUMBER"};
constexpr std::array<std::string_view, 3> kFields = {"NUMBER", "SYMBOL", "INSURER_NUMBER"};

// A slip that nobody knows is left out (rules/check.h refuses it).
Slips SlipsOf(const RowHits& rows) {
  Slips slips;
  for (const Row* row : rows) {
    const auto kind = std::find(kKinds.begin(), kKinds.end(), row->Text("slip"));
    if (kind == kKinds.end()) continue;
    const auto field = std::find(kFields.begin(), kFields.end(), row->Text("field"));
    slips.push_back({static_cast<SlipKind>(kind - kKinds.begin()),
                     field == kFields.end() ? SlipField::kNumber : static_cast<SlipField>(field - kFields.begin()),
                     row});
  }
  return slips;
}

}  // namespace

std::span<const std::string_view> SlipKindNames() { return kKinds; }
std::span<const std::string_view> SlipFieldNames() { return kFields; }

CorrectionSlips::CorrectionSlips(const Table& table) {
  for (size_t origin = 0; origin < by_origin_.size(); ++origin) {
    Facts facts;
    facts.Set(Fact::kOrigin, static_cast<int64_t>(origin));
    by_origin_[origin] = {table, facts, SlipsOf};
  }
}

}  // namespace furikae::rules
