// rules/patient.h — the patient as the receipt names them, in comparable form; keys are made when somebody asks.
//
//   Patient patient(receipt);
//   patient.OnBirth(coverage) == Agreement::kExact;
//   patient.OnKana(coverage);         // K1; kMissing where one of the two has no kana
//
// What is made of these say the tables (rules/card_holders.h, rules/identify). A name with ● is never exact, so it has
// no kanji key. Not thread-safe: one per decision. The receipt must outlive it.
// Source: decisions.md §1 (the patient's card); identification.md §4.1–4.2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/uke/receipt.h"
#include "rules/agreement.h"
#include "storage/registry_index.h"

namespace furikae::rules {

class Patient {
 public:
  explicit Patient(const uke::Receipt& receipt) : receipt_(receipt) {}

  const uke::Receipt& receipt() const { return receipt_; }
  Date birth() const { return receipt_.birth; }
  Sex sex() const { return receipt_.sex; }
  uint64_t KanaKey() const;   // K1; 0 when the receipt has no kana and none was declared
  uint64_t KanjiKey() const;  // folded; 0 when blank or with ●
  bool HasUnknownGlyph() const;
  // The card that the receipt names; its text is 0 when it names none or one that matches nothing.
  const CardKey& ClaimedCard() const;
  // Kana from the self-declaration stands in where the receipt has none. UTF-8.
  void UseDeclaredKana(std::string_view kana);

  Agreement OnBirth(const storage::Coverage& c) const { return Of(true, c.birth == receipt_.birth); }
  Agreement OnSex(const storage::Coverage& c) const {
    return Of(c.sex != Sex::kUnknown && receipt_.sex != Sex::kUnknown, c.sex == receipt_.sex);
  }
  Agreement OnKana(const storage::Coverage& c) const {
    return Of(c.kana_key != 0 && KanaKey() != 0, c.kana_key == KanaKey());
  }
  Agreement OnKanji(const storage::Coverage& c) const {
    return Of(c.kanji_key != 0 && KanjiKey() != 0, c.kanji_key == KanjiKey());
  }

 private:
  static Agreement Of(bool known, bool equal) {
    return !known ? Agreement::kMissing : equal ? Agreement::kExact : Agreement::kDiffers;
  }
  void ReadKanji() const;

  const uke::Receipt& receipt_;
  mutable bool kana_read_ = false, kanji_read_ = false, unknown_glyph_ = false;
  mutable uint64_t kana_key_ = 0, kanji_key_ = 0;
  mutable std::optional<CardKey> claimed_card_;
};

}  // namespace furikae::rules
