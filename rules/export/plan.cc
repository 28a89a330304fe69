#include "rules/export/plan.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_format.h"
#include "core/status.h"
#include "rules/export/billed_receipt.h"

namespace furikae::rules {
namespace {

bool IsBilled(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAsClaimed:
    case Outcome::kBranchCompleted:
    case Outcome::kTransferred:
    case Outcome::kSplit:
    case Outcome::kBilledToClaimed:
      return true;
    default:
      return false;
  }
}

bool IsMoved(const Decision& decision) {
  return decision.outcome == Outcome::kTransferred || decision.outcome == Outcome::kSplit;
}

void AddBills(const MonthClaim& c, std::vector<BillItem>& bills) {
  const Decision& decision = c.claim.decision;
  BillItem item;
  item.rank = c.rank;
  item.key = c.claim.key;
  item.flavour = c.claim.flavour;
  item.confirmation_class = static_cast<uint8_t>(decision.confirmation_class);
  item.moved = IsMoved(decision);
  item.rewritten = IsRewritten(decision);
  for (const Part& part : decision.parts) {
    item.insurer = part.card.insurer;
    item.agency = part.agency;
    item.side = decision.outcome == Outcome::kSplit ? item.part + 1 : 0;
    bills.push_back(item);
    ++item.part;
  }
}

// The institution is told what the class asks for, and of every card that was corrected.
bool IsNoticed(const Decision& decision, const Rulebook& rulebook) {
  if ((decision.flags & kCardCorrected) != 0) return true;
  if (decision.confirmation_class == 0) return false;
  const Row* row = rulebook.FindRow("confirmation_classes", absl::StrFormat("%02d", decision.confirmation_class));
  return row != nullptr && row->Number("noticed") != 0;
}

void Count(std::map<std::string, Tally>& tallies, std::string_view name, Yen yen) {
  Tally& tally = tallies[std::string(name)];
  ++tally.receipts;
  tally.yen += yen;
}

void CountDecision(const Decision& decision, Plan& plan) {
  const Yen yen = decision.insurer_yen;
  ++plan.all.receipts;
  plan.all.yen += yen;
  Count(plan.origins, OriginName(decision.origin), yen);
  Count(plan.outcomes, OutcomeName(decision.outcome), yen);
  for (const std::string_view flag : FlagNames(decision.flags)) Count(plan.flags, flag, yen);
  if (decision.return_reason != 0) Count(plan.reasons, ReturnReasonName(decision.return_reason), yen);
}

}  // namespace

absl::StatusOr<Plan> MakePlan(const MonthClaims& claims, const Rulebook& rulebook) {
  Plan plan;
  RETURN_IF_ERROR(claims.ForEach([&](const MonthClaim& c) {
    const Decision& decision = c.claim.decision;
    const ClaimRef ref{c.claim.key, c.rank};
    CountDecision(decision, plan);
    if (IsBilled(decision.outcome)) AddBills(c, plan.bills);
    if (decision.outcome == Outcome::kReturned) plan.returned.push_back(ref);
    if (IsMoved(decision)) plan.moved.push_back(ref);
    if (IsNoticed(decision, rulebook)) plan.noticed.push_back(ref);
    // Open work stands where it waits: with the insurers asked, else with the reviewer.
    if (c.claim.inquiry_open) {
      plan.in_inquiry.push_back(ref);
    } else if (c.claim.review_open) {
      plan.in_review.push_back(ref);
    }
    return absl::OkStatus();
  }));
  std::sort(plan.bills.begin(), plan.bills.end(), [](const BillItem& a, const BillItem& b) {
    return std::make_tuple(a.agency, a.insurer, FlavourName(a.flavour), a.rank, a.part) <
           std::make_tuple(b.agency, b.insurer, FlavourName(b.flavour), b.rank, b.part);
  });
  return plan;
}

}  // namespace furikae::rules
