#include "core/calendar.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_format.h"

namespace furikae {
namespace {

// Proleptic Gregorian arithmetic on years that begin in March, so that the leap day is the last of its year.
constexpr int64_t DaysFromCivil(int64_t year, int month, int day) {
  year -= month <= 2;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

struct Civil {
  int64_t year;
  int month, day;
};

constexpr Civil CivilFromDays(int64_t days) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int64_t day_of_era = days - era * 146097;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t march_month = (5 * day_of_year + 2) / 153;
  const int month = static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
  return {year_of_era + era * 400 + (month <= 2), month,
          static_cast<int>(day_of_year - (153 * march_month + 2) / 5 + 1)};
}

constexpr bool IsLeap(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr int LengthOf(int64_t year, int month) {
  constexpr std::array<int, 12> kLengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kLengths[month - 1];
}

// The first and last day of each era. 明治 was made to begin with its (lunar) year; 大正 and 昭和 began on the day the
// era before ended, so that day has two names; 平成 and 令和 began the day after.
struct Era {
  int year_before;  // western year = year_before + year of the era
  int32_t first, last;
};
constexpr int32_t DayNumber(int year, int month, int day) {
  return static_cast<int32_t>(DaysFromCivil(year, month, day));
}
constexpr std::array<Era, 5> kEras = {{
    {1867, DayNumber(1868, 1, 25), DayNumber(1912, 7, 30)},
    {1911, DayNumber(1912, 7, 30), DayNumber(1926, 12, 25)},
    {1925, DayNumber(1926, 12, 25), DayNumber(1989, 1, 7)},
    {1988, DayNumber(1989, 1, 8), DayNumber(2019, 4, 30)},
    {2018, DayNumber(2019, 5, 1), DayNumber(9999, 12, 31)},
}};

// The digits of text[from, from + count) as a number, or -1 when one of them is no digit.
int Digits(std::string_view text, size_t from, size_t count) {
  int value = 0;
  for (size_t i = from; i < from + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

const Era* EraOf(char letter) { return letter >= '1' && letter <= '5' ? &kEras[letter - '1'] : nullptr; }

std::optional<Date> ParseWareki(std::string_view text) {
  const Era* era = EraOf(text[0]);
  const int year = Digits(text, 1, 2);
  if (era == nullptr || year < 1) return std::nullopt;
  const std::optional<Date> day = Date::Of(era->year_before + year, Digits(text, 3, 2), Digits(text, 5, 2));
  if (!day || day->days < era->first || day->days > era->last) return std::nullopt;
  return day;
}

std::optional<ServiceMonth> MonthOf(int year, int month) {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return std::nullopt;
  return ServiceMonth::Of(year, month);
}

// A month belongs to an era when one of its days does: January 1989 is both 昭和64 and 平成1.
std::optional<ServiceMonth> ParseWarekiMonth(std::string_view text) {
  const Era* era = EraOf(text[0]);
  const int year = Digits(text, 1, 2);
  if (era == nullptr || year < 1) return std::nullopt;
  const std::optional<ServiceMonth> month = MonthOf(era->year_before + year, Digits(text, 3, 2));
  if (!month || month->LastDay().days < era->first || month->FirstDay().days > era->last) return std::nullopt;
  return month;
}

constexpr int64_t kSecondsPerDay = 86400;
constexpr int64_t kJapanOffset = 9 * 3600;
constexpr int64_t kLastPrintable = (DaysFromCivil(9999, 12, 31) + 1) * kSecondsPerDay - 1 - kJapanOffset;

int64_t FloorDivide(int64_t value, int64_t by) { return value >= 0 ? value / by : -((-value + by - 1) / by); }

// "Z", "+09:00" → seconds east of Greenwich.
std::optional<int64_t> ParseOffset(std::string_view text) {
  if (text == "Z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const int hours = Digits(text, 1, 2), minutes = Digits(text, 4, 2);
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

}  // namespace

std::optional<Date> Date::Of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > LengthOf(year, month)) return std::nullopt;
  return Date{static_cast<int32_t>(DaysFromCivil(year, month, day))};
}

std::optional<Date> Date::Parse(std::string_view text) {
  switch (text.size()) {
    case 10:
      if (text[4] != '-' || text[7] != '-') return std::nullopt;
      return Of(Digits(text, 0, 4), Digits(text, 5, 2), Digits(text, 8, 2));
    case 8:
      return Of(Digits(text, 0, 4), Digits(text, 4, 2), Digits(text, 6, 2));
    case 7:
      return ParseWareki(text);
    default:
      return std::nullopt;
  }
}

int Date::Year() const { return static_cast<int>(CivilFromDays(days).year); }
int Date::Month() const { return CivilFromDays(days).month; }
int Date::Day() const { return CivilFromDays(days).day; }

std::string Date::ToString() const {
  if (*this == kOpenEnd) return "";
  const Civil civil = CivilFromDays(days);
  return absl::StrFormat("%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

std::string Date::ToCompact() const {
  if (*this == kOpenEnd) return "";
  const Civil civil = CivilFromDays(days);
  return absl::StrFormat("%04d%02d%02d", civil.year, civil.month, civil.day);
}

int AgeOn(Date birth, Date day) {
  const Civil born = CivilFromDays(birth.days), now = CivilFromDays(day.days);
  const bool birthday_reached = now.month > born.month || (now.month == born.month && now.day >= born.day);
  return static_cast<int>(now.year - born.year) - (birthday_reached ? 0 : 1);
}

std::vector<int> DayMask::Days() const {
  std::vector<int> days;
  days.reserve(Count());
  for (uint32_t rest = bits; rest != 0; rest &= rest - 1) days.push_back(std::countr_zero(rest) + 1);
  return days;
}

std::string DayMask::ToString() const {
  std::string text;
  for (int day : Days()) {
    if (!text.empty()) text += ' ';
    text += std::to_string(day);
  }
  return text;
}

std::optional<ServiceMonth> ServiceMonth::Parse(std::string_view text) {
  switch (text.size()) {
    case 7:
      if (text[4] != '-') return std::nullopt;
      return MonthOf(Digits(text, 0, 4), Digits(text, 5, 2));
    case 6:
      return MonthOf(Digits(text, 0, 4), Digits(text, 4, 2));
    case 5:
      return ParseWarekiMonth(text);
    default:
      return std::nullopt;
  }
}

int ServiceMonth::Length() const { return LengthOf(Year(), Month()); }
Date ServiceMonth::FirstDay() const { return {static_cast<int32_t>(DaysFromCivil(Year(), Month(), 1))}; }
Date ServiceMonth::LastDay() const { return FirstDay().Plus(Length() - 1); }
DayMask ServiceMonth::AllDays() const { return {(uint32_t{1} << (Length() - 1) << 1) - 1}; }

DayMask ServiceMonth::DaysWithin(Date from, Date until) const {
  const int64_t first = FirstDay().days, length = Length();
  const int64_t begin = std::clamp<int64_t>(from.days - first, 0, length);
  const int64_t end = std::clamp<int64_t>(until.days - first, 0, length);
  if (begin >= end) return {};
  return {static_cast<uint32_t>((uint64_t{1} << end) - (uint64_t{1} << begin))};
}

std::string ServiceMonth::ToString() const { return absl::StrFormat("%04d-%02d", Year(), Month()); }
std::string ServiceMonth::ToCompact() const { return absl::StrFormat("%04d%02d", Year(), Month()); }

std::optional<Moment> Moment::Parse(std::string_view iso) {
  if (iso.size() < 20 || iso[10] != 'T' || iso[13] != ':' || iso[16] != ':') return std::nullopt;
  const std::optional<Date> day = Date::Parse(iso.substr(0, 10));
  const int hour = Digits(iso, 11, 2), minute = Digits(iso, 14, 2), second = Digits(iso, 17, 2);
  const std::optional<int64_t> offset = ParseOffset(iso.substr(19));
  if (!day || !offset || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return std::nullopt;
  return Moment{day->days * kSecondsPerDay + hour * 3600 + minute * 60 + second - *offset};
}

Moment Moment::LastSecondOf(ServiceMonth month) {
  return {(int64_t{month.LastDay().days} + 1) * kSecondsPerDay - 1 - kJapanOffset};
}

Date Moment::DayInJapan() const {
  if (*this == kEndOfTime) return kOpenEnd;
  return {static_cast<int32_t>(FloorDivide(std::min(seconds, kLastPrintable) + kJapanOffset, kSecondsPerDay))};
}

std::string Moment::ToString() const {
  const int64_t local = std::min(seconds, kLastPrintable) + kJapanOffset;
  const int64_t day = FloorDivide(local, kSecondsPerDay);
  const int64_t second = local - day * kSecondsPerDay;
  return absl::StrFormat("%sT%02d:%02d:%02d+09:00", Date{static_cast<int32_t>(day)}.ToString(), second / 3600,
                         second / 60 % 60, second % 60);
}

}  // namespace furikae
