// rules/remark_labels.h — the labels that institutions write before an item of the remarks (住所：, カナ氏名, TEL …).
//
//   std::optional<LabelMatch> match = LabelAt(text.folded, i, /*item_start=*/true);
//   match->item;   // of 住所：東京都: kAddress; the value begins at match->end, after the ：
//
// Labels only tell where an item begins in a free text: nothing is decided by them, so they stand here and not in the
// tables. What an item is asked for, and what its words mean, the tables say (words.json, completeness.json). Takes
// folded text (remark_shapes.h). Thread-safe. Private to the remarks parser. Source: decisions.md §5;
// sources_unidentified.md A3 (the items; their spellings are ours).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace furikae::rules {

enum class RemarkItem : unsigned char {
  kNone,
  kKana,
  kName,
  kType,
  kInsurer,
  kWorkplace,
  kAddress,
  kContact,
  kContactedOn,
  kOther
};

struct LabelMatch {
  RemarkItem item = RemarkItem::kNone;
  size_t end = 0;       // where the value begins
  bool closed = false;  // a colon follows the label: what comes next is its value, even when that is empty
};

// The longest label at `at`. At the start of an item a distinctive label needs nothing after it; anywhere else a label
// counts only with a colon or a blank behind it.
std::optional<LabelMatch> LabelAt(std::u32string_view text, size_t at, bool item_start);

}  // namespace furikae::rules
