#include "rules/explain.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "core/status.h"
#include "rules/deciding.h"
#include "rules/receipt_facts.h"
#include "rules/why_not.h"

namespace furikae::rules {
namespace {

// What an outcome means, in a sentence.
std::string_view Meaning(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAsClaimed:
      return "The insurer on the receipt pays: the qualification is valid on every day of treatment.";
    case Outcome::kBranchCompleted:
      return "The insurer on the receipt pays; the branch number was filled in from the registry.";
    case Outcome::kTransferred:
      return "The whole receipt goes to the insurer below, which covered the patient on every day (振替).";
    case Outcome::kSplit:
      return "The receipt is split by day between the insurers below, each for the days it covered (分割).";
    case Outcome::kBilledToClaimed:
      return "The receipt stays with the insurer it names, although the qualification does not hold on every day.";
    case Outcome::kReturned:
      return "The receipt goes back to the institution (返戻).";
    case Outcome::kInReview:
      return "A person has to decide: the machine may not.";
    case Outcome::kPending:
      return "The receipt waits for the new qualification to be registered and is taken up again each month.";
    case Outcome::kApportioned:
      return "Nobody could identify the insurer: the amount is shared among insurers by what each has paid the "
             "institution (按分).";
    case Outcome::kPassedThrough:
      return "The receipt is outside this procedure and passes through unchanged.";
    case Outcome::kUndecided:
      return "The receipt has been taken in and not decided yet.";
  }
  return "";
}

std::string Amount(Flavour flavour, int64_t points) {
  return absl::StrCat(points, flavour == Flavour::kNursing ? " yen" : " points");
}

std::string FlagText(uint32_t flags) {
  std::string text;
  for (std::string_view name : FlagNames(flags)) absl::StrAppend(&text, text.empty() ? "" : " ", std::string(name));
  return text;
}

std::string AgencyName(Agency agency) {
  switch (agency) {
    case Agency::kShaho:
      return "支払基金";
    case Agency::kKokuho:
      return "国保連";
    case Agency::kUnknown:
      break;
  }
  return "-";
}

void FactLines(const storage::Submission& submission, const storage::Claim& claim, std::string& out) {
  const Decision& d = claim.decision;
  absl::StrAppendFormat(&out, "Facts\n  submitted by %s to %s in %s (file %s, line %d)\n",
                        submission.institution.ToString(), AgencyName(submission.agency),
                        submission.claim_month.ToString(), submission.file, claim.first_line);
  absl::StrAppendFormat(&out, "  %s receipt for %s, %s\n", FlavourJapanese(claim.flavour),
                        claim.service_month.ToString(), Amount(claim.flavour, d.total_points));
  if (!d.days.Empty()) {
    absl::StrAppendFormat(&out, "  days of treatment: %s (from %s)\n", d.days.ToString(), DaysFromName(d.days_from));
  }
  if (d.claimed_disqualified != kOpenEnd) {
    absl::StrAppendFormat(&out, "  the card on the receipt is not valid from %s on\n",
                          d.claimed_disqualified.ToString());
  }
  absl::StrAppendFormat(&out, "  insurer's share as claimed: %d yen\n", d.insurer_yen.value);
  absl::StrAppendFormat(&out, "  decided with the registry as it stood at %s\n", d.moment.ToString());
}

void Reasons(const Decision& decision, const Rulebook& rulebook, std::string& out) {
  absl::StrAppendFormat(&out, "\nReasons, in the order in which they were looked at (origin %s)\n",
                        OriginName(decision.origin));
  for (const TraceRow& trace : decision.trace) {
    absl::StrAppendFormat(&out, "  %s/%s [%s]\n", trace.table, trace.row, RowStatusName(trace.status));
    const Row* row = rulebook.FindRow(trace.table, trace.row);
    if (row == nullptr) {
      absl::StrAppend(&out, "    (the rule set that decided it has no such row: the store is damaged; see verify)\n");
      continue;
    }
    absl::StrAppendFormat(&out, "    %s — %s\n    source: %s\n", row->title_ja, row->title_en, row->source);
    if (!row->note.empty()) absl::StrAppendFormat(&out, "    note: %s\n", row->note);
  }
}

void IdentificationLines(const Decision& decision, std::string& out) {
  if (!decision.identification) return;
  absl::StrAppendFormat(&out, "\nIdentification: %s\n", GradeName(decision.identification->grade));
  for (const Candidate& candidate : decision.identification->candidates) {
    std::vector<std::string> evidence;
    for (const auto& [field, level] : candidate.fields) evidence.push_back(absl::StrCat(field, " ", level));
    absl::StrAppendFormat(&out, "  candidate %s: %s\n", candidate.subject_id, absl::StrJoin(evidence, ", "));
  }
}

void Result(const Decision& d, Flavour flavour, const Rulebook& rulebook, std::string& out) {
  absl::StrAppendFormat(&out, "\nResult: %s\n  %s\n", OutcomeName(d.outcome), Meaning(d.outcome));
  if (d.confirmation_class != 0) absl::StrAppendFormat(&out, "  確認区分 %02d\n", d.confirmation_class);
  if (d.return_reason != 0) {
    const std::string name = ReturnReasonName(d.return_reason);
    const Row* row = rulebook.FindRow("return_reasons", name);
    absl::StrAppendFormat(&out, "  reason %s: %s\n", name, row == nullptr ? "" : row->title_ja);
  }
  for (const Part& part : d.parts) {
    absl::StrAppendFormat(&out, "  %s (%s): days %s, %s, %d yen\n", part.card.insurer.ToString(),
                          AgencyName(part.agency), part.days.ToString(), Amount(flavour, part.points), part.yen.value);
  }
  if (d.outcome == Outcome::kInReview && d.fallback_outcome != Outcome::kUndecided) {
    absl::StrAppendFormat(&out, "  if nobody answers before the month is closed: %s\n",
                          OutcomeName(d.fallback_outcome));
  }
  if (d.flags != 0) absl::StrAppendFormat(&out, "  flags: %s\n", FlagText(d.flags));
  if (!d.missing_items.empty())
    absl::StrAppendFormat(&out, "  missing in the declaration: %s\n", absl::StrJoin(d.missing_items, " "));
}

absl::Status Books(const storage::Store& store, const storage::Claim& claim, std::string& out) {
  ASSIGN_OR_RETURN(const std::vector<storage::LedgerEntry> entries, store.LedgerOf(claim.key));
  if (entries.empty()) return absl::OkStatus();
  absl::StrAppend(&out, "\nBooks\n");
  for (const storage::LedgerEntry& entry : entries) {
    for (const storage::LedgerLine& line : entry.lines) {
      absl::StrAppendFormat(&out, "  %s %-12s %-28s debit %8d credit %8d\n", entry.month.ToString(), entry.kind,
                            line.account, line.debit.value, line.credit.value);
    }
  }
  return absl::OkStatus();
}

// The pool in which an apportioned receipt lies, once its month is closed.
absl::Status Shares(const storage::Store& store, const storage::Submission& submission, const storage::Claim& claim,
                    std::string& out) {
  if (claim.decision.outcome != Outcome::kApportioned || claim.state != storage::ClaimState::kClosed)
    return absl::OkStatus();
  return store.ForEachPool([&](const storage::Pool& pool) -> absl::Status {
    if (pool.key.institution != submission.institution || pool.closed_month != claim.closed_month ||
        std::find(pool.receipts.begin(), pool.receipts.end(), claim.key) == pool.receipts.end()) {
      return absl::OkStatus();
    }
    absl::StrAppendFormat(&out, "\nPool %s: %d receipts, %d yen, shared by rung %s over weights of %d yen\n",
                          pool.key.Name(), static_cast<int>(pool.receipts.size()), pool.yen.value, pool.rung,
                          pool.weights_total.value);
    for (const storage::Share& share : pool.shares) {
      absl::StrAppendFormat(&out, "  %s: paid %d yen, bears %d yen (remainder rank %d)\n", share.insurer.ToString(),
                            share.weight.value, share.yen.value, share.remainder_rank);
    }
    return absl::OkStatus();
  });
}

bool Spoke(const Decision& decision, const TraceRow& row) {
  return std::any_of(decision.trace.begin(), decision.trace.end(),
                     [&](const TraceRow& other) { return other.table == row.table && other.row == row.row; });
}

void RowLines(std::string_view head, const Decision& of, const Decision& not_of, const Rulebook& rulebook,
              std::string& out) {
  for (const TraceRow& trace : of.trace) {
    if (Spoke(not_of, trace)) continue;
    const Row* row = rulebook.FindRow(trace.table, trace.row);
    absl::StrAppendFormat(&out, "  %s %s/%s: %s\n", head, trace.table, trace.row, row == nullptr ? "" : row->title_ja);
  }
}

// What would have come out under the assumptions.
absl::Status Otherwise(const storage::Store& store, const Rulebook& rulebook, const storage::Claim& claim,
                       const Assumptions& assumptions, std::string& out) {
  absl::StrAppend(&out, "\nIf");
  const char* joint = " ";
  if (assumptions.as_of) {
    absl::StrAppendFormat(&out, "%sthe registry were as at %s", joint, assumptions.as_of->ToString());
    joint = " and ";
  }
  for (const PinnedFact& fact : assumptions.facts) {
    const FactDeclaration& declaration = Declarations()[static_cast<size_t>(fact.fact)];
    absl::StrAppendFormat(&out, "%s%s (%s) were %s", joint, declaration.japanese, declaration.name,
                          ValueText(declaration, fact.value));
    joint = " and ";
  }
  absl::StrAppend(&out, ", then\n");
  const absl::StatusOr<Decision> decision = DecideAssuming(store, rulebook, claim.key, assumptions);
  if (!decision.ok()) {
    if (!absl::IsFailedPrecondition(decision.status())) return decision.status();
    absl::StrAppend(&out, "  that could not be: ", decision.status().message(), "\n");
    return absl::OkStatus();
  }
  RowLines("would not have spoken:", claim.decision, *decision, rulebook, out);
  RowLines("would have spoken:", *decision, claim.decision, rulebook, out);
  Result(*decision, claim.flavour, rulebook, out);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ExplainClaim(const storage::Store& store, const Rulebook& current, storage::ClaimKey key,
                                         const Assumptions& assumptions) {
  ASSIGN_OR_RETURN(const storage::Claim claim, store.GetClaim(key));
  ASSIGN_OR_RETURN(const storage::Submission submission, store.GetSubmission(key.submission));
  std::optional<Rulebook> earlier;  // that decided it, when that is not the one in force
  if (claim.state != storage::ClaimState::kReceived && claim.rules_digest != current.digest()) {
    ASSIGN_OR_RETURN(earlier, KeptRuleSet(store, claim.rules_digest));
  }
  const Rulebook& rulebook = earlier ? *earlier : current;
  std::string out = absl::StrCat("Claim ", storage::ClaimIdOf(submission, key.receipt), "\n\n");
  FactLines(submission, claim, out);
  if (earlier) absl::StrAppendFormat(&out, "  decided by the earlier rule set %s\n", claim.rules_digest);
  if (claim.state != storage::ClaimState::kReceived) Reasons(claim.decision, rulebook, out);
  IdentificationLines(claim.decision, out);
  Result(claim.decision, claim.flavour, rulebook, out);
  RETURN_IF_ERROR(Books(store, claim, out));
  RETURN_IF_ERROR(Shares(store, submission, claim, out));
  if (assumptions.Any()) RETURN_IF_ERROR(Otherwise(store, rulebook, claim, assumptions, out));
  return out;
}

}  // namespace furikae::rules
