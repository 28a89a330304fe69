// core/institution_code.h — 医療機関コード, 10 digits = prefecture 2 + point table 1 + code 7 (the 7 digits on the
// receipt).
//
//   InstitutionCode c = InstitutionCode::Of(13, 1, 1234567);   // "1311234567"
//
// Point table (点数表): 1 医科 (DPC too), 3 歯科, 4 調剤, 6 訪問看護. Source: sources_unidentified.md F8.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace furikae {

inline constexpr int kPrefectures = 47;
constexpr bool IsPrefecture(int number) { return number >= 1 && number <= kPrefectures; }

struct InstitutionCode {
  uint64_t value = 0;  // 0 = none
  auto operator<=>(const InstitutionCode&) const = default;
  static InstitutionCode Of(int prefecture, int point_table, uint32_t code) {
    return {(static_cast<uint64_t>(prefecture) * 10 + point_table) * 10000000 + code};
  }
  static std::optional<InstitutionCode> Parse(std::string_view ten_digits);
  std::string ToString() const;  // always 10 digits
  int Prefecture() const { return static_cast<int>(value / 100000000); }
  int PointTable() const { return static_cast<int>(value / 10000000 % 10); }
  uint32_t Code() const { return static_cast<uint32_t>(value % 10000000); }
};

}  // namespace furikae
