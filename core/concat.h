// core/concat.h — joining pieces into one text, where std::string_view and absl::string_view meet.
//
//   return absl::InvalidArgumentError(Concat("unknown fact \"", name, "\""));   // name: std::string_view
//
// Debian builds Abseil with a string_view of its own, which absl::StrCat does not mix with the standard one. Concat
// takes what StrCat takes and std::string_view as well. Nothing can fail. Thread-safe. Source: absl/base/options.h as
// Debian 12 packages it (ABSL_OPTION_USE_STD_STRING_VIEW 0).
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace furikae {

inline std::string_view StdView(absl::string_view text) { return {text.data(), text.size()}; }
inline absl::string_view AbslView(std::string_view text) { return {text.data(), text.size()}; }

template <typename... Pieces>
std::string Concat(const Pieces&... pieces) {
  const auto accepted = [](const auto& piece) -> decltype(auto) {
    if constexpr (std::is_same_v<std::decay_t<decltype(piece)>, std::string_view>) {
      return AbslView(piece);
    } else {
      return (piece);
    }
  };
  return absl::StrCat(accepted(pieces)...);
}

template <typename Texts>
std::string Joined(const Texts& texts, std::string_view separator) {
  std::string out;
  for (const auto& text : texts) {
    if (!out.empty()) out += separator;
    out += text;
  }
  return out;
}

}  // namespace furikae
