// The laws of decisions.md §9 that one decision keeps by itself: 1, 3, 4, 7 and 11, and 6 for what it posts.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "core/card.h"
#include "rules/accounting.h"
#include "tests/property/cases.h"
#include "tests/property/told_story_fixture.h"

namespace furikae {
namespace {

// Tells, and discards what intake refuses.
std::unique_ptr<ToldStory> ToldAny() {
  const Telling telling = *rc::gen::weightedOneOf<Telling>({{2, AnyTelling()}, {1, CrowdedTelling()}});
  auto told = Tell(telling);
  RC_PRE(told->Accepted());
  RC_TAG(std::string(OutcomeName(DecisionOn(*told, true).outcome)));
  return told;
}

bool Is(Outcome outcome, std::initializer_list<Outcome> ones) {
  return std::find(ones.begin(), ones.end(), outcome) != ones.end();
}

// ---- 1

TEST(Law1, EveryReceiptHasOneOutcomeThatCanBeBooked) {
  CheckCases(5000, [] {
    const auto told = ToldAny();
    for (const bool closing : {false, true}) {
      const Decision decision = DecisionOn(*told, closing);
      RC_ASSERT(decision.origin != Origin::kUndecided);
      RC_ASSERT(decision.outcome != Outcome::kUndecided);
      RC_ASSERT((decision.return_reason != 0) == (decision.outcome == Outcome::kReturned));
      RC_ASSERT((decision.outcome == Outcome::kPassedThrough) == (decision.origin == Origin::kOutOfScope));
      RC_ASSERT(rules::CheckBookable(decision) == absl::OkStatus());
      if (decision.outcome == Outcome::kInReview) RC_ASSERT(decision.fallback_outcome != Outcome::kUndecided);
      if (closing) RC_ASSERT(decision.outcome != Outcome::kInReview);
    }
  });
}

// ---- 3

// Whether the rows say, as registered by `now`, that somebody (that person, when named) has this card on that day.
bool IsCovered(const std::vector<RegistryRow>& registry, const Part& part, Date day, Moment now) {
  const CardText card = FoldCard(part.card.symbol, part.card.number);
  for (const RegistryRow& row : registry) {
    if (row.registered_at > now || row.suspended || row.withdrawn) continue;
    if (!part.subject_id.empty() && row.subject_id != part.subject_id) continue;
    if (row.card.insurer != part.card.insurer || FoldCard(row.card.symbol, row.card.number) != card) continue;
    if (day < row.qualified || day >= row.disqualified) continue;
    const bool replaced = std::any_of(registry.begin(), registry.end(), [&](const RegistryRow& other) {
      const int branch = BranchKey(row.card.branch), other_branch = BranchKey(other.card.branch);
      return other.subject_id == row.subject_id && other.qualified == row.qualified &&
             KeyOf(other.card) == KeyOf(row.card) && (branch == other_branch || branch == 0 || other_branch == 0) &&
             other.registered_at > row.registered_at && other.registered_at <= now;
    });
    if (!replaced) return true;
  }
  return false;
}

TEST(Law3, AnInsurerThatBearsADayCoversIt) {
  CheckCases(5000, [] {
    const auto told = ToldAny();
    const Decision decision = DecisionOn(*told, true);
    // 06 is billed although the qualification does not hold.
    if (decision.outcome == Outcome::kBilledToClaimed) return;
    for (const Part& part : decision.parts) {
      // An insurer that has confirmed may be in no registry; then the part names nobody of it.
      const bool confirmed = std::any_of(told->story.people.begin(), told->story.people.end(), [&](const auto& row) {
        return row.action == Action::kConfirm && row.insurer == part.card.insurer;
      });
      if (confirmed && part.subject_id.empty()) continue;
      if (Is(decision.outcome, {Outcome::kTransferred, Outcome::kSplit})) RC_ASSERT(!part.subject_id.empty());
      for (const int day : part.days.Days()) {
        RC_ASSERT(IsCovered(told->registry, part, told->receipt().service_month.Day(day), told->Now()));
      }
    }
  });
}

// ---- 4

TEST(Law4, AValidQualificationIsNeverMoved) {
  CheckCases(5000, [] {
    const auto told = ToldAny();
    const Decision decision = DecisionOn(*told, *rc::gen::arbitrary<bool>());
    if (decision.origin != Origin::kValid || told->claim_month < ServiceMonth::Of(2022, 2)) return;
    constexpr int kContradictory = 9;  // R09
    RC_ASSERT(Is(decision.outcome, {Outcome::kAsClaimed, Outcome::kBranchCompleted}) ||
              decision.return_reason == kContradictory);
    for (const Part& part : decision.parts) RC_ASSERT(part.card.insurer == *told->receipt().insurer);
  });
}

// ---- 6

using Balances = std::map<std::string, int64_t>;  // debits positive

void Post(const std::vector<storage::LedgerEntry>& entries, Balances& balances) {
  for (const storage::LedgerEntry& entry : entries) {
    Yen debit, credit;
    for (const storage::LedgerLine& line : entry.lines) {
      debit += line.debit;
      credit += line.credit;
      balances[line.account] += (line.debit - line.credit).value;
    }
    RC_ASSERT(debit == credit);
    RC_ASSERT(debit.value > 0);
  }
}

int64_t BalanceOf(const Balances& balances, std::string_view prefix) {
  int64_t sum = 0;
  for (const auto& [account, balance] : balances) sum += account.starts_with(prefix) ? balance : 0;
  return sum;
}

TEST(Law6, WhatADecisionPostsBalancesAndSaysWhoBearsWhat) {
  CheckCases(5000, [] {
    const auto told = ToldAny();
    const Decision open = DecisionOn(*told), closed = DecisionOn(*told, true);
    const rules::ClaimFacts facts{
        {1, 1}, told->file.head.institution, told->file.head.agency, told->receipt().service_month};
    Balances at_once, in_steps;
    Post(rules::EntriesFor(facts, nullptr, closed, told->claim_month, 1), at_once);
    const auto first = rules::EntriesFor(facts, nullptr, open, told->claim_month, 1);
    Post(first, in_steps);
    Post(rules::EntriesFor(facts, &open, closed, told->claim_month, static_cast<uint32_t>(first.size() + 1)), in_steps);
    std::erase_if(at_once, [](const auto& balance) { return balance.second == 0; });
    std::erase_if(in_steps, [](const auto& balance) { return balance.second == 0; });
    RC_ASSERT(at_once == in_steps);

    Yen parts;
    for (const Part& part : closed.parts) parts += part.yen;
    const bool passed = closed.outcome == Outcome::kPassedThrough;
    RC_ASSERT(-BalanceOf(at_once, "institution/") == (passed ? 0 : closed.insurer_yen.value));
    RC_ASSERT(BalanceOf(at_once, "insurer/") == parts.value);
    RC_ASSERT(BalanceOf(at_once, "clearing/") ==
              (closed.outcome == Outcome::kApportioned ? closed.insurer_yen.value : 0));
    RC_ASSERT(rules::EntriesFor(facts, &closed, closed, told->claim_month, 1).empty());
  });
}

// ---- 7

TEST(Law7, TheOrderOfTheRowsDecidesNothing) {
  CheckCases(5000, [] {
    const auto told = ToldAny();
    std::vector<InsurerRow> insurers = told->insurers;
    std::vector<RegistryRow> registry = told->registry;
    std::mt19937_64 random(*AnySeed());
    std::shuffle(insurers.begin(), insurers.end(), random);
    std::shuffle(registry.begin(), registry.end(), random);
    for (const bool closing : {false, true}) {
      const Decision decision = DecisionOn(*told, closing);
      RC_ASSERT(DecisionOn(*told, closing) == decision);
      RC_ASSERT(DecisionOn(*told, closing, insurers, registry) == decision);
    }
  });
}

// ---- 11

TEST(Law11, EveryOutcomeHasATraceWhoseRowsExist) {
  CheckCases(5000, [] {
    const auto told = ToldAny();
    const Decision decision = DecisionOn(*told, *rc::gen::arbitrary<bool>());
    RC_ASSERT(!decision.trace.empty());
    for (const TraceRow& traced : decision.trace) {
      const rules::Row* row = Rules().FindRow(traced.table, traced.row);
      RC_ASSERT(row != nullptr);
      RC_ASSERT(row->status == traced.status);
    }
    RC_ASSERT(decision.trace.front().table == "origin");
  });
}

}  // namespace
}  // namespace furikae
