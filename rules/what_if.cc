#include "rules/what_if.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "core/concat.h"
#include "core/status.h"
#include "core/uke/receipt.h"
#include "nlohmann/json.hpp"
#include "rules/claim_decider.h"
#include "rules/contradiction.h"
#include "rules/patient_card.h"
#include "rules/receipt_facts.h"
#include "rules/stored_claim.h"
#include "rules/table_condition.h"

namespace furikae::rules {
namespace {

// The value as JSON would write it: true, 3, "LAPSED", "2024-10"; codes without the zeros before them.
nlohmann::json AsJson(const FactDeclaration& fact, std::string_view value) {
  if (fact.type != FactType::kFlag && !fact.IsInteger()) return std::string(value);
  while (fact.IsInteger() && value.size() > 1 && value[0] == '0' && absl::ascii_isdigit(value[1]))
    value.remove_prefix(1);
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
  const std::optional<int> fact = FindFact(Declarations(), name);
  if (!fact) {
    return absl::InvalidArgumentError(
        Concat("there is no fact \"", name,
               "\"; `furikae rules schema` lists all facts, `furikae claim explain --all-rows` those that were asked"));
  }
  if (value == "absent") return PinnedFact{*fact, kAbsent};
  const FactDeclaration& declaration = Declarations()[*fact];
  const nlohmann::json json = AsJson(declaration, value);
  if (json.is_array() || json.is_object() || json.is_null() || json.is_discarded()) {
    return absl::InvalidArgumentError(Concat("\"", value, "\" is no single value of ", name));
  }
  ASSIGN_OR_RETURN(const ValueSet set, ReadCondition(declaration, json));
  return PinnedFact{*fact, set.intervals().front().low};
}

absl::Status Assumptions::Add(std::string_view text) {
  ASSIGN_OR_RETURN(const PinnedFact pinned, ReadPinnedFact(text));
  const bool twice =
      std::any_of(facts.begin(), facts.end(), [&](const PinnedFact& other) { return other.fact == pinned.fact; });
  if (twice) return absl::InvalidArgumentError(Concat(Declarations()[pinned.fact].name, " is assumed twice"));
  facts.push_back(pinned);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Replay>> Replay::Of(const storage::Store& store, const Rulebook& rulebook,
                                                   storage::ClaimKey key) {
  ASSIGN_OR_RETURN(const storage::RegistryIndex* index, store.registry().index());
  std::unique_ptr<Replay> replay(new Replay(store, rulebook, *index));
  ASSIGN_OR_RETURN(replay->claim_, store.GetClaim(key));
  if (replay->claim_.state == storage::ClaimState::kReceived)
    return absl::FailedPreconditionError("the claim is not decided yet; there is nothing to compare with");
  ASSIGN_OR_RETURN(replay->submission_, store.GetSubmission(key.submission));
  ASSIGN_OR_RETURN(replay->bytes_, store.GetReceipt(key));
  ASSIGN_OR_RETURN(replay->receipt_, uke::ReadReceipt(HeadOf(replay->submission_), replay->bytes_));
  return replay;
}

absl::StatusOr<Decision> Replay::Decide(const Assumptions& assumptions, AskedTables* asked) const {
  if (assumptions.Any() && IsDuplicate()) return Contradicts({Contradiction::Cause::kDuplicate});
  const Moment now = assumptions.as_of.value_or(claim_.decision.moment);
  RETURN_IF_ERROR(CheckKnown(now, assumptions.facts));
  return DecideAt(now, assumptions.facts, asked);
}

absl::StatusOr<Decision> Replay::DecideAt(Moment now, std::span<const PinnedFact> facts, AskedTables* asked) const {
  DecideContext context;
  context.claim_month = submission_.claim_month;
  context.now = now;
  context.closing_month =
      claim_.state == storage::ClaimState::kReceived ? submission_.claim_month : claim_.decided_month;
  context.people = &claim_.people;
  context.settle_open =
      claim_.state == storage::ClaimState::kClosed || (claim_.decision.flags & kReviewOpen) != 0;  // as a close does
  context.paper = submission_.paper;
  context.assumed = facts;
  context.asked = asked;
  return decider_.Decide(receipt_, context);
}

absl::Status Replay::CheckKnown(Moment now, std::span<const PinnedFact> facts) const {
  const auto assumed = [facts](Fact fact, int64_t value) {
    return std::any_of(facts.begin(), facts.end(), [=](const PinnedFact& pinned) {
      return pinned.fact == static_cast<int>(fact) && pinned.value == value;
    });
  };
  constexpr auto kInForce = static_cast<int64_t>(storage::Standing::kInForce);
  if (assumed(Fact::kInsurerStanding, kInForce) && !receipt_.insurer)
    return Contradicts({Contradiction::Cause::kNoInsurer});
  constexpr auto kPatient = static_cast<int64_t>(CardHolder::kPatient);
  if (!assumed(Fact::kCardHolder, kPatient)) return absl::OkStatus();
  AskedTables asked;
  RETURN_IF_ERROR(DecideAt(now, {}, &asked).status());
  if (asked.front().facts.Get(Fact::kCardHolder) == kPatient) return absl::OkStatus();  // asked first: the origin
  return Contradicts({Contradiction::Cause::kNobodysCard});
}

absl::StatusOr<bool> Replay::AgreesWithStored() const {
  ASSIGN_OR_RETURN(Decision again, Decide());
  const Decision& stored = claim_.decision;
  if (!IsDuplicate()) return again.outcome == stored.outcome && again.trace == stored.trace;
  if (!stored.trace.empty()) again.trace.push_back(stored.trace.back());
  return again.trace == stored.trace;
}

bool Replay::IsDuplicate() const { return rules::IsDuplicate(claim_.decision); }

}  // namespace furikae::rules
