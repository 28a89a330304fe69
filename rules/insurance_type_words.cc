#include "rules/insurance_type_words.h"

#include <algorithm>
#include <utility>

#include "rules/remark_shapes.h"

namespace furikae::rules {

InsuranceTypeWords::InsuranceTypeWords(std::vector<InsuranceTypeWord> words) {
  for (InsuranceTypeWord& word : words) {
    if (word.word.empty()) continue;
    (word.in_brackets_behind == DeclaredType::kNone ? words_ : notes_).push_back(std::move(word));
  }
  std::stable_sort(words_.begin(), words_.end(), [](const InsuranceTypeWord& a, const InsuranceTypeWord& b) {
    return a.word.size() > b.word.size();
  });
}

DeclaredType InsuranceTypeWords::TypeOf(std::u32string_view text) const {
  const std::u32string all = WithoutBlanks(text);
  std::u32string_view word = all, note;
  if (const size_t bracket = word.find(U'('); bracket != std::u32string_view::npos && word.back() == U')') {
    note = word.substr(bracket);
    word = word.substr(0, bracket);
  }
  const auto found = std::find_if(words_.begin(), words_.end(), [&](const auto& known) { return known.word == word; });
  if (found == words_.end()) return DeclaredType::kNone;
  const auto narrowed = std::find_if(notes_.begin(), notes_.end(), [&](const InsuranceTypeWord& known) {
    return known.in_brackets_behind == found->type && Contains(note, known.word);
  });
  return narrowed == notes_.end() ? found->type : narrowed->type;
}

DeclaredType InsuranceTypeWords::TypeIn(std::u32string_view text) const {
  DeclaredType found = TypeOf(text);
  if (found != DeclaredType::kNone) return found;
  // Longest words first, each taken out, so that 国民健康保険組合 is not 健康保険 too.
  std::u32string rest = WithoutBlanks(text);
  for (const InsuranceTypeWord& known : words_) {
    const size_t at = rest.find(known.word);
    if (at == std::u32string::npos) continue;
    std::fill_n(rest.begin() + static_cast<std::ptrdiff_t>(at), known.word.size(), U' ');
    if (found != DeclaredType::kNone && found != known.type) return DeclaredType::kUnknown;
    found = known.type;
  }
  return found;
}

}  // namespace furikae::rules
