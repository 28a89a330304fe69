// rules/committer.h — writes groups one after the other beside the thread that builds the next one.
//
//   Committer committer(store);
//   RETURN_IF_ERROR(committer.Hand(booking.Take()));   // waits while kMostWaiting groups wait already
//   RETURN_IF_ERROR(committer.Finish());               // everything handed over is durable
//
// Groups are written in the order in which they were handed over, so results do not depend on timing. A few may wait,
// so that neither side stands still while the other is slow for a moment. One thread hands over. Errors: those of
// Store::Commit; after the first nothing more is written. Source: ENGINEERING "What costs what" (the write path).
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "storage/store.h"

namespace furikae::rules {

class Committer {
 public:
  static constexpr size_t kMostWaiting = 4;  // beside the one that is being written

  explicit Committer(storage::Store& store);
  ~Committer();  // waits for what was handed over
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  absl::Status Hand(storage::Group group);  // the first error of any write before, if there was one
  absl::Status Finish();                    // the first error of any write

 private:
  void Run();

  storage::Store& store_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<storage::Group> waiting_;
  bool writing_ = false, stopping_ = false;
  absl::Status status_;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace furikae::rules
