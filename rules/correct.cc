#include "rules/correct.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "core/text/name_keys.h"
#include "core/text/utf8.h"
#include "core/uke/cp932.h"

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

bool IsDigit(char ch) { return ch >= '0' && ch <= '9'; }

// Every text that one slip of the finger could have turned into `typed`.
template <typename Visit>
void ForEachSlip(const std::string& typed, Visit visit) {
  std::string meant = typed;
  for (size_t i = 0; i < typed.size(); ++i) {
    if (!IsDigit(typed[i])) continue;
    for (char digit = '0'; digit <= '9'; ++digit) {
      if (digit == typed[i]) continue;
      meant[i] = digit;
      visit(meant);
    }
    meant[i] = typed[i];
    if (i + 1 < typed.size() && IsDigit(typed[i + 1]) && typed[i] != typed[i + 1]) {
      std::swap(meant[i], meant[i + 1]);
      visit(meant);
      meant = typed;
    }
  }
}

class CorrectionSearch {
 public:
  explicit CorrectionSearch(ReceiptCase& c) : c_(c), typed_(ReadTyped(c.receipt)) {}

  Correction Find() {
    if (!c_.receipt.insurer) return {};
    const InsurerNumber insurer = *c_.receipt.insurer;
    ForEachSlip(typed_.number, [&](const std::string& meant) { Try(insurer, typed_.symbol, meant, typed_.branch); });
    ForEachSlip(typed_.symbol, [&](const std::string& meant) { Try(insurer, meant, typed_.number, typed_.branch); });
    Try(insurer, typed_.number, typed_.symbol, typed_.branch);
    TryBranchWithinNumber(insurer);
    if (c_.decision.origin == Origin::kInvalidNumber) {
      ForEachSlip(typed_.insurer, [&](const std::string& meant) {
        const auto other = InsurerNumber::Parse(meant);
        if (other && other->CheckDigitHolds()) Try(*other, typed_.symbol, typed_.number, typed_.branch);
      });
    }
    return Choose();
  }

 private:
  void TryBranchWithinNumber(InsurerNumber insurer) {
    const std::string& n = typed_.number;
    if (n.size() < 3 || typed_.branch != 0) return;
    const auto try_as = [&](const std::string& branch, const std::string& number) {
      if (IsDigit(branch[0]) && IsDigit(branch[1])) Try(insurer, typed_.symbol, number, BranchKey(branch));
    };
    try_as(n.substr(0, 2), n.substr(2));
    try_as(n.substr(n.size() - 2), n.substr(0, n.size() - 2));
  }

  void Try(InsurerNumber insurer, const std::string& symbol, const std::string& number, int branch) {
    const storage::Standing standing = c_.masters.StandingOf(insurer, c_.month());
    if (standing != storage::Standing::kInForce && standing != storage::Standing::kCeased) return;
    const ComparedCard card{KeyOf(insurer, symbol, number), branch};
    for (const Coverage& holder : c_.registry.CardHolders(card.key, c_.context.now)) {
      if (SameCard(card, holder) && AgreesExactly(holder) && !Denied(c_, holder)) found_.emplace_back(card, holder);
    }
  }

  bool AgreesExactly(const Coverage& holder) const {
    const Patient& p = c_.patient;
    return p.AgreesOnBirth(holder) && p.AgreesOnSex(holder) && p.AgreesOnName(holder);
  }

  Correction Choose() const {
    if (found_.empty()) return {};
    const auto rank = [&](const std::pair<ComparedCard, Coverage>& hit) {
      const Coverage& h = hit.second;
      const int days = (h.ValidDays(c_.month()) & c_.days()).Count();
      return std::tuple(-days, -int64_t{h.qualified.days}, h.card.insurer.value, h.card.text, h.branch);
    };
    const auto* best = &found_.front();
    for (const auto& hit : found_) {
      if (hit.second.person != best->second.person) return {CorrectionKind::kSeveral, {}, 0};
      if (rank(hit) < rank(*best)) best = &hit;
    }
    const bool same = best->first.key.insurer == *c_.receipt.insurer;
    return {same ? CorrectionKind::kSameInsurer : CorrectionKind::kOtherInsurer, best->first, best->second.person};
  }

  ReceiptCase& c_;
  const Typed typed_;
  std::vector<std::pair<ComparedCard, Coverage>> found_;
};

}  // namespace

Correction FindCorrection(ReceiptCase& c) { return CorrectionSearch(c).Find(); }

}  // namespace furikae::rules
