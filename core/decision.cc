#include "core/decision.h"

#include <array>

#include "absl/strings/str_format.h"

namespace furikae {
namespace {

// Indexed by the enumerators' numbers.
constexpr std::array<std::string_view, 9> kOrigins = {
    "UNDECIDED", "OUT_OF_SCOPE", "UNIDENTIFIED", "DISASTER_UNIDENTIFIED", "DISASTER_INSURER_KNOWN", "INVALID_NUMBER",
    "VALID",     "LAPSED",       "UNMATCHED"};
constexpr std::array<std::string_view, 11> kOutcomes = {
    "UNDECIDED", "AS_CLAIMED", "BRANCH_COMPLETED", "TRANSFERRED", "SPLIT",         "BILLED_TO_CLAIMED",
    "RETURNED",  "IN_REVIEW",  "PENDING",          "APPORTIONED", "PASSED_THROUGH"};
constexpr std::array<std::string_view, 5> kGrades = {"NONE", "CERTAIN", "PROBABLE", "POSSIBLE", "SEVERAL"};
constexpr std::array<std::string_view, 4> kDaysFrom = {"", "JD", "LINES", "MONTH"};
constexpr std::array<std::string_view, 3> kStatuses = {"", "sourced", "assumed"};
// By bit; decisions.md §10 lists them in this order.
constexpr std::array<std::string_view, 7> kFlags = {"RATE_DIFFERS",   "HIGH_COST_IN_KIND",      "MEALS_NOT_BY_DAY",
                                                    "CARD_CORRECTED", "DECLARATION_INCOMPLETE", "SENTINEL_INCOMPLETE",
                                                    "REVIEW_OPEN"};

template <typename Enum, size_t N>
std::string_view NameIn(const std::array<std::string_view, N>& names, Enum value) {
  const auto index = static_cast<size_t>(value);
  return index < N ? names[index] : std::string_view();
}

template <typename Enum, size_t N>
std::optional<Enum> ParseIn(const std::array<std::string_view, N>& names, std::string_view name) {
  for (size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view OriginName(Origin origin) { return NameIn(kOrigins, origin); }
std::string_view OutcomeName(Outcome outcome) { return NameIn(kOutcomes, outcome); }
std::string_view GradeName(Grade grade) { return NameIn(kGrades, grade); }
std::string_view DaysFromName(DaysFrom from) { return NameIn(kDaysFrom, from); }
std::string_view RowStatusName(RowStatus status) { return NameIn(kStatuses, status); }
std::optional<Origin> ParseOrigin(std::string_view name) { return ParseIn<Origin>(kOrigins, name); }
std::optional<Outcome> ParseOutcome(std::string_view name) { return ParseIn<Outcome>(kOutcomes, name); }

std::vector<std::string_view> FlagNames(uint32_t flags) {
  std::vector<std::string_view> names;
  for (size_t bit = 0; bit < kFlags.size(); ++bit) {
    if (flags >> bit & 1) names.push_back(kFlags[bit]);
  }
  return names;
}

std::string ReturnReasonName(int reason) { return reason == 0 ? "" : absl::StrFormat("R%02d", reason); }

}  // namespace furikae
