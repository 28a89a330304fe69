// rules/duplicate.h — the same receipt sent twice (重複請求, R08): the later received loses.
//
//   Duplicates duplicates(store);
//   if (duplicates.IsDuplicate(fingerprint, claim.key)) …
//   duplicates.Remember(fingerprint, claim.key, returned);   // of claims that are decided and not committed yet
//
// Same institution, agency, flavour, service month, type, person (folded name, birth date, sex, card as decisions.md §1
// compares it), points and days in another accepted file, unless that one was returned. "Received" is the order of
// arrival. Not thread-safe. Source: decisions.md §10.
#pragma once

#include <deque>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "core/uke/receipt.h"
#include "storage/store.h"

namespace furikae::rules {

// Institution and service month lead, so that the fingerprints of one file lie together on disk; the rest is a hash.
// `days` are those of the decision. Only receipts with HO have a meaning here.
storage::Digest FingerprintOf(const uke::Receipt& receipt, DayMask days);

class Duplicates {
 public:
  explicit Duplicates(const storage::Store& store) : store_(store) {}

  // Whether an earlier submission holds the same receipt and that one was not returned.
  absl::StatusOr<bool> IsDuplicate(const storage::Digest& fingerprint, storage::ClaimKey key) const;
  void Remember(const storage::Digest& fingerprint, storage::ClaimKey key, bool returned);
  // The current group was handed over for writing. At most kGroupsUnderway groups may be unwritten at a time.
  void NextGroup();
  static constexpr size_t kGroupsUnderway = 6;

 private:
  struct Held {
    storage::ClaimKey key;
    bool returned = false;
  };
  using Group = absl::flat_hash_map<storage::Digest, std::vector<Held>>;
  const storage::Store& store_;
  std::deque<Group> underway_{1};
};

}  // namespace furikae::rules
