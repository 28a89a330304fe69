// The laws of decisions.md §9 that need a whole month: 1, 6, 7, 8, 10 and 12, on small generated months.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "core/files/registry_csv.h"
#include "tests/property/cases.h"
#include "tests/property/month_run_fixture.h"

namespace furikae {
namespace {

using Balances = std::map<std::string, int64_t>;  // debits positive

constexpr int kMonths = 80;  // of each law

// Small, or large enough for every story to be in it.
InputFiles AnyMonth() {
  const int receipts = *rc::gen::weightedOneOf<int>({{3, rc::gen::inRange(5, 41)}, {1, rc::gen::inRange(100, 131)}});
  return GeneratedMonth({.seed = *AnySeed(), .persons = receipts, .receipts = receipts});
}

Balances BalancesOf(const std::vector<storage::LedgerEntry>& entries) {
  Balances balances;
  for (const storage::LedgerEntry& entry : entries) {
    for (const storage::LedgerLine& line : entry.lines) balances[line.account] += (line.debit - line.credit).value;
  }
  std::erase_if(balances, [](const auto& balance) { return balance.second == 0; });
  return balances;
}

int64_t SumOf(const Balances& balances, std::string_view prefix) {
  int64_t sum = 0;
  for (const auto& [account, balance] : balances) sum += account.starts_with(prefix) ? balance : 0;
  return sum;
}

TEST(LawsOfAMonth, OutcomesAddUpToTheReceiptsAcceptedAndTheBooksBalance) {
  CheckCases(kMonths, [] {
    const InputFiles files = AnyMonth();
    MonthRun run;
    run.Everything(files);
    const std::vector<storage::Claim> claims = run.Claims();
    RC_ASSERT(static_cast<int64_t>(claims.size()) == run.accepted());
    int64_t owed = 0;
    for (const storage::Claim& claim : claims) {
      RC_ASSERT(claim.decision.outcome != Outcome::kUndecided);
      if (claim.decision.outcome != Outcome::kPassedThrough) owed += claim.decision.insurer_yen.value;
    }
    // Debit = credit in each entry; nothing is left in clearing; what is owed is borne by somebody.
    for (const storage::LedgerEntry& entry : run.Entries()) {
      Yen debit, credit;
      for (const storage::LedgerLine& line : entry.lines) {
        debit += line.debit;
        credit += line.credit;
      }
      RC_ASSERT(debit == credit);
    }
    const Balances balances = BalancesOf(run.Entries());
    RC_ASSERT(SumOf(balances, "clearing/") == 0);
    for (const auto& [account, balance] : balances) RC_ASSERT(!account.starts_with("clearing/"));
    RC_ASSERT(-SumOf(balances, "institution/") == owed);
    RC_ASSERT(owed == SumOf(balances, "insurer/") + SumOf(balances, "unallocated/") + SumOf(balances, "pending") +
                          SumOf(balances, "returns"));
    for (const storage::Pool& pool : run.Pools()) {
      Yen shared;
      for (const storage::Share& share : pool.shares) shared += share.yen;
      RC_ASSERT((pool.shares.empty() ? pool.rung == "UNALLOCATED" : shared == pool.yen));
    }
    RC_ASSERT(run.Differences() == std::vector<std::string>());
  });
}

TEST(LawsOfAMonth, TheSameInputGivesTheSameBytesAndStoredReceiptsAreThoseSent) {
  CheckCases(kMonths, [] {
    const InputFiles files = AnyMonth();
    MonthRun one, two;
    one.Everything(files);
    two.Everything(files);
    RC_ASSERT(one.Out() == two.Out());
    RC_ASSERT(one.Books() == two.Books());
    std::map<uint32_t, std::string> receipts;  // by submission, put together again
    RC_ASSERT(one.store()
                  .ForEachClaim({0, 0}, true,
                                [&](const storage::Claim& claim, std::string_view bytes) {
                                  receipts[claim.key.submission] += bytes;
                                  return absl::OkStatus();
                                })
                  .ok());
    RC_ASSERT(one.store()
                  .ForEachSubmission([&](const storage::Submission& submission) {
                    if (!submission.original.empty() || submission.refused > 0) return absl::OkStatus();
                    RC_ASSERT(
                        files.at(submission.file).starts_with(submission.head + receipts[submission.sequence] + "GO,"));
                    return absl::OkStatus();
                  })
                  .ok());
  });
}

// The lines after the header in another order.
std::string ShuffledRows(const std::string& csv, std::mt19937_64& random) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < csv.size();) {
    const size_t end = std::min(csv.find('\n', at), csv.size() - 1) + 1;
    lines.push_back(csv.substr(at, end - at));
    at = end;
  }
  std::shuffle(lines.begin() + 1, lines.end(), random);
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

TEST(LawsOfAMonth, TheOrderOfRowsAndFilesDecidesNothing) {
  CheckCases(kMonths, [] {
    InputFiles files = AnyMonth();
    // Who hands in twice decides which of the two is the duplicate: there the order counts, and the path gives it.
    std::erase_if(files, [](const auto& file) { return file.first.find("_2.") != std::string::npos; });
    files.erase("people.csv");
    InputFiles permuted = files;
    std::mt19937_64 random(*AnySeed());
    for (const char* table : {"registry.csv", "insurers.csv", "payments.csv", "institutions.csv"})
      permuted[table] = ShuffledRows(files.at(table), random);
    MonthRun one, two;
    one.Everything(files);
    two.LoadTables(permuted);
    two.Submit(permuted, [&](std::vector<std::string>& paths) { std::shuffle(paths.begin(), paths.end(), random); });
    two.Decide();
    two.Close();
    RC_ASSERT(one.DecisionsById() == two.DecisionsById());
    RC_ASSERT(one.Out() == two.Out());
  });
}

TEST(LawsOfAMonth, EveryStepTwiceIsAsOnce) {
  CheckCases(kMonths, [] {
    const InputFiles files = AnyMonth();
    MonthRun once, twice;
    once.Everything(files);
    for (int i = 0; i < 2; ++i) twice.LoadTables(files);
    for (int i = 0; i < 2; ++i) twice.Submit(files);
    for (int i = 0; i < 2; ++i) twice.LoadPeople(files);
    for (int i = 0; i < 2; ++i) twice.Decide();
    for (int i = 0; i < 2; ++i) twice.Close();
    RC_ASSERT(once.Books() == twice.Books());
    RC_ASSERT(once.Out() == twice.Out());
    twice.Everything(files);
    RC_ASSERT(once.Books() == twice.Books());
    RC_ASSERT(once.Out() == twice.Out());
    RC_ASSERT(twice.Differences() == std::vector<std::string>());
  });
}

PeopleRow Answer(const std::string& claim_id, Action action, std::string subject, int64_t second) {
  PeopleRow row;
  row.claim_id = claim_id;
  row.action = action;
  row.subject_id = std::move(subject);
  row.actor = "reviewer";
  row.at = {Moment::LastSecondOf(MonthRun::kMonth).seconds + second};
  return row;
}

// A claim of a pool, and a person whom somebody takes it to be.
struct LateCase {
  std::string claim_id;
  std::string subject_id;
};
std::vector<LateCase> LateCases(const MonthRun& run, const InputFiles& files) {
  std::vector<std::string> subjects;
  (void)ReadRegistryCsv("registry.csv", files.at("registry.csv"),
                        [&](RegistryRow&& row) { subjects.push_back(row.subject_id); });
  std::vector<LateCase> cases;
  for (const storage::Claim& claim : run.Claims()) {
    if (claim.decision.outcome != Outcome::kApportioned) continue;
    const auto& identification = claim.decision.identification;
    cases.push_back({*run.store().ClaimId(claim.key), identification && !identification->candidates.empty()
                                                          ? identification->candidates.front().subject_id
                                                          : subjects[claim.key.submission % subjects.size()]});
  }
  return cases;
}

std::vector<storage::Pool> WithoutEntries(std::vector<storage::Pool> pools) {
  for (storage::Pool& pool : pools) pool.entries = 0;
  return pools;
}

TEST(LawsOfAMonth, ALateIdentificationTwiceIsAsOnceAndItsUndoRestoresTheShares) {
  int moved = 0;
  CheckCases(kMonths, [&] {
    const InputFiles files = AnyMonth();
    MonthRun run;
    run.Everything(files);
    const std::vector<storage::Pool> pools = run.Pools();
    const auto decisions = run.DecisionsById();
    const Balances balances = BalancesOf(run.Entries());
    const auto out = run.Out();
    const ServiceMonth next = MonthRun::kMonth.Plus(1);
    const std::vector<LateCase> cases = LateCases(run, files);
    int64_t second = 0;
    std::vector<std::string> accepted;
    for (const LateCase& late : cases) {
      const PeopleRow accept = Answer(late.claim_id, Action::kAccept, late.subject_id, ++second);
      const std::string before = run.Books();
      const absl::Status acted = run.Act(accept, next);
      if (absl::IsFailedPrecondition(acted)) {  // a person without coverage then, say: nothing to accept
        RC_ASSERT(run.Books() == before);
        continue;
      }
      RC_ASSERT(acted.ok());
      accepted.push_back(late.claim_id);
      const std::string once = run.Books();
      RC_ASSERT(run.Act(accept, next).ok());
      RC_ASSERT(run.Books() == once);
      if (run.DecisionsById().at(late.claim_id).outcome == Outcome::kTransferred) ++moved;
    }
    RC_ASSERT(run.Differences() == std::vector<std::string>());
    RC_ASSERT(SumOf(BalancesOf(run.Entries()), "clearing/") == 0);
    for (const std::string& claim_id : accepted)
      RC_ASSERT(run.Act(Answer(claim_id, Action::kUndo, "", ++second), next).ok());
    RC_ASSERT(WithoutEntries(run.Pools()) == WithoutEntries(pools));
    RC_ASSERT(run.DecisionsById() == decisions);
    RC_ASSERT(BalancesOf(run.Entries()) == balances);
    RC_ASSERT(run.Out() == out);  // a closed month never changes
    RC_ASSERT(run.Differences() == std::vector<std::string>());
  });
  EXPECT_GT(moved, 0) << "nobody was found late in any month";
}

}  // namespace
}  // namespace furikae
