#include "rules/what_if.h"

#include <algorithm>

#include "core/concat.h"
#include "core/status.h"
#include "core/uke/receipt.h"
#include "nlohmann/json.hpp"
#include "rules/receipt_facts.h"
#include "rules/stored_claim.h"
#include "rules/table_condition.h"

namespace furikae::rules {
namespace {

// The value as JSON would write it: true, 3, "LAPSED", "2024-10".
nlohmann::json AsJson(const FactDeclaration& fact, std::string_view value) {
  if (fact.type != FactType::kFlag && fact.type != FactType::kNumber) return std::string(value);
  return nlohmann::json::parse(value.begin(), value.end(), nullptr, /*allow_exceptions=*/false);
}

}  // namespace

absl::StatusOr<PinnedFact> ReadPinnedFact(std::string_view text) {
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return absl::InvalidArgumentError(Concat("\"", text,
                                             "\" is no assumption; write fact=value, such as "
                                             "card_collected=false"));
  }
  const std::string_view name = text.substr(0, equals), value = text.substr(equals + 1);
  const auto facts = Declarations();
  const auto found =
      std::find_if(facts.begin(), facts.end(), [name](const FactDeclaration& fact) { return fact.name == name; });
  if (found == facts.end()) {
    return absl::InvalidArgumentError(
        Concat("there is no fact \"", name, "\"; `furikae claim explain` names those that spoke"));
  }
  const int fact = static_cast<int>(found - facts.begin());
  if (value == "absent") return PinnedFact{fact, kAbsent};
  const nlohmann::json json = AsJson(*found, value);
  if (json.is_array() || json.is_object() || json.is_null() || json.is_discarded()) {
    return absl::InvalidArgumentError(Concat("\"", value, "\" is no single value of ", name));
  }
  ASSIGN_OR_RETURN(const ValueSet set, ReadCondition(*found, json));
  return PinnedFact{fact, set.intervals().front().low};
}

absl::StatusOr<Decision> DecideAssuming(const storage::Store& store, const Rulebook& rulebook, storage::ClaimKey key,
                                        const Assumptions& assumptions) {
  ASSIGN_OR_RETURN(const storage::Claim claim, store.GetClaim(key));
  if (claim.state == storage::ClaimState::kReceived)
    return absl::FailedPreconditionError("the claim is not decided yet; there is nothing to compare with");
  ASSIGN_OR_RETURN(const storage::Submission submission, store.GetSubmission(key.submission));
  ASSIGN_OR_RETURN(const std::string bytes, store.GetReceipt(key));
  ASSIGN_OR_RETURN(const uke::Receipt receipt, uke::ReadReceipt(HeadOf(submission), bytes));
  ASSIGN_OR_RETURN(const storage::RegistryIndex* index, store.registry().index());
  const bool closed = claim.state == storage::ClaimState::kClosed;
  DecideContext context;
  context.claim_month = submission.claim_month;
  context.now = assumptions.as_of.value_or(claim.decision.moment);
  context.closing_month = closed ? claim.closed_month : submission.claim_month;
  context.people = &claim.people;
  context.settle_open = closed;
  context.paper = submission.paper;
  context.assumed = assumptions.facts;
  return Decider(rulebook, *index, store.registry(), store.masters()).Decide(receipt, context);
}

}  // namespace furikae::rules
