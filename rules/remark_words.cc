#include "rules/remark_words.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "rules/receipt_facts.h"
#include "rules/remark_shapes.h"
#include "rules/words.h"

namespace furikae::rules {
namespace {

constexpr std::string_view kTables[] = {kRemarkMarkers, kForgottenWords, kRetractingWords, kInsuranceTypeWords,
                                        kSelfDefenceWords};

RowHits RowsOf(const Rulebook& rulebook, std::string_view table, const Facts& facts) {
  const Table* words = rulebook.Find(table);
  return words == nullptr ? RowHits{} : words->Collect(facts);
}

std::u32string Folded(std::string_view word) { return WithoutBlanks(FoldCharacters(word).folded); }

void AddMark(std::string_view word, bool may_be_taken_back, std::vector<Mark>& marks) {
  std::u32string folded = Folded(word);
  if (!folded.empty()) marks.push_back({std::move(folded), may_be_taken_back});
}

void AddMarkers(const RowHits& rows, RemarkWords& words) {
  const std::pair<std::string_view, std::vector<Mark>*> kinds[] = {
      {kMarksUnidentified, &words.unidentified},
      {kMarksFormerQualification, &words.former_qualification},
      {kMarksCardCollected, &words.card_collected}};
  for (const Row* row : rows) {
    for (const auto& [marks, of_kind] : kinds) {
      if (row->Text("marks") == marks) AddMark(row->Text("word"), row->Number("may_be_taken_back") != 0, *of_kind);
    }
  }
  std::stable_sort(words.unidentified.begin(), words.unidentified.end(),
                   [](const Mark& a, const Mark& b) { return a.word.size() > b.word.size(); });
}

// The type is a choice of the fact declared_type, in the order of DeclaredType.
DeclaredType TypeNamed(std::string_view name) {
  const auto choices = Declarations()[static_cast<size_t>(Fact::kDeclaredType)].choices;
  const auto found = std::find(choices.begin(), choices.end(), name);
  return found == choices.end() ? DeclaredType::kNone : static_cast<DeclaredType>(found - choices.begin());
}

InsuranceTypeWords TypesOf(const RowHits& rows) {
  std::vector<InsuranceTypeWord> types;
  for (const Row* row : rows)
    types.push_back(
        {Folded(row->Text("word")), TypeNamed(row->Text("type")), TypeNamed(row->Text("in_brackets_behind"))});
  return InsuranceTypeWords(std::move(types));
}

Facts ClaimedIn(int64_t claim_month) {
  Facts facts;
  facts.Set(Fact::kClaimMonth, claim_month);
  return facts;
}

RemarkWords WordsIn(const Rulebook& rulebook, const Facts& facts) {
  RemarkWords words;
  AddMarkers(RowsOf(rulebook, kRemarkMarkers, facts), words);
  for (const std::string& word : WordsOf(rulebook, kForgottenWords, facts)) AddMark(word, true, words.card_forgotten);
  for (const std::string& word : WordsOf(rulebook, kRetractingWords, facts)) words.taking_back.push_back(Folded(word));
  std::erase_if(words.taking_back, [](const std::u32string& word) { return word.empty(); });
  words.insurance_types = TypesOf(RowsOf(rulebook, kInsuranceTypeWords, facts));
  words.self_defence = WordsOf(rulebook, kSelfDefenceWords, facts);
  return words;
}

}  // namespace

DatedRemarkWords::DatedRemarkWords(const Rulebook& rulebook) {
  std::array<const Table*, std::size(kTables)> tables;
  std::transform(std::begin(kTables), std::end(kTables), tables.begin(),
                 [&](std::string_view name) { return rulebook.Find(name); });
  words_ = {tables, [&](int64_t claim_month) { return WordsIn(rulebook, ClaimedIn(claim_month)); }};
}

std::string MarkingWord(const Rulebook& rulebook, std::string_view marks, ServiceMonth claim_month) {
  for (const Row* row : RowsOf(rulebook, kRemarkMarkers, ClaimedIn(claim_month.index))) {
    if (row->Text("marks") == marks) return std::string(row->Text("word"));
  }
  return "";
}

}  // namespace furikae::rules
