// core/uke/cp932.h — CP932 (Shift_JIS as Windows has it) to UTF-8 and back, by table.
//
//   std::string utf8 = FromCp932(field);               // a byte pair that is no character becomes U+FFFD
//   std::optional<std::string> bytes = ToCp932(utf8);   // nullopt when a character has no place in CP932
//
// Equal to iconv's CP932 over the whole code space. Thread-safe. Source: uke_layouts.md §1 (the code of the files).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace furikae::uke {

std::string FromCp932(std::string_view bytes);
void AppendFromCp932(std::string_view bytes, std::string& out);
std::optional<std::string> ToCp932(std::string_view utf8);
// Characters without a place become full-width ？ (0x8148), as the recording specification says; `replaced` counts
// them.
std::string ToCp932Replacing(std::string_view utf8, int* replaced = nullptr);
bool IsValidCp932(std::string_view bytes);
bool IsValidUtf8(std::string_view bytes);

}  // namespace furikae::uke
