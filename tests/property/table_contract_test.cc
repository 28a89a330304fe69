// The contracts of the tables (rules/table_contract.h) are true: no story asks a table with a fact, or a value of it,
// that its contract does not name; and what a contract names is set in some story.
#include "rules/table_contract.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "rules/asked_tables.h"
#include "rules/receipt_facts.h"
#include "rules/why_not.h"
#include "tests/property/cases.h"
#include "tests/property/told_story_fixture.h"

namespace furikae {
namespace {

using rules::AskedTable;
using rules::AskedTables;

constexpr int kFacts = static_cast<int>(rules::Fact::kCount_);

// The tables that a story asks, before and at the close.
AskedTables AskedBy(const ToldStory& told) {
  AskedTables asked;
  for (const bool closing : {false, true}) DecisionOn(told, closing, told.insurers, told.registry, &asked);
  return asked;
}

std::unique_ptr<ToldStory> ToldAny() {
  auto told = Tell(*rc::gen::weightedOneOf<Telling>({{3, AnyTelling()}, {1, CrowdedTelling()}}));
  RC_PRE(told->Accepted());
  return told;
}

TEST(TableContracts, NameEveryFactAndValueThatATableIsAskedWith) {
  CheckCases(5000, [] {
    const auto told = ToldAny();
    for (const AskedTable& one : AskedBy(*told)) {
      const rules::TableContract* contract = rules::ContractOf(one.table->name());
      RC_ASSERT(contract != nullptr);
      for (int fact = 0; fact < kFacts; ++fact) {
        const int64_t value = one.facts.Get(fact);
        const auto known = contract->asked_with.find(fact);
        const bool named = known == contract->asked_with.end() ? value == rules::kAbsent : known->second.Holds(value);
        if (!named) {
          const rules::FactDeclaration& declared = rules::Declarations()[static_cast<size_t>(fact)];
          RC_FAIL(std::string(one.table->name()) + ": " + std::string(declared.name) + " = " +
                  rules::ValueText(declared, value));
        }
      }
    }
  });
}

TEST(TableContracts, NameNoFactThatIsNeverSet) {
  // Of the ladder, of duplicates and of late identification.
  const std::set<rules::Fact> asked_without_a_trace = {rules::Fact::kRung, rules::Fact::kEarlierSame,
                                                       rules::Fact::kHasSearchNumber, rules::Fact::kOutcome};
  std::map<int, int> times;  // that a table was asked with the fact as its contract says
  CheckCases(20'000, [&] {
    const auto told = ToldAny();
    // What the stories leave blank: a copayment, and the number of somebody in a disaster.
    uke::Receipt& receipt = told->file.receipts.front();
    if (*AnySeed() % 4 == 0) receipt.copayment = Yen{100};
    if (receipt.insurer && receipt.insurer->value == 99'999'999) receipt.number_text = "12";
    for (const AskedTable& one : AskedBy(*told)) {
      for (const auto& [fact, values] : rules::ContractOf(one.table->name())->asked_with)
        times[fact] += one.facts.Get(fact) != rules::kAbsent;
    }
  });
  for (int fact = 0; fact < kFacts; ++fact) {
    if (asked_without_a_trace.contains(static_cast<rules::Fact>(fact))) continue;
    EXPECT_GT(times[fact], 0) << rules::Declarations()[static_cast<size_t>(fact)].name;
  }
}

}  // namespace
}  // namespace furikae
