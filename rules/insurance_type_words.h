// rules/insurance_type_words.h — the words of the tables for 保険種別, and which type a text of the remarks names.
//
//   InsuranceTypeWords words({{U"国保", DeclaredType::kKokuho}, {U"国民健康保険", DeclaredType::kKokuho}, …});
//   words.TypeOf(U"国保");             // kKokuho: the text is such a word
//   words.TypeIn(U"社保 国保");        // kUnknown: it speaks of two that contradict each other
//
// Words and texts are folded (rules/remark_shapes.h), words without blanks. Nothing can fail: a text without any such
// word is of type kNone. Thread-safe once built. Private to the remarks parser. Source: decisions.md §5;
// sources_unidentified.md A3; the table insurance_type_words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/remarks.h"

namespace furikae::rules {

struct InsuranceTypeWord {
  std::u32string word;
  DeclaredType type = DeclaredType::kNone;
  // Not kNone: the word counts only in the brackets behind a word of this type: 国保（組合）.
  DeclaredType in_brackets_behind = DeclaredType::kNone;
};

class InsuranceTypeWords {
 public:
  InsuranceTypeWords() = default;
  // Of a word that stands twice the first counts. Empty words count for nothing.
  explicit InsuranceTypeWords(std::vector<InsuranceTypeWord> words);

  // The type that `text` is a word for, perhaps with a note in brackets behind it (社保, 国保（組合）, わからない) …
  DeclaredType TypeOf(std::u32string_view text) const;
  // … or speaks of, as what follows the label 保険種別 may; two that contradict each other are kUnknown (わからない).
  DeclaredType TypeIn(std::u32string_view text) const;

 private:
  std::vector<InsuranceTypeWord> words_;  // longest first
  std::vector<InsuranceTypeWord> notes_;  // in brackets
};

}  // namespace furikae::rules
