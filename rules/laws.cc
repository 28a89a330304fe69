#include "rules/laws.h"

#include <algorithm>
#include <optional>

#include "core/concat.h"
#include "rules/apportion.h"

namespace furikae::rules {
namespace {

using storage::Claim;
using storage::Pool;
using Breaches = std::vector<Breach>;

void CheckSplit(const Decision& decision, Breaches& breaches) {
  if (decision.outcome != Outcome::kSplit) return;
  if (decision.parts.size() < 2) breaches.push_back({"law 2", "a split into fewer than two parts"});
  DayMask days;
  int64_t points = 0;
  for (const Part& part : decision.parts) {
    if (!(days & part.days).Empty()) breaches.push_back({"law 2", "two parts of a split share a day"});
    days = days | part.days;
    points += part.points;
  }
  if (days != decision.days) breaches.push_back({"law 2", "the parts of a split do not have the days of the receipt"});
  if (points != decision.total_points) {
    breaches.push_back({"law 2", Concat("the parts of a split have ", points, " points of ", decision.total_points)});
  }
}

// 06 is billed although the qualification does not hold; an insurer that confirmed may be in no registry (no subject).
bool MustCover(const Decision& decision, const Part& part) {
  if (decision.outcome == Outcome::kBilledToClaimed) return false;
  return decision.outcome == Outcome::kAsClaimed || decision.outcome == Outcome::kBranchCompleted ||
         !part.subject_id.empty();
}

void CheckCoverage(const Claim& claim, const storage::RegistryIndex& index, Breaches& breaches) {
  for (const Part& part : claim.decision.parts) {
    if (!MustCover(claim.decision, part)) continue;
    const bool of_a_person = !part.subject_id.empty();
    const std::optional<storage::PersonId> person = index.PersonOf(part.subject_id);
    DayMask covered;
    for (const storage::Coverage& coverage : index.CardHolders(KeyOf(part.card), claim.decision.moment)) {
      if (of_a_person && coverage.person != person) continue;  // a relative's coverage is not the patient's
      covered = covered | coverage.ValidDays(claim.service_month);
    }
    if (!covered.Covers(part.days)) {
      breaches.push_back(
          {"law 3", Concat("insurer ", part.card.insurer.ToString(), " bears days that it does not cover")});
    }
  }
}

// Whether a row of routing_valid that spoke moves it: those of the months in which the certificate issued last won.
bool TablesMove(const Decision& decision, const Rulebook& rules) {
  return std::any_of(decision.trace.begin(), decision.trace.end(), [&](const TraceRow& spoke) {
    const Row* row = spoke.table == "routing_valid" ? rules.FindRow(spoke.table, spoke.row) : nullptr;
    return row != nullptr && row->Text("outcome") == OutcomeName(decision.outcome);
  });
}

void CheckValidStays(const Claim& claim, const Rulebook& rules, Breaches& breaches) {
  if (claim.decision.origin != Origin::kValid || TablesMove(claim.decision, rules)) return;
  switch (claim.decision.outcome) {
    case Outcome::kTransferred:
    case Outcome::kSplit:
    case Outcome::kBilledToClaimed:
    case Outcome::kApportioned:
    case Outcome::kPending:
      breaches.push_back({"law 4", Concat("a valid qualification became ", OutcomeName(claim.decision.outcome))});
      break;
    default:
      break;
  }
}

void CheckTrace(const Claim& claim, const Rulebook& rules, Breaches& breaches) {
  if (claim.decision.trace.empty() && claim.decision.outcome != Outcome::kPassedThrough)
    breaches.push_back({"law 11", "an outcome without a trace"});
  for (const TraceRow& row : claim.decision.trace) {
    const Row* found = rules.FindRow(row.table, row.row);
    if (found == nullptr || found->status != row.status) {
      breaches.push_back({"law 11", Concat("the trace names row ", row.row, " of table ", row.table,
                                           ", which the rule set does not have")});
    }
  }
}

}  // namespace

Breaches BreachesOf(const Claim& claim, const storage::RegistryIndex& index, const Rulebook* rules) {
  Breaches breaches;
  CheckSplit(claim.decision, breaches);
  CheckCoverage(claim, index, breaches);
  if (rules == nullptr) {
    breaches.push_back({"law 11", "the rule set that decided it is not kept, or this program cannot read it"});
    return breaches;
  }
  CheckValidStays(claim, *rules, breaches);
  CheckTrace(claim, *rules, breaches);
  return breaches;
}

Breaches BreachesOf(const Pool& pool) {
  Breaches breaches;
  Yen shares;
  for (const storage::Share& share : pool.shares) shares += share.yen;
  if (!pool.shares.empty() && shares != pool.yen) {
    breaches.push_back(
        {"law 5", Concat(pool.key.Name(), ": the shares add up to ", shares.value, " yen of ", pool.yen.value)});
  }
  if (Reapportion(pool, pool.receipts, pool.yen).shares != pool.shares) {
    breaches.push_back({"law 5", Concat(pool.key.Name(), ": the shares do not follow from the weights")});
  }
  return breaches;
}

}  // namespace furikae::rules
