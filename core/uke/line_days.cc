#include <algorithm>

#include "core/uke/columns.h"
#include "core/uke/receipt.h"
#include "core/uke/scan.h"

namespace furikae::uke {
namespace {

constexpr std::string_view kMealClass = "97";
constexpr int kLongestNumber = 10;

// Codes of 負担区分 without 医保 among their payers: the insurance bears nothing. One code stands for each set of
// payers (医保, 公費1 to 公費4); these 15 are those of public expenses alone. It is how a record is written, not what a
// law grants: the record specification fixes the codes for every payer, as it does columns, so they stay with the
// reader and not in a table of rules. Source: 記録条件仕様 別表21 負担区分コード; uke_layouts.md §9 負担区分.
constexpr std::string_view kPublicOnly = "56BC7HIJKLRSTUZ";
bool InsuranceBearsCode(int burden) { return kPublicOnly.find(static_cast<char>(burden)) == std::string_view::npos; }

// What one line counts on each day.
struct DayCounts {
  uint32_t count[31] = {};
  DayMask days;
  int64_t sum = 0;
  bool readable = true;
};

// The 31 day columns at the end of `line`, from column `first`.
DayCounts ReadDays(std::string_view line, int first) {
  DayCounts out;
  const char* p = line.data();
  const char* const end = p + line.size();
  for (int column = 1; column < first && p < end; ++p) column += *p == ',';
  for (int day = 1; day <= 31 && p < end; ++day) {
    const char* const start = p;
    while (p < end && *p != ',') ++p;
    if (p > start) {
      const std::optional<int64_t> count = ParseDigits({start, static_cast<size_t>(p - start)}, 3);
      if (!count) {
        out.readable = false;
      } else if (*count > 0) {
        out.count[day - 1] = static_cast<uint32_t>(*count);
        out.days.Add(day);
        out.sum += *count;
      }
    }
    if (p < end) ++p;
  }
  return out;
}

class UnitReader {
 public:
  explicit UnitReader(const Receipt& receipt) : receipt_(receipt), plans_(PlansOf(receipt.flavour)) {}

  LineDays Read() {
    ForEachLine(receipt_.bytes, [this](std::string_view line, uint32_t number) {
      ReadLine(line, number);
      return true;
    });
    CloseUnit();
    const DayMask all = receipt_.service_month.AllDays();
    if (!all.Covers(out_.days | out_.meal_days | receipt_.JdDays())) out_.date_outside_month = true;
    return std::move(out_);
  }

 private:
  void ReadLine(std::string_view line, uint32_t number) {
    const RecordPlan& plan = plans_.Of(IdOf(line));
    if (plan.joins_previous) {
      if (dated_open_) out_.units.back().last_line = number;
      return;
    }
    dated_open_ = false;
    std::string_view values[kItems];
    switch (plan.kind) {
      case RecordKind::kRe:
        CloseUnit();
        class_ = {};
        return;
      case RecordKind::kRemark:
        TakeColumns(line, plan, values);
        if (!values[kLineClass].empty()) class_ = values[kLineClass];
        return;
      case RecordKind::kLine:
        return CountLine(line, number, plan);
      case RecordKind::kDated:
        return DatedLine(line, number, plan);
      case RecordKind::kBlanket:
        TakeColumns(line, plan, values);
        return AddBlanket(values[kLinePoints]);
      default:
        return;
    }
  }

  // SI IY TO SS: a unit runs up to and including the record that carries the points.
  void CountLine(std::string_view line, uint32_t number, const RecordPlan& plan) {
    std::string_view values[kItems];
    TakeColumns(line, plan, values);
    if (!values[kLineClass].empty()) class_ = values[kLineClass];
    const bool meals = class_ == kMealClass;
    if (open_ && unit_.meals != meals) CloseUnit();
    if (!open_) unit_ = Unit{.first_line = number};
    open_ = true;

    const DayCounts days = ReadDays(line, plan.first_day_column);
    const int64_t count = values[kLineCount].empty() ? 0 : ParseDigits(values[kLineCount], 3).value_or(-1);
    if (!days.readable || count != days.sum) out_.count_differs = true;
    unit_.last_line = number;
    unit_.meals = meals;
    unit_.count = static_cast<int>(std::max<int64_t>(count, 0));
    unit_.burden = values[kLineBurden].empty() ? 0 : static_cast<unsigned char>(values[kLineBurden][0]);
    unit_.days = days.days;
    for (int i = 0; i < 31; ++i) unit_.per_day[i] = static_cast<uint8_t>(std::min(days.count[i], 255u));
    too_many_a_day_ = std::any_of(std::begin(days.count), std::end(days.count), [](uint32_t n) { return n > 255; });
    if (meals) {
      out_.meal_days = out_.meal_days | days.days;
    } else {
      out_.days = out_.days | days.days;
    }
    if (values[kLinePoints].empty()) return;
    const std::optional<int64_t> points = ParseDigits(values[kLinePoints], kLongestNumber);
    if (!points) out_.count_differs = true;
    unit_.points = points.value_or(0);
    CloseUnit();
  }

  void CloseUnit() {
    if (!open_) return;
    open_ = false;
    out_.per_day_points_overflow += too_many_a_day_;
    if (unit_.meals) {
      for (uint8_t count : unit_.per_day) out_.meal_count += count;
    } else {
      Add(unit_.points * unit_.count, unit_.burden);
      if (unit_.points != 0 && unit_.days.Empty()) out_.unit_without_day = true;
    }
    out_.units.push_back(unit_);
  }

  // CZ KI KA: one date, and columns that add up to a total.
  void DatedLine(std::string_view line, uint32_t number, const RecordPlan& plan) {
    CloseUnit();
    std::string_view values[kItems];
    TakeColumns(line, plan, values);
    Unit unit{.first_line = number, .last_line = number, .count = 1};
    unit.burden = values[kLineBurden].empty() ? 0 : static_cast<unsigned char>(values[kLineBurden][0]);
    unit.points = SumOf(line, plan.point_columns);
    const std::optional<Date> date =
        AllDigits(values[kLineDate]) && values[kLineDate].size() >= 7 ? Date::Parse(values[kLineDate]) : std::nullopt;
    if (date && ServiceMonth::OfDate(*date) == receipt_.service_month) {
      unit.days.Add(date->Day());
      unit.per_day[date->Day() - 1] = 1;
      out_.days = out_.days | unit.days;
    } else {
      if (date) out_.date_outside_month = true;
      if (unit.points != 0) out_.unit_without_day = true;
    }
    Add(unit.points, unit.burden);
    out_.units.push_back(unit);
    dated_open_ = receipt_.flavour == Flavour::kPharmacy && IdOf(line) == "CZ";
  }

  int64_t SumOf(std::string_view line, const std::vector<uint8_t>& columns) {
    int64_t sum = 0;
    const char* p = line.data();
    const char* const end = p + line.size();
    int at = 1;
    for (uint8_t column : columns) {
      while (at < column && p < end) at += *p++ == ',';
      if (at < column) break;
      const char* const start = p;
      while (p < end && *p != ',') ++p;
      if (p == start) continue;
      const std::optional<int64_t> points = ParseDigits({start, static_cast<size_t>(p - start)}, kLongestNumber);
      if (!points) out_.count_differs = true;
      sum += points.value_or(0);
    }
    return sum;
  }

  // DPC's points of the month's bundle (今月包括合計点数): part of the total, on no particular day; may be negative.
  void AddBlanket(std::string_view text) {
    const bool negative = text.starts_with('-');
    const std::optional<int64_t> points = ParseDigits(text.substr(negative ? 1 : 0), kLongestNumber);
    if (points) Add(negative ? -*points : *points, '1');
  }

  void Add(int64_t points, int burden) {
    out_.points += points;
    if (InsuranceBearsCode(burden)) out_.insured_points += points;
  }

  const Receipt& receipt_;
  const Plans& plans_;
  LineDays out_;
  std::string_view class_;  // 診療識別, carried on from the record that begins the group
  Unit unit_;
  bool open_ = false;  // unit_ waits for its points
  bool too_many_a_day_ = false;
  bool dated_open_ = false;  // the last unit is a CZ that IY, TO and CO may follow
};

bool HasBeds(Flavour flavour) {
  return flavour == Flavour::kMedical || flavour == Flavour::kDpc || flavour == Flavour::kDental;
}

// An inpatient's stretch: from admission (or the first) to discharge, the last counted day, or the end of the month.
ReceiptDays StayOf(const Receipt& receipt, DayMask counted) {
  const ServiceMonth month = receipt.service_month;
  Date from = month.FirstDay(), to = month.LastDay();
  if (receipt.admitted && *receipt.admitted > from) from = *receipt.admitted;
  DaysFrom source = DaysFrom::kMonth;
  if (receipt.discharged && *receipt.discharged >= month.FirstDay()) {
    to = std::min(to, *receipt.discharged);
    source = DaysFrom::kLines;
  } else if (!counted.Empty()) {
    to = month.Day(counted.Last());
    source = DaysFrom::kLines;
  }
  return {month.DaysWithin(from, to.Plus(1)), source};
}

}  // namespace

bool Unit::InsuranceBears() const { return InsuranceBearsCode(burden); }

LineDays ReadLineDays(const Receipt& receipt) { return UnitReader(receipt).Read(); }

ReceiptDays DaysOf(const Receipt& receipt) {
  const DayMask month = receipt.service_month.AllDays();
  const DayMask visits = receipt.JdDays() & month;
  if (!visits.Empty()) return {visits, DaysFrom::kJd};
  const DayMask counted = ReadLineDays(receipt).days & month;
  if (HasBeds(receipt.flavour) && receipt.Inpatient()) {
    const ReceiptDays stay = StayOf(receipt, counted);
    if (!stay.days.Empty()) return stay;  // an admission after the last counted day contradicts itself
  }
  if (!counted.Empty()) return {counted, DaysFrom::kLines};
  return {month, DaysFrom::kMonth};
}

}  // namespace furikae::uke
