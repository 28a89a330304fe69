// What is worked out in advance is what the table would have said, in every claim month and without one.
#include "rules/by_claim_month.h"

#include <gtest/gtest.h>

#include <string>

namespace furikae::rules {
namespace {

constexpr char kTable[] = R"({"table": "order", "title": {"ja": "順", "en": "order"}, "hit": "COLLECT",
  "dated_by": "claim_month", "outputs": {"word": "text"}, "rows": [
    {"id": "UNTIL", "title": {"ja": "一", "en": "1"}, "until": "2023-02", "when": {}, "then": {"word": "a"},
     "source": "s", "status": "sourced"},
    {"id": "ALWAYS", "title": {"ja": "二", "en": "2"}, "when": {}, "then": {"word": "b"},
     "source": "s", "status": "sourced"},
    {"id": "UNMATCHED", "title": {"ja": "三", "en": "3"}, "from": "2023-03", "until": "2024-05",
     "when": {"origin": "UNMATCHED"}, "then": {"word": "c"}, "source": "s", "status": "sourced"},
    {"id": "MONTHS", "title": {"ja": "四", "en": "4"},
     "when": {"claim_month": ["2022-12", "2024-02"]}, "then": {"word": "d"},
     "source": "s", "status": "sourced"},
    {"id": "NO_MONTH", "title": {"ja": "五", "en": "5"}, "when": {"claim_month": null}, "then": {"word": "e"},
     "source": "s", "status": "sourced"}]})";

std::string Words(const RowHits& rows) {
  std::string words;
  for (const Row* row : rows) words += row->Text("word");
  return words;
}

TEST(ByClaimMonth, SaysWhatTheTableSaysInEveryMonth) {
  const auto book = Rulebook::Load(Declarations(), {{"order.json", kTable}});
  ASSERT_TRUE(book.ok()) << book.status();
  const Table& table = *book->Find("order");
  for (const Origin origin : {Origin::kUnmatched, Origin::kLapsed}) {
    Facts facts;
    facts.Set(Fact::kOrigin, static_cast<int64_t>(origin));
    const ByClaimMonth<std::string> order(table, facts, Words);
    EXPECT_EQ(order.At(facts), Words(table.Collect(facts))) << "no month";
    for (int month = ServiceMonth::Of(2021, 1).index; month <= ServiceMonth::Of(2026, 1).index; ++month) {
      facts.Set(Fact::kClaimMonth, month);
      EXPECT_EQ(order.At(facts), Words(table.Collect(facts))) << ServiceMonth{month}.ToString();
    }
  }
}

TEST(ByClaimMonth, WithoutATableEveryMonthIsTheSame) {
  const ByClaimMonth<std::string> none;
  Facts facts;
  EXPECT_EQ(none.At(facts), "");
  facts.Set(Fact::kClaimMonth, ServiceMonth::Of(2024, 10).index);
  EXPECT_EQ(none.At(facts), "");
}

}  // namespace
}  // namespace furikae::rules
