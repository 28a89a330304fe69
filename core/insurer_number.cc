#include "core/insurer_number.h"

#include <charconv>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"

namespace furikae {
std::optional<InsurerNumber> InsurerNumber::Parse(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty() || text.size() > 8 || !absl::ascii_isdigit(text.front())) return std::nullopt;
  InsurerNumber number;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number.value);
  if (error != std::errc() || end != text.data() + text.size() || number.value == 0) return std::nullopt;
  return number;
}

std::string InsurerNumber::ToString() const {
  if (value > 99'999'999) return std::to_string(value);
  std::string digits(8, '0');
  for (uint32_t i = 8, rest = value; rest > 0; rest /= 10) digits[--i] = static_cast<char>('0' + rest % 10);
  return digits;
}

std::string InsurerNumber::ToUkeField() const {
  return value < 1000000 ? absl::StrFormat("  %06d", value) : absl::StrFormat("%08d", value);
}

bool InsurerNumber::CheckDigitHolds() const {
  const std::string digits = ToString();  // fits the small-string buffer: no allocation
  return value != 0 && CheckDigit(std::string_view(digits).substr(0, 7)) == digits[7] - '0';
}

// Luhn: every second digit from the right end of the body counts double, the digits of a product add up.
int CheckDigit(std::string_view body) {
  int sum = 0;
  bool doubled = true;
  for (auto digit = body.rbegin(); digit != body.rend(); ++digit, doubled = !doubled) {
    const int product = (*digit - '0') * (doubled ? 2 : 1);
    sum += product / 10 + product % 10;
  }
  return (10 - sum % 10) % 10;
}

}  // namespace furikae
