// rules/output_rules.h — what the rows of a decision table may answer: the values that the program understands, and
// which outputs go together.
//
//   Vocabulary agency = Number(1, 2);                              // agency.expected: "a number from 1 to 2"
//   RowRule rule = Where({"outcome", {"RETURNED"}}, {"reason"});   // rule.says: where "outcome" is RETURNED, "reason"
//   … if (!rule.kept(row)) …
//
// Values are told apart as they are written, numbers in decimal. Thread-safe. Source: uke_layouts.md (HR) for what a
// return record carries; core/decision.h for the names.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/table.h"

namespace furikae::rules {

// What one output can be.
struct Vocabulary {
  OutputType::Kind kind = OutputType::kText;
  std::string expected;  // in words: "one of HAND_OVER RETURN"
  std::function<bool(const OutputValue&)> holds;
  // Where it names a row of a table: of which, and its id.
  std::string_view table = {};
  std::string (*row)(const OutputValue&) = nullptr;
};

Vocabulary OneOf(std::vector<std::string_view> names);
Vocabulary Number(int64_t low, int64_t high);  // both included
Vocabulary Flag();
Vocabulary True();  // where the row says it at all
Vocabulary Word();  // a text that is not blank
Vocabulary Digits(size_t count);
Vocabulary ReturnCode();                   // the columns 返戻事由コード and
Vocabulary ReturnText();                   // 返戻理由 of the HR record
Vocabulary ReturnReason();                 // a row of return_reasons: 5 = R05
Vocabulary ConfirmationClass();            // a row of confirmation_classes: 4 = 04
Vocabulary RowOf(std::string_view table);  // of any other, by its id

// That a row gives an output; with one of these values, where any are named.
struct Answer {
  std::string_view output;
  std::vector<std::string_view> values = {};

  bool In(const Row& row) const;
  std::string ToString() const;  // "outcome" is RETURNED
};

// What has to be true of the outputs of every row.
struct RowRule {
  std::string says;
  std::function<bool(const Row&)> kept;
};

RowRule Needs(std::string_view output);
RowRule EitherOr(std::string_view one, std::string_view other);  // exactly one of the two
RowRule Where(Answer one, Answer other);                         // whatever gives the one gives the other
RowRule AtLeast(std::string_view high, std::string_view low);    // two numbers, where both are given

}  // namespace furikae::rules
