#include "core/text/full_width.h"

#include <cstdint>

namespace furikae::text {

std::string FullWidth(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == ' ') {
      out += "　";
    } else if (c > ' ' && c < 0x7F) {
      const uint32_t wide = 0xFF00 + static_cast<uint32_t>(c - ' ');
      out += {static_cast<char>(0xE0 | (wide >> 12)), static_cast<char>(0x80 | ((wide >> 6) & 0x3F)),
              static_cast<char>(0x80 | (wide & 0x3F))};
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace furikae::text
