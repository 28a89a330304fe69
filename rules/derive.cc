#include "rules/derive.h"

#include <utility>

#include "core/concat.h"
#include "core/status.h"
#include "rules/stored_claim.h"
#include "storage/codec.h"

namespace furikae::rules {
namespace {

using storage::Claim;
using storage::ClaimState;
using storage::Event;
using storage::EventKind;
using storage::Submission;

template <typename Message>
absl::StatusOr<Message> PayloadOf(const Event& event) {
  Message message;
  if (message.ParseFromString(event.payload)) return message;
  return absl::DataLossError(Concat("event ", event.sequence, " cannot be read"));
}

class Deriver {
 public:
  Deriver(const Claim& stored, const Submission& submission, RollupSums& rollups)
      : submission_(submission), rollups_(rollups) {
    Claim& claim = derived_.claim;
    claim.key = stored.key;
    claim.flavour = stored.flavour;
    claim.service_month = stored.service_month;
    claim.first_line = stored.first_line;
  }

  absl::StatusOr<DerivedClaim> Run(const std::vector<Event>& events) {
    for (const Event& event : events) RETURN_IF_ERROR(Apply(event));
    return std::move(derived_);
  }

 private:
  absl::Status Apply(const Event& event) {
    switch (event.kind) {
      case EventKind::kDecided: {
        ASSIGN_OR_RETURN(const auto payload, PayloadOf<storage::schema::Decided>(event));
        return BecomeClaim(payload.claim(), event.month);
      }
      case EventKind::kLateIdentified: {
        ASSIGN_OR_RETURN(const auto payload, PayloadOf<storage::schema::LateIdentified>(event));
        return BecomeClaim(payload.claim(), event.month);
      }
      case EventKind::kLateUndone: {
        ASSIGN_OR_RETURN(const auto payload, PayloadOf<storage::schema::LateUndone>(event));
        return BecomeClaim(payload.claim(), event.month);
      }
      case EventKind::kPeopleActed: {
        ASSIGN_OR_RETURN(const auto payload, PayloadOf<storage::schema::PeopleActed>(event));
        return TakePeople(payload, event.month);
      }
      default:
        return absl::DataLossError(Concat("event ", event.sequence, " is about a claim and of a kind that none is"));
    }
  }

  absl::Status BecomeClaim(const storage::schema::Claim& message, ServiceMonth month) {
    ASSIGN_OR_RETURN(Claim next, storage::FromMessage(message));
    const ClaimFacts facts = FactsOf(next, submission_);
    const Decision& before = derived_.claim.decision;
    const auto number = static_cast<uint32_t>(derived_.entries.size() + 1);
    for (storage::LedgerEntry& entry : EntriesFor(facts, &before, next.decision, month, number))
      derived_.entries.push_back(std::move(entry));
    for (const auto& [key, delta] : RollupsFor(facts, &before, next.decision, month)) AddRollup(key, delta, rollups_);
    derived_.claim = std::move(next);
    derived_.claim.entries = static_cast<uint32_t>(derived_.entries.size());
    return absl::OkStatus();
  }

  absl::Status TakePeople(const storage::schema::PeopleActed& payload, ServiceMonth month) {
    Claim& claim = derived_.claim;
    claim.changed_month = month;
    claim.people.clear();
    for (const storage::schema::PeopleRow& message : payload.rows()) {
      ASSIGN_OR_RETURN(PeopleRow row, storage::FromMessage(message));
      claim.people.push_back(std::move(row));
    }
    claim.review_open = payload.review_open();
    claim.inquiry_open = payload.inquiry_open();
    claim.deferred = payload.deferred();
    return absl::OkStatus();
  }

  const Submission& submission_;
  RollupSums& rollups_;
  DerivedClaim derived_;
};

}  // namespace

void AddRollup(const storage::RollupKey& key, const storage::RollupSum& delta, RollupSums& sums) {
  storage::RollupSum& sum = sums[key];
  sum.count += delta.count;
  sum.points += delta.points;
  sum.yen += delta.yen;
}

absl::StatusOr<DerivedClaim> DeriveClaim(const Claim& stored, const Submission& submission,
                                         const std::vector<Event>& events, RollupSums& rollups) {
  return Deriver(stored, submission, rollups).Run(events);
}

}  // namespace furikae::rules
