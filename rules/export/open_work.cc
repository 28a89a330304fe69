// review.csv and inquiries.csv: what waits for a person, with the candidates and the evidence for each, without names.
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/concat.h"
#include "core/status.h"
#include "rules/export/files.h"

namespace furikae::rules {
namespace {

std::string EvidenceOf(const Candidate& candidate) {
  std::vector<std::string> evidence;
  for (const auto& [field, level] : candidate.fields) evidence.push_back(Concat(field, "=", level));
  return Joined(evidence, " ");
}

// What an open review or inquiry becomes at close when nobody answers.
std::string StandsFor(const Decision& decision) {
  const Outcome outcome =
      decision.fallback_outcome == Outcome::kUndecided ? decision.outcome : decision.fallback_outcome;
  return std::string(OutcomeName(outcome));
}

// The columns that both files begin with.
TableRow ClaimColumns(const MonthSubmission& from, const storage::Claim& claim) {
  const Decision& decision = claim.decision;
  return {from.ClaimId(claim.key.receipt),
          from.submission.institution.ToString(),
          absl::StrCat(static_cast<int>(from.submission.agency)),
          claim.service_month.ToString(),
          std::string(OriginName(decision.origin)),
          absl::StrCat(decision.total_points),
          absl::StrCat(decision.insurer_yen.value),
          std::string(OutcomeName(decision.outcome)),
          StandsFor(decision)};
}

std::vector<TableColumn> ColumnsWith(const std::vector<TableColumn>& more) {
  std::vector<TableColumn> columns = {{"claim_id"},          {"institution"}, {"agency"},
                                      {"service_month"},     {"origin"},      {"points", true},
                                      {"insurer_yen", true}, {"outcome"},     {"without_answer"}};
  columns.insert(columns.end(), more.begin(), more.end());
  columns.insert(columns.end(), {{"grade"}, {"candidate", true}, {"subject_id"}, {"evidence"}});
  return columns;
}

const PeopleRow* LastInquiry(const storage::Claim& claim) {
  for (auto row = claim.people.rbegin(); row != claim.people.rend(); ++row) {
    if (row->action == Action::kInquire) return &*row;
  }
  return nullptr;
}

// One row per candidate, numbered from 1; one without a candidate when there is none.
absl::Status VisitCandidates(const Decision& decision, TableRow row, RowVisit visit) {
  const std::optional<Identification>& found = decision.identification;
  row.push_back(found ? std::string(GradeName(found->grade)) : "");
  if (!found || found->candidates.empty()) {
    row.insert(row.end(), 3, "");
    return visit(row);
  }
  const size_t common = row.size();
  for (size_t i = 0; i < found->candidates.size(); ++i) {
    row.resize(common);
    row.insert(row.end(), {absl::StrCat(i + 1), found->candidates[i].subject_id, EvidenceOf(found->candidates[i])});
    RETURN_IF_ERROR(visit(row));
  }
  return absl::OkStatus();
}

}  // namespace

const OutTable& ReviewTable() {
  static const auto& table = *new OutTable{"review", "review.csv", ColumnsWith({{"deferred"}})};
  return table;
}

absl::Status ForEachReviewRow(const ExportContext& context, RowVisit visit) {
  for (const ClaimRef& ref : context.plan.in_review) {
    ASSIGN_OR_RETURN(const storage::Claim claim, context.claims.Get(ref.key));
    TableRow row = ClaimColumns(context.claims.SubmissionOf(ref.key), claim);
    row.push_back(claim.deferred ? "1" : "0");
    RETURN_IF_ERROR(VisitCandidates(claim.decision, std::move(row), visit));
  }
  return absl::OkStatus();
}

const OutTable& InquiryTable() {
  static const auto& table =
      *new OutTable{"inquiries", "inquiries.csv", ColumnsWith({{"insurer"}, {"opened_by"}, {"opened_at"}})};
  return table;
}

absl::Status ForEachInquiryRow(const ExportContext& context, RowVisit visit) {
  for (const ClaimRef& ref : context.plan.in_inquiry) {
    ASSIGN_OR_RETURN(const storage::Claim claim, context.claims.Get(ref.key));
    TableRow row = ClaimColumns(context.claims.SubmissionOf(ref.key), claim);
    if (const PeopleRow* asked = LastInquiry(claim); asked != nullptr) {
      const std::string insurer = asked->insurer.value == 0 ? "" : asked->insurer.ToString();
      row.insert(row.end(), {insurer, asked->actor, asked->at.ToString()});
    } else {
      row.insert(row.end(), 3, "");  // opened by the rules, no insurer named yet
    }
    RETURN_IF_ERROR(VisitCandidates(claim.decision, std::move(row), visit));
  }
  return absl::OkStatus();
}

}  // namespace furikae::rules
