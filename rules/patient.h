// rules/patient.h — the patient as the receipt names them, in comparable form; keys are made when somebody asks.
//
//   Patient patient(receipt);
//   patient.AgreesOnBirth(coverage);
//   patient.AgreesOnName(coverage);   // K1 kana or folded kanji
//
// A name with ● is never exact, so it has no kanji key. Not thread-safe: one per decision. The receipt must outlive it.
// Source: decisions.md §1 (the patient's card); identification.md §4.1–4.2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/uke/receipt.h"
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

  bool AgreesOnBirth(const storage::Coverage& c) const { return c.birth == receipt_.birth; }
  bool AgreesOnSex(const storage::Coverage& c) const { return c.sex == receipt_.sex && c.sex != Sex::kUnknown; }
  bool AgreesOnKana(const storage::Coverage& c) const { return c.kana_key != 0 && c.kana_key == KanaKey(); }
  bool AgreesOnKanji(const storage::Coverage& c) const { return c.kanji_key != 0 && c.kanji_key == KanjiKey(); }
  bool AgreesOnName(const storage::Coverage& c) const { return AgreesOnKana(c) || AgreesOnKanji(c); }

 private:
  void ReadKanji() const;

  const uke::Receipt& receipt_;
  mutable bool kana_read_ = false, kanji_read_ = false, unknown_glyph_ = false;
  mutable uint64_t kana_key_ = 0, kanji_key_ = 0;
  mutable std::optional<CardKey> claimed_card_;
};

}  // namespace furikae::rules
