// storage/registry_row_layout.h — one registry row as the index holds it: 76 bytes of fixed layout, in memory and on
// disk.
//
//   ASSIGN_OR_RETURN(IndexRow row, EncodeIndexRow(registry_row));   // keys are computed here, once
//   Coverage coverage = DecodeIndexRow(row);
//
// Little-endian, offsets in bytes. The five text keys are HashKey() of the comparable form, 0 = blank.
//
//    0  card_text    CardKey::text                        40  subject  low 64 bits of the subject's hash
//    8  kana         K1 of the name                       48  who      insurer 27 | phone 27 | sex 2 | family 2 |
//                                                                      loss 3 | suspended 1 | withdrawn 1
//   16  kanji        folded name                          56  when     registered_at 39 | birth 22 | (free 3)
//   24  address                                           64  span     qualified 22 | disqualified 22 |
//   32  workplace                                                      subject, upper 12 | contribution 7 | (free 1)
//                                                         72  tail     issued 22 | branch 10
//
// Days count from 0000-01-01, so that every four-digit year fits into 22 bits; all ones = kOpenEnd. The subject's hash
// is the first 76 bits of SHA-256 of the SubjectId: among 160 million subjects two share one with a probability below 1
// in 5 million. On disk (registry_card) rows lie in blocks, see storage/registry_block.h; a change of this layout is a
// new block version. Source: DESIGN §5 (at most 100 bytes a row); decisions.md §1.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>

#include "absl/status/statusor.h"
#include "core/coverage.h"
#include "storage/registry_index.h"

namespace furikae::storage {

// A run of bits within a 64-bit word.
template <int kShift, int kWidth>
struct BitField {
  static constexpr uint64_t kMax = (uint64_t{1} << kWidth) - 1;
  static constexpr uint64_t Get(uint64_t word) { return (word >> kShift) & kMax; }
  static constexpr uint64_t Put(uint64_t value) { return (value & kMax) << kShift; }
};

struct IndexRow {
  uint64_t card_text = 0, kana = 0, kanji = 0, address = 0, workplace = 0, subject = 0;
  uint64_t who = 0, when = 0, span = 0;
  uint32_t tail = 0;
  uint32_t next = 0;  // in memory only: the next row of the same person, in a ring

  using Insurer = BitField<0, 27>;
  using Phone = BitField<27, 27>;
  using SexField = BitField<54, 2>;
  using FamilyField = BitField<56, 2>;
  using Loss = BitField<58, 3>;
  using Suspended = BitField<61, 1>;
  using Withdrawn = BitField<62, 1>;
  using Registered = BitField<0, 39>;
  using Birth = BitField<39, 22>;
  using Qualified = BitField<0, 22>;
  using Disqualified = BitField<22, 22>;
  using SubjectTop = BitField<44, 12>;
  using Contribution = BitField<56, 7>;
  using Issued = BitField<0, 22>;
  using Branch = BitField<22, 10>;

  uint64_t insurer() const { return Insurer::Get(who); }
  uint64_t branch() const { return Branch::Get(tail); }
  uint64_t birth() const { return Birth::Get(when); }            // days since 0000-01-01, see PackedDay
  uint64_t qualified() const { return Qualified::Get(span); }    // as birth
  uint64_t registered() const { return Registered::Get(when); }  // seconds, see PackedMoment
  uint64_t subject_top() const { return SubjectTop::Get(span); }
  bool exists() const { return !Suspended::Get(who) && !Withdrawn::Get(who); }

  bool SameSubject(const IndexRow& other) const {
    return subject == other.subject && subject_top() == other.subject_top();
  }
  bool SameCard(const IndexRow& other) const { return card_text == other.card_text && insurer() == other.insurer(); }
  // Versions of one coverage: subject, card (branch only when both have one) and qualification date agree.
  bool SameCoverage(const IndexRow& other) const {
    return SameCard(other) && qualified() == other.qualified() && SameSubject(other) &&
           (branch() == other.branch() || branch() == 0 || other.branch() == 0);
  }
  auto Content() const { return std::tie(card_text, kana, kanji, address, workplace, subject, who, when, span, tail); }
  bool SameContent(const IndexRow& other) const { return Content() == other.Content(); }
};
inline constexpr size_t kIndexRowBytes = 76;  // on disk: everything but `next`
static_assert(sizeof(IndexRow) == 80 && offsetof(IndexRow, next) == kIndexRowBytes);
static_assert(std::endian::native == std::endian::little, "IndexRow is written to disk as it lies in memory");

// Errors: InvalidArgument for a value that the layout cannot hold (a branch above 1023, a year outside 0–9999); the
// message names the field, never the value.
absl::StatusOr<IndexRow> EncodeIndexRow(const RegistryRow& row);
// A row that holds nothing but its subject.
IndexRow RowOfSubject(std::string_view subject_id);
// `person` and `row` are left 0: they are the index's.
Coverage DecodeIndexRow(const IndexRow& row);

// FailedPrecondition: `row` says something else than `there`, of the same coverage and registered at the same moment.
absl::Status DifferentVersions(RowId row, RowId there);

// A moment as the row holds it; moments before year 0 become 0, moments after year 9999 the largest value.
uint64_t PackedMoment(Moment moment);
uint64_t PackedDay(Date day);

}  // namespace furikae::storage
