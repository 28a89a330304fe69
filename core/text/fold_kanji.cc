#include "core/text/fold.h"
#include "core/text/kanji_fold_table.inc"  // written at build time by generate_kanji_fold.cc

namespace furikae::text {

char32_t FoldKanji(char32_t c) {
  if (c < 0x2E80 || c >= 0x33000) return c;
  const char32_t common = kCommonForm[kPageOf[c >> 8]][c & 0xFF];
  return common == 0 ? c : common;
}

}  // namespace furikae::text
