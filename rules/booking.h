// rules/booking.h — the group of writes that carries decisions into the store: claim, event, ledger entries and rollups
// together.
//
//   Booking booking(open_month, now);
//   RETURN_IF_ERROR(booking.Book(submission, before, claim));        // entries and rollups of the change
//   booking.PutDecided(claim);                                       // the claim and its event
//   RETURN_IF_ERROR(store.Commit(booking.Take()));                   // one atomic write
//
// Whatever step changes a decision (deciding, closing, late identification) goes through here, so that the books cannot
// miss it. Not thread-safe. Source: DESIGN §5 (every state change is one WriteBatch); decisions.md §9.6.
#pragma once

#include <google/protobuf/message.h>

#include "absl/status/status.h"
#include "rules/accounting.h"
#include "storage/store.h"

namespace furikae::rules {

class Booking {
 public:
  // `month`: the open month, in which everything is posted.
  Booking(ServiceMonth month, Moment now) : month_(month), now_(now) {}

  // Posts the change of `claim` from decision `before` to the one it has now, and counts its entries on. Internal when
  // the decision cannot be booked (rules/accounting.h CheckBookable); nothing of it is then in the group.
  absl::Status Book(const storage::Submission& submission, const Decision& before, storage::Claim& claim);
  // Posts the change of a pool and stores it; `before` nullptr: it is new. Counts its entries on.
  void BookPool(const storage::Pool* before, storage::Pool& after);

  // The claim, changed in the open month, with its event.
  void PutDecided(storage::Claim& claim);                                     // Decided
  void PutPeopleActed(storage::Claim& claim);                                 // PeopleActed
  void PutLate(storage::Claim& claim, bool undone, const std::string& pool);  // LateIdentified or LateUndone
  void Tell(storage::EventKind kind, storage::ClaimKey claim, const google::protobuf::MessageLite& payload);
  void Tell(storage::EventKind kind, storage::ClaimKey claim, std::string payload);

  storage::Group& group() { return group_; }
  int claims() const { return claims_; }  // put so far
  storage::Group Take();                  // and begin anew

 private:
  std::string_view PutClaim(storage::Claim& claim);

  ServiceMonth month_;
  Moment now_;
  storage::Group group_;
  int claims_ = 0;
};

}  // namespace furikae::rules
