// tests/core/uke_text.h — small receipts written by hand, in UTF-8 for the eye, handed over in CP932.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/uke/cp932.h"
#include "core/uke/receipt.h"

namespace furikae::uke {

// Lines joined with CRLF, in CP932.
inline std::string Text(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += *ToCp932(line) + "\r\n";
  return out;
}

// A line with values in the columns named; the rest blank, `columns` in all.
inline std::string Row(std::string_view id, int columns, const std::vector<std::pair<int, std::string>>& values) {
  std::vector<std::string> cells(static_cast<size_t>(columns));
  cells[0] = id;
  for (const auto& [column, value] : values) cells[static_cast<size_t>(column - 1)] = value;
  std::string out;
  for (size_t i = 0; i < cells.size(); ++i) out += (i > 0 ? "," : "") + cells[i];
  return out;
}

// SI of 医科: class, burden, points, count, and {day, count} pairs.
inline std::string Si(std::string cls, std::string points, std::string count,
                      const std::vector<std::pair<int, std::string>>& days, std::string burden = "1") {
  std::vector<std::pair<int, std::string>> values = {{2, cls}, {3, burden}, {4, "111000110"}, {6, points}, {7, count}};
  for (const auto& [day, n] : days) values.emplace_back(13 + day, n);
  return Row("SI", 44, values);
}

inline const std::string kIr = "IR,1,13,1,1234567,,青空医院,202410,00,0311112222";
inline const std::string kRe = "RE,1,1112,202410,山田　太郎,1,19800405,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,ヤマダタロウ,";
inline const std::string kHo = "HO,06139463,６４,１２３,1,282,,,,,,,,,";

inline FileHead HeadOf(Flavour flavour) {
  FileHead head;
  head.flavour = flavour;
  head.agency = Agency::kShaho;
  head.institution = InstitutionCode::Of(13, 1, 1234567);
  head.claim_month = ServiceMonth::Of(2024, 10);
  return head;
}

}  // namespace furikae::uke
