// rules/explain_json.h — an explanation as JSON, for programs: every field of it, always in the same order.
//
//   std::cout << ExplanationJson(why);          // one line: {"claim_id":"1311234567-1-…","decided":true,…}
//
// Codes, months, days and amounts are written as in decisions.jsonl, conditions as tables write values, both titles of
// each row. What does not apply is null, what was not asked for is null as well. An example stands in rules/README.md.
// Amounts are in yen, points as on the receipt (`unit` says which). Nothing can fail; bytes that are no UTF-8 become
// U+FFFD. Pure, thread-safe. Source: files.md decisions.jsonl (how things are written); decisions.md §9.11 (every
// outcome has a trace).
#pragma once

#include <string>

#include "rules/explanation.h"

namespace furikae::rules {

std::string ExplanationJson(const Explanation& why);

}  // namespace furikae::rules
