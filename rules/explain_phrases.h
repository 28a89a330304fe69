// rules/explain_phrases.h — everything an explanation says in one language; the letter puts it in order.
//
//   const PhraseBook& phrases = PhrasesOf(Language::kJapanese);
//   phrases.outcome(Outcome::kSplit);           // "分割"
//
// Sentences end with their line ends; $0, $1 … stand for what the comment lists. The English words for codes are the
// codes themselves, as tables and decisions.jsonl write them. One file per language: explain_english.cc,
// explain_japanese.cc. Thread-safe. Source: DESIGN §11 (the words).
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/decision.h"
#include "rules/contradiction.h"
#include "rules/why_not.h"
#include "storage/records.h"

namespace furikae::rules {

enum class Language { kEnglish, kJapanese };
// "en" or "" is English, "ja" Japanese; InvalidArgument for anything else.
absl::StatusOr<Language> ParseLanguage(std::string_view text);

struct PhraseBook {
  // Words.
  std::string_view (*outcome)(Outcome);
  std::string_view (*meaning)(Outcome);  // a sentence
  std::string_view (*origin)(Origin);
  std::string_view (*grade)(Grade);
  std::string_view (*days_from)(DaysFrom);
  std::string_view (*status)(RowStatus);
  std::string_view (*evidence)(std::string_view word);  // an item of identification, or how far it agrees
  std::string (*month)(ServiceMonth);
  std::string (*date)(Date);
  std::string (*moment)(Moment);
  std::string (*day_list)(DayMask);
  std::string (*yen)(int64_t);
  std::string (*points)(int64_t);
  std::string (*source)(const std::string&);           // of a row
  std::string (*note)(const std::string&);             // of a row; "" when it is not written in this language
  std::string (*contradiction)(const Contradiction&);  // why an assumption cannot be
  std::string (*ledger_line)(const storage::LedgerEntry&, const storage::LedgerLine&);
  ValueWords values;
  std::string_view unknown_agency;

  // Facts.
  std::string_view claim;             // claim id
  std::string_view submitted;         // institution, agency, claim month, file, line
  std::string_view receipt;           // flavour, service month, points
  std::string_view receipt_taken_in;  // flavour, service month; not decided yet
  std::string_view days;              // days, where they come from
  std::string_view card_invalid;      // date
  std::string_view share;             // yen
  std::string_view as_it_stood;       // moment
  std::string_view other_rules;       // digest

  // Rows.
  std::string_view reasons;         // origin
  std::string_view row;             // table, row, status
  std::string_view row_missing;     //
  std::string_view row_titles;      // Japanese title, English title
  std::string_view row_source;      // source
  std::string_view row_note;        // note
  std::string_view title;           // Japanese title, English title: the one of this language
  std::string_view identification;  // grade
  std::string_view candidate;       // subject, items
  std::string_view item;            // item, how far it agrees
  std::string_view between_items;

  // Result.
  std::string_view result;              // outcome, meaning
  std::string_view confirmation_class;  // code, Japanese title, notice text
  std::string_view return_reason;       // the same
  std::string_view part;                // insurer, agency, days, points, yen
  std::string_view unanswered;          // outcome
  std::string_view flags;               // flags
  std::string_view flag;                // the same
  std::string_view missing_items;       // items
  std::string_view books;               //
  std::string_view pool;                // name, receipts, yen, rung, weights
  std::string_view rung;                // code, Japanese title
  std::string_view pool_share;          // insurer, paid, bears, quota, rank
  std::string_view pool_receipts;       //
  std::string_view pool_receipt;        // claim id
  std::string_view payments;            //
  std::string_view payment;             // insurer, itself, month, records, sum
  std::string_view payment_of_another;  // insurer, who bears for it, month, records, sum
  std::string_view paid_since;          //

  // What would be if.
  std::string_view assumed;        // assumptions
  std::string_view assumed_as_of;  // moment
  std::string_view assumed_fact;   // Japanese label, English label, name, value
  std::string_view between_assumptions;
  std::string_view impossible;    // why
  std::string_view silent_row;    // table, row, title
  std::string_view speaking_row;  // table, row, title

  // Rows that lost, and what would change it.
  std::string_view near_rows, lost_rows;  // headings
  std::string_view lost_row;              // table, row, title
  std::string_view unmet;                 // Japanese label, English label, name, value found, values wanted
  std::string_view after_the_answer, held_in_vain;
  std::string_view nothing, not_told;
  std::string_view changes;                                       // heading
  std::string_view change;                                        // outcome, class, reason, insurers
  std::string_view change_class, change_reason, change_insurers;  // the value
  std::string_view change_fact;                                   // Japanese label, English label, name, values
  std::string_view duplicate, no_change;
};

const PhraseBook& PhrasesOf(Language language);
const PhraseBook& EnglishPhrases();
const PhraseBook& JapanesePhrases();

}  // namespace furikae::rules
