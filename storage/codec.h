// storage/codec.h — the records of storage/records.h and their bytes on disk, both ways.
//
//   std::string bytes;
//   SerializeClaim(claim, bytes);                                  // appended to `bytes`; without its key
//   ASSIGN_OR_RETURN(Claim again, ParseClaim(claim.key, bytes));   // equal to `claim`
//
//   schema::Decided decided;                                       // payload of an event
//   ToMessage(claim, decided.mutable_claim());                     // with its key
//
// Serialize… leaves out what the key says (storage/keys.h); Parse… takes it from there. ToMessage fills a cleared or
// new message; messages are reused per thread inside, so that writing a claim allocates next to nothing. Errors:
// DataLoss when bytes are no such message or hold a number that no enumerator has; the text names the kind of record,
// never its content. Amounts are in yen, as there. Thread-safe. Source: DESIGN §5 (values are protobuf); the layout is
// storage/schema/*.proto.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/records.h"
#include "storage/schema/claim.pb.h"
#include "storage/schema/event.pb.h"
#include "storage/schema/ledger.pb.h"
#include "storage/schema/pool.pb.h"
#include "storage/schema/submission.pb.h"

namespace furikae::storage {

void SerializeClaim(const Claim& claim, std::string& out);
absl::StatusOr<Claim> ParseClaim(ClaimKey key, std::string_view bytes);
// schema::Decided of the claim that SerializeClaim made `claim` of.
std::string SerializeDecided(std::string_view claim, ClaimKey key);

void SerializeSubmission(const Submission& submission, std::string& out);
absl::StatusOr<Submission> ParseSubmission(uint32_t sequence, std::string_view bytes);

void SerializePool(const Pool& pool, std::string& out);
absl::StatusOr<Pool> ParsePool(std::string_view bytes);

void SerializeLedgerEntry(const LedgerEntry& entry, std::string& out);
// `entry` comes with what its key says; kind and lines are filled in.
absl::Status ParseLedgerEntry(std::string_view bytes, LedgerEntry* entry);

// The event as stored, without its hash (that is what is hashed). storage/event_chain.h adds and checks hashes.
void SerializeEventBody(const Event& event, std::string& out);
// All fields but `previous`, which is the hash of the event before.
absl::StatusOr<Event> ParseEvent(uint64_t sequence, std::string_view bytes);

// For the payloads of events (storage/schema/event.proto): complete, with the keys inside.
void ToMessage(const Decision& decision, schema::Decision* message);
void ToMessage(const PeopleRow& row, schema::PeopleRow* message);
void ToMessage(const Claim& claim, schema::Claim* message);
void ToMessage(const Submission& submission, schema::Submission* message);  // without `original`
void ToMessage(const Pool& pool, schema::Pool* message);
absl::StatusOr<Decision> FromMessage(const schema::Decision& message);
absl::StatusOr<PeopleRow> FromMessage(const schema::PeopleRow& message);
absl::StatusOr<Claim> FromMessage(const schema::Claim& message);
absl::StatusOr<Submission> FromMessage(const schema::Submission& message);
absl::StatusOr<Pool> FromMessage(const schema::Pool& message);

}  // namespace furikae::storage
