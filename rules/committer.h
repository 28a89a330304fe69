// rules/committer.h — writes groups one after the other beside the thread that builds the next one.
//
//   Committer committer(store);
//   RETURN_IF_ERROR(committer.Hand(booking.Take()));   // waits while kMostWaiting groups wait already
//   RETURN_IF_ERROR(committer.Finish());               // everything handed over is durable
//
// Groups are applied in the order in which they were handed over, so results do not depend on timing. One thread
// applies them, another waits for the disk, for all that were applied meanwhile: a disk that is slow for a moment stops
// nobody. One thread hands over. Errors: those of Store::Apply and Store::Sync; after the first nothing more is
// written. Source: ENGINEERING "What costs what" (the write path); DESIGN §5 (group commit).
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "storage/store.h"

namespace furikae::rules {

class Committer {
 public:
  static constexpr size_t kMostWaiting = 4;  // beside the one that is being applied

  explicit Committer(storage::Store& store);
  ~Committer();  // waits for what was handed over
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  absl::Status Hand(storage::Group group);  // the first error of any write before, if there was one
  absl::Status Finish();                    // the first error of any write

 private:
  void Apply();
  void Sync();

  storage::Store& store_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<storage::Group> waiting_;
  int64_t handed_ = 0, applied_ = 0, synced_ = 0;  // groups
  bool stopping_ = false;
  absl::Status status_;
  std::thread applying_, syncing_;  // last: they use everything above
};

}  // namespace furikae::rules
