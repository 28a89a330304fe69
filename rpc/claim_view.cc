#include "rpc/claim_view.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/concat.h"
#include "core/status.h"
#include "rules/export/decisions.h"

namespace furikae::rpc {
namespace {

std::string_view StateName(storage::ClaimState state) {
  switch (state) {
    case storage::ClaimState::kReceived:
      return "RECEIVED";
    case storage::ClaimState::kDecided:
      return "DECIDED";
    case storage::ClaimState::kClosed:
      return "CLOSED";
  }
  return "";
}

std::optional<storage::ClaimState> ParseState(std::string_view name) {
  for (auto state : {storage::ClaimState::kReceived, storage::ClaimState::kDecided, storage::ClaimState::kClosed}) {
    if (StateName(state) == name) return state;
  }
  return std::nullopt;
}

// Reads `value` into the field that `key` names; false when either is not understood.
bool ReadTerm(std::string_view key, std::string_view value, ClaimFilter& filter) {
  if (key == "outcome") return (filter.outcome = ParseOutcome(value)).has_value();
  if (key == "origin") return (filter.origin = ParseOrigin(value)).has_value();
  if (key == "institution") return (filter.institution = InstitutionCode::Parse(value)).has_value();
  if (key == "month") return (filter.month = ServiceMonth::Parse(value)).has_value();
  if (key == "service_month") return (filter.service_month = ServiceMonth::Parse(value)).has_value();
  if (key == "state") return (filter.state = ParseState(value)).has_value();
  if (key == "flag") {
    filter.flag = std::string(value);
    const auto names = FlagNames(~uint32_t{0});
    return std::find(names.begin(), names.end(), value) != names.end();
  }
  return false;
}

}  // namespace

absl::Status FillClaimView(const storage::Store& store, const storage::Claim& claim, v1::ClaimView& view) {
  ASSIGN_OR_RETURN(*view.mutable_claim_id(), store.ClaimId(claim.key));
  view.set_state(std::string(StateName(claim.state)));
  view.set_review_open(claim.review_open);
  view.set_inquiry_open(claim.inquiry_open);
  view.set_deferred(claim.deferred);
  if (claim.state == storage::ClaimState::kReceived) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string json, rules::DecisionJson(store, claim));
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, view.mutable_decision());
  if (!parsed.ok()) return absl::InternalError(absl::StrCat("decision of ", view.claim_id(), " is no JSON object"));
  return absl::OkStatus();
}

bool ClaimFilter::Keeps(const storage::Claim& claim, const storage::Submission& submission) const {
  if (outcome && claim.decision.outcome != *outcome) return false;
  if (origin && claim.decision.origin != *origin) return false;
  if (state && claim.state != *state) return false;
  if (service_month && claim.service_month != *service_month) return false;
  if (institution && submission.institution != *institution) return false;
  if (month && submission.claim_month != *month) return false;
  if (flag.empty()) return true;
  const auto names = FlagNames(claim.decision.flags);
  return std::find(names.begin(), names.end(), flag) != names.end();
}

absl::StatusOr<ClaimFilter> ParseClaimFilter(std::string_view text) {
  ClaimFilter filter;
  for (const std::string& term : std::vector<std::string>(absl::StrSplit(AbslView(text), ' ', absl::SkipEmpty()))) {
    const size_t equals = term.find('=');
    if (equals == std::string::npos || !ReadTerm(term.substr(0, equals), term.substr(equals + 1), filter)) {
      return absl::InvalidArgumentError(
          Concat("filter term \"", term,
                 "\" is not understood; write key=value with outcome, origin, institution, month, "
                 "service_month, state or flag, for example outcome=SPLIT flag=RATE_DIFFERS"));
    }
  }
  return filter;
}

}  // namespace furikae::rpc
