#include "rules/words.h"

namespace furikae::rules {

std::vector<std::string> WordsOf(const Rulebook& rulebook, std::string_view table, const Facts& facts) {
  std::vector<std::string> words;
  const Table* list = rulebook.Find(table);
  if (list == nullptr) return words;
  for (const Row* row : list->Collect(facts)) words.emplace_back(row->Text("word"));
  return words;
}

}  // namespace furikae::rules
