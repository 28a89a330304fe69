// storage/registry_index.h — the registry in memory: who is covered by whom on which day, found by card, person, or
// name and birth date.
//
//   RegistryIndex index;
//   index.Add(row_id, row);
//   for (const Coverage& c : index.CardHolders(KeyOf(card), now)) …    // of that card, as registered by now
//   for (const Coverage& c : index.CoveragesOf(c.person, now)) …       // everything that person has
//
// About 100 bytes a row, all included. Rows of one subject, card (branch when both have one) and qualification date are
// versions of one coverage: by a moment the last registered one decides, and it does not exist when that one is
// suspended or withdrawn. Texts are kept as 64-bit keys of their comparable form; who needs the text itself reads the
// row (RowSource). Results are ordered by what the rows say, never by the order in which they came: qualification date,
// insurer, card, branch, then the rest. Readers may run beside one writer; a reader sees a row as soon as its Add has
// returned. Source: decisions.md §1 (Registry, bitemporal; same card); DESIGN §5; identification.md §4.6 (keys).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "core/calendar.h"
#include "core/card.h"
#include "core/coverage.h"

namespace furikae::storage {

using RowId = uint32_t;  // one registry row (version), numbered in the order of arrival
using PersonId =
    uint32_t;     // one SubjectId: the RowId of its first row, so persons are numbered in the order of appearance
struct IndexRow;  // storage/registry_row_layout.h

// One coverage as registered by a moment.
struct Coverage {
  PersonId person = 0;
  RowId row = 0;
  CardKey card;
  int branch = 0;  // BranchKey: 0 blank
  Date qualified;
  Date disqualified = kOpenEnd;
  Date issued{0};  // 0 blank
  LossReason loss_reason = LossReason::kNone;
  Family family = Family::kUnknown;
  Sex sex = Sex::kUnknown;
  Date birth;
  int contribution_per_cent = 0;         // 0 blank
  uint64_t kana_key = 0, kanji_key = 0;  // HashKey(KanaKey / KanjiKey); 0 blank
  uint64_t address_key = 0, workplace_key = 0;
  uint32_t phone_key = 0;  // last 8 digits as a number; 0 blank
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
  // Ids must rise from row to row; gaps are allowed and stay empty.
  // Identical version again (same registered_at): ignored, false. A different one with equal registered_at:
  // FailedPrecondition naming the row already there. InvalidArgument when the layout cannot hold the row or the id does
  // not rise; ResourceExhausted beyond 268 million rows. On an error nothing changes.
  absl::StatusOr<bool> Add(RowId id, const RegistryRow& row);
  absl::StatusOr<bool> Add(RowId id, const IndexRow& row);  // for a row that is encoded already
  // ResourceExhausted when an index can never hold so many rows.
  static absl::Status CheckRoom(uint64_t rows);
  // Rows first, first + 1, … that were checked when they were written to disk; faster than one by one.
  absl::Status AddChecked(RowId first, absl::Span<const IndexRow> rows);
  // The row there that is a version of the same coverage with the same registered_at, identical or not.
  std::optional<RowId> FindSameMoment(const IndexRow& row) const;
  // The row as the index holds it (`next` = 0), for comparison with the disk; nullopt when there is none.
  std::optional<IndexRow> Held(RowId row) const;

  Coverages CardHolders(CardKey card, Moment now) const;  // every branch, every holder; by qualification date
  // The same of many cards at once, which is faster: the place in `cards` and the holders of each that has any.
  std::vector<std::pair<size_t, Coverages>> CardHolders(absl::Span<const CardKey> cards, Moment now) const;
  Coverages CoveragesOf(PersonId person, Moment now) const;
  std::optional<PersonId> PersonOf(std::string_view subject_id) const;  // nullopt: nobody registered, at any moment
  Coverages ByKanaAndBirth(uint64_t kana_key, Date birth, Moment now) const;
  Coverages ByKanjiAndBirth(uint64_t kanji_key, Date birth, Moment now) const;

  size_t rows() const;
  size_t persons() const;
  size_t bytes() const;  // memory held

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// An index together with its rows, wholly in memory: for previews, tests and benchmarks. Add: as RegistryIndex::Add,
// but versions are compared in full.
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
