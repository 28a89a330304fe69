#include "rules/explanation.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_format.h"
#include "core/status.h"
#include "rules/deciding.h"

namespace furikae::rules {
namespace {

ExplainedFacts FactsOf(const storage::Submission& submission, const storage::Claim& claim) {
  const Decision& d = claim.decision;
  ExplainedFacts facts;
  facts.institution = submission.institution;
  facts.submitted_to = submission.agency;
  facts.claim_month = submission.claim_month;
  facts.service_month = claim.service_month;
  facts.file = submission.file;
  facts.line = claim.first_line;
  facts.flavour = claim.flavour;
  facts.total_points = d.total_points;
  facts.insurer_yen = d.insurer_yen;
  facts.days = d.days;
  facts.days_from = d.days_from;
  facts.card_invalid_from = d.claimed_disqualified;
  facts.moment = d.moment;
  return facts;
}

NamedCode Named(const Rulebook& rulebook, std::string_view table, std::string code, std::string_view notice) {
  NamedCode named;
  if (const Row* row = rulebook.FindRow(table, code); row != nullptr) {
    named.title_ja = row->title_ja;
    named.title_en = row->title_en;
    named.notice = row->Text(notice);
  }
  named.code = std::move(code);
  return named;
}

ExplainedResult ResultOf(const Decision& d, const Rulebook& rulebook) {
  ExplainedResult result;
  result.outcome = d.outcome;
  if (d.confirmation_class != 0) {
    result.confirmation_class =
        Named(rulebook, "confirmation_classes", absl::StrFormat("%02d", d.confirmation_class), "name");
  }
  if (d.return_reason != 0)
    result.return_reason = Named(rulebook, "return_reasons", ReturnReasonName(d.return_reason), "text");
  for (const Part& part : d.parts)
    result.parts.push_back({part.card.insurer, part.agency, part.days, part.points, part.yen});
  if (d.outcome == Outcome::kInReview) result.unanswered = d.fallback_outcome;
  for (std::string_view flag : FlagNames(d.flags))
    result.flags.push_back(Named(rulebook, "flags", std::string(flag), "text"));
  result.missing_items = d.missing_items;
  return result;
}

// Whether the payment records add up to other weights than the pool was shared by.
bool PaidSince(const ExplainedPool& explained) {
  std::map<InsurerNumber, int64_t> sums;
  for (const PaidInMonth& paid : explained.payments) sums[paid.bearer] += paid.value;
  std::erase_if(sums, [](const auto& sum) { return sum.second <= 0; });
  const auto same = [](const storage::Share& share, const auto& sum) {
    return share.insurer == sum.first && share.weight.value == sum.second;
  };
  const std::vector<storage::Share>& shares = explained.pool.shares;
  return !std::equal(shares.begin(), shares.end(), sums.begin(), sums.end(), same);
}

absl::StatusOr<ExplainedPool> ExplainPool(const storage::Store& store, const Rulebook& rulebook,
                                          const storage::Pool& pool) {
  ExplainedPool explained{pool, Named(rulebook, "ladder", pool.rung, "")};
  for (const storage::ClaimKey receipt : pool.receipts) {
    ASSIGN_OR_RETURN(explained.receipts.emplace_back(), store.ClaimId(receipt));
  }
  const Apportioner apportioner(store.payments(), store.masters(), rulebook, pool.closed_month);
  ASSIGN_OR_RETURN(explained.payments, apportioner.PaymentsBehind(pool));
  explained.paid_since = PaidSince(explained);
  return explained;
}

// The pool in which an apportioned receipt lies, once its month is closed.
absl::StatusOr<std::optional<ExplainedPool>> PoolOf(const storage::Store& store, const Rulebook& rulebook,
                                                    const storage::Submission& submission,
                                                    const storage::Claim& claim) {
  std::optional<storage::Pool> found;
  if (claim.decision.outcome != Outcome::kApportioned || claim.state != storage::ClaimState::kClosed)
    return std::optional<ExplainedPool>();
  RETURN_IF_ERROR(store.ForEachPool([&](const storage::Pool& pool) {
    if (pool.key.institution == submission.institution && pool.closed_month == claim.closed_month &&
        std::find(pool.receipts.begin(), pool.receipts.end(), claim.key) != pool.receipts.end()) {
      found = pool;
    }
    return absl::OkStatus();
  }));
  if (!found) return std::optional<ExplainedPool>();
  return ExplainPool(store, rulebook, *found);
}

std::vector<ExplainedRow> RowsOf(const Decision& decision, const Rulebook& rulebook) {
  std::vector<ExplainedRow> rows;
  for (const TraceRow& trace : decision.trace) rows.push_back(ExplainedRowOf(rulebook, trace));
  return rows;
}

// Those of `rows` that are not among `others`.
std::vector<ExplainedRow> Without(const std::vector<ExplainedRow>& rows, const std::vector<ExplainedRow>& others) {
  std::vector<ExplainedRow> left;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(left), [&](const ExplainedRow& row) {
    return std::none_of(others.begin(), others.end(),
                        [&](const ExplainedRow& other) { return row.table == other.table && row.row == other.row; });
  });
  return left;
}

absl::StatusOr<Otherwise> OtherwiseOf(const absl::StatusOr<Decision>& decision, const Assumptions& assumptions,
                                      const std::vector<ExplainedRow>& rows, const Rulebook& rulebook) {
  Otherwise otherwise;
  otherwise.assumptions = assumptions;
  if (!decision.ok()) {
    otherwise.impossible = ContradictionOf(decision.status());
    if (!otherwise.impossible) return decision.status();
    return otherwise;
  }
  const std::vector<ExplainedRow> then = RowsOf(*decision, rulebook);
  otherwise.silent = Without(rows, then);
  otherwise.speaking = Without(then, rows);
  otherwise.result = ResultOf(*decision, rulebook);
  return otherwise;
}

absl::Status Answer(const storage::Store& store, const Rulebook& rulebook, storage::ClaimKey key,
                    const ExplainQuestions& questions, Explanation& why) {
  if (!why.decided && !questions.assumptions.Any() && !questions.changes) return absl::OkStatus();
  absl::StatusOr<std::unique_ptr<Replay>> replay = Replay::Of(store, rulebook, key);
  RETURN_IF_ERROR(replay.status());
  if (questions.assumptions.Any()) {
    ASSIGN_OR_RETURN(why.otherwise,
                     OtherwiseOf((*replay)->Decide(questions.assumptions), questions.assumptions, why.rows, rulebook));
  }
  if (questions.lost_rows) {
    ASSIGN_OR_RETURN(why.lost_rows, LostRowsOf(**replay));
  }
  if (questions.changes) {
    ASSIGN_OR_RETURN(why.changes, ChangesOf(**replay, rulebook));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Explanation> Explain(const storage::Store& store, const Rulebook& current, storage::ClaimKey key,
                                    const ExplainQuestions& questions) {
  ASSIGN_OR_RETURN(const storage::Claim claim, store.GetClaim(key));
  ASSIGN_OR_RETURN(const storage::Submission submission, store.GetSubmission(key.submission));
  Explanation why;
  why.decided = claim.state != storage::ClaimState::kReceived;
  why.rules_digest = claim.rules_digest;
  why.decided_by_other_rules = why.decided && why.rules_digest != current.digest();
  std::optional<Rulebook> earlier;
  if (why.decided_by_other_rules) {
    ASSIGN_OR_RETURN(earlier, KeptRuleSet(store, why.rules_digest));
  }
  const Rulebook& rulebook = earlier ? *earlier : current;
  why.claim_id = storage::ClaimIdOf(submission, key.receipt);
  why.facts = FactsOf(submission, claim);
  why.origin = claim.decision.origin;
  why.rows = RowsOf(claim.decision, rulebook);
  why.identification = claim.decision.identification;
  why.result = ResultOf(claim.decision, rulebook);
  ASSIGN_OR_RETURN(why.books, store.LedgerOf(key));
  ASSIGN_OR_RETURN(why.pool, PoolOf(store, rulebook, submission, claim));
  if (questions.Decides()) RETURN_IF_ERROR(Answer(store, rulebook, key, questions, why));
  return why;
}

}  // namespace furikae::rules
