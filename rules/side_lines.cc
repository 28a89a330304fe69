#include "rules/side_lines.h"

#include <charconv>

#include "core/uke/layouts.h"

namespace furikae::rules {
namespace {

bool FollowsDispensing(std::string_view id) { return id == "IY" || id == "TO" || id == "CO"; }
bool IsDated(std::string_view id) { return id == "CZ" || id == "KI" || id == "KA"; }

int ColumnOf(Flavour flavour, std::string_view id, std::string_view name) {
  const uke::RecordLayout* layout = uke::FindRecord(flavour, id);
  return layout == nullptr ? 0 : layout->ColumnOf(name);
}

// 診療識別 stands in column 2 of the lines and comments of 医科, DPC and 歯科; GT and CD use the word for something
// else.
int GroupClassColumn(Flavour flavour, std::string_view id) {
  const bool in_group = id == "SI" || id == "IY" || id == "TO" || id == "SS" || id == "CO";
  return in_group ? ColumnOf(flavour, id, "診療識別") : 0;
}

int FirstDayColumn(Flavour flavour, std::string_view id) {
  const bool counts = id == "SI" || id == "IY" || id == "TO" || id == "SS";
  return counts ? ColumnOf(flavour, id, "1日の情報") : 0;
}

int64_t Number(std::string_view digits) {
  int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace

SideLines::SideLines(Flavour flavour, const std::vector<uke::Line>& all, const uke::LineDays& units, DayMask days)
    : flavour_(flavour), days_(days), unit_of_line_(all.size(), nullptr), section_stays_(all.size(), true) {
  for (const uke::Unit& unit : units.units) {
    for (size_t i = unit.first_line; i <= unit.last_line && i < unit_of_line_.size(); ++i) unit_of_line_[i] = &unit;
  }
  if (flavour_ == Flavour::kPharmacy) KeepSectionsWithDispensing(all);
}

std::optional<std::string> SideLines::TextOf(const uke::Line& line) {
  const std::string_view id = line.Id();
  if (!Stays(line)) {
    if (const int column = GroupClassColumn(flavour_, id); column > 0) {
      const std::string_view lost = uke::Column(line.text, column);
      if (!lost.empty()) lost_class_ = lost;
    }
    return std::nullopt;
  }
  return WithGroupClass(Shrunk(line), id);
}

// Whether the line carries the counts of its unit (a comment between such lines does not).
bool SideLines::BelongsToItsUnit(const uke::Line& line) const {
  return line.number < unit_of_line_.size() && unit_of_line_[line.number] != nullptr &&
         (FirstDayColumn(flavour_, line.Id()) > 0 || IsDated(line.Id()));
}

bool SideLines::Stays(const uke::Line& line) {
  const std::string_view id = line.Id();
  if (id == "RE") lost_class_.clear();
  if (flavour_ == Flavour::kPharmacy && FollowsDispensing(id)) return dispensing_stays_;
  if (flavour_ == Flavour::kPharmacy && id == "SH") {
    dispensing_stays_ = section_stays_[line.number];
    return dispensing_stays_;
  }
  if (!BelongsToItsUnit(line)) return true;
  const DayMask unit_days = unit_of_line_[line.number]->days;
  const bool stays =
      unit_days.Empty() || !(unit_days & days_).Empty();  // without a day it cannot be attributed: to both
  if (IsDated(id)) dispensing_stays_ = stays;
  return stays;
}

void SideLines::KeepSectionsWithDispensing(const std::vector<uke::Line>& all) {
  std::optional<size_t> section;
  bool any_dispensing = false, any_stays = false;
  const auto close = [&] {
    if (section && any_dispensing) section_stays_[*section] = any_stays;
  };
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].Id() == "SH") {
      close();
      section = i;
      any_dispensing = any_stays = false;
    } else if (all[i].Id() == "CZ" && unit_of_line_[i] != nullptr) {
      const DayMask unit_days = unit_of_line_[i]->days;
      any_dispensing = true;
      any_stays = any_stays || unit_days.Empty() || !(unit_days & days_).Empty();
    }
  }
  close();
}

std::string SideLines::Shrunk(const uke::Line& line) const {
  const int first_day = FirstDayColumn(flavour_, line.Id());
  if (first_day == 0) return std::string(line.text);
  std::vector<std::pair<int, std::string>> changes;
  int64_t count = 0;
  for (int day = 1; day <= 31; ++day) {
    const std::string_view text = uke::Column(line.text, first_day + day - 1);
    if (text.empty()) continue;
    if (days_.Has(day)) {
      count += Number(text);
    } else {
      changes.emplace_back(first_day + day - 1, "");
    }
  }
  if (changes.empty()) return std::string(line.text);
  const int count_column = ColumnOf(flavour_, line.Id(), "回数");
  if (!uke::Column(line.text, count_column).empty()) changes.emplace_back(count_column, std::to_string(count));
  return uke::WithColumns(line.text, changes);
}

std::string SideLines::WithGroupClass(std::string text, std::string_view id) {
  const int column = GroupClassColumn(flavour_, id);
  if (column == 0) return text;
  if (!lost_class_.empty() && uke::Column(text, column).empty()) text = uke::WithColumns(text, {{column, lost_class_}});
  lost_class_.clear();
  return text;
}

}  // namespace furikae::rules
