#include "core/institution_code.h"

#include <charconv>

#include "absl/strings/ascii.h"

namespace furikae {

std::optional<InstitutionCode> InstitutionCode::Parse(std::string_view ten_digits) {
  if (ten_digits.size() != 10 || !absl::ascii_isdigit(ten_digits.front())) return std::nullopt;
  InstitutionCode code;
  const auto [end, error] = std::from_chars(ten_digits.data(), ten_digits.data() + 10, code.value);
  if (error != std::errc() || end != ten_digits.data() + 10 || code.value == 0) return std::nullopt;
  return code;
}

std::string InstitutionCode::ToString() const {
  if (value > 9'999'999'999) return std::to_string(value);
  std::string digits(10, '0');
  size_t at = digits.size();
  for (uint64_t rest = value; rest > 0; rest /= 10) digits[--at] = static_cast<char>('0' + rest % 10);
  return digits;
}

}  // namespace furikae
