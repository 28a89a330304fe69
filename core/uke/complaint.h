// core/uke/complaint.h — wording complaints without giving away who the patient is. Private to the reader.
//
// Lines and columns count from 1, 0 being none; lengths are in bytes. Thread-safe. Source: DESIGN §2.1 (line, column
// and reason), §9 (nothing personal); uke_layouts.md §1 (modes and lengths).
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include "core/uke/layouts.h"
#include "core/uke/receipt.h"

namespace furikae::uke {

// A sentence put together from texts and whole numbers. (Abseil as packaged takes no std::string_view.)
namespace internal {
inline void Append(std::string& out, std::string_view part) { out += part; }
inline void Append(std::string& out, std::integral auto number) { out += std::to_string(number); }
}  // namespace internal
template <typename... Parts>
std::string Sentence(const Parts&... parts) {
  std::string out;
  (internal::Append(out, parts), ...);
  return out;
}

// `found` as it may be shown: in quotes when the field holds a code or a number and the text looks like one, else only
// its length. Names, kana, symbols, numbers of cards and patients, birth dates and free text are never shown.
std::string Shown(const FieldLayout* field, std::string_view found);

// "digits", "half-width characters" …; "exactly 6 bytes", "at most 40 bytes".
std::string Expected(const FieldLayout& field);
std::string ExpectedLength(const FieldLayout& field);

// ReadReceipt for the file reader: the complaint's line counts from 1 within the receipt.
bool ReadReceiptInto(const FileHead& head, std::string_view bytes, Receipt& receipt, Complaint& complaint);

}  // namespace furikae::uke
