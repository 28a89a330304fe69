// What `rules diff` tells of a month, against two ledgers: those of the month closed under the one set and under the
// other, and of what people have said since (decisions.md §6 close, §8 late identification, §9.12).
#include <algorithm>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/concat.h"
#include "gmock/gmock.h"
#include "rules/receipt_facts.h"
#include "tests/rules/rule_diff_fixture.h"

namespace furikae::rules {
namespace {

const ServiceMonth kSeptember = kOctober.Plus(-1), kNovember = kOctober.Plus(1);

constexpr unsigned kRounds = 12;

using Random = std::mt19937;
int Any(Random& random, int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); }

struct Change {
  const char *file, *from, *to;
};
constexpr Change kChanges[] = {
    {"identification.json", R"("then": {"grade": "PROBABLE"})", R"("then": {"grade": "CERTAIN"})"},
    {"policy.json", R"("then": {"outcome": "RETURNED", "class": 3, "reason": 5})",
     R"("then": {"outcome": "BILLED_TO_CLAIMED", "class": 3})"},
    {"policy.json", R"("action": "HAND_OVER")", R"("action": "RETURN", "reason": 11)"},
    {"policy.json", R"("then": {"outcome": "APPORTIONED"})", R"("then": {"outcome": "RETURNED", "reason": 10})"},
    {"routing.json", R"({"in": "insurer_unknown"}}, "then": {"outcome": "APPORTIONED"})",
     R"({"in": "insurer_unknown"}}, "then": {"outcome": "RETURNED", "reason": 5})"},
    {"routing.json", R"("months_since_service": {"max": 2}}, "then": {"outcome": "PENDING"})",
     R"("months_since_service": {"max": 3}}, "then": {"outcome": "PENDING"})"},
    {"rates.json", R"("when": {}, "then": {"rate_per_cent": 70})", R"("when": {}, "then": {"rate_per_cent": 60})"},
    {"ladder.json", R"("months_from": 4, "months_to": 2, "basis": "yen")",
     R"("months_from": 4, "months_to": 2, "basis": "receipts")"},
    {"late_identification.json", R"(["APPORTIONED", "BILLED_TO_CLAIMED", "RETURNED"])",
     R"(["APPORTIONED", "BILLED_TO_CLAIMED"])"},
};

// The built-in set with about `share` of ten of these changes.
Rulebook AnySet(Random& random, int share) {
  std::map<std::string, std::string> files = EmbeddedRegulations();
  for (const Change& change : kChanges) {
    if (Any(random, 10) >= share) continue;
    std::string& text = files[change.file];
    const size_t place = text.find(change.from);
    EXPECT_NE(place, std::string::npos) << change.file << ": " << change.from;
    text.replace(place, std::string(change.from).size(), change.to);
  }
  return *Rulebook::Load(Declarations(), files);
}

// Left his insurer before July; where he went is registered in October, if at all.
const Person kJiro{.subject = "S-jiro", .name = "田中 次郎", .kana = "タナカ ジロウ", .birth = "1970-01-01"};
Claim Former() {
  Claim claim;
  claim.number = "2222222";
  claim.name = "田中　次郎";
  claim.kana = "タナカジロウ";
  claim.birth = "19700101";
  claim.month = "202407";
  claim.remarks = {"旧資格情報"};
  return claim;
}
// Receipts of many kinds, no two the same.
std::vector<Claim> AnyReceipts(Random& random, int count, int points) {
  std::vector<Claim> receipts;
  for (int i = 0; i < count; ++i) {
    const Claim kinds[] = {Stranger(), Stranger("202407"), UnidentifiedClaim(), NobodysCard("8888888"), Former(), {}};
    receipts.push_back(kinds[Any(random, std::size(kinds))]);
    receipts.back().points_per_visit = points + i;
  }
  return receipts;
}

// "TRANSFERRED 04 | | 5922 | 06130488 5922".
std::string Told(const Decision& decision) {
  std::string told = absl::StrCat(Result(decision), " | ", Flags(decision), " | ", decision.insurer_yen.value, " |");
  for (const auto& [insurer, yen] : YenByInsurer(decision))
    absl::StrAppend(&told, " ", insurer.ToString(), " ", yen.value);
  return told;
}

// A store in which September was worked under the built-in rules and October is worked under `set`.
class Books : public RuleDiffs {
 public:
  explicit Books(Rulebook set) : set_(std::make_unique<Rulebook>(std::move(set))) {}
  void TestBody() override {}
  using RuleDiffs::Balances, RuleDiffs::Between, RuleDiffs::ClaimOf, RuleDiffs::moved_, RuleDiffs::pools_,
      RuleDiffs::store_;
  const Rulebook& set() const { return *rulebook_; }
  // In November, of what happened then or in October.
  absl::Status SayLate(const std::string& id, Action action, const std::string& subject, bool of_october) {
    if (!of_october) return Act(id, action, subject, kNovember);
    const Moment at{Moment::LastSecondOf(kOctober).seconds - 1000 + ++said_};
    return engine_->Act({id, action, subject, {}, "reviewer", at}, Run(kNovember));
  }

  // The same for the same seed. Returns the receipts of both months.
  std::vector<std::string> UntilOctoberIsClosed(unsigned seed) {
    Random random(seed);
    SetUp();
    Covered({{kJiro, {.number = "2222222", .until = "2024-07-01"}}}, kSeptember);
    std::vector<std::string> ids =
        Submit("a.UKE", File(AnyReceipts(random, 10, 300), {.written = "202409"}), kSeptember).claim_ids;
    Decide(kSeptember);
    for (const std::string& id : ids) {
      if (ResultOf(id) != "IN_REVIEW" || Any(random, 2) == 0) continue;
      EXPECT_TRUE(Act(id, Action::kDefer, "", kSeptember).ok());
    }
    Close(kSeptember);
    if (Any(random, 2) == 0) {
      Covered(
          {{kJiro,
            {.insurer = kSociety, .number = "5", .from = "2024-07-01", .registered_at = "2024-10-05T00:00:00+09:00"}}});
    }
    const std::vector<std::string> october = Submit("b.UKE", File(AnyReceipts(random, 16, 400))).claim_ids;
    for (const std::string& id : october) {  // not decided yet, so that both stores take the word
      if (Any(random, 4) != 0) continue;
      const Action action = Any(random, 2) == 0 ? Action::kReject : Action::kAccept;
      EXPECT_TRUE(Act(id, action, action == Action::kAccept ? "S-hanako" : "").ok());
    }
    for (const std::string& id : ids) {
      if (!ClaimOf(id).deferred || Any(random, 2) == 0) continue;
      EXPECT_TRUE(Act(id, Action::kReject).ok());
    }
    rulebook_ = std::move(set_);
    Reopen();
    Decide();
    Close();
    Person taro = Hanako();
    taro.subject = "S-taro";
    Covered({{taro,
              {.insurer = kKokuho,
               .symbol = "9",
               .number = "99",
               .from = "2024-07-01",
               .registered_at = "2024-11-02T00:00:00+09:00"}}},
            kNovember);
    ids.insert(ids.end(), october.begin(), october.end());
    return ids;
  }

 private:
  std::unique_ptr<Rulebook> set_;
  int said_ = 0;
};

using ByAccount = std::map<std::string, int64_t>;
ByAccount Difference(const ByAccount& before, ByAccount after) {
  for (const auto& [account, yen] : before) after[account] -= yen;
  std::erase_if(after, [](const auto& moved) { return moved.second == 0; });
  return after;
}

struct BookedPool {
  SharedPool shared;
  ByAccount accounts;
};
// Of October's close, as they stand now; those that all receipts have left count as none.
std::map<std::string, BookedPool> PoolsOf(const storage::Store& store) {
  std::map<std::string, BookedPool> pools;
  EXPECT_TRUE(store
                  .ForEachPool([&](const storage::Pool& pool) {
                    if (pool.closed_month != kOctober || pool.receipts.empty()) return absl::OkStatus();
                    BookedPool& booked = pools[pool.key.Name()];
                    booked.shared = {static_cast<int64_t>(pool.receipts.size()), pool.yen, pool.rung};
                    if (pool.shares.empty()) booked.accounts["unallocated/1"] = pool.yen.value;
                    for (const storage::Share& share : pool.shares)
                      booked.accounts["insurer/" + share.insurer.ToString()] = share.yen.value;
                    return absl::OkStatus();
                  })
                  .ok());
  return pools;
}

// That what may happen did, over all rounds.
struct Seen {
  int receipts_moved = 0, pools_moved = 0, pools_of_two_months = 0, waiting = 0;
  std::map<std::string, int> late;  // "APPORTIONED → TRANSFERRED", of the first ledger
};

void Count(Books& a, const std::vector<std::string>& ids, Seen& seen) {
  seen.receipts_moved += static_cast<int>(a.moved_.size());
  seen.pools_moved += static_cast<int>(a.pools_.size());
  for (const std::string& id : ids) seen.waiting += a.ClaimOf(id).closed_month.index == 0;
  EXPECT_TRUE(a.store_
                  ->ForEachPool([&](const storage::Pool& pool) {
                    std::set<uint32_t> submissions;  // one of each month
                    for (const storage::ClaimKey key : pool.receipts) submissions.insert(key.submission);
                    seen.pools_of_two_months += submissions.size() == 2;
                    return absl::OkStatus();
                  })
                  .ok());
}

// What people say in November of what both ledgers closed; where the first refuses it, it is not said.
void SayLate(Random& random, Books& a, Books& b, const std::vector<std::string>& ids, Seen& seen) {
  std::vector<std::string> closed;
  for (const std::string& id : ids) {
    const storage::Claim claim = a.ClaimOf(id);
    const bool shared = claim.decision.outcome == Outcome::kApportioned;  // of most others nothing is left to say
    if (claim.closed_month != kOctober || b.ClaimOf(id).closed_month != kOctober) continue;
    if (shared || Any(random, 5) == 0) closed.push_back(id);
  }
  std::shuffle(closed.begin(), closed.end(), random);
  closed.resize(std::min<size_t>(closed.size(), 4));
  for (int words = Any(random, 18); words > 0 && !closed.empty(); --words) {
    constexpr struct {
      Action action;
      const char* subject;
    } kWords[] = {{Action::kAccept, "S-hanako"}, {Action::kAccept, "S-taro"},   {Action::kAccept, "S-nobody"},
                  {Action::kUndo, ""},           {Action::kUndo, ""},           {Action::kReject, ""},
                  {Action::kInquire, ""},        {Action::kConfirm, "S-hanako"}};
    const auto& word = kWords[Any(random, std::size(kWords))];
    const std::string& id = closed[Any(random, static_cast<int>(closed.size()))];
    const Outcome before = a.ClaimOf(id).decision.outcome;
    const bool of_october = Any(random, 3) == 0;
    if (!a.SayLate(id, word.action, word.subject, of_october).ok()) continue;
    const Outcome after = a.ClaimOf(id).decision.outcome;
    if (before != after) ++seen.late[Concat(OutcomeName(before), " → ", OutcomeName(after))];
    const absl::Status other = b.SayLate(id, word.action, word.subject, of_october);
    EXPECT_TRUE(other.ok() || absl::IsFailedPrecondition(other)) << other;
  }
}

void ExpectReceipts(Books& a, Books& b, const std::vector<std::string>& ids) {
  std::map<std::string, std::string> told, booked;
  for (const MovedReceipt& moved : a.moved_) told[moved.claim_id] = Told(moved.before) + " → " + Told(moved.after);
  for (const std::string& id : ids) {
    const std::string before = Told(a.ClaimOf(id).decision), after = Told(b.ClaimOf(id).decision);
    if (before != after) booked[id] = before + " → " + after;
  }
  EXPECT_EQ(told, booked);
}

void ExpectPools(Books& a, Books& b) {
  std::map<std::string, BookedPool> before = PoolsOf(*a.store_), after = PoolsOf(*b.store_);
  std::map<std::string, ByAccount> told, booked;
  for (const MovedPool& moved : a.pools_) {
    const std::string name = moved.key.Name();
    EXPECT_EQ(moved.before, before[name].shared) << name;
    EXPECT_EQ(moved.after, after[name].shared) << name;
    for (const ShareMoved& share : moved.shares) told[name][share.account] = (share.after - share.before).value;
  }
  for (const auto* pools : {&before, &after}) {
    for (const auto& [name, pool] : *pools) {
      ByAccount moved = Difference(before[name].accounts, after[name].accounts);
      if (!moved.empty()) booked[name] = std::move(moved);
    }
  }
  EXPECT_EQ(told, booked);
}

void ExpectYen(const AccountsMoved& yen, Books& a, Books& b) {
  ByAccount told;
  for (const auto& [account, moved] : yen) told[account] = (moved.debit - moved.credit).value;
  std::erase_if(told, [](const auto& moved) { return moved.second == 0; });
  EXPECT_EQ(told, Difference(a.Balances(), b.Balances()));
}

TEST(RuleDiffLedger, IsTheDifferenceOfTheLedgersUnderTheTwoSets) {
  Seen seen;
  for (unsigned round = 0; round < kRounds; ++round) {
    SCOPED_TRACE(absl::StrCat("seed ", round));
    Random random(round);
    Books a(AnySet(random, 5)), b(AnySet(random, 5));
    const std::vector<std::string> ids = a.UntilOctoberIsClosed(round);
    ASSERT_EQ(b.UntilOctoberIsClosed(round), ids);
    SayLate(random, a, b, ids, seen);
    const RuleDiffSummary summary = a.Between(a.set(), b.set());
    ExpectReceipts(a, b, ids);
    ExpectPools(a, b);
    ExpectYen(summary.yen, a, b);
    Count(a, ids, seen);
    if (HasFailure()) return;
  }
  EXPECT_GT(seen.receipts_moved, 0);
  EXPECT_GT(seen.pools_moved, 0);
  EXPECT_GT(seen.pools_of_two_months, 0);
  EXPECT_GT(seen.waiting, 0);
  for (const char* late :
       {"APPORTIONED → TRANSFERRED", "APPORTIONED → RETURNED", "TRANSFERRED → APPORTIONED", "RETURNED → TRANSFERRED"})
    EXPECT_GT(seen.late[late], 0) << late;
}

}  // namespace
}  // namespace furikae::rules
