#include "rules/rule_set.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "core/concat.h"
#include "core/status.h"
#include "core/uke/cp932.h"
#include "rules/decision_tables.h"
#include "rules/receipt_facts.h"
#include "rules/words.h"

namespace furikae::rules {
namespace {

// Asked outside the decision of a receipt: shares, pools, output files, words.
constexpr std::string_view kFurtherTables[] = {"rates",          "meal_burden",          "ladder",
                                               "return_reasons", "confirmation_classes", "flags",
                                               kForgottenWords,  kSelfDefenceWords};

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

absl::Status CheckReturnReasons(const Table& table) {
  for (const Row& row : table.rows()) {
    std::string wrong;
    const int64_t reason_class = row.Number("class", -1);
    if (reason_class < 0 || reason_class > kHighestClass) wrong = "class must be one digit";
    if (!IsCode(row.Text("code"))) wrong = Concat("code must be 1 to ", kLongestCode, " letters or digits");
    if (!IsReasonText(row.Text("text")))
      wrong = Concat("text must be 1 to ", kLongestText, " bytes of CP932 without comma, quote or line end");
    if (wrong.empty()) continue;
    return absl::InvalidArgumentError(
        Concat("table \"", table.name(), "\", row ", row.id, ": ", wrong, "; the return record has no room for it"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Rulebook> LoadRuleSet(const std::map<std::string, std::string>& files) {
  ASSIGN_OR_RETURN(Rulebook rulebook, Rulebook::Load(Declarations(), files));
  std::string missing = DecisionTables(rulebook).missing;
  for (std::string_view name : kFurtherTables) {
    if (missing.empty() && rulebook.Find(name) == nullptr) missing = name;
  }
  if (missing.empty()) {
    RETURN_IF_ERROR(CheckReturnReasons(*rulebook.Find("return_reasons")));
    return rulebook;
  }
  return absl::InvalidArgumentError(
      Concat("the rule set has no table \"", missing,
             "\"; copy it from the regulations that come with furikae and change it there"));
}

}  // namespace furikae::rules
