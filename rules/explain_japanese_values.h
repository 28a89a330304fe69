// rules/explain_japanese_values.h — values as a Japanese letter writes them: 令和6年10月, 1,234円, 全日.
//
//   JapaneseValue(Declarations()[fact], value);     // "一部の日" for card_days SOME; "記録なし" for kAbsent
//
// Nothing can fail: what has no Japanese word is written as tables write it. Pure and thread-safe. Source: DESIGN §11
// (the words); uke_layouts.md §1 (the eras).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/calendar.h"
#include "rules/facts.h"

namespace furikae::rules {

std::string Grouped(int64_t number);          // 1234567 → "1,234,567"
std::string WarekiDate(Date date);            // 令和元年5月1日; before 明治 as a western year; "" for kOpenEnd
std::string WarekiMonth(ServiceMonth month);  // by the era at its end
std::string WarekiMoment(Moment moment);      // Japan time
std::span<const std::string_view> JapaneseOutcomes();  // by the enumerators' numbers
std::span<const std::string_view> JapaneseOrigins();
std::string JapaneseValue(const FactDeclaration& fact, int64_t value);

}  // namespace furikae::rules
