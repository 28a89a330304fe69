// Writes the kanji folding table at build time: generate_kanji_fold VARIANTS OUTPUT UNICODE_DATA < Unihan files
//
// A character's common form comes from the first of these that knows it:
//   1. core/text/kanji_variants.txt, our own list for Japanese names;
//   2. its compatibility decomposition, when that is one character (UnicodeData.txt);
//   3. kJinmeiyoKanji: the kanji in general use that it is an old form of;
//   4. kZVariant and kSemanticVariant (Unihan), only from a character outside JIS X 0208 to exactly one kanji for
//   general
//      use or names, and only with the same radical: variants of one word in Chinese are often two names in Japanese.
// Chains are followed to their end; a character named `apart`, or in general use or for names, is never folded by 3
// and 4.
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "core/text/utf8.h"

namespace {

using Folds = std::map<char32_t, char32_t>;

struct Unihan {
  std::map<char32_t, std::set<char32_t>> variants;  // kZVariant and kSemanticVariant
  std::map<char32_t, std::set<char32_t>> jinmeiyo;  // names kanji → its general-use or old form
  std::set<char32_t> general_use, for_names, jis;
  std::map<char32_t, std::string> radical;
};

// "U+6FA4<kMatthews" → U+6FA4; 0 when the text is no code point.
char32_t CodePointIn(const std::string& text) {
  const size_t at = text.find("U+");
  return at == std::string::npos ? 0 : static_cast<char32_t>(std::stoul(text.substr(at + 2), nullptr, 16));
}

Unihan ReadUnihan(std::istream& input) {
  Unihan unihan;
  for (std::string line; std::getline(input, line);) {
    if (line.compare(0, 2, "U+") != 0) continue;
    std::istringstream fields(line);
    std::string code_point, property, value;
    fields >> code_point >> property;
    const char32_t c = CodePointIn(code_point);
    while (fields >> value) {
      const char32_t other = CodePointIn(value);
      if (property == "kZVariant" || property == "kSemanticVariant") unihan.variants[c].insert(other);
      if (property == "kJoyoKanji" && other == 0) unihan.general_use.insert(c);
      if (property == "kJinmeiyoKanji")
        (other == 0 ? unihan.for_names : unihan.jinmeiyo[c]).insert(other == 0 ? c : other);
      if (property == "kJis0") unihan.jis.insert(c);
      if (property == "kRSUnicode") unihan.radical.try_emplace(c, value.substr(0, value.find_first_of("'.")));
    }
  }
  return unihan;
}

void ReadVariants(std::istream& input, Folds& folds, std::set<char32_t>& apart) {
  for (std::string line; std::getline(input, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::string first, word;
    words >> first;
    while (words >> word) {
      const char32_t c = furikae::text::CodePoints(word)[0];
      if (first == "apart") {
        apart.insert(c);
      } else {
        folds.try_emplace(c, furikae::text::CodePoints(first)[0]);
      }
    }
  }
}

bool IsIdeographBlock(char32_t c) {
  return (c >= 0x2F00 && c <= 0x2FDF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000;
}

// UnicodeData.txt: code point; name; …; field 5 is the decomposition, "<compat> 4E00" or "8C48".
void ReadDecompositions(std::istream& input, Folds& folds) {
  for (std::string line; std::getline(input, line);) {
    std::istringstream fields(line);
    std::vector<std::string> column;
    for (std::string field; column.size() < 6 && std::getline(fields, field, ';');) column.push_back(field);
    if (column.size() < 6 || column[5].empty()) continue;
    const char32_t c = static_cast<char32_t>(std::stoul(column[0], nullptr, 16));
    std::string target = column[5];
    if (target.compare(0, 9, "<compat> ") == 0) target.erase(0, 9);
    if (!IsIdeographBlock(c) || target[0] == '<' || target.find(' ') != std::string::npos) continue;
    folds.try_emplace(c, static_cast<char32_t>(std::stoul(target, nullptr, 16)));
  }
}

void AddFromUnihan(const Unihan& unihan, const std::set<char32_t>& apart, Folds& folds) {
  const auto common = [&](char32_t c) { return unihan.general_use.count(c) > 0 || unihan.for_names.count(c) > 0; };
  for (const auto& [c, others] : unihan.jinmeiyo) {
    if (apart.count(c) > 0 || unihan.general_use.count(c) > 0) continue;
    for (char32_t other : others) {
      if (unihan.general_use.count(other) > 0) folds.try_emplace(c, other);
    }
  }
  for (const auto& [c, others] : unihan.variants) {
    if (apart.count(c) > 0 || common(c) || unihan.jis.count(c) > 0) continue;
    std::set<char32_t> candidates;
    for (char32_t other : others) {
      const auto mine = unihan.radical.find(c), theirs = unihan.radical.find(other);
      const bool same_radical =
          mine != unihan.radical.end() && theirs != unihan.radical.end() && mine->second == theirs->second;
      if (common(other) && same_radical) candidates.insert(other);
    }
    if (candidates.size() == 1) folds.try_emplace(c, *candidates.begin());
  }
}

// Where the chain that starts at `c` ends; a circle ends where it began.
char32_t EndOf(const Folds& folds, char32_t c) {
  char32_t end = c;
  for (auto next = folds.find(c); next != folds.end() && next->second != c; next = folds.find(end)) end = next->second;
  return end;
}

void Write(const Folds& folds, std::ostream& output) {
  std::map<char32_t, std::vector<char32_t>> pages;  // code point / 256 → its 256 common forms
  for (const auto& [c, unused] : folds) {
    auto& page = pages[c >> 8];
    if (page.empty()) page.resize(256);
    if (EndOf(folds, c) != c) page[c & 0xFF] = EndOf(folds, c);
  }
  output << "// " << folds.size() << " folds. Page 0 is empty: characters that fold to themselves.\n";
  output << "constexpr unsigned short kPageOf[0x330] = {";
  size_t number = 0;
  for (char32_t page = 0; page < 0x330; ++page) output << (pages.count(page) > 0 ? ++number : 0) << ',';
  output << "};\nconstexpr char32_t kCommonForm[][256] = {{}";
  for (const auto& [unused, forms] : pages) {
    output << ",\n{";
    for (char32_t form : forms) output << static_cast<unsigned long>(form) << ',';
    output << '}';
  }
  output << "};\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: generate_kanji_fold VARIANTS OUTPUT UNICODE_DATA < UNIHAN\n";
    return 2;
  }
  std::ifstream variants(argv[1]), unicode_data(argv[3]);
  Folds folds;
  std::set<char32_t> apart;
  ReadVariants(variants, folds, apart);
  ReadDecompositions(unicode_data, folds);
  const Unihan unihan = ReadUnihan(std::cin);
  if (unihan.general_use.size() < 2000 || unihan.variants.empty() || folds.size() < 1000) {
    std::cerr << "generate_kanji_fold: the Unihan or UnicodeData files are missing or not as expected (package "
                 "unicode-data)\n";
    return 1;
  }
  AddFromUnihan(unihan, apart, folds);
  std::ofstream output(argv[2]);
  Write(folds, output);
  return output.good() ? 0 : 1;
}
