#include "rules/duplicate.h"

#include <algorithm>
#include <string>

#include "core/status.h"
#include "rules/stored_claim.h"

namespace furikae::rules {
namespace {

using storage::ClaimKey;
using storage::Digest;

void AppendText(std::string_view text, std::string& out) {
  out.append(text);
  out.push_back('\0');  // no column of a receipt holds a zero byte
}

void AppendNumber(int64_t number, std::string& out) { AppendText(std::to_string(number), out); }

// In comparable form; as written where it has none (a name with ●, a number that matches nothing).
void AppendName(const Patient& patient, std::string& out) {
  const uint64_t key = patient.KanjiKey();
  key != 0 ? AppendNumber(static_cast<int64_t>(key), out) : AppendText(patient.receipt().name, out);
}

void AppendCard(const Patient& patient, std::string& out) {
  const uke::Receipt& receipt = patient.receipt();
  const CardKey& card = patient.ClaimedCard();
  AppendText(receipt.insurer ? receipt.insurer->ToString() : receipt.insurer_text, out);
  if (card.text != 0) return AppendNumber(static_cast<int64_t>(card.text), out);
  AppendText(receipt.symbol, out);
  AppendText(receipt.number_text, out);
}

void PutBigEndian(uint64_t value, int bytes, uint8_t* out) {
  for (int i = bytes - 1; i >= 0; --i, value >>= 8) out[i] = static_cast<uint8_t>(value);
}

}  // namespace

Digest FingerprintOf(const Patient& patient, DayMask days) {
  const uke::Receipt& receipt = patient.receipt();
  std::string text;
  text.reserve(160);
  AppendNumber(static_cast<int64_t>(receipt.head.agency), text);
  AppendNumber(static_cast<int64_t>(receipt.flavour), text);
  AppendNumber(receipt.type, text);
  AppendName(patient, text);
  AppendNumber(receipt.birth.days, text);
  AppendNumber(static_cast<int64_t>(receipt.sex), text);
  AppendCard(patient, text);
  AppendNumber(receipt.total_points, text);
  AppendNumber(days.bits, text);
  Digest fingerprint = DigestOf(text);
  PutBigEndian(receipt.head.institution.value, 6, fingerprint.data());
  PutBigEndian(static_cast<uint64_t>(receipt.service_month.index), 2, fingerprint.data() + 6);
  return fingerprint;
}

absl::StatusOr<Earlier> Duplicates::Find(const Digest& fingerprint, ClaimKey key) const {
  Earlier answer = Earlier::kNone;
  const auto earlier = [&](ClaimKey other) { return other.submission < key.submission; };
  std::vector<ClaimKey> seen_underway;  // their stored state, if any, is older
  for (const Group& group : underway_) {
    const auto found = group.find(fingerprint);
    if (found == group.end()) continue;
    for (const Held& held : found->second) {
      if (earlier(held.key) && !held.returned) return Earlier::kStands;
      if (earlier(held.key)) answer = Earlier::kReturned;
      seen_underway.push_back(held.key);
    }
  }
  for (ClaimKey other : store_.FindFingerprint(fingerprint)) {
    if (!earlier(other) || std::find(seen_underway.begin(), seen_underway.end(), other) != seen_underway.end())
      continue;
    ASSIGN_OR_RETURN(const storage::Claim claim, store_.GetClaim(other));
    if (claim.decision.outcome != Outcome::kReturned) return Earlier::kStands;
    answer = Earlier::kReturned;
  }
  return answer;
}

void Duplicates::Remember(const Digest& fingerprint, ClaimKey key, bool returned) {
  underway_.back()[fingerprint].push_back({key, returned});
}

void Duplicates::NextGroup() {
  underway_.emplace_back();
  if (underway_.size() > kGroupsUnderway) underway_.pop_front();
}

}  // namespace furikae::rules
