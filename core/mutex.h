// core/mutex.h — absl::Mutex and its locks, seen by ThreadSanitizer.
//
//   mutable Mutex mutex;
//   MutexLock lock(&mutex);            // one thread
//   ReaderMutexLock lock(&mutex);      // many threads that only read
//   mutex.Await(absl::Condition(this, &Stream::Idle));
//
// Outside of the thread sanitizer these are Abseil's own types. Debian's Abseil is built without the sanitizer, which
// would then know nothing of the order that a lock gives and take everything that is guarded for a race. Under it, the
// types below report each step. Lock with these types, not by calling Lock(). Source: the mutex annotations of
// sanitizer/tsan_interface.h; STYLE (known traps: TSAN beside packages without it).
#pragma once

#include "absl/synchronization/mutex.h"

#if defined(__SANITIZE_THREAD__) || defined(FURIKAE_SANITIZE_THREAD)
#include <sanitizer/tsan_interface.h>
#endif

namespace furikae {

#if defined(__SANITIZE_THREAD__) || defined(FURIKAE_SANITIZE_THREAD)

class ABSL_LOCKABLE Mutex : private absl::Mutex {
 public:
  ~Mutex() { __tsan_mutex_destroy(this, 0); }
  void Lock() {
    Take(0, [this] { absl::Mutex::Lock(); });
  }
  void Unlock() {
    Give(0, [this] { absl::Mutex::Unlock(); });
  }
  void ReaderLock() {
    Take(__tsan_mutex_read_lock, [this] { absl::Mutex::ReaderLock(); });
  }
  void ReaderUnlock() {
    Give(__tsan_mutex_read_lock, [this] { absl::Mutex::ReaderUnlock(); });
  }
  // Any thread may look at the condition while this one waits; it always holds the lock.
  void Await(const absl::Condition& condition) {
    Give(0, [&] { absl::Mutex::Await(condition); });
    Take(0, [] {});
  }

 private:
  template <typename Step>
  void Take(unsigned how, Step step) {
    __tsan_mutex_pre_lock(this, how);
    step();
    __tsan_mutex_post_lock(this, how, 0);
  }
  template <typename Step>
  void Give(unsigned how, Step step) {
    __tsan_mutex_pre_unlock(this, how);
    step();
    __tsan_mutex_post_unlock(this, how);
  }
};

class MutexLock {
 public:
  explicit MutexLock(Mutex* mutex) : mutex_(mutex) { mutex_->Lock(); }
  ~MutexLock() { mutex_->Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex* const mutex_;
};

class ReaderMutexLock {
 public:
  explicit ReaderMutexLock(Mutex* mutex) : mutex_(mutex) { mutex_->ReaderLock(); }
  ~ReaderMutexLock() { mutex_->ReaderUnlock(); }
  ReaderMutexLock(const ReaderMutexLock&) = delete;
  ReaderMutexLock& operator=(const ReaderMutexLock&) = delete;

 private:
  Mutex* const mutex_;
};

#else

using absl::Mutex;
using absl::MutexLock;
using absl::ReaderMutexLock;

#endif

}  // namespace furikae
