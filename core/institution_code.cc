#include "core/institution_code.h"

#include <charconv>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"

namespace furikae {

std::optional<InstitutionCode> InstitutionCode::Parse(std::string_view ten_digits) {
  if (ten_digits.size() != 10 || !absl::ascii_isdigit(ten_digits.front())) return std::nullopt;
  InstitutionCode code;
  const auto [end, error] = std::from_chars(ten_digits.data(), ten_digits.data() + 10, code.value);
  if (error != std::errc() || end != ten_digits.data() + 10 || code.value == 0) return std::nullopt;
  return code;
}

std::string InstitutionCode::ToString() const { return absl::StrFormat("%010d", value); }

}  // namespace furikae
