// rules/remark_words.h — the words of the tables by which remarks are understood: what marks a claim, what takes a mark
// back, what names an insurance type or a workplace of the self-defence forces. Folded once, looked up by claim month.
//
//   DatedRemarkWords words(rulebook);                                             // once per rule set
//   Declaration d = ParseRemarks(text, words.In(facts.Get(Fact::kClaimMonth)));   // per receipt: nothing is made
//   MarkingWord(rulebook, kMarksUnidentified, claim_month);                       // "不詳": to write such a remark
//
// The words are COLLECT tables of words.json whose rows may have dates of claim months. A table that is missing has no
// words. Nothing can fail. Thread-safe once built. Source: decisions.md §5, §6; sources_unidentified.md A1, A3–A5.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/calendar.h"
#include "rules/by_claim_month.h"
#include "rules/insurance_type_words.h"
#include "rules/table.h"

namespace furikae::rules {

// What a row of the table remark_markers says that its word marks.
inline constexpr std::string_view kMarksUnidentified = "UNIDENTIFIED";                 // at the head of the remarks
inline constexpr std::string_view kMarksFormerQualification = "FORMER_QUALIFICATION";  // anywhere, as the next
inline constexpr std::string_view kMarksCardCollected = "CARD_COLLECTED";

struct Mark {
  std::u32string word;             // folded, without blanks; never empty
  bool may_be_taken_back = false;  // a word of `taking_back` right behind it takes it back: 証回収なし
};

// The words for claims of one month.
struct RemarkWords {
  std::vector<Mark> unidentified;  // longest first, for one may begin with another
  std::vector<Mark> former_qualification, card_collected, card_forgotten;
  std::vector<std::u32string> taking_back;  // folded, without blanks
  InsuranceTypeWords insurance_types;
  std::vector<std::string> self_defence;  // UTF-8: looked for in a workplace as it is written
};

// For claims of every month, made at once: words change with the claim month alone.
class DatedRemarkWords {
 public:
  explicit DatedRemarkWords(const Rulebook& rulebook);

  // `claim_month`: as the fact has it. The words live as long as this object.
  const RemarkWords& In(int64_t claim_month) const { return words_.At(claim_month); }

 private:
  ByClaimMonth<RemarkWords> words_;
};

// The first word that marks a remark so in claims of this month, as the table writes it; "" when there is none.
std::string MarkingWord(const Rulebook& rulebook, std::string_view marks, ServiceMonth claim_month);

}  // namespace furikae::rules
