// storage/event_chain.h — the hash chain over the event log: each event's hash covers the hash before it.
//
//   EventHasher hasher;
//   Digest hash = hasher.Hash(previous, sequence, body);   // SHA-256(previous · sequence, 8 bytes big-endian · body)
//
// An event changed, removed or put in between breaks the chain at that place. The hash of no event is all zero;
// sequences start at 1. Not thread-safe: one hasher per writer or walker. Source: DESIGN §5;
// storage/schema/event.proto.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "storage/records.h"

struct evp_md_ctx_st;

namespace furikae::storage {

class EventHasher {
 public:
  EventHasher();
  ~EventHasher();
  EventHasher(const EventHasher&) = delete;
  EventHasher& operator=(const EventHasher&) = delete;
  Digest Hash(const Digest& previous, uint64_t sequence, std::string_view body);

 private:
  evp_md_ctx_st* context_;
};

// The end of the chain so far.
struct ChainEnd {
  uint64_t sequence = 0;
  Digest hash{};
  bool operator==(const ChainEnd&) const = default;
};
std::string EncodeChainEnd(const ChainEnd& end);
bool DecodeChainEnd(std::string_view bytes, ChainEnd* end);

// Adds the hash to a serialized event, as its last field.
void AppendHash(const Digest& hash, std::string& event_bytes);
// The stored event without its hash field; empty when it has none.
std::string_view BodyOf(std::string_view event_bytes);

}  // namespace furikae::storage
