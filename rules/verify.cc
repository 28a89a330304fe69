#include "rules/verify.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "core/concat.h"
#include "core/status.h"
#include "rules/deciding.h"
#include "rules/derive.h"
#include "rules/laws.h"
#include "rules/registry_loads.h"
#include "rules/stored_claim.h"
#include "storage/closed_months.h"
#include "storage/codec.h"

namespace furikae::rules {
namespace {

using storage::Claim;
using storage::ClaimState;
using storage::Event;
using storage::EventKind;
using storage::LedgerEntry;
using storage::Pool;
using storage::PoolKey;
using storage::Store;
using storage::Submission;

constexpr int64_t kProgressEvery = 10000;

// The first difference of each kind, and how many more there are.
class Differences {
 public:
  void Add(const std::string& kind, std::string what) {
    Found& found = found_[kind];
    if (found.count++ == 0) found.first = std::move(what);
  }
  std::vector<std::string> Take() {
    std::vector<std::string> lines;
    for (const auto& [kind, found] : found_) {
      lines.push_back(
          Concat(kind, ": ", found.first, found.count > 1 ? Concat(" (and ", found.count - 1, " more)") : ""));
    }
    return lines;
  }

 private:
  struct Found {
    int64_t count = 0;
    std::string first;
  };
  std::map<std::string, Found> found_;
};

// What of a claim is not as derived; "" when all is.
std::string_view FirstDifference(const Claim& stored, const Claim& derived) {
  if (stored.decision != derived.decision) return "the decision";
  if (stored.state != derived.state || stored.decided_month != derived.decided_month) return "the state";
  if (stored.people != derived.people) return "what people decided";
  if (stored.review_open != derived.review_open || stored.inquiry_open != derived.inquiry_open ||
      stored.deferred != derived.deferred) {
    return "its open work";
  }
  if (stored.entries != derived.entries) return "the number of its ledger entries";
  return stored == derived ? "" : "something of it";
}

bool LedgerOrder(const LedgerEntry& a, const LedgerEntry& b) {
  return std::tie(a.month, a.number) < std::tie(b.month, b.number);
}

// A pool as the log says, with its entries.
struct LoggedPool {
  Pool pool;
  std::vector<LedgerEntry> entries;
};

// What the claims of one pool make together.
struct PoolReceipts {
  std::vector<storage::ClaimKey> receipts;
  Yen yen;
};

class Verifier {
 public:
  Verifier(const Store& store, const Progress& progress) : store_(store), progress_(progress), submissions_(store) {}

  absl::StatusOr<VerifyReport> Run() {
    Note("files", store_.CheckIntegrity());
    RETURN_IF_ERROR(ReadLog());
    RETURN_IF_ERROR(CheckMonths());
    RETURN_IF_ERROR(CheckRegistry());
    RETURN_IF_ERROR(CheckClaims());
    RETURN_IF_ERROR(CheckLedger());
    RETURN_IF_ERROR(CheckPools());
    RETURN_IF_ERROR(CheckRollups());
    RETURN_IF_ERROR(CheckSubmissions());
    report_.differences = differences_.Take();
    return std::move(report_);
  }

 private:
  void Note(const std::string& kind, const absl::Status& status) {
    if (!status.ok()) differences_.Add(kind, std::string(StdView(status.message())));
  }

  // ---- the log as a whole

  absl::Status ReadLog() {
    return store_.ForEachEvent([&](const Event& event) -> absl::Status {
      if (++report_.events % kProgressEvery == 0 && progress_) progress_("verify events", report_.events, 0);
      switch (event.kind) {
        case EventKind::kSubmitted:
          return ReadSubmitted(event);
        case EventKind::kTableLoaded:
          return registry_loads_.See(event);
        case EventKind::kPoolApportioned:
          return ReadPool(event);
        case EventKind::kMonthClosed:
          closed_.push_back(event.month);
          return absl::OkStatus();
        default:
          return absl::OkStatus();
      }
    });
  }

  absl::Status ReadSubmitted(const Event& event) {
    storage::schema::Submitted payload;
    if (!payload.ParseFromString(event.payload)) return Unreadable(event);
    ASSIGN_OR_RETURN(Submission told, storage::FromMessage(payload.submission()));
    told_submissions_.insert(told.sequence);
    absl::StatusOr<Submission> stored = store_.GetSubmission(told.sequence);
    if (!stored.ok() && !absl::IsNotFound(stored.status())) return stored.status();
    if (stored.ok()) stored->original.clear();
    // A file that came too early and was sent again is told twice; the last word counts.
    if (stored.ok() && *stored == told) {
      differing_submissions_.erase(told.sequence);
    } else {
      differing_submissions_.insert(told.sequence);
    }
    return absl::OkStatus();
  }

  absl::Status ReadPool(const Event& event) {
    storage::schema::PoolApportioned payload;
    if (!payload.ParseFromString(event.payload)) return Unreadable(event);
    ASSIGN_OR_RETURN(Pool next, storage::FromMessage(payload.pool()));
    const auto known = pools_.find(next.key);
    const Pool* before = known == pools_.end() ? nullptr : &known->second.pool;
    std::vector<LedgerEntry> entries = EntriesFor(before, next, event.month);
    LoggedPool& logged = pools_[next.key];
    for (LedgerEntry& entry : entries) logged.entries.push_back(std::move(entry));
    logged.pool = std::move(next);
    logged.pool.entries = static_cast<uint32_t>(logged.entries.size());
    return absl::OkStatus();
  }

  // Which months are closed; what follows goes by the log.
  absl::Status CheckMonths() {
    std::sort(closed_.begin(), closed_.end());
    if (store_.ClosedMonths() != closed_)
      differences_.Add("months", "the closed months are not those that the event log says");
    return absl::OkStatus();
  }

  static absl::Status Unreadable(const Event& event) {
    return absl::DataLossError(Concat("event ", event.sequence, " cannot be read"));
  }

  // ---- registry

  absl::Status CheckRegistry() {
    Note("registry", store_.registry().Verify());
    ASSIGN_OR_RETURN(const std::vector<std::string> differing, registry_loads_.Differing(store_.registry()));
    for (const std::string& what : differing) differences_.Add("loads", what);
    ASSIGN_OR_RETURN(index_, store_.registry().index());
    report_.registry_rows = static_cast<int64_t>(index_->rows());
    return absl::OkStatus();
  }

  // ---- claims

  absl::Status CheckClaims() {
    return store_.ForEachClaim({0, 0}, /*with_receipts=*/false,
                               [&](const Claim& claim, std::string_view) -> absl::Status {
                                 ASSIGN_OR_RETURN(const Submission* submission, submissions_.Of(claim.key));
                                 if (submission == nullptr) return absl::OkStatus();  // cut short while it was taken in
                                 if (++report_.claims % kProgressEvery == 0 && progress_)
                                   progress_("verify claims", report_.claims, 0);
                                 ++claims_of_[claim.key.submission];
                                 return CheckClaim(claim, *submission);
                               });
  }

  absl::Status CheckClaim(const Claim& stored, const Submission& submission) {
    const std::string id = storage::ClaimIdOf(submission, stored.key.receipt);
    ASSIGN_OR_RETURN(const std::vector<Event> events, store_.EventsOf(stored.key));
    ASSIGN_OR_RETURN(DerivedClaim derived, DeriveClaim(stored, submission, events, rollups_));
    storage::SeeClosed(closed_, derived.claim);
    if (const std::string_view what = FirstDifference(stored, derived.claim); !what.empty()) {
      differences_.Add("claims", Concat("claim ", id, ": ", what, " is not what the event log says"));
    }
    ASSIGN_OR_RETURN(std::vector<LedgerEntry> entries, store_.LedgerOf(stored.key));
    std::sort(entries.begin(), entries.end(), LedgerOrder);
    claim_entries_ += static_cast<int64_t>(derived.entries.size());
    if (entries != derived.entries) {
      differences_.Add("ledger", Concat("claim ", id, ": its entries are not those that follow from its decisions"));
    }
    if (stored.state == ClaimState::kReceived) return absl::OkStatus();
    if (stored.state == ClaimState::kClosed && stored.decision.outcome == Outcome::kApportioned)
      Gather(stored, submission);
    for (const Breach& breach : BreachesOf(stored, *index_, RulesOf(stored.rules_digest))) {
      differences_.Add(breach.law, Concat("claim ", id, ": ", breach.what));
    }
    return absl::OkStatus();
  }

  void Gather(const Claim& claim, const Submission& submission) {
    PoolReceipts& pool =
        gathered_[{submission.institution, claim.decision.pool_agency, claim.service_month, claim.closed_month}];
    pool.receipts.push_back(claim.key);
    pool.yen += claim.decision.insurer_yen;
  }

  const Rulebook* RulesOf(const std::string& digest) {
    const auto known = rulebooks_.find(digest);
    if (known != rulebooks_.end()) return known->second.get();
    std::unique_ptr<Rulebook> rules;
    if (auto kept = KeptRuleSet(store_, digest); kept.ok() && kept->digest() == digest)
      rules = std::make_unique<Rulebook>(*std::move(kept));
    return rulebooks_.emplace(digest, std::move(rules)).first->second.get();
  }

  // ---- ledger

  absl::Status CheckLedger() {
    int64_t of_claims = 0;
    RETURN_IF_ERROR(store_.ForEachLedgerEntry([&](const LedgerEntry& entry) -> absl::Status {
      if (++report_.entries % kProgressEvery == 0 && progress_) progress_("verify ledger", report_.entries, 0);
      if (entry.claim) {
        ++of_claims;
      } else {
        pool_entries_[entry.pool].push_back(entry);
      }
      return CheckEntry(entry);
    }));
    if (of_claims != claim_entries_) {
      differences_.Add("ledger", Concat("it has ", of_claims, " entries of claims, the log makes ", claim_entries_));
    }
    for (const auto& [account, yen] : clearing_) {
      if (yen != 0)
        differences_.Add("law 6", Concat("after the close of ", account.first.ToString(), " ", account.second,
                                         " stands at ", yen, " yen"));
    }
    for (const auto& [institution, yen] : clearing_of_) {
      if (yen != 0) {
        differences_.Add("law 6", Concat("institution ", institution.ToString(),
                                         ": what it is owed and what is borne differ by ", yen, " yen"));
      }
    }
    return absl::OkStatus();
  }

  // Every entry balances; what it leaves in clearing is summed per closed month and per institution. As the other
  // accounts are what is owed and what is borne, an empty clearing account says that the two agree.
  absl::Status CheckEntry(const LedgerEntry& entry) {
    Yen balance;
    ASSIGN_OR_RETURN(const InstitutionCode institution, InstitutionOf(entry));
    const bool closed = storage::ClosedWith(closed_, entry.month).index != 0;
    for (const storage::LedgerLine& line : entry.lines) {
      const Yen yen = line.debit - line.credit;
      balance += yen;
      if (!closed || !std::string_view(line.account).starts_with("clearing/")) continue;
      clearing_[{storage::ClosedWith(closed_, entry.month), line.account}] += yen.value;
      clearing_of_[institution] += yen.value;
    }
    if (balance.value != 0)
      differences_.Add(
          "law 6", Concat("an entry ", entry.kind, " of ", Owner(entry), " is off balance by ", balance.value, " yen"));
    return absl::OkStatus();
  }

  absl::StatusOr<InstitutionCode> InstitutionOf(const LedgerEntry& entry) {
    constexpr size_t kPrefix = 5, kDigits = 10;  // "pool/1311234567/…"
    if (!entry.claim)
      return InstitutionCode::Parse(std::string_view(entry.pool).substr(std::min(kPrefix, entry.pool.size()), kDigits))
          .value_or(InstitutionCode{});
    ASSIGN_OR_RETURN(const Submission* submission, submissions_.Of(*entry.claim));
    return submission == nullptr ? InstitutionCode{} : submission->institution;
  }

  static std::string Owner(const LedgerEntry& entry) {
    return entry.claim ? Concat("claim ", entry.claim->submission, "/", entry.claim->receipt) : entry.pool;
  }

  // ---- pools

  absl::Status CheckPools() {
    RETURN_IF_ERROR(store_.ForEachPool([&](const Pool& pool) {
      ++report_.pools;
      CheckPool(pool);
      return absl::OkStatus();
    }));
    for (const auto& [key, logged] : pools_) {
      if (!seen_pools_.contains(key)) differences_.Add("pools", Concat(key.Name(), " is missing"));
    }
    for (const auto& [name, entries] : pool_entries_) {
      differences_.Add("ledger", Concat(name, ": there are entries for it but no such pool"));
    }
    for (const auto& [pool, receipts] : gathered_) {
      differences_.Add("pools", Concat("institution ", std::get<0>(pool).ToString(), ": apportioned receipts of ",
                                       std::get<2>(pool).ToString(), " are in no pool"));
    }
    return absl::OkStatus();
  }

  void CheckPool(const Pool& pool) {
    const std::string name = pool.key.Name();
    seen_pools_.insert(pool.key);
    const auto logged = pools_.find(pool.key);
    if (logged == pools_.end() || logged->second.pool != pool)
      differences_.Add("pools", Concat(name, " is not what the event log says"));
    auto entries = pool_entries_.extract(name);
    std::vector<LedgerEntry> stored = entries.empty() ? std::vector<LedgerEntry>() : std::move(entries.mapped());
    std::sort(stored.begin(), stored.end(), LedgerOrder);
    if (logged != pools_.end() && stored != logged->second.entries) {
      differences_.Add("ledger", Concat(name, ": its entries are not those that follow from its shares"));
    }
    for (const Breach& breach : BreachesOf(pool)) differences_.Add(breach.law, breach.what);
    if (!std::binary_search(closed_.begin(), closed_.end(), pool.closed_month))
      return;  // its close was cut short: closing again makes it what it has to be
    const auto receipts =
        gathered_.find({pool.key.institution, pool.key.agency, pool.key.service_month, pool.closed_month});
    const PoolReceipts expected = receipts == gathered_.end() ? PoolReceipts{} : receipts->second;
    if (expected.receipts != pool.receipts || expected.yen != pool.yen) {
      differences_.Add("pools", Concat(name, ": its receipts are not those that were closed as APPORTIONED"));
    }
    if (receipts != gathered_.end()) gathered_.erase(receipts);
  }

  // ---- rollups, submissions

  absl::Status CheckRollups() {
    std::erase_if(rollups_, [](const auto& rollup) { return rollup.second == storage::RollupSum{}; });
    RETURN_IF_ERROR(store_.ForEachRollup([&](const storage::RollupKey& key, const storage::RollupSum& sum) {
      const auto derived = rollups_.find(key);
      const storage::RollupSum expected = derived == rollups_.end() ? storage::RollupSum{} : derived->second;
      if (sum != expected) {
        differences_.Add("rollups", Concat(key.month.ToString(), " ", key.dimension, " ", key.member, " has ",
                                           sum.count, " receipts and ", sum.yen, " yen, the log makes ", expected.count,
                                           " and ", expected.yen));
      }
      if (derived != rollups_.end()) rollups_.erase(derived);
      return absl::OkStatus();
    }));
    for (const auto& [key, sum] : rollups_)
      differences_.Add("rollups", Concat(key.month.ToString(), " ", key.dimension, " ", key.member, " is missing"));
    return absl::OkStatus();
  }

  absl::Status CheckSubmissions() {
    RETURN_IF_ERROR(store_.ForEachSubmission([&](const Submission& submission) {
      if (!submission.complete) return absl::OkStatus();
      if (!told_submissions_.contains(submission.sequence) || differing_submissions_.contains(submission.sequence)) {
        differences_.Add("submissions", Concat("submission ", submission.sequence, " is not what the event log says"));
      }
      differing_submissions_.erase(submission.sequence);
      const auto counted = claims_of_.find(submission.sequence);
      const int64_t claims = counted == claims_of_.end() ? 0 : counted->second;
      if (claims != submission.accepted) {
        differences_.Add("law 1", Concat("submission ", submission.sequence, ": ", submission.accepted,
                                         " receipts were accepted, ", claims, " are there"));
      }
      return absl::OkStatus();
    }));
    for (uint32_t sequence : differing_submissions_)
      differences_.Add("submissions", Concat("submission ", sequence, " is missing"));
    return absl::OkStatus();
  }

  const Store& store_;
  const Progress& progress_;
  Submissions submissions_;
  const storage::RegistryIndex* index_ = nullptr;
  Differences differences_;
  VerifyReport report_;

  std::vector<ServiceMonth> closed_;  // in their order
  std::set<uint32_t> differing_submissions_;
  absl::flat_hash_set<uint32_t> told_submissions_;
  absl::flat_hash_map<uint32_t, int64_t> claims_of_;  // by submission
  RegistryLoads registry_loads_;
  std::map<PoolKey, LoggedPool> pools_;
  std::set<PoolKey> seen_pools_;
  std::map<std::string, std::vector<LedgerEntry>> pool_entries_;  // by pool name, until its pool is seen
  std::map<std::tuple<InstitutionCode, Agency, ServiceMonth, ServiceMonth /* closed */>, PoolReceipts> gathered_;
  RollupSums rollups_;
  std::map<std::string, std::unique_ptr<Rulebook>> rulebooks_;  // by digest; nullptr: not kept
  int64_t claim_entries_ = 0;
  std::map<std::pair<ServiceMonth, std::string>, int64_t> clearing_;
  std::map<InstitutionCode, int64_t> clearing_of_;
};

}  // namespace

absl::StatusOr<VerifyReport> VerifyStore(const Store& store, const Progress& progress) {
  return Verifier(store, progress).Run();
}

}  // namespace furikae::rules
