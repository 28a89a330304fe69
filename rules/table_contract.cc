#include "rules/table_contract.h"

#include <algorithm>

#include "rules/receipt_facts.h"
#include "rules/table_condition.h"
#include "rules/words.h"

namespace furikae::rules {
namespace {

ValueSet Choices(Fact fact, std::initializer_list<std::string_view> names) {
  const auto& choices = Declarations()[static_cast<size_t>(fact)].choices;
  ValueSet set;
  for (std::string_view name : names)
    set = Union(set, ValueSet::Of(std::find(choices.begin(), choices.end(), name) - choices.begin()));
  return set;
}

std::pair<const int, ValueSet> Known(Fact fact, ValueSet values) { return {static_cast<int>(fact), std::move(values)}; }

ValueSet Present(Fact fact) {
  return Difference(PossibleValues(Declarations()[static_cast<size_t>(fact)]), ValueSet::Absent());
}

ValueSet Digit() { return ValueSet::Between(0, 9); }

std::vector<TableContract> MakeContracts() {
  const auto agencies = {std::string_view("SHAHO"), std::string_view("KOKUHO")};
  const ValueSet routed = Choices(Fact::kRoutedAs, {"UNIDENTIFIED", "DISASTER_UNIDENTIFIED", "DISASTER_INSURER_KNOWN",
                                                    "INVALID_NUMBER", "LAPSED", "UNMATCHED"});
  const std::vector<std::string_view> action = {"outcome", "class", "reason", "next", "inquiry"};
  return {
      {"origin", {"origin", "flag"}, true, {}},
      {"contradiction", action, false, {}},
      {"completeness", {"outcome", "reason"}, false, {}},
      {"pool_agency", {"agency"}, true, {Known(Fact::kSubmittedTo, Choices(Fact::kSubmittedTo, agencies))}},
      {"routing_valid", action, true, {}},
      {"routing_lapsed", action, true, {}},
      {"routing_corrected",
       action,
       true,
       {Known(Fact::kCorrection, Choices(Fact::kCorrection, {"SAME_INSURER", "OTHER_INSURER"})),
        Known(Fact::kCardDays, Present(Fact::kCardDays))}},
      {"routing_identified",
       action,
       true,
       {Known(Fact::kIdentified, Present(Fact::kIdentified)), Known(Fact::kPeople, Present(Fact::kPeople)),
        Known(Fact::kRoutedAs, routed)}},
      {"routing_nothing",
       action,
       true,
       {Known(Fact::kMonthsSinceService, Present(Fact::kMonthsSinceService)), Known(Fact::kRoutedAs, routed)}},
      {"outside_registry", {"outside"}, false, {}},
      {"identification", {"grade"}, true, {}},
      {"insurer_synonyms", {"from", "to"}, false, {}},
      {"former_qualification_unregistered", {"outcome", "class", "reason"}, true, {}},
      {"unmatched_card", {"outcome", "class", "reason"}, true, {}},
      {"cross_agency", {"action", "reason"}, false, {}},
      {"coverage_rate", {"rate_per_cent"}, true, {}},
      {"bearer_system", {"late_elderly", "writes_rate"}, true, {}},
      {"receipt_type", {"as_claimed", "digit_2", "inpatient", "outpatient"}, true, {}},
      {"points_without_mf", {"limit"}, false, {}},
      {"exclusion_grounds", {"ground_of"}, false, {}},
      {"exclusions",
       {"transfer", "split", "unidentified_transfer", "unidentified_split", "lifts", "flag", "flag_on"},
       false,
       {}},
      {"rates",
       {"as_recorded", "rate_per_cent"},
       true,
       {Known(Fact::kTypeDigit2, Digit()), Known(Fact::kTypeDigit4, Digit())}},
      {"meal_burden", {"yen_per_meal"}, true, {}},
      {"ladder", {"scope", "months_from", "months_to", "basis"}, false, {}},
      {"return_reasons", {"class", "code", "text"}, false, {}},
      {"confirmation_classes", {"name"}, false, {}},
      {"flags", {"text"}, false, {}},
      {kForgottenWords, {"word"}, false, {}},
      {kSelfDefenceWords, {"word"}, false, {}},
      {kTwentyPerCentNotes, {"word"}, false, {}},
  };
}

}  // namespace

std::span<const TableContract> TableContracts() {
  static const auto& contracts = *new std::vector<TableContract>(MakeContracts());
  return contracts;
}

const TableContract* ContractOf(std::string_view table) {
  const auto contracts = TableContracts();
  const auto found = std::find_if(contracts.begin(), contracts.end(),
                                  [table](const TableContract& contract) { return contract.table == table; });
  return found == contracts.end() ? nullptr : &*found;
}

}  // namespace furikae::rules
