// core/uke/layouts.h — the one table of record layouts: flavour, record, column, name, mode, greatest length.
//
//   const RecordLayout* ho = FindRecord(Flavour::kDental, "HO");
//   int column = ho->ColumnOf("合計点数");                     // 1-based, the record id is column 1
//
// Source: uke_layouts.md §3–§8 (same facts). Adding a flavour or a record adds rows to layouts.cc, not code.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/flavour.h"

namespace furikae::uke {

enum class Mode : uint8_t {
  kAny,
  kDigits /* 数字 */,
  kAscii /* 英数 */,
  kKanji /* 漢字 */,
  kAsciiOrKanji /* 英数又は漢字 */
};

struct FieldLayout {
  int column = 0;  // first column, 1-based
  int repeat = 1;  // this field, or its group of `group` fields, stands so many times in a row
  int group = 1;
  std::string_view name;  // "#" stands for the number of the repetition: "#日の情報"
  Mode mode = Mode::kAny;
  int max_bytes = 0;   // 0 = not stated
  bool fixed = false;  // 固定: exactly max_bytes
};

struct RecordLayout {
  std::string_view id;    // "HO"
  std::string_view name;  // 保険者レコード
  int columns = 0;
  std::span<const FieldLayout> fields;
  int first_day_column = 0;                         // 1日の情報; 0 when the record has no day columns
  int ColumnOf(std::string_view field_name) const;  // "3日の情報"; 0 when there is no such field
  std::string NameAt(int column) const;             // the reverse; empty past the end
  const FieldLayout* FieldAt(int column) const;     // nullptr past the end
};

// DPC records that DPC does not define itself (IR, GR, SY, SI …) are 医科's. nullptr for a record the flavour does not
// know.
const RecordLayout* FindRecord(Flavour flavour, std::string_view id);
// Records that agencies write: HI HR HG MN JY EX …
const RecordLayout* FindAgencyRecord(std::string_view id);

}  // namespace furikae::uke
