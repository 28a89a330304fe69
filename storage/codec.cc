#include "storage/codec.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <charconv>
#include <cstring>

#include "core/concat.h"
#include "core/status.h"

namespace furikae::storage {
namespace {

#define SAME_NUMBER(ours, stored) static_assert(static_cast<int>(ours) == static_cast<int>(schema::stored))
SAME_NUMBER(EventKind::kUnknown, EVENT_KIND_UNKNOWN);
SAME_NUMBER(EventKind::kSubmitted, EVENT_KIND_SUBMITTED);
SAME_NUMBER(EventKind::kDecided, EVENT_KIND_DECIDED);
SAME_NUMBER(EventKind::kPeopleActed, EVENT_KIND_PEOPLE_ACTED);
SAME_NUMBER(EventKind::kMonthClosed, EVENT_KIND_MONTH_CLOSED);
SAME_NUMBER(EventKind::kLateIdentified, EVENT_KIND_LATE_IDENTIFIED);
SAME_NUMBER(EventKind::kLateUndone, EVENT_KIND_LATE_UNDONE);
SAME_NUMBER(EventKind::kTableLoaded, EVENT_KIND_TABLE_LOADED);
SAME_NUMBER(EventKind::kPoolApportioned, EVENT_KIND_POOL_APPORTIONED);
#undef SAME_NUMBER

// One message per thread and type: Clear() keeps the memory of strings and repeated fields for the next record.
template <typename Message>
Message& Reused() {
  thread_local Message message;
  message.Clear();
  return message;
}

void Append(const google::protobuf::MessageLite& message, std::string& out) { message.AppendToString(&out); }

absl::Status Parse(std::string_view kind, std::string_view bytes, google::protobuf::MessageLite& message) {
  if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return absl::OkStatus();
  return absl::DataLossError(Concat("a stored ", kind, " cannot be read: its bytes are damaged"));
}

constexpr std::string_view kInstitutionAccount = "institution/";
constexpr std::string_view kInsurerAccount = "insurer/";
constexpr size_t kInstitutionDigits = 10;
constexpr size_t kInsurerDigits = 8;

// The number of "institution/<10 digits>", "insurer/<8 digits>"; nullopt when the account is not exactly that.
std::optional<uint64_t> AccountNumber(std::string_view account, std::string_view prefix, size_t digits) {
  if (account.size() != prefix.size() + digits || !account.starts_with(prefix)) return std::nullopt;
  uint64_t number = 0;
  const char* end = account.data() + account.size();
  const auto [stop, error] = std::from_chars(end - digits, end, number);
  // Zero is kept as text: as a number it would read as "no account".
  if (error != std::errc() || stop != end || number == 0) return std::nullopt;
  return number;
}

void SetAccount(const std::string& account, schema::LedgerLine* line) {
  if (auto institution = AccountNumber(account, kInstitutionAccount, kInstitutionDigits)) {
    line->set_institution(*institution);
  } else if (auto insurer = AccountNumber(account, kInsurerAccount, kInsurerDigits)) {
    line->set_insurer(static_cast<uint32_t>(*insurer));
  } else {
    line->set_name(account);
  }
}

std::string AccountOf(const schema::LedgerLine& line) {
  if (line.has_institution()) return Concat(kInstitutionAccount, InstitutionCode{line.institution()}.ToString());
  if (line.has_insurer()) return Concat(kInsurerAccount, InsurerNumber{line.insurer()}.ToString());
  return line.name();
}

}  // namespace

void SerializeClaim(const Claim& claim, std::string& out) {
  schema::Claim& message = Reused<schema::Claim>();
  ToMessage(claim, &message);
  message.clear_submission();
  message.clear_receipt();
  Append(message, out);
}

absl::StatusOr<Claim> ParseClaim(ClaimKey key, std::string_view bytes) {
  schema::Claim& message = Reused<schema::Claim>();
  RETURN_IF_ERROR(Parse("claim", bytes, message));
  ASSIGN_OR_RETURN(Claim claim, FromMessage(message));
  claim.key = key;
  return claim;
}

std::string SerializeDecided(std::string_view claim, ClaimKey key) {
  schema::Claim& message = Reused<schema::Claim>();  // what the stored value leaves to its key
  message.set_submission(key.submission);
  message.set_receipt(key.receipt);
  std::string key_fields, payload;
  Append(message, key_fields);
  payload.reserve(claim.size() + key_fields.size() + 8);
  google::protobuf::io::StringOutputStream stream(&payload);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.WriteTag(google::protobuf::internal::WireFormatLite::MakeTag(
      schema::Decided::kClaimFieldNumber, google::protobuf::internal::WireFormatLite::WIRETYPE_LENGTH_DELIMITED));
  out.WriteVarint32(static_cast<uint32_t>(claim.size() + key_fields.size()));
  out.WriteRaw(claim.data(), static_cast<int>(claim.size()));
  out.WriteString(key_fields);
  out.Trim();
  return payload;
}

void SerializeSubmission(const Submission& submission, std::string& out) {
  schema::Submission& message = Reused<schema::Submission>();
  ToMessage(submission, &message);
  message.clear_sequence();
  message.set_original(submission.original);
  Append(message, out);
}

absl::StatusOr<Submission> ParseSubmission(uint32_t sequence, std::string_view bytes) {
  schema::Submission& message = Reused<schema::Submission>();
  RETURN_IF_ERROR(Parse("submission", bytes, message));
  ASSIGN_OR_RETURN(Submission submission, FromMessage(message));
  submission.sequence = sequence;
  return submission;
}

void SerializePool(const Pool& pool, std::string& out) {
  schema::Pool& message = Reused<schema::Pool>();
  ToMessage(pool, &message);
  Append(message, out);
}

absl::StatusOr<Pool> ParsePool(std::string_view bytes) {
  schema::Pool& message = Reused<schema::Pool>();
  RETURN_IF_ERROR(Parse("pool", bytes, message));
  return FromMessage(message);
}

void SerializeLedgerEntry(const LedgerEntry& entry, std::string& out) {
  schema::LedgerEntry& message = Reused<schema::LedgerEntry>();
  message.set_kind(entry.kind);
  for (const LedgerLine& line : entry.lines) {
    schema::LedgerLine* stored = message.add_lines();
    SetAccount(line.account, stored);
    stored->set_debit(line.debit.value);
    stored->set_credit(line.credit.value);
  }
  Append(message, out);
}

absl::Status ParseLedgerEntry(std::string_view bytes, LedgerEntry* entry) {
  schema::LedgerEntry& message = Reused<schema::LedgerEntry>();
  RETURN_IF_ERROR(Parse("ledger entry", bytes, message));
  entry->kind = message.kind();
  entry->lines.clear();
  for (const schema::LedgerLine& stored : message.lines()) {
    entry->lines.push_back({AccountOf(stored), {stored.debit()}, {stored.credit()}});
  }
  return absl::OkStatus();
}

void SerializeEventBody(const Event& event, std::string& out) {
  schema::Event& message = Reused<schema::Event>();
  message.set_kind(static_cast<schema::EventKind>(event.kind));
  message.set_month(event.month.index);
  message.set_moment(event.moment.seconds);
  message.set_submission(event.claim.submission);
  message.set_receipt(event.claim.receipt);
  message.set_payload(event.payload);
  Append(message, out);
}

absl::StatusOr<Event> ParseEvent(uint64_t sequence, std::string_view bytes) {
  schema::Event& message = Reused<schema::Event>();
  RETURN_IF_ERROR(Parse("event", bytes, message));
  if (!schema::EventKind_IsValid(message.kind()) || message.hash().size() != sizeof(Digest)) {
    return absl::DataLossError("a stored event has no known kind or no hash");
  }
  Event event;
  event.sequence = sequence;
  event.kind = static_cast<EventKind>(message.kind());
  event.month.index = message.month();
  event.moment.seconds = message.moment();
  event.claim = {message.submission(), message.receipt()};
  event.payload = message.payload();
  std::memcpy(event.hash.data(), message.hash().data(), sizeof(Digest));
  return event;
}

}  // namespace furikae::storage
