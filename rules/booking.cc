#include "rules/booking.h"

#include <utility>

#include "core/concat.h"
#include "core/status.h"
#include "rules/stored_claim.h"
#include "storage/codec.h"

namespace furikae::rules {

using storage::EventKind;

absl::Status Booking::Book(const storage::Submission& submission, const Decision& before, storage::Claim& claim) {
  if (const absl::Status bookable = CheckBookable(claim.decision); !bookable.ok()) {
    return absl::InternalError(
        Concat("claim ", storage::ClaimIdOf(submission, claim.key.receipt), ": ", StdView(bookable.message())));
  }
  const ClaimFacts facts = FactsOf(claim, submission);
  for (const storage::LedgerEntry& entry : EntriesFor(facts, &before, claim.decision, month_, claim.entries + 1)) {
    group_.Post(entry);
    ++claim.entries;
  }
  for (const auto& [key, delta] : RollupsFor(facts, &before, claim.decision, month_)) group_.Add(key, delta);
  return absl::OkStatus();
}

void Booking::BookPool(const storage::Pool* before, storage::Pool& after) {
  after.entries = before == nullptr ? 0 : before->entries;
  for (const storage::LedgerEntry& entry : EntriesFor(before, after, month_)) {
    group_.Post(entry);
    ++after.entries;
  }
  group_.PutPool(after);
  storage::schema::PoolApportioned payload;
  storage::ToMessage(after, payload.mutable_pool());
  Tell(EventKind::kPoolApportioned, {}, payload);
}

std::string_view Booking::PutClaim(storage::Claim& claim) {
  ++claims_;
  claim.changed_month = month_;
  return group_.PutClaim(claim);
}

void Booking::PutDecided(storage::Claim& claim) {
  Tell(EventKind::kDecided, claim.key, storage::SerializeDecided(PutClaim(claim), claim.key));
}

void Booking::PutPeopleActed(storage::Claim& claim) {
  PutClaim(claim);
  storage::schema::PeopleActed payload;
  for (const PeopleRow& row : claim.people) storage::ToMessage(row, payload.add_rows());
  payload.set_review_open(claim.review_open);
  payload.set_inquiry_open(claim.inquiry_open);
  payload.set_deferred(claim.deferred);
  Tell(EventKind::kPeopleActed, claim.key, payload);
}

void Booking::PutLate(storage::Claim& claim, bool undone, const std::string& pool) {
  PutClaim(claim);
  if (undone) {
    storage::schema::LateUndone payload;
    storage::ToMessage(claim, payload.mutable_claim());
    payload.set_pool(pool);
    Tell(EventKind::kLateUndone, claim.key, payload);
  } else {
    storage::schema::LateIdentified payload;
    storage::ToMessage(claim, payload.mutable_claim());
    payload.set_pool(pool);
    Tell(EventKind::kLateIdentified, claim.key, payload);
  }
}

void Booking::Tell(EventKind kind, storage::ClaimKey claim, const google::protobuf::MessageLite& payload) {
  Tell(kind, claim, payload.SerializeAsString());
}

void Booking::Tell(EventKind kind, storage::ClaimKey claim, std::string payload) {
  storage::Event event;
  event.kind = kind;
  event.month = month_;
  event.moment = now_;
  event.claim = claim;
  event.payload = std::move(payload);
  group_.Append(std::move(event));
}

storage::Group Booking::Take() {
  claims_ = 0;
  return std::exchange(group_, storage::Group());
}

}  // namespace furikae::rules
