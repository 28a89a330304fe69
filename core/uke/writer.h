// core/uke/writer.h — writing records by the names of their columns, and the end of a file.
//
//   out += MakeRecord(Flavour::kMedical, "HO", {{"合計点数", "282"}});   // HO,,,,,282,…\r\n
//   out += MakeTrailer({.claims = 1, .points = 282});                    // GO,1,282,99\r\n, 0x1A
//
// Names are the layouts' (layouts.h), values UTF-8; a character without a place in CP932 becomes ？. Every column of
// the layout is written, blank ones too, as official examples do. Commas, quotation marks and line ends may not stand
// in a value: they become spaces. Thread-safe. Source: uke_layouts.md §1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/flavour.h"

namespace furikae::uke {

struct NamedValue {
  std::string_view name;  // "合計点数", "3日の情報"
  std::string value;      // UTF-8
};

// Fails (empty text) only for a record or a column that the layouts do not have: a mistake of the caller's, not of
// data.
std::string MakeRecord(Flavour flavour, std::string_view id, const std::vector<NamedValue>& values);
// A record that agencies write: HI HR HG MN JY EX …
std::string MakeAgencyRecord(std::string_view id, const std::vector<NamedValue>& values);

// The last record of a file and the end mark. Volume 99 is the last or only one; totals are left blank in the others.
struct Trailer {
  int64_t claims = 0;  // Σ (HO ? 1 : 0) + number of KO; 0 in files of transferred or split receipts
  int64_t points = 0;  // Σ HO total, or of the first KO without HO; 0 as above
  int volume = 99;
};
std::string MakeTrailer(const Trailer& trailer);

}  // namespace furikae::uke
