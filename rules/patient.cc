#include "rules/patient.h"

#include <algorithm>

#include "core/text/name_keys.h"
#include "core/uke/cp932.h"

namespace furikae::rules {
namespace {

bool IsAscii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](unsigned char byte) { return byte < 0x80; });
}

CardKey CardOf(const uke::Receipt& receipt) {
  if (!receipt.insurer) return {};
  if (IsAscii(receipt.symbol) && IsAscii(receipt.number_text))
    return KeyOf(*receipt.insurer, receipt.symbol, receipt.number_text);
  return KeyOf(*receipt.insurer, uke::FromCp932(receipt.symbol), uke::FromCp932(receipt.number_text));
}

}  // namespace

uint64_t Patient::KanaKey() const {
  if (!kana_read_) {
    kana_read_ = true;
    kana_key_ = text::HashKey(text::KanaKey(uke::FromCp932(receipt_.name_kana)));
  }
  return kana_key_;
}

uint64_t Patient::KanjiKey() const {
  if (!kanji_read_) ReadKanji();
  return kanji_key_;
}

bool Patient::HasUnknownGlyph() const {
  if (!kanji_read_) ReadKanji();
  return unknown_glyph_;
}

const CardKey& Patient::ClaimedCard() const {
  if (!claimed_card_) claimed_card_ = CardOf(receipt_);
  return *claimed_card_;
}

void Patient::ReadKanji() const {
  kanji_read_ = true;
  const std::string name = uke::FromCp932(receipt_.name);
  unknown_glyph_ = text::HasUnknownGlyph(name);
  if (!unknown_glyph_) kanji_key_ = text::HashKey(text::KanjiKey(name));
}

void Patient::UseDeclaredKana(std::string_view kana) {
  if (KanaKey() == 0) kana_key_ = text::HashKey(text::KanaKey(kana));
}

}  // namespace furikae::rules
