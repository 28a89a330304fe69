// core/uke/scan.h — walking lines, and digits as numbers: no signs, no spaces, no locale. Private to the reader.
//
// Lines count from 0. Nothing can fail: what is no number is nullopt. Thread-safe. Source: uke_layouts.md §1
// (separator, line ends, 数字).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace furikae::uke {

inline bool AllDigits(std::string_view text) {
  for (char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return !text.empty();
}

// 1 to `max_digits` (at most 18) digits.
inline std::optional<int64_t> ParseDigits(std::string_view text, size_t max_digits) {
  if (text.size() > max_digits || !AllDigits(text)) return std::nullopt;
  int64_t value = 0;
  for (char c : text) value = value * 10 + (c - '0');
  return value;
}

// Calls `visit(line, number)` for every line of `bytes`, without its line end; stops when `visit` returns false.
template <typename Visit>
void ForEachLine(std::string_view bytes, Visit visit) {
  uint32_t number = 0;
  while (!bytes.empty()) {
    const size_t newline = bytes.find('\n');
    std::string_view line = bytes.substr(0, newline);
    bytes.remove_prefix(newline == std::string_view::npos ? bytes.size() : newline + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!visit(line, number++)) return;
  }
}

inline std::string_view IdOf(std::string_view line) {
  return line.size() > 2 && line[2] == ',' ? line.substr(0, 2) : line.substr(0, line.find(','));
}

}  // namespace furikae::uke
