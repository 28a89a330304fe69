#include "tests/bench/peers/peer_table.h"

#include <algorithm>
#include <random>

#include "core/calendar.h"

namespace furikae::bench {

using rules::Fact;
using rules::kAbsent;

const std::array<PeerFact, kPeerFacts> kPeerFactList = {{
    {Fact::kHasMf, 0, 1},
    {Fact::kInpatient, 0, 1},
    {Fact::kHasKo, 0, 1},
    {Fact::kFlavour, 1, 5},
    {Fact::kInsurerStanding, 0, 3},
    {Fact::kCardDays, 0, 2},
    {Fact::kTypeDigit2, 1, 4},
    {Fact::kLawCode, 1, 75},
    {Fact::kServiceMonth, ServiceMonth::Of(2019, 4).index, ServiceMonth::Of(2025, 3).index, true},
    {Fact::kAge, 0, 104, true},
    {Fact::kTotalPoints, 0, 100'000, true},
    {Fact::kCopayment, 0, 80'000, true, true},
}};

namespace {

// The standard fixes what the engine draws, but not what its distributions make of it.
class Dice {
 public:
  explicit Dice(uint64_t seed) : engine_(seed) {}
  int64_t Between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(engine_() % static_cast<uint64_t>(high - low + 1));
  }
  bool OneIn(int n) { return Between(1, n) == 1; }

 private:
  std::mt19937_64 engine_;
};

int64_t DrawValue(const PeerFact& fact, Dice& dice) {
  return fact.may_be_absent && dice.OneIn(4) ? kAbsent : dice.Between(fact.low, fact.high);
}

FactVector DrawVector(Dice& dice) {
  FactVector vector;
  for (int i = 0; i < kPeerFacts; ++i) vector[i] = DrawValue(kPeerFactList[i], dice);
  return vector;
}

// A condition that holds on `value`.
PeerCondition DrawCondition(int number, int64_t value, Dice& dice) {
  const PeerFact& fact = kPeerFactList[number];
  PeerCondition condition{number, {}, fact.low, fact.high};
  if (value == kAbsent || !fact.ranged) {
    condition.values = {value};
    const int64_t more = value == kAbsent || fact.high == 1 ? 0 : dice.Between(0, 2);
    for (int64_t i = 0; i < more; ++i) {
      condition.values.push_back(dice.Between(fact.low, fact.high));
    }
    std::sort(condition.values.begin(), condition.values.end());
    condition.values.erase(std::unique(condition.values.begin(), condition.values.end()), condition.values.end());
    return condition;
  }
  const int64_t reach = (fact.high - fact.low) / 6;
  const int64_t open = dice.Between(0, 2);  // neither side, the lower, the upper
  if (open != 1) condition.min = std::max(fact.low, value - dice.Between(0, reach));
  if (open != 2) condition.max = std::min(fact.high, value + dice.Between(0, reach));
  return condition;
}

PeerRow DrawRow(const FactVector& witness, Dice& dice) {
  PeerRow row{.witness = witness};
  std::array<int, kPeerFacts> facts;
  for (int i = 0; i < kPeerFacts; ++i) facts[i] = i;
  const int64_t count = dice.Between(5, 8);
  for (int64_t i = 0; i < count; ++i) {
    std::swap(facts[i], facts[dice.Between(i, kPeerFacts - 1)]);
    row.conditions.push_back(DrawCondition(facts[i], witness[facts[i]], dice));
  }
  std::sort(row.conditions.begin(), row.conditions.end(),
            [](const PeerCondition& a, const PeerCondition& b) { return a.fact < b.fact; });
  return row;
}

bool Answers(const PeerTable& table, const FactVector& vector) {
  return std::any_of(table.rows.begin(), table.rows.end(), [&](const PeerRow& row) { return row.Holds(vector); });
}

}  // namespace

bool PeerCondition::Holds(int64_t value) const {
  if (values.empty()) return value >= min && value <= max;
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool PeerRow::Holds(const FactVector& vector) const {
  return std::all_of(conditions.begin(), conditions.end(),
                     [&](const PeerCondition& condition) { return condition.Holds(vector[condition.fact]); });
}

PeerTable DrawTable(int rows, uint64_t seed) {
  Dice dice(seed);
  PeerTable table;
  while (static_cast<int>(table.rows.size()) < rows) {
    FactVector witness = DrawVector(dice);
    if (Answers(table, witness)) continue;
    const bool last = static_cast<int>(table.rows.size()) == rows - 1;
    PeerRow row = last ? PeerRow{.witness = witness} : DrawRow(witness, dice);
    row.id = last ? "OTHERWISE" : "R" + std::to_string(table.rows.size() + 1);
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::vector<FactVector> DrawVectors(const PeerTable& table, int count, uint64_t seed) {
  Dice dice(seed);
  std::vector<FactVector> vectors;
  vectors.reserve(count);
  for (int i = 0; i < count; ++i) {
    if (i % 8 == 0) {
      vectors.push_back(DrawVector(dice));
      continue;
    }
    FactVector vector = table.rows[dice.Between(0, static_cast<int64_t>(table.rows.size()) - 1)].witness;
    for (int64_t redrawn = dice.Between(0, 2); redrawn > 0; --redrawn) {
      const int64_t fact = dice.Between(0, kPeerFacts - 1);
      vector[fact] = DrawValue(kPeerFactList[fact], dice);
    }
    vectors.push_back(vector);
  }
  return vectors;
}

}  // namespace furikae::bench
