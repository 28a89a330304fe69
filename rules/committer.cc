#include "rules/committer.h"

#include <utility>

namespace furikae::rules {

Committer::Committer(storage::Store& store) : store_(store), thread_([this] { Run(); }) {}

Committer::~Committer() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

absl::Status Committer::Hand(storage::Group group) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return waiting_.size() < kMostWaiting; });
  if (!status_.ok()) return status_;
  waiting_.push_back(std::move(group));
  changed_.notify_all();
  return absl::OkStatus();
}

absl::Status Committer::Finish() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return waiting_.empty() && !writing_; });
  return status_;
}

void Committer::Run() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return !waiting_.empty() || stopping_; });
    if (waiting_.empty()) return;
    storage::Group group = std::move(waiting_.front());
    waiting_.pop_front();
    writing_ = true;
    const bool write = status_.ok();  // after a failed write nothing may follow it
    changed_.notify_all();
    lock.unlock();
    absl::Status status = write ? store_.Commit(std::move(group)) : absl::OkStatus();
    lock.lock();
    writing_ = false;
    if (!status.ok()) status_ = std::move(status);
    changed_.notify_all();
  }
}

}  // namespace furikae::rules
