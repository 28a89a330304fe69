// storage/huge_pages.h — memory for what is looked up at random, on huge pages where the system has them.
//
//   std::vector<uint32_t, HugePages<uint32_t>> slots;
//   void* chunk = AllocateOnHugePages(kHugePageBytes);   // freed by std::free
//
// A look-up at random touches a new page nearly every time; huge pages make that cheaper (ENGINEERING.md: 300 → 210
// ns). It is a wish that the system may refuse, which changes only the speed. What is smaller than a huge page stays on
// usual ones. Sizes are in bytes. Throws std::bad_alloc without memory, and fails in no other way. Thread-safe. Source:
// ENGINEERING (what costs what: a compact index, huge pages).
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace furikae::storage {

inline constexpr size_t kHugePageBytes = size_t{2} << 20;

inline void* AllocateOnHugePages(size_t bytes) {
  const size_t whole_pages = (bytes + kHugePageBytes - 1) / kHugePageBytes * kHugePageBytes;
  void* memory = std::aligned_alloc(kHugePageBytes, whole_pages);
  if (memory == nullptr) throw std::bad_alloc();
  madvise(memory, whole_pages, MADV_HUGEPAGE);
  return memory;
}

// An allocator of the standard library.
template <typename T>
struct HugePages {
  using value_type = T;
  HugePages() = default;
  template <typename U>
  HugePages(const HugePages<U>&) {}

  T* allocate(size_t count) {
    const size_t bytes = count * sizeof(T);
    if (bytes < kHugePageBytes) return std::allocator<T>().allocate(count);
    return static_cast<T*>(AllocateOnHugePages(bytes));
  }
  void deallocate(T* memory, size_t count) {
    count * sizeof(T) < kHugePageBytes ? std::allocator<T>().deallocate(memory, count) : std::free(memory);
  }
  bool operator==(const HugePages&) const = default;
};

}  // namespace furikae::storage
