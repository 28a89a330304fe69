#include "rules/closing.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "core/concat.h"
#include "core/status.h"
#include "rules/apportion.h"
#include "rules/booking.h"
#include "rules/claim_decider.h"
#include "rules/committer.h"
#include "rules/deciding.h"
#include "rules/open_month.h"
#include "rules/pipeline.h"
#include "rules/pool_gathering.h"
#include "rules/stored_months.h"
#include "storage/codec.h"

namespace furikae::rules {
namespace {

using storage::Claim;
using storage::ClaimKey;
using storage::ClaimOutcome;
using storage::ClaimState;
using storage::Pool;
using storage::Store;
using storage::Submission;

constexpr int kGroupClaims = 500;
constexpr int64_t kProgressEvery = 10000;

// A claim in review on its way to the outcome that it has without an answer.
struct OpenReview {
  ClaimKey key;
  std::shared_ptr<const Submission> submission;
  Claim claim;
  absl::StatusOr<Decision> unanswered = Decision();
};

class MonthCloser {
 public:
  MonthCloser(Store& store, const Rulebook& rulebook, const storage::RegistryIndex& index, const RunMoment& run,
              const Progress& progress)
      : store_(store),
        rulebook_(rulebook),
        run_(run),
        progress_(progress),
        decider_(store, rulebook, index),
        submissions_(store),
        booking_(run.month, run.now),
        gathering_(store, run.month, PoolGathering::Keep::kReceipts),
        committer_(store),
        reviewing_([this](OpenReview& one) { one.unanswered = Unanswered(one); },
                   [this](OpenReview& one) { return CloseReview(one); }) {}

  absl::StatusOr<CloseReport> Run() {
    ASSIGN_OR_RETURN(const Extent extent, ExtentOf(store_, run_.month));
    total_ = extent.claims;
    RETURN_IF_ERROR(store_.ForEachClaimOutcome([&](const ClaimOutcome& claim) { return Visit(claim); }));
    RETURN_IF_ERROR(RequireDecided());
    for (const ClaimKey key : reviews_) {
      ASSIGN_OR_RETURN(std::shared_ptr<const Submission> submission, submissions_.Shared(key));
      RETURN_IF_ERROR(reviewing_.Put({.key = key, .submission = std::move(submission)}));
    }
    RETURN_IF_ERROR(reviewing_.Finish());
    RETURN_IF_ERROR(Flush());
    RETURN_IF_ERROR(ApportionPools());
    Seal();
    RETURN_IF_ERROR(Flush());
    RETURN_IF_ERROR(committer_.Finish());
    if (progress_) progress_("close", done_, total_);
    return std::move(report_);
  }

 private:
  absl::Status Visit(const ClaimOutcome& claim) {
    if (++done_ % kProgressEvery == 0 && progress_) progress_("close", done_, total_);
    ASSIGN_OR_RETURN(const Submission* submission, submissions_.Of(claim.key));
    if (submission == nullptr || submission->claim_month > run_.month) return absl::OkStatus();
    // One that a run of a later month decided is closed with that month, in which its entries stand.
    if (claim.state == ClaimState::kClosed || claim.decided_month > run_.month) return absl::OkStatus();
    if (claim.state == ClaimState::kReceived) {
      ++undecided_;
    } else if (claim.outcome == Outcome::kInReview) {
      reviews_.push_back(claim.key);
    } else if (claim.outcome != Outcome::kPending) {
      return Close(claim, *submission);
    }
    return absl::OkStatus();
  }

  // Nothing is closed before everything can be.
  absl::Status RequireDecided() const {
    if (undecided_ == 0) return absl::OkStatus();
    return absl::FailedPreconditionError(Concat("claim month ", run_.month.ToString(), " cannot be closed: ",
                                                undecided_, " receipts are not decided yet; decide first"));
  }

  // Called from many threads.
  absl::StatusOr<Decision> Unanswered(OpenReview& one) const {
    ASSIGN_OR_RETURN(one.claim, store_.GetClaim(one.key));
    if (one.claim.deferred) return Decision();  // stays in review
    ASSIGN_OR_RETURN(const std::string receipt, store_.GetReceipt(one.key));
    ASSIGN_OR_RETURN(Decision decision, decider_.DecideUnanswered(one.claim, *one.submission, receipt, run_));
    if (decision.outcome != Outcome::kInReview) return decision;
    return absl::InternalError(Concat("claim ", storage::ClaimIdOf(*one.submission, one.key.receipt),
                                      ": the rules leave its review without an outcome"));
  }

  absl::Status CloseReview(OpenReview& one) {
    RETURN_IF_ERROR(one.unanswered.status());
    auto& [key, submission, claim, unanswered] = one;
    if (claim.deferred) {
      report_.notes.push_back(
          Concat("claim ", storage::ClaimIdOf(*submission, key.receipt), ": deferred, stays in review"));
      return absl::OkStatus();
    }
    const Decision before = std::exchange(claim.decision, Decision());
    Adopt(*std::move(unanswered), rulebook_, run_, claim);
    RETURN_IF_ERROR(booking_.Book(*submission, before, claim));
    booking_.PutDecided(claim);
    if (claim.decision.outcome != Outcome::kPending) {  // a pending one waits on
      RETURN_IF_ERROR(Close({.key = key,
                             .service_month = claim.service_month,
                             .outcome = claim.decision.outcome,
                             .pool_agency = claim.decision.pool_agency,
                             .insurer_yen = claim.decision.insurer_yen},
                            *submission));
    }
    return booking_.claims() >= kGroupClaims ? Flush() : absl::OkStatus();
  }

  // Nothing is written for it: the mark of the closed month closes it (storage/closed_months.h).
  absl::Status Close(const ClaimOutcome& claim, const Submission& submission) {
    ++report_.claims;
    return gathering_.Add(submission.institution, claim).status();
  }

  absl::Status ApportionPools() {
    RETURN_IF_ERROR(GatherEmptied());
    Apportioner apportioner(store_.payments(), store_.masters(), rulebook_, run_.month);
    PoolGathering::Pools& pools = gathering_.pools();
    int64_t done = 0;
    for (auto& [key, gathered] : pools) {
      std::sort(gathered.receipts.begin(), gathered.receipts.end());  // reviews came last
      ASSIGN_OR_RETURN(Pool pool, apportioner.Build(key, std::move(gathered.receipts), gathered.yen));
      RETURN_IF_ERROR(Put(pool));
      ++report_.pools;
      (pool.shares.empty() ? report_.unallocated : report_.apportioned) += pool.yen;
      for (const std::string& left_out : pool.left_out)
        report_.notes.push_back(Concat(key.Name(), ": weight left out, ", left_out));
      if (++done % 100 == 0) RETURN_IF_ERROR(Flush());
      if (progress_ && done % 100 == 0) progress_("apportion", done, static_cast<int64_t>(pools.size()));
    }
    return absl::OkStatus();
  }

  // Pools that a close of this month, cut short, had put, and whose receipts were all decided otherwise since.
  absl::Status GatherEmptied() {
    return store_.ForEachPool([&](const Pool& pool) {
      if (pool.closed_month == run_.month) gathering_.pools().try_emplace(pool.key);
      return absl::OkStatus();
    });
  }

  // Also when a close that was cut short had put it already: then only what differs is posted.
  absl::Status Put(Pool& pool) {
    const absl::StatusOr<Pool> before = store_.GetPool(pool.key);
    if (absl::IsNotFound(before.status())) {
      booking_.BookPool(nullptr, pool);
      return absl::OkStatus();
    }
    if (!before.ok()) return before.status();
    pool.entries = before->entries;
    if (pool != *before) booking_.BookPool(&*before, pool);
    return absl::OkStatus();
  }

  void Seal() {
    booking_.group().PutMonthClosed(run_.month, run_.now);
    storage::schema::MonthClosed payload;
    payload.set_month(run_.month.index);
    payload.set_claims(report_.claims);
    payload.set_pools(report_.pools);
    payload.set_apportioned_yen(report_.apportioned.value);
    booking_.Tell(storage::EventKind::kMonthClosed, {}, payload);
  }

  absl::Status Flush() { return booking_.group().empty() ? absl::OkStatus() : committer_.Hand(booking_.Take()); }

  Store& store_;
  const Rulebook& rulebook_;
  const RunMoment run_;
  const Progress& progress_;
  ClaimDecider decider_;
  Submissions submissions_;
  Booking booking_;
  CloseReport report_;
  std::vector<ClaimKey> reviews_;
  PoolGathering gathering_;
  int64_t done_ = 0, total_ = 0, undecided_ = 0;
  Committer committer_;
  Pipeline<OpenReview> reviewing_;  // the last two are gone before anything they might use
};

absl::StatusOr<CloseReport> ReportOfClosed(const Store& store, ServiceMonth month) {
  CloseReport report;
  report.already_closed = true;
  RETURN_IF_ERROR(store.ForEachPool([&](const Pool& pool) {
    if (pool.closed_month != month) return absl::OkStatus();
    ++report.pools;
    (pool.shares.empty() ? report.unallocated : report.apportioned) += pool.yen;
    return absl::OkStatus();
  }));
  RETURN_IF_ERROR(store.ForEachClaimOutcome([&](const ClaimOutcome& claim) {
    if (claim.state == ClaimState::kClosed && claim.closed_month == month) ++report.claims;
    return absl::OkStatus();
  }));
  return report;
}

}  // namespace

absl::StatusOr<CloseReport> CloseMonth(Store& store, const Rulebook& rulebook, const RunMoment& run,
                                       const Progress& progress) {
  if (store.ClosedAt(run.month)) return ReportOfClosed(store, run.month);
  RETURN_IF_ERROR(RequireOpen(store, run.month));
  RETURN_IF_ERROR(RequireWorthClosing(store, run.month));
  ASSIGN_OR_RETURN(const storage::RegistryIndex* index, store.registry().index());
  RETURN_IF_ERROR(KeepRuleSet(store, rulebook));
  return MonthCloser(store, rulebook, *index, run, progress).Run();
}

}  // namespace furikae::rules
