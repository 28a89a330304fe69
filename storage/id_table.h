// storage/id_table.h — a multi-map from a 64-bit hash to row ids in 4 bytes an entry: open addressing, 28 bits of id, 4
// of tag.
//
//   table.Insert(HashOf(row), id, [&](uint32_t other) { return HashOf(rows[other]); });
//   table.ForEach(hash, [&](uint32_t id) { if (rows[id] matches) …; });   // also passes a few ids of other hashes
//
// Keys are not stored: whoever asks compares the row itself. The tag spares 15 of 16 looks at a wrong row. Entries lie
// in the order of their hash's upper bits, filled to between 68 and 85 per cent. Ids stay below kIdLimit. Not
// synchronized. Many entries of one hash make its look-ups and inserts linear in their number. Nothing can fail.
// Source: DESIGN §5 (a compact index, at most 100 bytes a row); the layout is our own, of no standard.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "storage/huge_pages.h"

namespace furikae::storage {

class IdTable {
 public:
  static constexpr uint32_t kIdLimit = (1u << 28) - 1;

  // `hash_of(id)` gives the hash of an entry already there: needed when the table grows.
  template <typename HashOf>
  void Insert(uint64_t hash, uint32_t id, HashOf hash_of) {
    if (entries_ >= Room(slots_.size())) Resize(Larger(slots_.size()), hash_of);
    Place(hash, id);
    ++entries_;
  }

  // Room for `entries` without growing. Grows by a quarter at least, so that many small reservations stay cheap.
  template <typename HashOf>
  void Reserve(size_t entries, HashOf hash_of) {
    if (entries > Room(slots_.size())) Resize(std::max(entries + entries / 6 + 16, Larger(slots_.size())), hash_of);
  }

  template <typename Visit>
  void ForEach(uint64_t hash, Visit visit) const {
    if (slots_.empty()) return;
    const uint32_t tag = TagOf(hash);
    for (size_t at = HomeOf(hash); slots_[at] != 0; at = Next(at)) {
      if ((slots_[at] & kTagMask) == tag) visit((slots_[at] >> kTagBits) - 1);
    }
  }

  // Starts fetching the memory that ForEach(hash) or Insert(hash) will touch.
  void Prefetch(uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[HomeOf(hash)]);
  }

  size_t entries() const { return entries_; }
  size_t bytes() const { return slots_.capacity() * sizeof(uint32_t); }

 private:
  using Slots = std::vector<uint32_t, HugePages<uint32_t>>;
  static constexpr int kTagBits = 4;
  static constexpr uint32_t kTagMask = (1u << kTagBits) - 1;

  static size_t Room(size_t slots) { return slots - slots / 7 - (slots > 0); }
  static size_t Larger(size_t slots) { return slots + slots / 4 + 16; }
  static uint32_t TagOf(uint64_t hash) { return static_cast<uint32_t>(hash) & kTagMask; }
  size_t HomeOf(uint64_t hash) const {
    return static_cast<size_t>((static_cast<unsigned __int128>(hash) * slots_.size()) >> 64);
  }
  size_t Next(size_t at) const { return ++at == slots_.size() ? 0 : at; }

  void Place(uint64_t hash, uint32_t id) {
    size_t at = HomeOf(hash);
    while (slots_[at] != 0) at = Next(at);
    slots_[at] = (id + 1) << kTagBits | TagOf(hash);
  }

  template <typename HashOf>
  void Resize(size_t slots, HashOf hash_of) {
    Slots old(slots, 0);
    old.swap(slots_);
    for (uint32_t slot : old) {
      if (slot != 0) Place(hash_of((slot >> kTagBits) - 1), (slot >> kTagBits) - 1);
    }
  }

  Slots slots_;  // 0 = free, else (id + 1) << 4 | tag
  size_t entries_ = 0;
};

}  // namespace furikae::storage
