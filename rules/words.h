// rules/words.h — the word lists of the tables: which spellings say that the card was merely not brought, which codes
// that a patient bears 20 per cent, and so on.
//
//   std::vector<std::string> words = WordsOf(rulebook, kForgottenWords, facts);   // claim_month must be set in `facts`
//
// A list is a COLLECT table whose rows give one `word` each, so that an agency adds a spelling with its dates and
// source. Those of remarks are made ready once, in rules/remark_words.h. Source: decisions.md §5 (remarks), §6
// (self-defence personnel).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/table.h"

namespace furikae::rules {

inline constexpr std::string_view kForgottenWords = "forgotten_words";
inline constexpr std::string_view kRemarkMarkers = "remark_markers";
inline constexpr std::string_view kRetractingWords = "retracting_words";
inline constexpr std::string_view kInsuranceTypeWords = "insurance_type_words";
inline constexpr std::string_view kSelfDefenceWords = "self_defence_words";
inline constexpr std::string_view kTwentyPerCentNotes = "twenty_per_cent_notes";

// In table order; empty when there is no such table.
std::vector<std::string> WordsOf(const Rulebook& rulebook, std::string_view table, const Facts& facts);

}  // namespace furikae::rules
