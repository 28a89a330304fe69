// core/calendar.h — days, service months, sets of days within a month, moments; and the Japanese era calendar (和暦) of
// old files.
//
//   ServiceMonth m = *ServiceMonth::Parse("202410");            // also "2024-10", and wareki "50610" (Reiwa 6)
//   DayMask visits = DayMask::Of({3, 10, 22});                  // days 3, 10 and 22 of the month
//   visits & m.DaysWithin(qualified_from, disqualified_on);     // the days that a coverage is valid
//   Moment now = Moment::LastSecondOf(m);                       // the default moment of a run, Japan time (+09:00)
//
// No clock is read anywhere: time is passed in. A disqualification date (資格喪失日) is the first day without the
// qualification, so every period here is half open. Source: decisions.md §1; uke_layouts.md §1 (dates).
#pragma once

#include <bit>
#include <compare>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace furikae {

// A day, counted from 1970-01-01. Ordered by time.
struct Date {
  int32_t days = 0;
  auto operator<=>(const Date&) const = default;
  static std::optional<Date> Of(int year, int month, int day);  // nullopt when there is no such day
  // "2024-10-05", "20241005", or GYYMMDD in wareki (G = 1 明治 … 5 令和), told apart by length. Real days only.
  static std::optional<Date> Parse(std::string_view text);
  int Year() const;
  int Month() const;
  int Day() const;
  Date Plus(int day_count) const { return {days + day_count}; }
  std::string ToString() const;   // "2024-10-05"; "" for kOpenEnd
  std::string ToCompact() const;  // "20241005"; "" for kOpenEnd
};
inline constexpr Date kOpenEnd{std::numeric_limits<int32_t>::max()};  // "still in force"

// Completed years of age on `day` of someone born on `birth`. Legally an age is reached at the end of the day before
// the birthday; the fee system's classes use the calendar birthday, which is what this returns.
int AgeOn(Date birth, Date day);

// A set of days of one month: bit d-1 is day d.
struct DayMask {
  uint32_t bits = 0;
  auto operator<=>(const DayMask&) const = default;
  static DayMask Of(std::initializer_list<int> days) {
    DayMask m;
    for (int d : days) m.Add(d);
    return m;
  }
  static DayMask Single(int day) { return {uint32_t{1} << (day - 1)}; }
  void Add(int day) { bits |= uint32_t{1} << (day - 1); }
  bool Has(int day) const { return (bits >> (day - 1)) & 1; }
  bool Empty() const { return bits == 0; }
  int Count() const { return std::popcount(bits); }
  int First() const { return bits == 0 ? 0 : std::countr_zero(bits) + 1; }  // 0 when empty
  int Last() const { return bits == 0 ? 0 : 32 - std::countl_zero(bits); }
  bool Covers(DayMask other) const { return (other.bits & ~bits) == 0; }
  std::vector<int> Days() const;
  std::string ToString() const;  // "3 10 22"
  friend DayMask operator&(DayMask a, DayMask b) { return {a.bits & b.bits}; }
  friend DayMask operator|(DayMask a, DayMask b) { return {a.bits | b.bits}; }
  friend DayMask operator-(DayMask a, DayMask b) { return {a.bits & ~b.bits}; }
};

// A calendar month: of service (診療年月) or of claim (請求年月).
struct ServiceMonth {
  int32_t index = 0;  // year × 12 + (month − 1)
  auto operator<=>(const ServiceMonth&) const = default;
  static ServiceMonth Of(int year, int month) { return {year * 12 + month - 1}; }
  static ServiceMonth OfDate(Date day) { return Of(day.Year(), day.Month()); }
  // "202410", "2024-10", or GYYMM in wareki ("50610").
  static std::optional<ServiceMonth> Parse(std::string_view text);
  int Year() const { return index / 12; }
  int Month() const { return index % 12 + 1; }
  int Length() const;  // days in the month
  Date FirstDay() const;
  Date LastDay() const;
  Date Day(int day) const { return FirstDay().Plus(day - 1); }
  DayMask AllDays() const;
  DayMask DaysWithin(Date from, Date until) const;  // the days d of the month with from <= d < until
  ServiceMonth Plus(int months) const { return {index + months}; }
  std::string ToString() const;   // "2024-10"
  std::string ToCompact() const;  // "202410"
};

// A moment of Japan time, in seconds since 1970-01-01T00:00:00Z.
struct Moment {
  int64_t seconds = 0;
  auto operator<=>(const Moment&) const = default;
  static std::optional<Moment> Parse(
      std::string_view iso);                       // "2024-10-31T23:59:59+09:00"; "Z" and other offsets are accepted
  static Moment LastSecondOf(ServiceMonth month);  // the default moment of a claim month's run
  Date DayInJapan() const;
  std::string ToString() const;  // always +09:00
};
inline constexpr Moment kEndOfTime{std::numeric_limits<int64_t>::max()};

}  // namespace furikae
