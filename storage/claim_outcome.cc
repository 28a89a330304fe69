#include "storage/claim_outcome.h"

#include <google/protobuf/io/coded_stream.h>

#include "storage/schema/claim.pb.h"

namespace furikae::storage {
namespace {

// The fields of a protobuf message in the order in which they stand: `take(number, value, bytes)` gets the value of
// numbers and the bytes of messages and texts; fields of fixed length are passed over. False: this is no message.
template <typename Take>
bool ForEachField(std::string_view message, Take take) {
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(message.data()),
                                            static_cast<int>(message.size()));
  while (const uint32_t tag = in.ReadTag()) {
    uint64_t value = 0;
    uint32_t length = 0;
    std::string_view bytes;
    switch (tag & 7) {
      case 0:
        if (!in.ReadVarint64(&value)) return false;
        break;
      case 1:
        if (!in.Skip(8)) return false;
        continue;
      case 2:
        if (!in.ReadVarint32(&length)) return false;
        bytes = message.substr(static_cast<size_t>(in.CurrentPosition()), length);
        if (bytes.size() != length || !in.Skip(static_cast<int>(length))) return false;
        break;
      case 5:
        if (!in.Skip(4)) return false;
        continue;
      default:
        return false;
    }
    if (!take(static_cast<int>(tag >> 3), value, bytes)) return false;
  }
  return in.ConsumedEntireMessage();
}

template <typename Ours>
bool Take(uint64_t value, bool (*is_valid)(int), Ours& ours) {
  ours = static_cast<Ours>(value);
  return is_valid(static_cast<int>(value));
}

int64_t Signed(uint64_t zigzag) { return static_cast<int64_t>((zigzag >> 1) ^ (~(zigzag & 1) + 1)); }

bool ReadDecision(std::string_view bytes, ClaimOutcome& claim) {
  return ForEachField(bytes, [&](int number, uint64_t value, std::string_view) {
    switch (number) {
      case schema::Decision::kOutcomeFieldNumber:
        return Take(value, schema::Outcome_IsValid, claim.outcome);
      case schema::Decision::kInsurerYenFieldNumber:
        claim.insurer_yen.value = Signed(value);
        return true;
      case schema::Decision::kPoolAgencyFieldNumber:
        return Take(value, schema::Agency_IsValid, claim.pool_agency);
      default:
        return true;
    }
  });
}

}  // namespace

absl::StatusOr<ClaimOutcome> ParseClaimOutcome(ClaimKey key, std::string_view bytes) {
  ClaimOutcome claim{.key = key};
  const bool read = ForEachField(bytes, [&](int number, uint64_t value, std::string_view field) {
    switch (number) {
      case schema::Claim::kStateFieldNumber:
        return Take(value, schema::ClaimState_IsValid, claim.state);
      case schema::Claim::kServiceMonthFieldNumber:
        claim.service_month.index = static_cast<int32_t>(value);
        return true;
      case schema::Claim::kDecidedMonthFieldNumber:
        claim.decided_month.index = static_cast<int32_t>(value);
        return true;
      case schema::Claim::kDecisionFieldNumber:
        return ReadDecision(field, claim);
      default:
        return true;
    }
  });
  if (!read) return absl::DataLossError("a stored claim cannot be read: its bytes are damaged");
  return claim;
}

}  // namespace furikae::storage
