// core/individual_number.h — 個人番号 (マイナンバー): the number this service must never hold, and therefore
// recognises.
//
//   IsIndividualNumber("１２３４ ５６７８ ９０１８");   // true: 12 digits whose check digit holds
//
// 11 digits and a check digit: 11 − (Σ digit × weight mod 11), weights 2 … 7, 2 … 6 from the right; 0 when the
// remainder is 0 or 1. Source: 総務省令第85号 (2014). Width, spaces and hyphens do not hide a number. About one opaque
// identifier of 12 digits in ten passes too and is refused with it: choose another form. Thread-safe.
#pragma once

#include <string_view>

namespace furikae {

bool IsIndividualNumber(std::string_view text);

}  // namespace furikae
