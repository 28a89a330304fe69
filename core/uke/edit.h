// core/uke/edit.h — changing single columns of a record and walking its lines, everything else staying byte for byte.
//
//   for (Line line : Lines(receipt.bytes)) if (line.Id() == "HO") out += WithColumns(line.text, {{2, "01130012"}});
//
// Texts are CP932. Source: decisions.md §4 "Everything else stays byte for byte"; §9 laws 9, 10.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace furikae::uke {

struct Line {
  std::string_view text;    // without CRLF
  std::string_view ending;  // "\r\n", "\n" or "" at the end of the bytes
  uint32_t number = 0;      // 0-based
  std::string_view Id() const { return text.substr(0, text.find(',')); }
};
std::vector<Line> Lines(std::string_view bytes);

// Column `index` (1-based); empty when cut off.
std::string_view Column(std::string_view line, int index);

// The line with the given columns replaced; a column past the end appends the empty ones before it.
// Trailing columns that were cut stay cut when the new values do not need them.
std::string WithColumns(std::string_view line, const std::vector<std::pair<int, std::string>>& changes);

}  // namespace furikae::uke
