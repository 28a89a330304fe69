// core/uke/columns.h — which columns of which record a receipt is read from, per flavour: looked up once in the
// layouts.
//
//   const RecordPlan& plan = PlansOf(Flavour::kDental).Of("HO");
//   std::string_view values[kItems];
//   TakeColumns(line, plan, values);        // values[kTotalPoints] …; a cut column is empty
//
// Columns count from 1, the record id being column 1, so that 0 is none; values are CP932 as in the file. Nothing can
// fail: what is not there is empty. Private to the reader. Thread-safe: the tables are built once and never change.
// Source: uke_layouts.md §3–§7; which columns are read: decisions.md §1–§7.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/flavour.h"
#include "core/uke/check.h"
#include "core/uke/layouts.h"

namespace furikae::uke {

// What decisions read, whatever the flavour calls it and wherever it stands.
enum Item : uint8_t {
  // RE
  kReceiptNumber,
  kType,
  kServiceMonth,
  kName,
  kKana,
  kSex,
  kBirth,
  kRate,
  kAdmitted,
  kBurdenClass,
  kNotes,
  kSearchNumber,
  kDiscountUnitPrice,
  kNotVisited,
  kSummaryClass,
  // HO, KO
  kInsurerNumber,
  kSymbol,
  kNumberText,
  kActualDays,
  kTotalPoints,
  kMealCount,
  kMealAmount,
  kStandardBurden,
  kWorkRelated,
  kCopayment,
  kReduction,
  kReductionRate,
  kReductionAmount,
  // SN, JD, MF, BU, CO, TK
  kPayerType,
  kConfirmationClass,
  kBranch,
  kBurdenKind,
  kDischarged,
  kCommentCode,
  kCommentText,
  // lines
  kLineClass,
  kLineBurden,
  kLinePoints,
  kLineCount,
  kLineDate,
  kItems
};

// コメントコード of a comment in the writer's own words.
inline constexpr std::string_view kFreeComment = "810000001";

enum class RecordKind : uint8_t {
  kOther,
  kRe,
  kHo,
  kKo,
  kSn,
  kJd,
  kMf,
  kBu,
  kRemark,
  kLine /* SI IY TO SS: points, count and 31 days */,
  kDated /* CZ KI KA: a date and its own total */,
  kBlanket /* GT */,
};

struct WantedColumn {
  uint8_t column;
  Item item;
};

struct RecordPlan {
  RecordKind kind = RecordKind::kOther;
  uint32_t seen = 0;                     // RecordSeen bits that the record sets by being there
  const RecordLayout* layout = nullptr;  // nullptr: a record this flavour does not know
  std::vector<WantedColumn> wanted;      // by column
  std::vector<ColumnRule> rules;         // what every column may hold
  int first_day_column = 0;
  std::vector<uint8_t> point_columns;  // of a dated record: what its total is the sum of
  bool joins_previous = false;         // pharmacy's IY, TO, CO: they belong to the CZ before them
  bool Wants(int column) const;
};

class Plans {
 public:
  explicit Plans(Flavour flavour);
  const RecordPlan& Of(std::string_view id) const {
    if (id.size() != 2) return unknown_;
    const unsigned first = static_cast<unsigned char>(id[0]) - 'A', second = static_cast<unsigned char>(id[1]) - 'A';
    return first < 26 && second < 26 ? plans_[position_[first * 26 + second]] : unknown_;
  }

 private:
  std::array<uint8_t, 26 * 26> position_{};
  std::vector<RecordPlan> plans_;  // [0] is unknown_'s twin
  RecordPlan unknown_;
};
const Plans& PlansOf(Flavour flavour);

// Views of the wanted columns of `line` (without its line end).
inline void TakeColumns(std::string_view line, const RecordPlan& plan, std::string_view* values) {
  const char* p = line.data();
  const char* const end = p + line.size();
  int column = 1;
  for (const WantedColumn want : plan.wanted) {
    while (column < want.column && p < end) column += *p++ == ',';
    const char* const start = p;
    if (column < want.column) {
      values[want.item] = {};
      continue;
    }
    while (p < end && *p != ',') ++p;
    values[want.item] = {start, static_cast<size_t>(p - start)};
  }
}

}  // namespace furikae::uke
