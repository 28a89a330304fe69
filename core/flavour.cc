#include "core/flavour.h"

#include <array>

namespace furikae {
namespace {

struct Names {
  std::string_view code, japanese;
};
constexpr std::array<Names, 6> kNames = {
    {{"", ""}, {"MED", "医科"}, {"DPC", "DPC"}, {"DEN", "歯科"}, {"PHA", "調剤"}, {"NUR", "訪問看護"}}};

}  // namespace

std::string_view FlavourName(Flavour flavour) { return kNames[static_cast<size_t>(flavour)].code; }
std::string_view FlavourJapanese(Flavour flavour) { return kNames[static_cast<size_t>(flavour)].japanese; }

std::optional<Flavour> ParseFlavour(std::string_view name) {
  for (size_t i = 1; i < kNames.size(); ++i) {
    if (kNames[i].code == name) return static_cast<Flavour>(i);
  }
  return std::nullopt;
}

}  // namespace furikae
