#include "rules/correct.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/text/name_keys.h"
#include "core/text/utf8.h"
#include "core/uke/cp932.h"
#include "rules/correction_slips.h"

namespace furikae::rules {
namespace {

using storage::Coverage;

// What was typed, with leading zeros: a slip may stand in one of them.
struct Typed {
  std::string insurer, symbol, number;
  int branch = 0;
};

std::string Folded(std::string_view cp932) {
  std::string kept;
  const std::string folded = text::FoldWidth(uke::FromCp932(cp932));
  for (std::string_view rest = folded; !rest.empty();) {
    const char32_t ch = text::TakeCodePoint(rest);
    if (ch != U' ' && !text::IsDash(ch)) text::AppendUtf8(ch, kept);
  }
  return kept;
}

Typed ReadTyped(const uke::Receipt& r) {
  constexpr uint32_t kSixDigits = 1'000'000;
  Typed typed{{}, Folded(r.symbol), Folded(r.number_text), BranchKey(uke::FromCp932(r.branch))};
  if (r.insurer) {
    typed.insurer = r.insurer->ToString();
    if (r.insurer->value < kSixDigits) typed.insurer.erase(0, 2);  // six digits were typed
  }
  return typed;
}

constexpr size_t kBranchDigits = 2;

bool IsDigit(char ch) { return ch >= '0' && ch <= '9'; }

// Every text that may have been meant if one digit of `typed` is wrong.
template <typename Visit>
void ForEachReplacedDigit(const std::string& typed, Visit visit) {
  std::string meant = typed;
  for (size_t i = 0; i < typed.size(); ++i) {
    if (!IsDigit(typed[i])) continue;
    for (char digit = '0'; digit <= '9'; ++digit) {
      if (digit == typed[i]) continue;
      meant[i] = digit;
      visit(meant);
    }
    meant[i] = typed[i];
  }
}

// … if two neighbouring digits of it are exchanged.
template <typename Visit>
void ForEachSwappedPair(const std::string& typed, Visit visit) {
  std::string meant = typed;
  for (size_t i = 0; i + 1 < typed.size(); ++i) {
    if (!IsDigit(typed[i]) || !IsDigit(typed[i + 1]) || typed[i] == typed[i + 1]) continue;
    std::swap(meant[i], meant[i + 1]);
    visit(meant);
    meant = typed;
  }
}

// A card as it may have been meant, and the slip that would have made the typed one of it.
struct Meant {
  ComparedCard card;
  const Row* slip = nullptr;
};
// One that is registered, and the patient's.
struct Hit {
  Meant meant;
  Coverage holder;
};

class CorrectionSearch {
 public:
  explicit CorrectionSearch(ReceiptCase& c) : c_(c), typed_(ReadTyped(c.receipt)) {}

  Correction Find() {
    if (!c_.receipt.insurer) return {};
    for (const Slip& slip : c_.tables.correction_slips.Of(c_.decision.origin, c_.facts)) {
      slip_ = slip.row;
      Undo(slip);
    }
    LookUp();
    return Choose();
  }

 private:
  void Undo(const Slip& slip) {
    const auto try_as = [&](const std::string& meant) { TryWith(slip.field, meant); };
    switch (slip.kind) {
      case SlipKind::kDigitReplaced:
        return ForEachReplacedDigit(TypedIn(slip.field), try_as);
      case SlipKind::kNeighboursSwapped:
        return ForEachSwappedPair(TypedIn(slip.field), try_as);
      case SlipKind::kSymbolAndNumberExchanged:
        return Try(*c_.receipt.insurer, typed_.number, typed_.symbol, typed_.branch);
      case SlipKind::kBranchBeforeNumber:
        return TryBranch(/*after=*/false);
      case SlipKind::kBranchAfterNumber:
        return TryBranch(/*after=*/true);
    }
  }

  const std::string& TypedIn(SlipField field) const {
    return field == SlipField::kNumber ? typed_.number : field == SlipField::kSymbol ? typed_.symbol : typed_.insurer;
  }

  void TryWith(SlipField field, const std::string& meant) {
    if (field == SlipField::kNumber) return Try(*c_.receipt.insurer, typed_.symbol, meant, typed_.branch);
    if (field == SlipField::kSymbol) return Try(*c_.receipt.insurer, meant, typed_.number, typed_.branch);
    const auto other = InsurerNumber::Parse(meant);
    if (other && other->CheckDigitHolds()) Try(*other, typed_.symbol, typed_.number, typed_.branch);
  }

  void TryBranch(bool after) {
    std::string number = typed_.number;
    if (number.size() <= kBranchDigits || typed_.branch != 0) return;
    const size_t place = after ? number.size() - kBranchDigits : 0;
    if (!IsDigit(number[place]) || !IsDigit(number[place + 1])) return;
    const int branch = BranchKey(number.substr(place, kBranchDigits));
    Try(*c_.receipt.insurer, typed_.symbol, number.erase(place, kBranchDigits), branch);
  }

  void Try(InsurerNumber insurer, const std::string& symbol, const std::string& number, int branch) {
    const storage::Standing standing = c_.masters.StandingOf(insurer, c_.month());
    if (standing != storage::Standing::kInForce && standing != storage::Standing::kCeased) return;
    meant_.push_back({{KeyOf(insurer, symbol, number), branch}, slip_});
  }

  void LookUp() {
    std::vector<CardKey> keys(meant_.size());
    const AgreementRule& is_patient = c_.tables.card_holders.At(c_.facts).corrected;
    std::transform(meant_.begin(), meant_.end(), keys.begin(), [](const Meant& meant) { return meant.card.key; });
    for (const auto& [i, holders] : c_.registry.CardHolders(keys, c_.context.now)) {
      for (const Coverage& holder : holders) {
        if (SameCard(meant_[i].card, holder) && is_patient.Holds(c_.patient, holder) && !Denied(c_, holder))
          found_.push_back({meant_[i], holder});
      }
    }
  }

  // No card is the claimed one here, and no day is asked for.
  Rival AsRival(const Hit& hit) const {
    const Coverage& h = hit.holder;
    return {.coverage = &h, .days = (h.ValidDays(c_.month()) & c_.days()).Count(), .issued = h.issued};
  }

  Correction Choose() const {
    if (found_.empty()) return {};
    const DayPrecedence& precedence = c_.tables.day_precedence.At(c_.facts);
    const auto* best = &found_.front();
    for (const auto& hit : found_) {
      if (hit.holder.person != best->holder.person) return {.kind = CorrectionKind::kSeveral};
      if (Compare(AsRival(hit), AsRival(*best), precedence).order < 0) best = &hit;
    }
    const bool same = best->meant.card.key.insurer == *c_.receipt.insurer;
    return {same ? CorrectionKind::kSameInsurer : CorrectionKind::kOtherInsurer, best->meant.card, best->holder.person,
            best->meant.slip};
  }

  ReceiptCase& c_;
  const Typed typed_;
  const Row* slip_ = nullptr;  // that is being undone
  std::vector<Meant> meant_;
  std::vector<Hit> found_;
};

}  // namespace

Correction FindCorrection(ReceiptCase& c) { return CorrectionSearch(c).Find(); }

}  // namespace furikae::rules
