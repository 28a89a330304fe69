#include "core/masters.h"

#include <array>

namespace furikae {
namespace {

// Indexed by the enumerators' numbers.
constexpr std::array<std::string_view, 9> kInsurerKinds = {"",       "協会けんぽ", "船員",     "組合", "共済",
                                                           "自衛官", "国保",       "国保組合", "後期"};
constexpr std::array<std::string_view, 6> kInstitutionKinds = {"",           "病院", "医科診療所",
                                                               "歯科診療所", "薬局", "訪問看護"};
constexpr std::array<std::string_view, 8> kActions = {"",        "ACCEPT", "REJECT", "INQUIRE",
                                                      "CONFIRM", "DENY",   "UNDO",   "DEFER"};

template <typename Enum, size_t N>
std::optional<Enum> ParseIn(const std::array<std::string_view, N>& names, std::string_view name) {
  for (size_t i = 1; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template <typename Enum, size_t N>
std::string_view NameIn(const std::array<std::string_view, N>& names, Enum value) {
  return names[static_cast<size_t>(value) < N ? static_cast<size_t>(value) : 0];
}

}  // namespace

std::string_view InsurerKindName(InsurerKind kind) { return NameIn(kInsurerKinds, kind); }
std::optional<InsurerKind> ParseInsurerKind(std::string_view name) { return ParseIn<InsurerKind>(kInsurerKinds, name); }
std::string_view InstitutionKindName(InstitutionKind kind) { return NameIn(kInstitutionKinds, kind); }
std::optional<InstitutionKind> ParseInstitutionKind(std::string_view name) {
  return ParseIn<InstitutionKind>(kInstitutionKinds, name);
}
std::string_view ActionName(Action action) { return NameIn(kActions, action); }
std::optional<Action> ParseAction(std::string_view name) { return ParseIn<Action>(kActions, name); }

}  // namespace furikae
