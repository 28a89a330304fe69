// rpc/claim_view.h — a stored claim as the message that callers see: its state and its decision as in decisions.jsonl.
//
// Amounts are in yen and points as there. FillClaimView fails as reading the store does: NotFound, or DataLoss when
// what is stored is damaged; Internal when a decision cannot be told. Thread-safe. Source: DESIGN §9 (ClaimService,
// `filter`); files.md decisions.jsonl.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rpc/proto/furikae/v1/claim.pb.h"
#include "storage/store.h"

namespace furikae::rpc {

absl::Status FillClaimView(const storage::Store& store, const storage::Claim& claim, v1::ClaimView& view);

// A filter of ListClaims: terms "key=value" separated by blanks, joined by AND. Keys: outcome, origin, institution,
// month (claim month), service_month, flag, state. InvalidArgument names the term that is wrong and the keys there are.
struct ClaimFilter {
  std::optional<Outcome> outcome;
  std::optional<Origin> origin;
  std::optional<InstitutionCode> institution;
  std::optional<ServiceMonth> month, service_month;
  std::optional<storage::ClaimState> state;
  std::string flag;
  bool Keeps(const storage::Claim& claim, const storage::Submission& submission) const;
};
absl::StatusOr<ClaimFilter> ParseClaimFilter(std::string_view text);

}  // namespace furikae::rpc
