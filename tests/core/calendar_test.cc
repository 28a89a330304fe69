// Days, months, eras and moments (decisions.md §1, uke_layouts.md §1).
#include "core/calendar.h"

#include <gtest/gtest.h>

#include "absl/strings/str_format.h"

namespace furikae {
namespace {

Date Day(int year, int month, int day) { return Date::Of(year, month, day).value(); }

TEST(DateTest, EveryDayFrom1868To2100FollowsTheOneBefore) {
  int32_t expected = Day(1868, 1, 1).days;
  for (int year = 1868; year <= 2100; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= ServiceMonth::Of(year, month).Length(); ++day, ++expected) {
        const Date date = Day(year, month, day);
        ASSERT_EQ(date.days, expected);
        ASSERT_EQ(date.Year(), year);
        ASSERT_EQ(date.Month(), month);
        ASSERT_EQ(date.Day(), day);
        ASSERT_EQ(Date::Parse(date.ToString()), date);
        ASSERT_EQ(Date::Parse(date.ToCompact()), date);
      }
    }
  }
  EXPECT_EQ(Day(1970, 1, 1).days, 0);
}

TEST(DateTest, EveryDaySinceMeijiHasExactlyTheErasItLayIn) {
  const int year_before[] = {1867, 1911, 1925, 1988, 2018};
  const Date first[] = {Day(1868, 1, 25), Day(1912, 7, 30), Day(1926, 12, 25), Day(1989, 1, 8), Day(2019, 5, 1)};
  const Date last[] = {Day(1912, 7, 30), Day(1926, 12, 25), Day(1989, 1, 7), Day(2019, 4, 30), Day(2100, 12, 31)};
  for (Date day = Day(1868, 1, 1); day <= Day(2100, 12, 31); day = day.Plus(1)) {
    for (int era = 0; era < 5; ++era) {
      const int year = day.Year() - year_before[era];
      if (year < 0 || year > 99) continue;
      const std::string wareki = absl::StrFormat("%d%02d%02d%02d", era + 1, year, day.Month(), day.Day());
      const bool in_era = first[era] <= day && day <= last[era];
      ASSERT_EQ(Date::Parse(wareki), in_era ? std::optional<Date>(day) : std::nullopt) << wareki;
    }
  }
}

TEST(DateTest, WarekiKnowsTheFirstAndLastDayOfEachEra) {
  struct Case {
    const char* text;
    std::optional<Date> day;
  };
  const Case cases[] = {{"3640107", Day(1989, 1, 7)},  {"3640108", std::nullopt},      {"4010108", Day(1989, 1, 8)},
                        {"4010107", std::nullopt},     {"4310430", Day(2019, 4, 30)},  {"4310501", std::nullopt},
                        {"5010501", Day(2019, 5, 1)},  {"5010430", std::nullopt},      {"1450730", Day(1912, 7, 30)},
                        {"2010730", Day(1912, 7, 30)}, {"2151225", Day(1926, 12, 25)}, {"3011225", Day(1926, 12, 25)},
                        {"3011224", std::nullopt},     {"0010101", std::nullopt},      {"6010101", std::nullopt},
                        {"5000101", std::nullopt},     {"5060230", std::nullopt},      {"5060229", Day(2024, 2, 29)}};
  for (const Case& c : cases) EXPECT_EQ(Date::Parse(c.text), c.day) << c.text;
}

TEST(DateTest, OnlyRealDaysInTheThreeSpellingsAreDates) {
  EXPECT_EQ(Date::Parse("2024-02-29"), Day(2024, 2, 29));
  for (const char* text :
       {"", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-1-01", "2024/01/01", "20240100", "2024010",
        "202401011", "2024-01-0a", "２０２４", "-2024010", "2024--1-01", "00000101"}) {
    EXPECT_EQ(Date::Parse(text), std::nullopt) << text;
  }
  EXPECT_EQ(Date::Parse("2000-02-29"), Day(2000, 2, 29));
}

TEST(DateTest, AnOpenEndPrintsAsBlank) {
  EXPECT_EQ(kOpenEnd.ToString(), "");
  EXPECT_EQ(kOpenEnd.ToCompact(), "");
}

TEST(DateTest, AgeCountsCompletedYearsOnTheCalendarBirthday) {
  EXPECT_EQ(AgeOn(Day(1949, 10, 5), Day(2024, 10, 4)), 74);
  EXPECT_EQ(AgeOn(Day(1949, 10, 5), Day(2024, 10, 5)), 75);
  EXPECT_EQ(AgeOn(Day(2020, 2, 29), Day(2024, 2, 28)), 3);
  EXPECT_EQ(AgeOn(Day(2020, 2, 29), Day(2023, 2, 28)), 2);
  EXPECT_EQ(AgeOn(Day(2020, 2, 29), Day(2023, 3, 1)), 3);
  EXPECT_EQ(AgeOn(Day(2024, 10, 5), Day(2024, 10, 5)), 0);
}

TEST(ServiceMonthTest, ReadsWesternAndWarekiByLength) {
  EXPECT_EQ(ServiceMonth::Parse("202410"), ServiceMonth::Of(2024, 10));
  EXPECT_EQ(ServiceMonth::Parse("2024-10"), ServiceMonth::Of(2024, 10));
  EXPECT_EQ(ServiceMonth::Parse("50610"), ServiceMonth::Of(2024, 10));
  EXPECT_EQ(ServiceMonth::Parse("36401"), ServiceMonth::Of(1989, 1));
  EXPECT_EQ(ServiceMonth::Parse("40101"), ServiceMonth::Of(1989, 1));
  EXPECT_EQ(ServiceMonth::Parse("43104"), ServiceMonth::Of(2019, 4));
  EXPECT_EQ(ServiceMonth::Parse("50105"), ServiceMonth::Of(2019, 5));
  for (const char* text :
       {"", "43105", "50104", "36402", "202413", "202400", "2024-1", "2024/10", "60101", "50013", "000001"}) {
    EXPECT_EQ(ServiceMonth::Parse(text), std::nullopt) << text;
  }
}

TEST(ServiceMonthTest, KnowsItsDays) {
  for (int year : {1900, 2000, 2023, 2024, 2100}) {
    for (int month = 1; month <= 12; ++month) {
      const ServiceMonth m = ServiceMonth::Of(year, month);
      EXPECT_EQ(m.LastDay().Plus(1), m.Plus(1).FirstDay());
      EXPECT_EQ(m.AllDays().Count(), m.Length());
      EXPECT_EQ(m.AllDays().Last(), m.Length());
      EXPECT_EQ(ServiceMonth::Parse(m.ToString()), m);
      EXPECT_EQ(ServiceMonth::Parse(m.ToCompact()), m);
    }
  }
  EXPECT_EQ(ServiceMonth::Of(2024, 1).Plus(-1), ServiceMonth::Of(2023, 12));
}

TEST(ServiceMonthTest, DaysWithinAPeriodStopTheDayBeforeItsEnd) {
  const ServiceMonth october = ServiceMonth::Of(2024, 10);
  const Date first = october.FirstDay();
  for (int from = -3; from <= 34; ++from) {
    for (int until = -3; until <= 34; ++until) {
      DayMask expected;
      for (int day = 1; day <= 31; ++day) {
        if (from <= day - 1 && day - 1 < until) expected.Add(day);
      }
      ASSERT_EQ(october.DaysWithin(first.Plus(from), first.Plus(until)), expected) << from << ' ' << until;
    }
  }
  EXPECT_EQ(october.DaysWithin(Day(1950, 1, 1), kOpenEnd), october.AllDays());
}

TEST(DayMaskTest, ListsItsDaysInOrder) {
  const DayMask days = DayMask::Of({31, 3, 10});
  EXPECT_EQ(days.ToString(), "3 10 31");
  EXPECT_EQ(days.Days(), (std::vector<int>{3, 10, 31}));
  EXPECT_EQ(days.First(), 3);
  EXPECT_EQ(days.Last(), 31);
  EXPECT_EQ(DayMask{}.ToString(), "");
}

TEST(MomentTest, IsAlwaysPrintedInJapanTime) {
  EXPECT_EQ(Moment::Parse("2024-10-31T23:59:59+09:00").value().ToString(), "2024-10-31T23:59:59+09:00");
  EXPECT_EQ(Moment::Parse("2024-10-31T14:59:59Z").value().ToString(), "2024-10-31T23:59:59+09:00");
  EXPECT_EQ(Moment::Parse("2024-10-31T09:29:59-05:30").value().ToString(), "2024-10-31T23:59:59+09:00");
  EXPECT_EQ(Moment::Parse("1969-12-31T23:59:59+09:00").value().ToString(), "1969-12-31T23:59:59+09:00");
  EXPECT_EQ(Moment::LastSecondOf(ServiceMonth::Of(2024, 2)).ToString(), "2024-02-29T23:59:59+09:00");
  EXPECT_EQ(Moment::Parse("2024-10-31T15:00:00Z").value().DayInJapan(), Day(2024, 11, 1));
  EXPECT_EQ(kEndOfTime.DayInJapan(), kOpenEnd);
  EXPECT_EQ(kEndOfTime.ToString(), "9999-12-31T23:59:59+09:00");
}

TEST(MomentTest, AnUnrealOrOpenMomentIsNone) {
  for (const char* text : {"", "2024-10-31", "2024-10-31T23:59:59", "2024-10-31 23:59:59Z", "2024-10-31T24:00:00Z",
                           "2024-10-31T23:60:00Z", "2024-02-30T00:00:00Z", "2024-10-31T23:59:59+0900",
                           "2024-10-31T23:59:59+09:60", "2024-10-31T2a:59:59Z", "20241031T235959+09:00"}) {
    EXPECT_EQ(Moment::Parse(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace furikae
