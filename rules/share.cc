#include "rules/share.h"

#include <algorithm>

#include "absl/numeric/int128.h"
#include "rules/asked_tables.h"
#include "rules/receipt_facts.h"
#include "rules/words.h"

namespace furikae::rules {
namespace {

// 特記事項: codes of two digits, one after the other.
bool HasNoteOf(const std::vector<std::string>& codes, std::string_view notes) {
  for (size_t i = 0; i + 2 <= notes.size(); i += 2) {
    if (std::find(codes.begin(), codes.end(), notes.substr(i, 2)) != codes.end()) return true;
  }
  return false;
}

Facts FactsOf(const uke::Receipt& receipt, ServiceMonth claim_month, const Rulebook& rulebook,
              std::span<const PinnedFact> assumed) {
  Facts facts;
  for (const PinnedFact& fact : assumed) facts.Pin(fact.fact, fact.value);
  facts.Set(Fact::kServiceMonth, receipt.service_month.index);
  facts.Set(Fact::kClaimMonth, claim_month.index);
  facts.Set(Fact::kFlavour, static_cast<int64_t>(receipt.flavour));
  facts.Set(Fact::kTypeDigit2, receipt.TypeDigit(2));
  facts.Set(Fact::kTypeDigit3, receipt.TypeDigit(3));
  facts.Set(Fact::kTypeDigit4, receipt.TypeDigit(4));
  facts.Set(Fact::kInpatient, receipt.Inpatient());
  facts.Set(Fact::kTwentyPerCentNote,
            !receipt.notes.empty() && HasNoteOf(WordsOf(rulebook, kTwentyPerCentNotes, facts), receipt.notes));
  facts.Set(Fact::kBurdenClass, receipt.burden_class);
  if (receipt.rate) facts.Set(Fact::kRate, *receipt.rate);
  if (receipt.copayment) facts.Set(Fact::kCopayment, receipt.copayment->value);
  return facts;
}

struct Asking {
  const Rulebook& rulebook;
  const Facts facts;
  std::vector<TraceRow>& trace;
  AskedTables* asked;

  const Row* First(std::string_view name) const {
    const Row* row = Consult(name);
    if (row != nullptr) trace.push_back(row->Trace());
    return row;
  }
  // Without a trace: what is asked of every receipt.
  const Row* Consult(std::string_view name) const {
    const Table* table = rulebook.Find(name);
    if (table == nullptr) return nullptr;
    if (asked != nullptr) asked->push_back({table, facts});
    return table->First(facts);
  }
};

int RateOf(const Asking& asking) {
  const Row* row = asking.First("rates");
  const bool as_recorded = row == nullptr || row->Number("as_recorded") != 0;
  const int64_t rate = as_recorded ? asking.facts.Get(Fact::kRate) : row->Number("rate_per_cent");
  return rate == kAbsent ? 0 : static_cast<int>(rate);
}

// What the meals cost above the patient's standard burden: that recorded on the receipt, else the table's per meal.
Yen MealShare(const uke::Receipt& receipt, const Asking& asking) {
  if (receipt.meal_count == 0 && receipt.meal_amount.value == 0) return {};
  if (receipt.standard_burden) return receipt.meal_amount - *receipt.standard_burden;
  const Row* row = asking.First("meal_burden");
  const int64_t per_meal = row == nullptr ? 0 : row->Number("yen_per_meal");
  return receipt.meal_amount - Yen{receipt.meal_count * per_meal};
}

Yen FeeOf(const uke::Receipt& receipt, const Asking& asking) {
  const Row* price = asking.Consult("unit_price");
  return Points{receipt.total_points}.ToYen(price == nullptr ? 0 : price->Number("yen_per_point"));
}

Yen FeeShare(const uke::Receipt& receipt, int rate_per_cent, const Asking& asking) {
  const Yen fee = FeeOf(receipt, asking);
  const Row* row = asking.Consult("insurer_share");
  const int64_t copayment = asking.facts.Get(Fact::kCopayment);
  const bool less_copayment = row != nullptr && row->Text("share") == "FEE_LESS_COPAYMENT";
  return less_copayment ? fee - Yen{copayment == kAbsent ? 0 : copayment} : PerCent(fee, rate_per_cent);
}

}  // namespace

InsurerShare InsurerShareOf(const uke::Receipt& receipt, ServiceMonth claim_month, const Rulebook& rulebook,
                            std::span<const PinnedFact> assumed, AskedTables* asked) {
  InsurerShare share;
  if (!receipt.Has(uke::kSeenHo)) return share;
  const Asking asking{rulebook, FactsOf(receipt, claim_month, rulebook, assumed), share.trace, asked};
  share.rate_per_cent = RateOf(asking);
  share.yen = FeeShare(receipt, share.rate_per_cent, asking) + MealShare(receipt, asking);
  share.negative = share.yen.value < 0;
  if (share.negative) share.yen = {};
  return share;
}

std::vector<Yen> ShareByPoints(Yen share, const std::vector<int64_t>& points) {
  std::vector<Yen> parts(points.size());
  if (parts.empty()) return parts;
  absl::int128 total = 0;
  for (int64_t p : points) total += std::max<int64_t>(p, 0);
  Yen rest = share;
  for (size_t i = 0; total > 0 && i + 1 < parts.size(); ++i) {
    parts[i] = {static_cast<int64_t>(absl::int128{share.value} * std::max<int64_t>(points[i], 0) / total)};
    rest -= parts[i];
  }
  parts.back() = rest;
  return parts;
}

}  // namespace furikae::rules
