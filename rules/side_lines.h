// rules/side_lines.h — the lines of a receipt as one side of a split has them: units without a day of the side gone,
// counts and day columns shrunk, everything else byte for byte.
//
//   SideLines side(receipt.flavour, lines, days_of_the_side);
//   for (const uke::Line& line : uke::Lines(receipt.bytes)) if (auto text = side.TextOf(line)) out += *text …
//
// Lines must be given in their order: what a record belongs to (its unit, its prescription) and the 診療識別 of its
// group are carried along. Comments, names of diseases and texts go to every side; in pharmacy IY, TO and CO follow
// their CZ, and SH goes to each side that has one of its CZ. Private to the rewriter. Source: decisions.md §4 "Split".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/flavour.h"
#include "core/uke/edit.h"
#include "core/uke/receipt.h"

namespace furikae::rules {

class SideLines {
 public:
  SideLines(Flavour flavour, const std::vector<uke::Line>& all, const uke::LineDays& units, DayMask days);
  // The line as the side has it; nullopt when the side does not have it.
  std::optional<std::string> TextOf(const uke::Line& line);

 private:
  bool Stays(const uke::Line& line);
  bool BelongsToItsUnit(const uke::Line& line) const;
  void KeepSectionsWithDispensing(const std::vector<uke::Line>& all);
  std::string Shrunk(const uke::Line& line) const;
  std::string WithGroupClass(std::string text, std::string_view id);

  Flavour flavour_;
  DayMask days_;
  std::vector<const uke::Unit*> unit_of_line_;  // nullptr: the line belongs to none
  std::vector<bool> section_stays_;             // by line: of an SH, whether one of its CZ stays
  bool dispensing_stays_ = true;                // of the CZ that IY, TO and CO follow
  std::string lost_class_;  // 診療識別 of a group whose first record is gone, for the next one that is kept
};

}  // namespace furikae::rules
