// rules/facts.h — what decision tables may ask about a receipt: named, typed facts with small integer values.
//
//   Facts facts; facts.Set(Fact::kClaimMonth, month.index); facts.Set(Fact::kHasHo, 1);
//
// Every fact is declared once in facts.cc (name as tables write it, type, unit, labels, enumerated values). A fact that
// is not set is absent; a condition on an absent fact holds only when it asks for absence. Source: decisions.md §2–§8.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace furikae::rules {

enum class FactType : uint8_t {
  kFlag /* true, false */,
  kNumber /* how many or how much: an integer with a unit */,
  kCode /* an integer that names something, such as a law code: none is more than another */,
  kMonth /* ServiceMonth::index */,
  kDate /* Date::days */,
  kChoice /* one of named values */
};

struct FactDeclaration {
  std::string_view name;  // "claim_month"
  FactType type = FactType::kNumber;
  // "points", "yen", "days", "per cent", ""; of kCode what the codes are of, alike where facts share them: "law code".
  std::string_view unit;
  std::span<const std::string_view> choices;  // of kChoice; value = position
  std::string_view japanese, english;         // labels
  std::string_view from;                      // where it comes from
  int digits = 1;                             // of kCode: how many are written, with the zeros before it

  bool IsInteger() const { return type == FactType::kNumber || type == FactType::kCode; }
};

inline constexpr int64_t kAbsent = std::numeric_limits<int64_t>::min();
inline constexpr int kMaxFacts = 128;

// Fact numbers are positions in the declarations of facts.cc, which the founder of that file keeps as an enum beside
// them.
class Facts {
 public:
  Facts() { values_.fill(kAbsent); }
  void Set(int fact, int64_t value) {
    if (!pinned_[static_cast<size_t>(fact)]) values_[fact] = value;
  }
  template <typename E>
  void Set(E fact, int64_t value) {
    Set(static_cast<int>(fact), value);
  }
  // Has this value from now on, whatever is set: to ask what would be if.
  void Pin(int fact, int64_t value) {
    values_[fact] = value;
    pinned_[static_cast<size_t>(fact)] = true;
  }
  int64_t Get(int fact) const { return values_[fact]; }
  template <typename E>
  int64_t Get(E fact) const {
    return values_[static_cast<int>(fact)];
  }

 private:
  std::array<int64_t, kMaxFacts> values_;
  std::bitset<kMaxFacts> pinned_;
};

// A fact that is assumed to have a value (kAbsent: none).
struct PinnedFact {
  int fact = 0;
  int64_t value = kAbsent;
};

}  // namespace furikae::rules
