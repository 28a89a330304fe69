// rules/explain_letter.h — an explanation as a letter that a reviewer, a clinic or a court can read.
//
//   std::cout << Letter(why, PhrasesOf(Language::kJapanese), {.every_lost_row = true});
//
// Facts, reasons with their sources, identification, result, books, pool; then what was asked besides: what would be
// if, rows that lost, what would change it. The order is here, the words are in the phrase book. Nothing can fail.
// Pure, thread-safe. Source: DESIGN (opening: every decision can be explained), §1; decisions.md §8 (explainable),
// §9.11.
#pragma once

#include <string>

#include "rules/explain_phrases.h"
#include "rules/explanation.h"

namespace furikae::rules {

struct LetterOptions {
  // Else only those that one condition alone kept from answering, in tables of which one row answers, and did.
  bool every_lost_row = false;
};

std::string Letter(const Explanation& why, const PhraseBook& phrases, const LetterOptions& options = {});

}  // namespace furikae::rules
