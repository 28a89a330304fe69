#include "storage/closed_months.h"

#include <algorithm>

namespace furikae::storage {

ServiceMonth ClosedWith(std::span<const ServiceMonth> closed, ServiceMonth month) {
  const auto first = std::lower_bound(closed.begin(), closed.end(), month);
  return first == closed.end() ? ServiceMonth() : *first;
}

void SeeClosed(std::span<const ServiceMonth> closed, Claim& claim) {
  claim.closed_month = ServiceMonth();
  if (claim.state == ClaimState::kReceived) return;
  if (IsSettled(claim.decision.outcome)) claim.closed_month = ClosedWith(closed, claim.decided_month);
  claim.state = claim.closed_month.index == 0 ? ClaimState::kDecided : ClaimState::kClosed;
}

}  // namespace furikae::storage
