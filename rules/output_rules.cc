#include "rules/output_rules.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "core/concat.h"
#include "core/decision.h"
#include "core/uke/cp932.h"
#include "rules/table_member.h"

namespace furikae::rules {
namespace {

// What the columns 返戻事由コード and 返戻理由 of the HR record take: uke_layouts.md, HR.
constexpr size_t kLongestCode = 5;     // bytes
constexpr size_t kLongestText = 1000;  // bytes of CP932

bool IsCode(const OutputValue& value) {
  return !value.text.empty() && value.text.size() <= kLongestCode &&
         std::all_of(value.text.begin(), value.text.end(), [](unsigned char c) { return absl::ascii_isalnum(c); });
}

bool IsReasonText(const OutputValue& value) {
  const std::optional<std::string> bytes = uke::ToCp932(value.text);
  return bytes && !bytes->empty() && bytes->size() <= kLongestText &&
         std::none_of(bytes->begin(), bytes->end(), [](unsigned char c) { return c < ' ' || c == ',' || c == '"'; });
}

std::string Written(const OutputValue& value) { return value.text.empty() ? std::to_string(value.number) : value.text; }

// "RETURNED", "RETURNED or SPLIT".
std::string Choice(const std::vector<std::string_view>& values) { return Joined(values, " or "); }

std::string MustBe(const Answer& answer) {
  return answer.values.empty() ? Concat("\"", answer.output, "\" must be given")
                               : Concat("\"", answer.output, "\" must be ", Choice(answer.values));
}

}  // namespace

Vocabulary OneOf(std::vector<std::string_view> names) {
  std::string expected = names.size() == 1 ? std::string(names.front()) : Concat("one of ", Joined(names, " "));
  return {OutputType::kText, std::move(expected), [names = std::move(names)](const OutputValue& value) {
            return std::find(names.begin(), names.end(), value.text) != names.end();
          }};
}

Vocabulary Number(int64_t low, int64_t high) {
  return {OutputType::kNumber, Concat("a number from ", low, " to ", high),
          [=](const OutputValue& value) { return low <= value.number && value.number <= high; }};
}

Vocabulary Flag() {
  return {OutputType::kFlag, "true or false", [](const OutputValue&) { return true; }};
}

Vocabulary True() {
  return {OutputType::kFlag, "true, or left out", [](const OutputValue& value) { return value.number == 1; }};
}

Vocabulary Word() {
  return {OutputType::kText, "a text that is not blank", [](const OutputValue& value) { return !IsBlank(value.text); }};
}

Vocabulary Digits(size_t count) {
  return {OutputType::kText, Concat(count, " digits"), [=](const OutputValue& value) {
            return value.text.size() == count && std::all_of(value.text.begin(), value.text.end(),
                                                             [](unsigned char c) { return absl::ascii_isdigit(c); });
          }};
}

Vocabulary ReturnCode() {
  return {OutputType::kText, Concat("1 to ", kLongestCode, " letters or digits, for which the return record has room"),
          IsCode};
}

Vocabulary ReturnText() {
  return {OutputType::kText,
          Concat("1 to ", kLongestText,
                 " bytes of CP932 without comma, quote or line end, for which the return record has room"),
          IsReasonText};
}

Vocabulary ReturnReason() {
  Vocabulary reason = Number(1, 99);
  reason.table = "return_reasons";
  reason.row = [](const OutputValue& value) { return ReturnReasonName(static_cast<int>(value.number)); };
  return reason;
}

Vocabulary ConfirmationClass() {
  Vocabulary of_the_check = Number(1, 99);
  of_the_check.table = "confirmation_classes";
  of_the_check.row = [](const OutputValue& value) { return absl::StrFormat("%02d", value.number); };
  return of_the_check;
}

Vocabulary RowOf(std::string_view table) {
  Vocabulary row = Word();
  row.table = table;
  row.row = [](const OutputValue& value) { return value.text; };
  return row;
}

bool Answer::In(const Row& row) const {
  const OutputValue* given = row.Output(output);
  return given != nullptr &&
         (values.empty() || std::find(values.begin(), values.end(), Written(*given)) != values.end());
}

std::string Answer::ToString() const {
  return values.empty() ? Concat("\"", output, "\" is given") : Concat("\"", output, "\" is ", Choice(values));
}

RowRule Needs(std::string_view output) {
  const Answer answer{output};
  return {MustBe(answer), [answer](const Row& row) { return answer.In(row); }};
}

RowRule EitherOr(std::string_view one, std::string_view other) {
  return {Concat("either \"", one, "\" or \"", other, "\" must be given, and not both"),
          [=](const Row& row) { return (row.Output(one) != nullptr) != (row.Output(other) != nullptr); }};
}

RowRule Where(Answer one, Answer other) {
  std::string says = Concat("where ", one.ToString(), ", ", MustBe(other));
  return {std::move(says),
          [one = std::move(one), other = std::move(other)](const Row& row) { return !one.In(row) || other.In(row); }};
}

RowRule AtLeast(std::string_view high, std::string_view low) {
  return {Concat("\"", high, "\" must be at least \"", low, "\""), [=](const Row& row) {
            const OutputValue *more = row.Output(high), *less = row.Output(low);
            return more == nullptr || less == nullptr || more->number >= less->number;
          }};
}

}  // namespace furikae::rules
