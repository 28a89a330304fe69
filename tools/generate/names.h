// tools/generate/names.h — made-up people need names: common surnames and given names with their readings, towns,
// firms.
#pragma once

#include <string_view>
#include <vector>

namespace furikae::generate {

struct WrittenName {
  std::string_view kanji, kana;
};
const std::vector<WrittenName>& Surnames();
const std::vector<WrittenName>& MaleNames();
const std::vector<WrittenName>& FemaleNames();

struct Town {
  std::string_view post_number, address;  // up to the town
};
const std::vector<Town>& Towns();
const std::vector<std::string_view>& Firms();

}  // namespace furikae::generate
