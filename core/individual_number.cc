#include "core/individual_number.h"

#include <array>

#include "core/text/name_keys.h"
#include "core/text/utf8.h"

namespace furikae {

bool IsIndividualNumber(std::string_view text) {
  if (text.size() > 200) return false;
  std::array<int, 12> digits;
  size_t count = 0;
  const std::string folded = text::FoldWidth(text);
  for (std::string_view rest = folded; !rest.empty();) {
    const char32_t c = text::TakeCodePoint(rest);
    if (text::IsInvisible(c) || text::IsDash(c)) continue;
    if (c < U'0' || c > U'9' || count == digits.size()) return false;
    digits[count++] = static_cast<int>(c - U'0');
  }
  if (count != digits.size()) return false;
  int sum = 0;
  for (int n = 1; n <= 11; ++n) sum += digits[11 - n] * (n <= 6 ? n + 1 : n - 5);
  const int remainder = sum % 11;
  return digits[11] == (remainder <= 1 ? 0 : 11 - remainder);
}

}  // namespace furikae
