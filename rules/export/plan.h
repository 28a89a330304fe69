// rules/export/plan.h — what a month's files hold, found in one walk over its claims: which receipt goes into which
// bill, return, notice; what is still open; and the sums of the summary.
//
//   ASSIGN_OR_RETURN(Plan plan, MakePlan(claims, rulebook));
//
// Holds a few dozen bytes per claim and no receipt. Everything is in the order of claim ids unless said otherwise.
// Amounts are in yen. Errors: those of the store. Source: files.md "Out"; decisions.md §3 (who is billed), §10 (who
// gets a return).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/export/month_claims.h"
#include "rules/table.h"

namespace furikae::rules {

struct ClaimRef {
  storage::ClaimKey key;
  uint32_t rank = 0;
};

// One receipt in one insurer's bill.
struct BillItem {
  InsurerNumber insurer;
  uint32_t rank = 0;
  storage::ClaimKey key;
  Agency agency = Agency::kUnknown;
  Flavour flavour = Flavour::kUnknown;
  uint8_t part = 0;  // of the decision
  uint8_t side = 0;  // from 1 when the receipt was split, else 0
  uint8_t confirmation_class = 0;
  bool moved = false;      // transferred or split
  bool rewritten = false;  // IsRewritten: the decision's part says how
};

struct Tally {
  int64_t receipts = 0;
  Yen yen;
};

struct Plan {
  std::vector<BillItem> bills;  // by agency, insurer, name of the flavour, rank, part: the order of the files
  std::vector<ClaimRef> returned;
  std::vector<ClaimRef> noticed;
  std::vector<ClaimRef> moved;  // transferred or split
  std::vector<ClaimRef> in_review, in_inquiry;
  Tally all;
  std::map<std::string, Tally> origins, outcomes, flags, reasons;
};

absl::StatusOr<Plan> MakePlan(const MonthClaims& claims, const Rulebook& rulebook);

}  // namespace furikae::rules
