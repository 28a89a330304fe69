#include "storage/keys.h"

#include "absl/strings/escaping.h"
#include "core/concat.h"

namespace furikae::storage::keys {
namespace {

constexpr char kDigestTag = 'd';
constexpr char kClaimEventTag = 'c';
constexpr char kClaimEntry = 0;
constexpr char kPoolEntry = 1;
constexpr size_t kMonthBytes = 4;
constexpr size_t kClaimKeyBytes = 8;

void AppendClaim(ClaimKey key, std::string& out) {
  Append32(key.submission, out);
  Append32(key.receipt, out);
}

ClaimKey ReadClaim(std::string_view bytes) { return {Read32(bytes), Read32(bytes.substr(4))}; }

void AppendMonth(ServiceMonth month, std::string& out) { Append32(static_cast<uint32_t>(month.index), out); }

ServiceMonth ReadMonth(std::string_view bytes) { return {static_cast<int32_t>(Read32(bytes))}; }

std::string_view BytesOf(const Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

bool IsLowerHexDigit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

void Append32(uint32_t number, std::string& out) {
  const char bytes[4] = {static_cast<char>(number >> 24), static_cast<char>(number >> 16),
                         static_cast<char>(number >> 8), static_cast<char>(number)};
  out.append(bytes, sizeof(bytes));
}

void Append64(uint64_t number, std::string& out) {
  Append32(static_cast<uint32_t>(number >> 32), out);
  Append32(static_cast<uint32_t>(number), out);
}

uint32_t Read32(std::string_view bytes) {
  uint32_t number = 0;
  for (int i = 0; i < 4; ++i) number = number << 8 | static_cast<uint8_t>(bytes[i]);
  return number;
}

uint64_t Read64(std::string_view bytes) { return uint64_t{Read32(bytes)} << 32 | Read32(bytes.substr(4)); }

std::string OfClaim(ClaimKey key) {
  std::string out;
  AppendClaim(key, out);
  return out;
}

std::optional<ClaimKey> ParseClaim(std::string_view key) {
  if (key.size() != kClaimKeyBytes) return std::nullopt;
  return ReadClaim(key);
}

std::string OfSubmission(uint32_t sequence) {
  std::string out(1, kSubmissionTag);
  Append32(sequence, out);
  return out;
}

std::string OfDigest(const Digest& digest) { return Concat(std::string(1, kDigestTag), BytesOf(digest)); }

std::optional<std::string> DigestRange(std::string_view hex) {
  if (hex.size() % 2 != 0 || hex.size() > 2 * sizeof(Digest)) return std::nullopt;
  for (char c : hex) {
    if (!IsLowerHexDigit(c)) return std::nullopt;
  }
  return Concat(std::string(1, kDigestTag), absl::HexStringToBytes(AbslView(hex)));
}

std::optional<uint32_t> ParseSubmission(std::string_view key) {
  if (key.size() != 1 + 4 || key[0] != kSubmissionTag) return std::nullopt;
  return Read32(key.substr(1));
}

std::string OfEvent(uint64_t sequence) {
  std::string out(1, kEventTag);
  Append64(sequence, out);
  return out;
}

std::optional<uint64_t> ParseEvent(std::string_view key) {
  if (key.size() != 1 + 8 || key[0] != kEventTag) return std::nullopt;
  return Read64(key.substr(1));
}

std::string ClaimEvents(ClaimKey claim) {
  std::string out(1, kClaimEventTag);
  AppendClaim(claim, out);
  return out;
}

std::string OfClaimEvent(ClaimKey claim, uint64_t sequence) {
  std::string out = ClaimEvents(claim);
  Append64(sequence, out);
  return out;
}

std::optional<uint64_t> ParseClaimEvent(std::string_view key) {
  if (key.size() != 1 + kClaimKeyBytes + 8 || key[0] != kClaimEventTag) return std::nullopt;
  return Read64(key.substr(1 + kClaimKeyBytes));
}

std::string OfPool(const PoolKey& pool) {
  std::string out;
  Append64(pool.institution.value, out);
  out.push_back(static_cast<char>(pool.agency));
  AppendMonth(pool.service_month, out);
  AppendMonth(pool.late_month, out);
  return out;
}

std::string OfFingerprint(const Digest& fingerprint) { return std::string(BytesOf(fingerprint)); }

std::string LedgerMonth(ServiceMonth month) {
  std::string out;
  AppendMonth(month, out);
  return out;
}

std::string LedgerOfClaim(ServiceMonth month, ClaimKey claim) {
  std::string out = LedgerMonth(month);
  out.push_back(kClaimEntry);
  AppendClaim(claim, out);
  return out;
}

std::string OfLedgerEntry(const LedgerEntry& entry) {
  std::string out;
  if (entry.claim) {
    out = LedgerOfClaim(entry.month, *entry.claim);
  } else {
    out = LedgerMonth(entry.month);
    out.push_back(kPoolEntry);
    out.append(entry.pool).push_back('\0');
  }
  Append32(entry.number, out);
  return out;
}

bool ParseLedgerEntry(std::string_view key, LedgerEntry* entry) {
  constexpr size_t kHead = kMonthBytes + 1, kNumber = 4;
  if (key.size() < kHead + kNumber) return false;
  std::string_view owner = key.substr(kHead, key.size() - kHead - kNumber);
  entry->month = ReadMonth(key);
  entry->number = Read32(key.substr(key.size() - kNumber));
  if (key[kMonthBytes] == kClaimEntry) {
    entry->claim = ParseClaim(owner);
    entry->pool.clear();
    return entry->claim.has_value();
  }
  if (key[kMonthBytes] != kPoolEntry || owner.empty() || owner.back() != '\0') return false;
  entry->claim.reset();
  entry->pool = owner.substr(0, owner.size() - 1);
  return true;
}

std::string OfRollup(const RollupKey& rollup) {
  std::string out;
  AppendMonth(rollup.month, out);
  out.append(rollup.dimension).push_back('\0');
  out.append(rollup.member);
  return out;
}

std::optional<RollupKey> ParseRollup(std::string_view key) {
  if (key.size() < kMonthBytes) return std::nullopt;
  const size_t end = key.find('\0', kMonthBytes);
  if (end == std::string_view::npos) return std::nullopt;
  return RollupKey{ReadMonth(key), std::string(key.substr(kMonthBytes, end - kMonthBytes)),
                   std::string(key.substr(end + 1))};
}

std::string OfClosedMonth(ServiceMonth month) {
  std::string out(kClosedPrefix);
  AppendMonth(month, out);
  return out;
}

std::string OfRuleSet(std::string_view digest) { return Concat("rules/", digest); }

std::string OfLoaded(const Digest& digest) { return Concat("loaded/", BytesOf(digest)); }

}  // namespace furikae::storage::keys
