// core/insurer_number.h — 保険者番号: whom a receipt is billed to.
//
//   InsurerNumber n = *InsurerNumber::Parse("  138016");   // UKE pads 6 digits on the left; everywhere else 8 digits
//   n.ToString();                                          // "00138016"
//   n.CheckDigitHolds();                                   // Luhn over the whole number
//   n.LawCode();                                           // 法別番号: 0 for 国保, 6 for 組合, 39 for 後期, …
//
// 8 digits = law code 2 + prefecture 2 + insurer 3 + check digit 1; 国保 have no law code (6 digits). Leading zeros do
// not change the check digit. Source: sources_unidentified.md F1–F4, A1, A2, A6.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace furikae {

// 審査支払機関. The numbers are those of the receipts' column 審査支払機関 and are written to disk: never change them.
enum class Agency : uint8_t { kUnknown = 0, kShaho = 1 /* 支払基金 */, kKokuho = 2 /* 国保連 */ };

struct InsurerNumber {
  uint32_t value = 0;  // 0 … 99,999,999; 0 = none
  auto operator<=>(const InsurerNumber&) const = default;
  static std::optional<InsurerNumber> Parse(
      std::string_view text);      // 1–8 digits, surrounding spaces ignored, not all zero
  std::string ToString() const;    // always 8 digits
  std::string ToUkeField() const;  // 8 columns; a number below 1,000,000 is 6 digits padded on the left with spaces
  bool CheckDigitHolds() const;
  int LawCode() const { return static_cast<int>(value / 1000000); }
  int Prefecture() const { return static_cast<int>(value / 10000 % 100); }
};

// Luhn digit that makes `body` (digits, most significant first) followed by it pass.
int CheckDigit(std::string_view body);

}  // namespace furikae
