#include "rules/deciding.h"

#include <memory>
#include <utility>
#include <vector>

#include "core/concat.h"
#include "core/status.h"
#include "nlohmann/json.hpp"
#include "rules/booking.h"
#include "rules/claim_decider.h"
#include "rules/committer.h"
#include "rules/open_month.h"
#include "rules/pipeline.h"
#include "rules/receipt_facts.h"
#include "rules/stored_claim.h"

namespace furikae::rules {
namespace {

using storage::Claim;
using storage::ClaimKey;
using storage::ClaimState;
using storage::Store;
using storage::Submission;

constexpr int kGroupClaims = 500;
constexpr int64_t kProgressEvery = 10000;
// One is being built and one written.
static_assert(Duplicates::kGroupsUnderway >= Committer::kMostWaiting + 2);

// Whether a claim counts among those of `month`: closed with it, or still open and not taken up by a later one already.
bool OfMonth(const Claim& claim, const Submission& submission, ServiceMonth month) {
  if (submission.claim_month > month) return false;
  return claim.state == ClaimState::kClosed ? claim.closed_month == month : claim.changed_month <= month;
}

void Count(const Decision& decision, DecideReport& report) {
  OutcomeSum& sum = report.outcomes[decision.outcome];
  ++sum.receipts;
  sum.yen += decision.insurer_yen;
}

// One claim on its way: as it is stored, and what the crew makes of it.
struct Underway {
  Claim claim;
  std::shared_ptr<const Submission> submission;
  std::string receipt;
  absl::StatusOr<DecidedClaim> decided = DecidedClaim{};
};

// Three things at the same time, each in the order of arrival: this thread reads claims and books decisions, the crew
// decides the batch in between, the committer writes what is booked.
class MonthDecider {
 public:
  MonthDecider(Store& store, const Rulebook& rulebook, const storage::RegistryIndex& index, const RunMoment& run,
               const Progress& progress)
      : store_(store),
        rulebook_(rulebook),
        run_(run),
        progress_(progress),
        decider_(store, rulebook, index),
        submissions_(store),
        booking_(run.month, run.now),
        committer_(store),
        pipeline_([this](Underway& one) { Consider(one); }, [this](Underway& one) { return Book(one); }) {}

  absl::StatusOr<DecideReport> Run() {
    ASSIGN_OR_RETURN(const Extent extent, ExtentOf(store_, run_.month));
    total_ = extent.claims;
    // Of the months before only a few claims are open: their receipts are fetched one by one. This month's come along.
    RETURN_IF_ERROR(
        store_.ForEachClaim({0, 0}, /*with_receipts=*/false, [&](const Claim& claim, std::string_view) -> absl::Status {
          if (claim.key.submission >= extent.first_of_month) return absl::CancelledError();
          return Visit(claim, nullptr);
        }));
    if (extent.first_of_month != Extent::kNone) {
      RETURN_IF_ERROR(
          store_.ForEachClaim({extent.first_of_month, 0}, /*with_receipts=*/true,
                              [&](const Claim& claim, std::string_view receipt) { return Visit(claim, &receipt); }));
    }
    RETURN_IF_ERROR(pipeline_.Finish());
    RETURN_IF_ERROR(Flush());
    RETURN_IF_ERROR(committer_.Finish());
    if (progress_) progress_("decide", done_, total_);
    return std::move(report_);
  }

 private:
  absl::Status Visit(const Claim& claim, const std::string_view* receipt) {
    if (++done_ % kProgressEvery == 0 && progress_) progress_("decide", done_, total_);
    ASSIGN_OR_RETURN(const std::shared_ptr<const Submission> submission, submissions_.Shared(claim.key));
    if (submission == nullptr || !OfMonth(claim, *submission, run_.month)) return absl::OkStatus();
    if (!NeedsDecision(claim)) {
      ++report_.unchanged;
      Count(claim.decision, report_);
      return absl::OkStatus();
    }
    Underway next{.claim = claim, .submission = submission};
    if (receipt != nullptr) {
      next.receipt = *receipt;
    } else {
      ASSIGN_OR_RETURN(next.receipt, store_.GetReceipt(claim.key));
    }
    return pipeline_.Put(std::move(next));
  }

  void Consider(Underway& one) const { one.decided = decider_.Consider(one.claim, *one.submission, one.receipt, run_); }

  absl::Status Book(Underway& one) {
    RETURN_IF_ERROR(one.decided.status());
    DecidedClaim& decided = *one.decided;
    Claim& claim = one.claim;
    RETURN_IF_ERROR(decider_.Compare(claim, *one.submission, decided));
    Count(decided.decision, report_);
    const bool first_time = claim.state == ClaimState::kReceived;
    if (!first_time && SameDecision(decided.decision, claim.decision)) {
      ++report_.unchanged;
      return absl::OkStatus();
    }
    ++report_.decided;
    const Decision before = std::exchange(claim.decision, Decision());
    Adopt(std::move(decided.decision), rulebook_, run_, claim);
    RETURN_IF_ERROR(booking_.Book(*one.submission, before, claim));
    if (decided.fingerprint) {
      decider_.duplicates().Remember(*decided.fingerprint, claim.key, claim.decision.outcome == Outcome::kReturned);
      if (first_time) booking_.group().PutFingerprint(*decided.fingerprint, claim.key);
    }
    booking_.PutDecided(claim);
    return booking_.claims() >= kGroupClaims ? Flush() : absl::OkStatus();
  }

  absl::Status Flush() {
    if (booking_.group().empty()) return absl::OkStatus();
    if (!std::exchange(rules_kept_, true)) RETURN_IF_ERROR(KeepRuleSet(store_, rulebook_));
    decider_.duplicates().NextGroup();
    return committer_.Hand(booking_.Take());
  }

  Store& store_;
  const Rulebook& rulebook_;
  const RunMoment run_;
  const Progress& progress_;
  ClaimDecider decider_;
  Submissions submissions_;
  Booking booking_;
  DecideReport report_;
  int64_t done_ = 0, total_ = 0;
  bool rules_kept_ = false;
  Committer committer_;
  Pipeline<Underway> pipeline_;  // the last two are gone before anything they might use
};

absl::StatusOr<DecideReport> ReportOfClosed(const Store& store, ServiceMonth month) {
  DecideReport report;
  report.already_closed = true;
  Submissions submissions(store);
  RETURN_IF_ERROR(
      store.ForEachClaim({0, 0}, /*with_receipts=*/false, [&](const Claim& claim, std::string_view) -> absl::Status {
        ASSIGN_OR_RETURN(const Submission* submission, submissions.Of(claim.key));
        if (submission == nullptr || !OfMonth(claim, *submission, month)) return absl::OkStatus();
        ++report.unchanged;
        Count(claim.decision, report);
        return absl::OkStatus();
      }));
  return report;
}

}  // namespace

absl::StatusOr<DecideReport> DecideMonth(Store& store, const Rulebook& rulebook, const RunMoment& run,
                                         const Progress& progress) {
  if (store.ClosedAt(run.month)) return ReportOfClosed(store, run.month);
  RETURN_IF_ERROR(RequireOpen(store, run.month));
  ASSIGN_OR_RETURN(const storage::RegistryIndex* index, store.registry().index());
  return MonthDecider(store, rulebook, *index, run, progress).Run();
}

absl::Status KeepRuleSet(Store& store, const Rulebook& rulebook) {
  if (store.GetRuleSet(rulebook.digest()).ok()) return absl::OkStatus();
  storage::Group group;
  group.PutRuleSet(rulebook.digest(), RuleSetJson(rulebook));
  return store.Commit(std::move(group));
}

std::string RuleSetJson(const Rulebook& rulebook) { return nlohmann::json(rulebook.files()).dump(); }

absl::StatusOr<Rulebook> ParseRuleSet(std::string_view text) {
  const nlohmann::json json = nlohmann::json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return absl::DataLossError("a stored rule set cannot be read");
  std::map<std::string, std::string> files;
  for (const auto& [name, content] : json.items()) {
    if (!content.is_string()) return absl::DataLossError("a stored rule set cannot be read");
    files[name] = content.get<std::string>();
  }
  return Rulebook::Load(Declarations(), files);
}

absl::StatusOr<Rulebook> KeptRuleSet(const storage::Store& store, std::string_view digest) {
  ASSIGN_OR_RETURN(const std::string files, store.GetRuleSet(digest));
  return ParseRuleSet(files);
}

}  // namespace furikae::rules
