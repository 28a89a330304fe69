#include "rules/classify.h"

#include <algorithm>
#include <string>

#include "core/uke/cp932.h"

namespace furikae::rules {
namespace {

constexpr unsigned char kWideLead = 0x82, kWideZero = 0x4F;  // full-width digits are 0x824F … 0x8258

// CP932 without spaces and hyphens, digits of either width as ASCII.
std::string NarrowDigits(std::string_view cp932) {
  std::string out;
  for (size_t i = 0; i < cp932.size(); ++i) {
    auto byte = static_cast<unsigned char>(cp932[i]);
    if (byte == ' ' || byte == '-') continue;
    if (byte == kWideLead && i + 1 < cp932.size()) byte = static_cast<unsigned char>(cp932[++i]) - kWideZero + '0';
    out += static_cast<char>(byte);
  }
  return out;
}

// The value of the fact card_number: what the number recorded stands for.
int64_t CardNumberOf(std::string_view cp932, const Table& card_markers) {
  const std::string number = NarrowDigits(cp932);
  const Row* row = card_markers.FindRow(number);
  const std::string_view name = number.empty() ? "BLANK" : row == nullptr ? "OTHER" : row->Text("marker");
  const auto choices = Declarations()[static_cast<size_t>(Fact::kCardNumber)].choices;
  return std::find(choices.begin(), choices.end(), name) - choices.begin();
}

void SetHeadFacts(ReceiptCase& c) {
  const uke::Receipt& r = c.receipt;
  c.facts.Set(Fact::kClaimMonth, c.context.claim_month.index);
  c.facts.Set(Fact::kServiceMonth, r.service_month.index);
  c.facts.Set(Fact::kFlavour, static_cast<int64_t>(r.flavour));
  c.facts.Set(Fact::kHasHo, r.Has(uke::kSeenHo));
  c.facts.Set(Fact::kAccident, r.Has(uke::kSeenAccident));
  c.facts.Set(Fact::kPaper, c.context.paper);
  c.facts.Set(Fact::kCardNumber, CardNumberOf(r.number_text, *c.tables.card_markers));
  c.facts.Set(Fact::kSubmittedTo, static_cast<int64_t>(r.head.agency));
  c.facts.Set(Fact::kPeople, static_cast<int64_t>(c.answer.kind));
}

// Dates that cannot be; which of them sends the receipt back, the table contradiction says.
void SetDateFacts(ReceiptCase& c) {
  const uke::Receipt& r = c.receipt;
  const Date last = r.service_month.LastDay();
  c.facts.Set(Fact::kBirthAfterMonth, r.birth > last);
  c.facts.Set(Fact::kAdmittedAfterMonth, r.admitted && *r.admitted > last);
  c.facts.Set(Fact::kDischargedBeforeAdmission, r.admitted && r.discharged && *r.discharged < *r.admitted);
}

}  // namespace

void LookUpCard(ReceiptCase& c) {
  c.card =
      FindPatientCard(c.claimed, c.patient, c.tables.card_holders.At(c.facts), c.registry, c.context.now, c.chosen);
  c.facts.Set(Fact::kCardHolder, static_cast<int64_t>(c.card.holder));
  if (c.card.holder != CardHolder::kPatient) return;
  const bool counts = CardsCount(c, c.claimed.key.insurer);
  const DayMask valid = counts ? c.card.ValidDays(c.month()) & c.days() : DayMask{};
  c.facts.Set(Fact::kCardDays, valid.Covers(c.days()) ? 2 : valid.Empty() ? 0 : 1);
}

void Classify(ReceiptCase& c) {
  const uke::Receipt& r = c.receipt;
  SetHeadFacts(c);
  const uke::ReceiptDays days = uke::DaysOf(r);
  c.decision.days = days.days;
  c.decision.days_from = days.from;
  c.decision.total_points = r.Has(uke::kSeenHo) ? r.total_points : 0;
  c.decision.public_points = r.Has(uke::kSeenHo) ? 0 : r.first_public_points;
  SetDateFacts(c);
  c.facts.Set(Fact::kCheckDigit, r.insurer && r.insurer->CheckDigitHolds());
  if (r.insurer) {
    const storage::Standing standing = c.masters.StandingOf(*r.insurer, r.service_month);
    c.facts.Set(Fact::kInsurerNumber, r.insurer->value);
    c.facts.Set(Fact::kInsurerStanding, static_cast<int64_t>(standing));
    if (standing != storage::Standing::kUnknown) c.facts.Set(Fact::kLawCode, r.insurer->LawCode());
    c.claimed = {c.patient.ClaimedCard(), BranchKey(uke::FromCp932(r.branch))};
    if (standing == storage::Standing::kInForce || standing == storage::Standing::kCeased) LookUpCard(c);
  }
  if (c.facts.Get(Fact::kCardHolder) == kAbsent)
    c.facts.Set(Fact::kCardHolder, static_cast<int64_t>(CardHolder::kNone));

  const Row* row = c.Ask(c.tables.origin);
  c.decision.origin =
      row == nullptr ? Origin::kUnmatched : ParseOrigin(row->Text("origin")).value_or(Origin::kUnmatched);
  if (row != nullptr && !row->Text("flag").empty()) c.decision.flags |= kSentinelIncomplete;
  if (row != nullptr) c.decision.outcome = ParseOutcome(row->Text("outcome")).value_or(Outcome::kUndecided);
  c.facts.Set(Fact::kOrigin, static_cast<int64_t>(c.decision.origin));
  c.facts.Set(Fact::kRoutedAs, static_cast<int64_t>(c.decision.origin));
}

bool IsUnidentified(const Rulebook& rulebook, InsurerNumber insurer, ServiceMonth claim_month) {
  const Table* origin = rulebook.Find("origin");
  if (origin == nullptr) return false;
  Facts facts;
  facts.Set(Fact::kClaimMonth, claim_month.index);
  facts.Set(Fact::kHasHo, 1);
  facts.Set(Fact::kAccident, 0);
  facts.Set(Fact::kInsurerNumber, insurer.value);
  const Row* row = origin->First(facts);
  return row != nullptr && row->Text("origin") == OriginName(Origin::kUnidentified);
}

}  // namespace furikae::rules
