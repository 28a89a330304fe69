// storage/closed_months.h — which closed month a claim, or what was posted in a month, was closed with.
//
//   SeeClosed(closed, claim);                             // sets claim.state and claim.closed_month
//   const ServiceMonth with = ClosedWith(closed, month);  // index 0: with none yet
//
// Closing a month writes one mark for all its claims: a claim that is settled is closed with the first closed month
// that does not lie before the one it was decided in. `closed`: the closed months in their order (Store::ClosedMonths).
// Thread-safe (no state). Source: decisions.md §6, §8 (close); DESIGN §2.7.
#pragma once

#include <span>

#include "storage/claim_outcome.h"
#include "storage/records.h"

namespace furikae::storage {

ServiceMonth ClosedWith(std::span<const ServiceMonth> closed, ServiceMonth month);
void SeeClosed(std::span<const ServiceMonth> closed, Claim& claim);
void SeeClosed(std::span<const ServiceMonth> closed, ClaimOutcome& claim);

}  // namespace furikae::storage
