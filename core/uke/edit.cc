#include "core/uke/edit.h"

#include <algorithm>

namespace furikae::uke {
namespace {

std::vector<std::string_view> Columns(std::string_view line) {
  std::vector<std::string_view> columns;
  while (true) {
    const size_t comma = line.find(',');
    columns.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return columns;
    line.remove_prefix(comma + 1);
  }
}

}  // namespace

std::vector<Line> Lines(std::string_view bytes) {
  std::vector<Line> lines;
  for (uint32_t number = 0; !bytes.empty(); ++number) {
    const size_t newline = bytes.find('\n');
    const size_t length = newline == std::string_view::npos ? bytes.size() : newline + 1;
    size_t text = newline == std::string_view::npos ? length : newline;
    if (text < length && text > 0 && bytes[text - 1] == '\r') --text;
    lines.push_back({bytes.substr(0, text), bytes.substr(text, length - text), number});
    bytes.remove_prefix(length);
  }
  return lines;
}

std::string_view Column(std::string_view line, int index) {
  for (int column = 1;; ++column) {
    const size_t comma = line.find(',');
    if (column == index) return line.substr(0, comma);
    if (comma == std::string_view::npos) return {};
    line.remove_prefix(comma + 1);
  }
}

std::string WithColumns(std::string_view line, const std::vector<std::pair<int, std::string>>& changes) {
  std::vector<std::string_view> columns = Columns(line);
  for (const auto& [index, value] : changes) {
    const size_t wanted = static_cast<size_t>(std::max(index, 1));
    if (wanted > columns.size()) {
      if (value.empty()) continue;  // a cut column is blank already
      columns.resize(wanted);
    }
    columns[wanted - 1] = value;
  }
  std::string out;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out += ',';
    out += columns[i];
  }
  return out;
}

}  // namespace furikae::uke
