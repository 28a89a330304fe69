#include "storage/closed_months.h"

#include <algorithm>

namespace furikae::storage {
namespace {

template <typename AnyClaim>
void See(std::span<const ServiceMonth> closed, Outcome outcome, AnyClaim& claim) {
  claim.closed_month = ServiceMonth();
  if (claim.state == ClaimState::kReceived) return;
  if (IsSettled(outcome)) claim.closed_month = ClosedWith(closed, claim.decided_month);
  claim.state = claim.closed_month.index == 0 ? ClaimState::kDecided : ClaimState::kClosed;
}

}  // namespace

ServiceMonth ClosedWith(std::span<const ServiceMonth> closed, ServiceMonth month) {
  const auto first = std::lower_bound(closed.begin(), closed.end(), month);
  return first == closed.end() ? ServiceMonth() : *first;
}

void SeeClosed(std::span<const ServiceMonth> closed, Claim& claim) { See(closed, claim.decision.outcome, claim); }

void SeeClosed(std::span<const ServiceMonth> closed, ClaimOutcome& claim) { See(closed, claim.outcome, claim); }

}  // namespace furikae::storage
