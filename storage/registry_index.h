// storage/registry_index.h — the registry in memory: who is covered by whom on which day, found by card, person, or name and birth date.
//
//   RegistryIndex index;
//   index.Add(row_id, row);
//   for (const Coverage& c : index.CardHolders(KeyOf(card), now)) …      // coverages of that card, as registered by now
//   for (const Coverage& c : index.CoveragesOf(c.person, now)) …         // everything that person has
//
// At most 100 bytes a row. Rows of one subject, card and qualification date are versions of one coverage: by a moment the
// last registered one decides, and it does not exist when that one is suspended or withdrawn. Texts are kept as 64-bit keys
// of their comparable form; who needs the text itself reads the row (RowSource). Readers may run beside one writer.
// Source: decisions.md §1 (Registry, bitemporal; same card); DESIGN §5; identification.md §4.6 (keys).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "core/calendar.h"
#include "core/card.h"
#include "core/coverage.h"

namespace furikae::storage {

using PersonId = uint32_t;  // one SubjectId; numbered in the order of first appearance
using RowId = uint32_t;     // one registry row (version)

// One coverage as registered by a moment.
struct Coverage {
  PersonId person = 0;
  RowId row = 0;
  CardKey card;
  int branch = 0;            // 0 blank
  Date qualified;
  Date disqualified = kOpenEnd;
  Date issued{0};            // 0 blank
  LossReason loss_reason = LossReason::kNone;
  Family family = Family::kUnknown;
  Sex sex = Sex::kUnknown;
  Date birth;
  int contribution_per_cent = 0;  // 0 blank
  uint64_t kana_key = 0, kanji_key = 0;       // HashKey(KanaKey / KanjiKey); 0 blank
  uint64_t address_key = 0, workplace_key = 0;
  uint32_t phone_key = 0;                     // last 8 digits as a number; 0 blank
  DayMask ValidDays(ServiceMonth month) const { return month.DaysWithin(qualified, disqualified); }
};
using Coverages = absl::InlinedVector<Coverage, 4>;

// Where the full text of a row comes from: RocksDB, or memory in tests and benchmarks.
class RowSource {
 public:
  virtual ~RowSource() = default;
  virtual absl::StatusOr<RegistryRow> Row(RowId row) const = 0;
};

class RegistryIndex {
 public:
  RegistryIndex();
  ~RegistryIndex();
  RegistryIndex(RegistryIndex&&) noexcept;
  RegistryIndex& operator=(RegistryIndex&&) noexcept;

  void Reserve(size_t rows);
  // Identical version again (same registered_at): ignored, false. A different one with equal registered_at:
  // FailedPrecondition naming the row already there; nothing changes.
  absl::StatusOr<bool> Add(RowId id, const RegistryRow& row);

  Coverages CardHolders(CardKey card, Moment now) const;   // every branch, every holder; by qualification date
  Coverages CoveragesOf(PersonId person, Moment now) const;
  Coverages ByKanaAndBirth(uint64_t kana_key, Date birth, Moment now) const;
  Coverages ByKanjiAndBirth(uint64_t kanji_key, Date birth, Moment now) const;

  size_t rows() const;
  size_t persons() const;
  size_t bytes() const;     // memory held

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// An index together with its rows, wholly in memory: for previews, tests and benchmarks.
class MemoryRegistry final : public RowSource {
 public:
  absl::Status Add(RegistryRow row);
  absl::StatusOr<RegistryRow> Row(RowId row) const override;
  const RegistryIndex& index() const { return index_; }

 private:
  std::vector<RegistryRow> rows_;
  RegistryIndex index_;
};

}  // namespace furikae::storage
