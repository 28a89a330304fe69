#include "storage/registry_index.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/mutex.h"
#include "core/status.h"
#include "storage/id_table.h"
#include "storage/registry_row_layout.h"
#include "storage/row_chunks.h"

namespace furikae::storage {
namespace {

using RowIds = absl::InlinedVector<RowId, 8>;

// Spreads a key over all 64 bits (the finalizer of SplitMix64): tables use the upper bits for the place, the lower for
// the tag.
uint64_t Mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}
uint64_t Mix(uint64_t key, uint64_t beside) { return Mix(key + beside * 0x9e3779b97f4a7c15u); }

uint64_t SubjectHash(const IndexRow& row) { return row.subject; }  // SHA-256 already
uint64_t CardHash(CardKey card) { return Mix(card.text, card.insurer.value); }
uint64_t CardHash(const IndexRow& row) { return Mix(row.card_text, row.insurer()); }
uint64_t KanaHash(const IndexRow& row) { return Mix(row.kana, row.birth()); }
uint64_t KanjiHash(const IndexRow& row) { return Mix(row.kanji, row.birth()); }

// A card without a text is nobody's.
bool IsOf(CardKey card, const IndexRow& row) {
  return card.text != 0 && row.card_text == card.text && row.insurer() == card.insurer.value;
}

// What a person's row adds to the tables: nothing where an earlier row of the person is found under the same key.
struct NewKeys {
  bool card, kana, kanji;
};

IndexRow EmptyRow(RowId id) {
  IndexRow row;
  row.who = IndexRow::Withdrawn::Put(1);
  row.next = id;
  return row;
}

}  // namespace

// The rows of a person form a ring; each table finds a person's first row with the key, the ring gives the rest.
struct RegistryIndex::Impl {
  mutable Mutex mutex;  // lets a waiting writer go before new readers
  RowChunks rows;
  IdTable subjects, cards, kanas, kanjis;
  size_t row_count = 0;

  template <typename Visit>
  void ForEachOfPerson(RowId any, Visit visit) const {
    RowId id = any;
    do {
      visit(id, rows[id]);
      id = rows[id].next;
    } while (id != any);
  }

  std::optional<RowId> FirstRowOf(const IndexRow& row) const {
    std::optional<RowId> first;
    subjects.ForEach(SubjectHash(row), [&](RowId id) {
      if (rows[id].SameSubject(row)) first = id;
    });
    return first;
  }

  std::optional<RowId> FindSameMoment(std::optional<RowId> person, const IndexRow& row) const {
    std::optional<RowId> found;
    if (!person) return found;
    ForEachOfPerson(*person, [&](RowId id, const IndexRow& other) {
      if (!found && other.SameCoverage(row) && other.registered() == row.registered()) found = id;
    });
    return found;
  }

  NewKeys KeysNewTo(std::optional<RowId> person, const IndexRow& row) const {
    NewKeys keys{row.card_text != 0, row.kana != 0, row.kanji != 0};
    if (!person) return keys;
    ForEachOfPerson(*person, [&](RowId, const IndexRow& other) {
      const bool same_birth = other.birth() == row.birth();
      if (other.SameCard(row)) keys.card = false;
      if (same_birth && other.kana == row.kana) keys.kana = false;
      if (same_birth && other.kanji == row.kanji) keys.kanji = false;
    });
    return keys;
  }

  absl::Status CheckId(RowId id) const {
    RETURN_IF_ERROR(CheckRoom(uint64_t{id} + 1));
    if (id >= rows.size()) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat("registry row ", id, " comes after row ", rows.size() - 1));
  }

  void Insert(RowId id, const IndexRow& row, std::optional<RowId> person) {
    const NewKeys keys = KeysNewTo(person, row);
    while (rows.size() < id) rows.Append(EmptyRow(static_cast<RowId>(rows.size())));
    rows.Append(row);
    ++row_count;
    rows[id].next = person ? std::exchange(rows[*person].next, id) : id;
    const auto put = [&](bool wanted, IdTable& table, uint64_t (*hash_of)(const IndexRow&)) {
      if (wanted) table.Insert(hash_of(row), id, [&](RowId other) { return hash_of(rows[other]); });
    };
    put(!person, subjects, SubjectHash);
    put(keys.card, cards, CardHash);
    put(keys.kana, kanas, KanaHash);
    put(keys.kanji, kanjis, KanjiHash);
  }

  void Prefetch(const IndexRow& row) const {
    subjects.Prefetch(SubjectHash(row));
    cards.Prefetch(CardHash(row));
    kanas.Prefetch(KanaHash(row));
    kanjis.Prefetch(KanjiHash(row));
  }

  // Whether by `now` no later version of the same coverage is registered, and this one lets it exist.
  bool Decides(RowId id, uint64_t now) const {
    const IndexRow& row = rows[id];
    if (!row.exists() || row.registered() > now) return false;
    bool last = true;
    ForEachOfPerson(id, [&](RowId, const IndexRow& other) {
      if (other.registered() > row.registered() && other.registered() <= now && other.SameCoverage(row)) last = false;
    });
    return last;
  }

  template <typename Matches>
  void CollectPerson(RowId any, uint64_t now, Matches matches, RowIds& found) const {
    ForEachOfPerson(any, [&](RowId id, const IndexRow& row) {
      if (matches(row) && Decides(id, now)) found.push_back(id);
    });
  }

  // The caller holds the mutex.
  template <typename Matches>
  Coverages Collect(const IdTable& table, uint64_t hash, Moment now, Matches matches) const {
    RowIds found;
    table.ForEach(hash, [&](RowId id) {
      if (matches(rows[id])) CollectPerson(id, PackedMoment(now), matches, found);
    });
    return Ordered(found);
  }

  Coverages HoldersOf(CardKey card, Moment now) const {
    return Collect(cards, CardHash(card), now, [card](const IndexRow& row) { return IsOf(card, row); });
  }

  RowId PersonOf(RowId any) const {
    RowId first = any;
    ForEachOfPerson(any, [&](RowId id, const IndexRow&) { first = std::min(first, id); });
    return first;
  }

  Coverages Ordered(RowIds& found) const {
    const auto order = [&](RowId id) {
      const IndexRow& row = rows[id];
      return std::tuple(row.qualified(), row.insurer(), row.card_text, row.branch(), row.registered());
    };
    std::sort(found.begin(), found.end(), [&](RowId a, RowId b) {
      const auto left = order(a), right = order(b);
      return left != right ? left < right : rows[a].Content() < rows[b].Content();
    });
    Coverages coverages;
    coverages.reserve(found.size());
    for (RowId id : found) {
      coverages.push_back(DecodeIndexRow(rows[id]));
      coverages.back().row = id;
      coverages.back().person = PersonOf(id);
    }
    return coverages;
  }
};

RegistryIndex::RegistryIndex() : impl_(std::make_unique<Impl>()) {}
RegistryIndex::~RegistryIndex() = default;
RegistryIndex::RegistryIndex(RegistryIndex&&) noexcept = default;
RegistryIndex& RegistryIndex::operator=(RegistryIndex&&) noexcept = default;

void RegistryIndex::Reserve(size_t rows) {
  MutexLock lock(&impl_->mutex);
  const auto reserve = [&](IdTable& table, size_t entries, uint64_t (*hash_of)(const IndexRow&)) {
    table.Reserve(entries, [&](RowId id) { return hash_of(impl_->rows[id]); });
  };
  // The nation has 4 rows to 3 persons; a registry of whom little is known yet has more persons. Nearly every row is a
  // card of its own.
  const size_t persons = rows - rows / 8;
  reserve(impl_->subjects, persons, SubjectHash);
  reserve(impl_->cards, rows, CardHash);
  reserve(impl_->kanas, persons, KanaHash);
  reserve(impl_->kanjis, persons, KanjiHash);
}

absl::StatusOr<bool> RegistryIndex::Add(RowId id, const RegistryRow& row) {
  ASSIGN_OR_RETURN(const IndexRow encoded, EncodeIndexRow(row));
  return Add(id, encoded);
}

absl::StatusOr<bool> RegistryIndex::Add(RowId id, const IndexRow& row) {
  MutexLock lock(&impl_->mutex);
  const std::optional<RowId> person = impl_->FirstRowOf(row);
  if (const auto there = impl_->FindSameMoment(person, row)) {
    if (impl_->rows[*there].SameContent(row)) return false;
    return DifferentVersions(id, *there);
  }
  RETURN_IF_ERROR(impl_->CheckId(id));
  impl_->Insert(id, row, person);
  return true;
}

absl::Status RegistryIndex::CheckRoom(uint64_t rows) {
  if (rows <= IdTable::kIdLimit) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat("the registry holds at most ", IdTable::kIdLimit,
                                                   " rows, versions included; ", rows, " would be in it"));
}

absl::Status RegistryIndex::AddChecked(RowId first, absl::Span<const IndexRow> rows) {
  constexpr size_t kAhead = 12;  // rows whose table slots are on their way from memory
  MutexLock lock(&impl_->mutex);
  if (rows.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(impl_->CheckId(first));
  RETURN_IF_ERROR(CheckRoom(first + rows.size()));
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i + kAhead < rows.size()) impl_->Prefetch(rows[i + kAhead]);
    impl_->Insert(first + static_cast<RowId>(i), rows[i], impl_->FirstRowOf(rows[i]));
  }
  return absl::OkStatus();
}

std::optional<RowId> RegistryIndex::FindSameMoment(const IndexRow& row) const {
  ReaderMutexLock lock(&impl_->mutex);
  return impl_->FindSameMoment(impl_->FirstRowOf(row), row);
}

std::optional<IndexRow> RegistryIndex::Held(RowId row) const {
  ReaderMutexLock lock(&impl_->mutex);
  if (row >= impl_->rows.size()) return std::nullopt;
  IndexRow held = impl_->rows[row];
  held.next = 0;
  return held;
}

Coverages RegistryIndex::CardHolders(CardKey card, Moment now) const {
  ReaderMutexLock lock(&impl_->mutex);
  return impl_->HoldersOf(card, now);
}

std::vector<std::pair<size_t, Coverages>> RegistryIndex::CardHolders(absl::Span<const CardKey> cards,
                                                                     Moment now) const {
  std::vector<std::pair<size_t, RowId>> candidates;  // place in `cards`, and a row that may be of that card
  std::vector<std::pair<size_t, Coverages>> held;
  ReaderMutexLock lock(&impl_->mutex);
  // Most of the time goes into waiting for memory: so first all places in the table are fetched, then all rows.
  for (const CardKey& card : cards) impl_->cards.Prefetch(CardHash(card));
  for (size_t i = 0; i < cards.size(); ++i) {
    impl_->cards.ForEach(CardHash(cards[i]), [&](RowId id) {
      __builtin_prefetch(&impl_->rows[id]);
      candidates.emplace_back(i, id);
    });
  }
  for (const auto& [i, id] : candidates) {
    if (!IsOf(cards[i], impl_->rows[id]) || (!held.empty() && held.back().first == i)) continue;
    if (Coverages holders = impl_->HoldersOf(cards[i], now); !holders.empty()) held.emplace_back(i, std::move(holders));
  }
  return held;
}

Coverages RegistryIndex::CoveragesOf(PersonId person, Moment now) const {
  ReaderMutexLock lock(&impl_->mutex);
  if (person >= impl_->rows.size()) return {};
  RowIds found;
  impl_->CollectPerson(
      person, PackedMoment(now), [](const IndexRow&) { return true; }, found);
  return impl_->Ordered(found);
}

std::optional<PersonId> RegistryIndex::PersonOf(std::string_view subject_id) const {
  const IndexRow probe = RowOfSubject(subject_id);
  ReaderMutexLock lock(&impl_->mutex);
  return impl_->FirstRowOf(probe);
}

Coverages RegistryIndex::ByKanaAndBirth(uint64_t kana_key, Date birth, Moment now) const {
  if (kana_key == 0) return {};
  const uint64_t day = PackedDay(birth);
  ReaderMutexLock lock(&impl_->mutex);
  return impl_->Collect(impl_->kanas, Mix(kana_key, day), now,
                        [=](const IndexRow& row) { return row.kana == kana_key && row.birth() == day; });
}

Coverages RegistryIndex::ByKanjiAndBirth(uint64_t kanji_key, Date birth, Moment now) const {
  if (kanji_key == 0) return {};
  const uint64_t day = PackedDay(birth);
  ReaderMutexLock lock(&impl_->mutex);
  return impl_->Collect(impl_->kanjis, Mix(kanji_key, day), now,
                        [=](const IndexRow& row) { return row.kanji == kanji_key && row.birth() == day; });
}

size_t RegistryIndex::rows() const {
  ReaderMutexLock lock(&impl_->mutex);
  return impl_->row_count;
}
size_t RegistryIndex::persons() const {
  ReaderMutexLock lock(&impl_->mutex);
  return impl_->subjects.entries();
}
size_t RegistryIndex::bytes() const {
  ReaderMutexLock lock(&impl_->mutex);
  return impl_->rows.bytes() + impl_->subjects.bytes() + impl_->cards.bytes() + impl_->kanas.bytes() +
         impl_->kanjis.bytes();
}

}  // namespace furikae::storage
