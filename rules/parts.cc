#include "rules/parts.h"

#include <algorithm>

#include "core/status.h"
#include "core/uke/cp932.h"
#include "rules/coverage_terms.h"
#include "rules/insurer_agency.h"
#include "rules/share.h"
#include "rules/split.h"

namespace furikae::rules {
namespace {

Agency BearingAgency(ReceiptCase& c, InsurerNumber insurer) {
  const Agency agency = AgencyOf(c, insurer);
  return agency == Agency::kUnknown ? c.receipt.head.agency : agency;
}

Part WholeReceipt(const ReceiptCase& c) {
  Part part;
  part.days = c.days();
  part.points = c.decision.total_points;
  part.yen = c.decision.insurer_yen;
  return part;
}

absl::StatusOr<Part> MovedPart(ReceiptCase& c, const Bearer& bearer) {
  Part part = WholeReceipt(c);
  const InsurerNumber insurer = bearer.coverage.card.insurer;
  part.agency = BearingAgency(c, insurer);
  part.days = bearer.days;
  if (!bearer.registered) {
    part.card.insurer = insurer;
    return part;
  }
  ASSIGN_OR_RETURN(RegistryRow row, c.rows.Row(bearer.coverage.row));
  part.card = std::move(row.card);
  part.subject_id = std::move(row.subject_id);
  part.disqualified = bearer.coverage.disqualified;
  const CoverageTerms terms = TermsOf(c, bearer.coverage);
  part.receipt_type = terms.receipt_type;
  part.rate = terms.rate_to_write;
  return part;
}

void ShareOut(ReceiptCase& c, std::vector<Part>& parts) {
  std::vector<DayMask> days;
  for (const Part& part : parts) days.push_back(part.days);
  const std::vector<Side> sides = SplitByDays(c.receipt, c.Lines(), days);
  std::vector<int64_t> points;
  for (size_t i = 0; i < parts.size(); ++i) points.push_back(parts[i].points = sides[i].points);
  const std::vector<Yen> yen = ShareByPoints(c.decision.insurer_yen, points);
  for (size_t i = 0; i < parts.size(); ++i) parts[i].yen = yen[i];
}

}  // namespace

Part ClaimedPart(ReceiptCase& c) {
  Part part = WholeReceipt(c);
  if (c.receipt.insurer) part.card.insurer = *c.receipt.insurer;
  uke::AppendFromCp932(c.receipt.symbol, part.card.symbol);
  uke::AppendFromCp932(c.receipt.number_text, part.card.number);
  uke::AppendFromCp932(c.receipt.branch, part.card.branch);
  part.agency = BearingAgency(c, part.card.insurer);
  return part;
}

absl::StatusOr<Part> RegisteredPart(ReceiptCase& c, const storage::Coverage& coverage) {
  ASSIGN_OR_RETURN(RegistryRow row, c.rows.Row(coverage.row));
  Part part = WholeReceipt(c);
  part.card = std::move(row.card);
  part.subject_id = std::move(row.subject_id);
  part.disqualified = coverage.disqualified;
  part.agency = BearingAgency(c, part.card.insurer);
  return part;
}

absl::StatusOr<std::vector<Part>> MovedParts(ReceiptCase& c, const Bearers& bearers) {
  std::vector<Part> parts;
  parts.reserve(bearers.size());
  for (const Bearer& bearer : bearers) {
    ASSIGN_OR_RETURN(Part part, MovedPart(c, bearer));
    parts.push_back(std::move(part));
  }
  std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.days.First() < b.days.First(); });
  if (parts.size() > 1) ShareOut(c, parts);
  return parts;
}

}  // namespace furikae::rules
