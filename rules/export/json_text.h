// rules/export/json_text.h — texts and lists in JSON, appended in place: decisions.jsonl is written by hand for its
// speed.
//
// Nothing can fail. Thread-safe. Source: RFC 8259 §7 (what is escaped); files.md decisions.jsonl.
#pragma once

#include <string>
#include <string_view>

#include "core/calendar.h"

namespace furikae::rules {

// Quoted and escaped. Bytes that are no UTF-8 become U+FFFD, so that a line is valid JSON whatever a file held.
void AppendJsonText(std::string_view text, std::string& out);
// [1,5,22]
void AppendJsonDays(DayMask days, std::string& out);

}  // namespace furikae::rules
