// Any bytes as a file of regulations: refused with a reason, or loaded into tables whose answers agree with each other.
#include <cstdlib>

#include "rules/table.h"

namespace {

using furikae::rules::FactDeclaration;
using furikae::rules::FactType;

constexpr std::string_view kStandings[] = {"UNKNOWN", "IN_FORCE", "CEASED"};
const FactDeclaration kFacts[] = {
    {"claim_month", FactType::kMonth},
    {"has_ho", FactType::kFlag},
    {"total_points", FactType::kNumber, "points"},
    {"standing", FactType::kChoice, "", kStandings},
    {"visit", FactType::kDate},
};

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckAnswers(const furikae::rules::Table& table, const furikae::rules::Facts& facts) {
  const furikae::rules::Row* first = table.First(facts);
  const furikae::rules::RowHits all = table.Collect(facts);
  Require(all.empty() ? first == nullptr : first == all.front());
  if (table.hit() == furikae::rules::HitPolicy::kUnique) Require(all.size() <= 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto book = furikae::rules::Rulebook::Load(kFacts, {{"fuzz.json", text}});
  if (!book.ok()) {
    Require(!book.status().message().empty());
    return 0;
  }
  for (const auto& table : book->tables()) {
    furikae::rules::Facts facts;
    CheckAnswers(*table, facts);
    for (const int64_t value : {0, 1, 2, 24270, 24296, 11800}) {
      for (int fact = 0; fact < 5; ++fact) facts.Set(fact, value);
      CheckAnswers(*table, facts);
    }
  }
  return 0;
}
