// core/flavour.h — the kinds of receipt: 医科, DPC, 歯科, 調剤, 訪問看護.
//
//   FlavourName(Flavour::kPharmacy);   // "PHA", as in decisions.jsonl and file names
//
// The numbers are written to disk: never change them. Source: decisions.md §1 (flavour).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace furikae {

enum class Flavour : uint8_t { kUnknown = 0, kMedical = 1, kDpc = 2, kDental = 3, kPharmacy = 4, kNursing = 5 };

std::string_view FlavourName(Flavour flavour);      // MED DPC DEN PHA NUR
std::string_view FlavourJapanese(Flavour flavour);  // 医科 DPC 歯科 調剤 訪問看護
std::optional<Flavour> ParseFlavour(std::string_view name);

}  // namespace furikae
