#include "rules/rule_set.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "core/concat.h"
#include "core/status.h"
#include "core/uke/cp932.h"
#include "rules/receipt_facts.h"
#include "rules/table_contract.h"

namespace furikae::rules {
namespace {

// What the columns 返戻区分, 返戻事由コード and 返戻理由 of the HR record take: uke_layouts.md, HR.
constexpr int64_t kHighestClass = 9;
constexpr size_t kLongestCode = 5;     // bytes
constexpr size_t kLongestText = 1000;  // bytes of CP932

bool IsCode(std::string_view code) {
  return !code.empty() && code.size() <= kLongestCode &&
         std::all_of(code.begin(), code.end(), [](unsigned char c) { return absl::ascii_isalnum(c); });
}

bool IsReasonText(std::string_view text) {
  const std::optional<std::string> bytes = uke::ToCp932(text);
  return bytes && !bytes->empty() && bytes->size() <= kLongestText &&
         std::none_of(bytes->begin(), bytes->end(), [](unsigned char c) { return c < ' ' || c == ',' || c == '"'; });
}

// Outputs that end up in a record or in a product of yen, and what they can be.
struct OutputBound {
  std::string_view table, output;
  int64_t low, high;
};
constexpr OutputBound kBounds[] = {
    {"rates", "rate_per_cent", 0, 100},          {"coverage_rate", "rate_per_cent", 0, 100},
    {"meal_burden", "yen_per_meal", 0, 100'000}, {"receipt_type", "digit_2", 0, 9},
    {"receipt_type", "inpatient", 0, 9},         {"receipt_type", "outpatient", 0, 9},
};

// A row that gives a rate or a type gives it whole.
bool MayBeMissing(const Row& row) { return row.Number("as_recorded") != 0 || row.Number("as_claimed") != 0; }

void CheckBounds(const Rulebook& rulebook, std::vector<TableComplaint>& complaints) {
  for (const OutputBound& bound : kBounds) {
    const Table* table = rulebook.Find(bound.table);
    if (table == nullptr) continue;
    for (const Row& row : table->rows()) {
      const OutputValue* output = row.Output(bound.output);
      if (output == nullptr && MayBeMissing(row)) continue;
      if (output != nullptr && output->number >= bound.low && output->number <= bound.high) continue;
      complaints.push_back(
          {std::string(table->file()), "table", std::string(table->name()), row.id,
           Concat("output \"", bound.output, "\" must be a number from ", bound.low, " to ", bound.high)});
    }
  }
}

void CheckReturnReasons(const Rulebook& rulebook, std::vector<TableComplaint>& complaints) {
  const Table* table = rulebook.Find("return_reasons");
  if (table == nullptr) return;
  for (const Row& row : table->rows()) {
    const auto complain = [&](std::string_view wrong) {
      complaints.push_back({std::string(table->file()), "table", std::string(table->name()), row.id,
                            Concat(wrong, "; the return record has no room for it")});
    };
    const int64_t reason_class = row.Number("class", -1);
    if (reason_class < 0 || reason_class > kHighestClass) complain("class must be one digit");
    if (!IsCode(row.Text("code"))) complain(Concat("code must be 1 to ", kLongestCode, " letters or digits"));
    if (!IsReasonText(row.Text("text")))
      complain(Concat("text must be 1 to ", kLongestText, " bytes of CP932 without comma, quote or line end"));
  }
}

}  // namespace

std::vector<TableComplaint> CheckOutputs(const Rulebook& rulebook) {
  std::vector<TableComplaint> complaints;
  CheckReturnReasons(rulebook, complaints);
  CheckBounds(rulebook, complaints);
  return complaints;
}

absl::StatusOr<Rulebook> LoadRuleSet(const std::map<std::string, std::string>& files) {
  ASSIGN_OR_RETURN(Rulebook rulebook, Rulebook::Load(Declarations(), files));
  for (const TableContract& contract : TableContracts()) {
    if (rulebook.Find(contract.table) != nullptr) continue;
    return absl::InvalidArgumentError(
        Concat("the rule set has no table \"", contract.table,
               "\"; copy it from the regulations that come with furikae and change it there"));
  }
  const std::vector<TableComplaint> complaints = CheckOutputs(rulebook);
  if (complaints.empty()) return rulebook;
  const TableComplaint& first = complaints.front();
  return absl::InvalidArgumentError(Concat("table \"", first.table, "\", row ", first.row, ": ", first.reason));
}

}  // namespace furikae::rules
