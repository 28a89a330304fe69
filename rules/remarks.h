// rules/remarks.h — the remarks of an unidentified receipt (摘要欄) read as the patient's self-declaration
// (被保険者資格申立書).
//
//   Declaration d = ParseRemarks(uke::ReadRemarks(receipt), words.In(claim_month));   // rules/remark_words.h
//   d.marker_unidentified;  d.name_kana;  d.type;  d.address …
//
// Items in any order, with or without labels, separators 、，・：／ and newline, full or half width. How a text is read
// stands in the program: labels (remark_labels.h), shapes (remark_shapes.h), separators. What its words stand for is
// decided by tables: marks, what takes them back, insurance types. Nothing can fail. Thread-safe. Source: decisions.md
// §5; sources_unidentified.md A3, A5. All texts UTF-8, display form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/calendar.h"
#include "core/coverage.h"

namespace furikae::rules {

// 保険種別 as ticked or written, in the order of the choices of the fact declared_type.
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
  bool card_forgotten = false;        // merely not brought: 保険証忘れ …
  std::string name, name_kana;        // name only where it is labelled 氏名 or 漢字氏名
  std::optional<Date> birth;          // JSON only
  Sex sex = Sex::kUnknown;            // JSON only
  DeclaredType type = DeclaredType::kNone;
  std::string insurer_name, workplace, address, contact;
  std::optional<Date> contacted_on;  // 患者への連絡を行った日
};

struct RemarkWords;  // rules/remark_words.h

// `words`: those of the tables for claims of the month.
Declaration ParseRemarks(std::string_view remarks, const RemarkWords& words);

}  // namespace furikae::rules
