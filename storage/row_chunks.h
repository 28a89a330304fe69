// storage/row_chunks.h — a growing array of index rows that never moves them: chunks of 2 MiB, on huge pages where the
// system has them.
//
// Readers may hold references while one writer appends, given that the writer's append is ordered before their
// look-up. Sizes are in rows or bytes. Throws std::bad_alloc without memory, and fails in no other way. Source:
// ENGINEERING (what costs what: a compact index, huge pages).
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

#include "storage/huge_pages.h"
#include "storage/registry_row_layout.h"

namespace furikae::storage {

class RowChunks {
 public:
  static constexpr size_t kChunkBytes = kHugePageBytes;
  static constexpr size_t kRowsPerChunk = kChunkBytes / sizeof(IndexRow);

  IndexRow& operator[](size_t id) { return chunks_[id / kRowsPerChunk][id % kRowsPerChunk]; }
  const IndexRow& operator[](size_t id) const { return chunks_[id / kRowsPerChunk][id % kRowsPerChunk]; }
  size_t size() const { return size_; }
  size_t bytes() const { return chunks_.size() * kChunkBytes + chunks_.capacity() * sizeof(chunks_[0]); }

  void Append(const IndexRow& row) {
    if (size_ == chunks_.size() * kRowsPerChunk) chunks_.push_back(NewChunk(chunks_.empty()));
    new (&(*this)[size_]) IndexRow(row);
    ++size_;
  }

 private:
  struct Free {
    void operator()(IndexRow* chunk) const { std::free(chunk); }
  };
  using Chunk = std::unique_ptr<IndexRow[], Free>;

  // The first chunk takes small pages, so that a small registry stays small.
  static Chunk NewChunk(bool small_pages) {
    void* memory = small_pages ? std::malloc(kChunkBytes) : AllocateOnHugePages(kChunkBytes);
    if (memory == nullptr) throw std::bad_alloc();
    return Chunk(static_cast<IndexRow*>(memory));
  }

  std::vector<Chunk> chunks_;
  size_t size_ = 0;
};

}  // namespace furikae::storage
