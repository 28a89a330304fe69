// core/text/letter_set.h — a few letters to be told from all others, most of which are recognised at a glance.
//
//   constexpr LetterSet kSeparators(U"・,.'");
//   if (kSeparators.Has(c)) …
//
// A search through the letters is needed only for those that agree with one of them in the last nine bits. Nothing can
// fail. Thread-safe; the letters are not copied and must outlive the set. Source: our own, of no standard; which
// letters is said where a set is made.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace furikae::text {

class LetterSet {
 public:
  explicit constexpr LetterSet(std::u32string_view letters) : letters_(letters) {
    for (char32_t letter : letters) sieve_[WordOf(letter)] |= BitOf(letter);
  }
  constexpr bool Has(char32_t c) const {
    return (sieve_[WordOf(c)] & BitOf(c)) != 0 && letters_.find(c) != std::u32string_view::npos;
  }

 private:
  static constexpr size_t WordOf(char32_t c) { return (c >> 6) % kSieveWords; }
  static constexpr uint64_t BitOf(char32_t c) { return uint64_t{1} << (c & 63); }

  static constexpr size_t kSieveWords = 8;

  std::u32string_view letters_;
  std::array<uint64_t, kSieveWords> sieve_{};
};

}  // namespace furikae::text
