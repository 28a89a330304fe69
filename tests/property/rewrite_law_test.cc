// The laws of decisions.md §9 about the receipt's bytes: 2 (a split conserves), 9 (what nobody knows goes through), 10
// (reading and writing changes nothing).
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "core/uke/edit.h"
#include "core/uke/layouts.h"
#include "core/uke/writer.h"
#include "rules/export/billed_receipt.h"
#include "rules/share.h"
#include "rules/split.h"
#include "tests/property/cases.h"
#include "tests/property/told_story_fixture.h"

namespace furikae {
namespace {

using generate::Draft;
using generate::DraftLine;

// ---- 2

TEST(Law2, ASplitHasThePartsThatTheReceiptHad) {
  int splits = 0;
  CheckCases(3000, [&] {
    const auto told =
        Tell(*rc::gen::weightedOneOf<Telling>({{1, AnyTelling()}, {1, CrowdedTelling()}, {1, MovingTelling()}}));
    RC_PRE(told->Accepted());
    const Decision decision = DecisionOn(*told, true);
    if (decision.outcome != Outcome::kSplit) return;
    ++splits;
    RC_ASSERT(decision.parts.size() >= 2u);
    DayMask days;
    int64_t points = 0;
    Yen yen;
    for (const Part& part : decision.parts) {
      RC_ASSERT(!part.days.Empty());
      RC_ASSERT((days & part.days).Empty());
      RC_ASSERT(part.days.First() > (&part == &decision.parts.front() ? 0 : (&part - 1)->days.First()));
      days = days | part.days;
      points += part.points;
      yen += part.yen;
    }
    RC_ASSERT(days == decision.days);
    RC_ASSERT(points == told->receipt().total_points);
    RC_ASSERT(yen == decision.insurer_yen);
  });
  EXPECT_GT(splits, 0);
}

// A receipt that may be split: every line on days of its own, as often as it likes.
Draft DividedDraft(generate::Random& random) {
  generate::World world({.seed = random.Next(), .persons = 1, .receipts = 1, .month = ServiceMonth::Of(2024, 10)});
  generate::Person& person = world.Fresh(20, 60);
  constexpr Flavour kFlavours[] = {Flavour::kMedical, Flavour::kDental, Flavour::kPharmacy, Flavour::kNursing};
  const Flavour flavour = kFlavours[random.Next() % 4];
  const std::vector<int> visits = generate::SomeDays(world, random.Between(1, 9), 1, 30);
  Draft draft = generate::DraftFor(world, flavour, person, person.rows[0], visits);
  for (int i = random.Between(0, 6); i > 0; --i) {
    DraftLine line = draft.lines[random.Next() % draft.lines.size()];
    line.points = random.Between(1, 3000);
    line.days.clear();
    for (const int day : visits) {
      if (random.Chance(50)) line.days.emplace_back(day, line.record == "SI" ? random.Between(1, 12) : 1);
    }
    if (!line.days.empty()) draft.lines.push_back(line);
  }
  return draft;
}

int64_t PointsOn(const Draft& draft, DayMask days) {
  int64_t points = 0;
  for (const DraftLine& line : draft.lines) {
    for (const auto& [day, count] : line.days) points += days.Has(day) ? line.points * count : 0;
  }
  return points;
}

// Σ of the counts of every kind of line with points, over all its days.
std::map<std::string, int> CountsOf(const uke::Receipt& receipt) {
  std::map<std::string, int> counts;
  const uke::LineDays lines = uke::ReadLineDays(receipt);
  const std::vector<uke::Line> text = uke::Lines(receipt.bytes);
  for (const uke::Unit& unit : lines.units) {
    const std::string_view line = text[unit.last_line].text;
    std::string kind(line.substr(0, 2));
    kind += "/" + std::to_string(unit.points);
    counts[kind] += unit.count;
  }
  return counts;
}

TEST(Law2, TheSidesOfASplitAddUpToTheReceiptLineByLine) {
  CheckCases(3000, [] {
    generate::Random random(*AnySeed());
    const Draft draft = DividedDraft(random);
    const ServiceMonth claim_month = ServiceMonth::Of(2024, 10);
    const std::string bytes = generate::Head(draft.flavour, draft.agency, draft.institution, "青空", claim_month) +
                              generate::Records(draft, 1, claim_month) +
                              uke::MakeTrailer({.claims = 1, .points = draft.Points()});
    const uke::ParsedFile file = uke::ReadFile("RECEIPT.UKE", bytes, claim_month);
    RC_ASSERT(file.receipts.size() == 1u);
    const uke::Receipt& receipt = file.receipts.front();
    const uke::LineDays lines = uke::ReadLineDays(receipt);
    std::vector<DayMask> dealt(static_cast<size_t>(random.Between(2, 4)));
    for (int day = 1; day <= 30; ++day) dealt[random.Next() % dealt.size()].Add(day);

    int64_t points = 0;
    int actual_days = 0;
    DayMask days;
    std::map<std::string, int> counts;
    for (const rules::Side& side : rules::SplitByDays(receipt, lines, dealt)) {
      RC_ASSERT(side.points == PointsOn(draft, side.days));
      const auto billed = rules::Rewrite(receipt, lines,
                                         {.card = {InsurerNumber{6130488}, "7", "55", "00"},
                                          .outcome = Outcome::kSplit,
                                          .confirmation_class = 5,
                                          .side = side});
      RC_ASSERT(billed.ok());
      const auto read = uke::ReadReceipt(file.head, *billed);
      RC_ASSERT(read.ok());
      const uke::LineDays left = uke::ReadLineDays(*read);
      RC_ASSERT(read->insurer->value == 6130488u);
      RC_ASSERT(read->total_points == side.points);
      RC_ASSERT(left.points == side.points);
      RC_ASSERT(side.days.Covers(left.days));
      RC_ASSERT(read->JdDays() == (receipt.JdDays() & side.days));
      RC_ASSERT(!left.count_differs);
      RC_ASSERT(!left.unit_without_day);
      for (const auto& [kind, count] : CountsOf(*read)) counts[kind] += count;
      points += side.points;
      actual_days += read->actual_days;
      RC_ASSERT((days & left.days).Empty());
      days = days | left.days;
    }
    RC_ASSERT(points == receipt.total_points);
    RC_ASSERT(actual_days == receipt.actual_days);
    RC_ASSERT(days == lines.days);
    RC_ASSERT(counts == CountsOf(receipt));
  });
}

TEST(Law2, TheYenOfTheSidesAddUpToTheShare) {
  CheckCases(3000, [] {
    const int64_t share = *rc::gen::inRange<int64_t>(0, 2'000'000'000);
    const auto points =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<int64_t>>(rc::gen::inRange<int64_t>(0, 900'000)));
    const std::vector<Yen> yen = rules::ShareByPoints(Yen{share}, points);
    RC_ASSERT(yen.size() == points.size());
    Yen sum;
    for (const Yen part : yen) {
      RC_ASSERT(part.value >= 0);
      sum += part;
    }
    RC_ASSERT(sum.value == share);
  });
}

// ---- 9, 10

// The file with records that no specification names, and columns past the end of those that it does.
struct Strange {
  std::string bytes;
  std::vector<std::string> records;  // the unknown ones
};
Strange MadeStrange(const std::string& bytes, Flavour flavour, generate::Random& random) {
  Strange strange;
  bool in_receipt = false;
  for (const uke::Line& line : uke::Lines(bytes)) {
    const std::string_view id = line.Id();
    if (id == "GO" && in_receipt) in_receipt = false;
    strange.bytes += line.text;
    if (in_receipt && (id == "SY" || id == "SI" || id == "SS" || id == "CO" || id == "KA") && random.Chance(30)) {
      // As if a later specification had more columns: those that are cut off come first.
      const uke::RecordLayout* layout = uke::FindRecord(flavour, id);
      const auto columns = std::count(line.text.begin(), line.text.end(), ',') + 1;
      const auto wanted = layout == nullptr ? columns : std::max<int64_t>(columns, int64_t{layout->columns} + 1);
      strange.bytes.append(static_cast<size_t>(wanted - columns), ',');
      strange.bytes += ",later";
    }
    strange.bytes += line.ending;
    if (id == "HO") in_receipt = true;
    if (in_receipt && random.Chance(20)) {
      strange.records.push_back("Z" + std::to_string(random.Between(0, 9)) + ",1,," + std::to_string(random.Next()));
      strange.bytes += strange.records.back() + "\r\n";
    }
  }
  return strange;
}

TEST(Law9, WhatNobodyKnowsGoesThroughByteForByte) {
  CheckCases(3000, [] {
    const auto told = Tell(*MovingTelling());
    generate::Random random(*AnySeed());
    const Strange strange = MadeStrange(told->bytes, told->story.draft.flavour, random);
    told->file = uke::ReadFile("RECEIPT.UKE", strange.bytes, told->claim_month);
    RC_ASSERT(told->Accepted());
    const Decision decision = DecisionOn(*told);
    if (decision.outcome != Outcome::kTransferred && decision.outcome != Outcome::kSplit) return;
    for (size_t part = 0; part < decision.parts.size(); ++part) {
      const auto billed = rules::RewrittenRecords({Rules(), storage::Masters()}, told->Submission(), decision, part,
                                                  told->receipt().bytes);
      RC_ASSERT(billed.ok());
      size_t from = 0;
      for (const std::string& record : strange.records) {
        from = billed->find(record + "\r\n", from);
        RC_ASSERT(from != std::string::npos);
      }
      if (decision.outcome != Outcome::kTransferred) continue;
      // Nothing but the card, the type and the rate, the confirmation and the days that disagree is touched.
      std::string kept, written;
      const auto may_change = [](std::string_view id) {
        return id == "IR" || id == "RE" || id == "HO" || id == "SN" || id == "JD";
      };
      for (const uke::Line& line : uke::Lines(told->receipt().bytes)) {
        if (!may_change(line.Id())) kept.append(line.text).append(line.ending);
      }
      for (const uke::Line& line : uke::Lines(*billed)) {
        if (!may_change(line.Id())) written.append(line.text).append(line.ending);
      }
      RC_ASSERT(kept == written);
    }
  });
}

TEST(Law10, ReadingAndWritingUnchangedGivesTheSameBytes) {
  CheckCases(3000, [] {
    const auto told = Tell(*AnyTelling());
    generate::Random random(*AnySeed());
    const Strange strange = MadeStrange(told->bytes, told->story.draft.flavour, random);
    const uke::ParsedFile file = uke::ReadFile("RECEIPT.UKE", strange.bytes, told->claim_month);
    RC_PRE(file.receipts.size() == 1u);
    const uke::Receipt& receipt = file.receipts.front();
    // Head, receipts and the end are the file.
    const std::string read = std::string(file.head.bytes) + std::string(receipt.bytes);
    RC_ASSERT(strange.bytes.starts_with(read));
    RC_ASSERT(strange.bytes.substr(read.size()).starts_with("GO,"));
    RC_ASSERT(rules::RewriteHead(file.head.bytes, Agency::kUnknown) == file.head.bytes);
    RC_ASSERT(rules::RewriteHead(file.head.bytes, file.head.agency) == file.head.bytes);
    RC_ASSERT(rules::ConfirmedRecords(receipt.bytes, 0) == receipt.bytes);
    std::string lines;
    for (const uke::Line& line : uke::Lines(receipt.bytes))
      lines += uke::WithColumns(line.text, {}) + std::string(line.ending);
    RC_ASSERT(lines == receipt.bytes);
    if (!receipt.Has(uke::kSeenHo)) return;
    const auto unchanged = rules::Rewrite(receipt, uke::ReadLineDays(receipt),
                                          {.outcome = Outcome::kAsClaimed, .agency = file.head.agency});
    RC_ASSERT(unchanged.ok());
    RC_ASSERT(*unchanged == receipt.bytes);
  });
}

}  // namespace
}  // namespace furikae
