// storage/claim_outcome.h — the few fields of a stored claim that counting and closing ask of every one, read without
// the rest: several times faster than the whole claim.
//
//   ASSIGN_OR_RETURN(const ClaimOutcome claim, ParseClaimOutcome(key, bytes));
//
// The fields are those of Claim (storage/records.h), yen included. Thread-safe (no state). Source:
// storage/schema/claim.proto; the wire format of Protocol Buffers; decisions.md §8 (what closing asks).
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "storage/records.h"

namespace furikae::storage {

struct ClaimOutcome {
  ClaimKey key;
  ClaimState state = ClaimState::kReceived;
  ServiceMonth service_month, decided_month, closed_month;
  Outcome outcome = Outcome::kUndecided;
  Agency pool_agency = Agency::kUnknown;
  Yen insurer_yen;
  bool operator==(const ClaimOutcome&) const = default;
};

// That it is closed is not told by the bytes. DataLoss: they are not those of a claim.
absl::StatusOr<ClaimOutcome> ParseClaimOutcome(ClaimKey key, std::string_view bytes);

}  // namespace furikae::storage
