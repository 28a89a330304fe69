// core/text/full_width.h — half-width letters, digits and signs in the width that 漢字 columns of receipts ask for.
//
//   FullWidth("A-12 b")   // "Ａ－１２　ｂ"
//
// Everything that is not ASCII stays as it is. UTF-8. Source: uke_layouts.md §1 (modes).
#pragma once

#include <string>
#include <string_view>

namespace furikae::text {

std::string FullWidth(std::string_view text);

}  // namespace furikae::text
