// rules/duplicate.h — the same receipt sent twice (重複請求, R08): the later received loses.
//
//   Duplicates duplicates(store);
//   ASSIGN_OR_RETURN(const Earlier earlier, duplicates.Find(fingerprint, claim.key));
//   duplicates.Remember(fingerprint, claim.key, returned);   // of claims that are decided and not committed yet
//
// Same institution, agency, flavour, service month, type, person (folded name, birth date, sex, card as decisions.md §1
// compares it), points and days in another accepted file; each line of JSON lines is such a file. "Received" is the
// order of arrival. What follows is in the table `duplicate`. Not thread-safe. Errors: those of the store. Source:
// decisions.md §10.
#pragma once

#include <deque>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "rules/patient.h"
#include "storage/store.h"

namespace furikae::rules {

// Institution and service month lead, so that the fingerprints of one file lie together on disk; the rest is a hash.
// `days` are those of the decision. Only receipts with HO have a meaning here.
storage::Digest FingerprintOf(const Patient& patient, DayMask days);

// What became of the same receipt in earlier submissions. Numbers are those of the fact earlier_same.
enum class Earlier : uint8_t { kNone /* there is none */, kReturned /* all were */, kStands };

class Duplicates {
 public:
  explicit Duplicates(const storage::Store& store) : store_(store) {}

  absl::StatusOr<Earlier> Find(const storage::Digest& fingerprint, storage::ClaimKey key) const;
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
