// rules/remarks.h — the remarks of an unidentified receipt (摘要欄) read as the patient's self-declaration
// (被保険者資格申立書).
//
//   Declaration d = ParseRemarks(uke::ReadRemarks(receipt));
//   d.marker_unidentified;  d.name_kana;  d.type;  d.address …
//
// Items in any order, with or without labels, separators 、，・：／ and newline, full or half width. Source:
// decisions.md §5; sources_unidentified.md A3, A5. All texts UTF-8, display form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/calendar.h"
#include "core/coverage.h"

namespace furikae::rules {

// 保険種別 as ticked or written.
enum class DeclaredType : uint8_t {
  kNone,
  kShaho,
  kKokuho,
  kKokuhoSociety,
  kLateElderly,
  kOther,
  kUnknown /* わからない */
};

struct Declaration {
  bool any = false;                   // there is any remark or declaration at all
  bool marker_unidentified = false;   // 不詳 at the head
  bool former_qualification = false;  // 旧資格情報
  bool collected_card = false;        // 証回収 (証回収後, 保険証回収), not 証回収なし
  bool card_forgotten = false;        // merely not brought (word list in the tables)
  std::string name, name_kana;        // name only where it is labelled 氏名 or 漢字氏名
  std::optional<Date> birth;          // JSON only
  Sex sex = Sex::kUnknown;            // JSON only
  DeclaredType type = DeclaredType::kNone;
  std::string insurer_name, workplace, address, contact;
  std::optional<Date> contacted_on;               // 患者への連絡を行った日
  std::vector<std::string> MissingItems() const;  // Japanese item names, workplace only where it is asked for
};

// `forgotten_words`: the words of the tables that say the card was merely not brought.
Declaration ParseRemarks(std::string_view remarks, const std::vector<std::string>& forgotten_words);

}  // namespace furikae::rules
