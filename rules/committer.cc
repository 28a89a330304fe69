#include "rules/committer.h"

#include <utility>

namespace furikae::rules {
namespace {

constexpr int64_t kMostUnsynced = 16;  // groups that a loss of power would take back at most

}  // namespace

Committer::Committer(storage::Store& store)
    : store_(store), applying_([this] { Apply(); }), syncing_([this] { Sync(); }) {}

Committer::~Committer() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  applying_.join();
  syncing_.join();
}

absl::Status Committer::Hand(storage::Group group) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return waiting_.size() < kMostWaiting; });
  if (!status_.ok()) return status_;
  waiting_.push_back(std::move(group));
  ++handed_;
  changed_.notify_all();
  return absl::OkStatus();
}

absl::Status Committer::Finish() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return synced_ == handed_; });
  return status_;
}

void Committer::Apply() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return waiting_.empty() ? stopping_ : applied_ - synced_ < kMostUnsynced; });
    if (waiting_.empty()) return;
    storage::Group group = std::move(waiting_.front());
    waiting_.pop_front();
    const bool write = status_.ok();  // after a failed write nothing may follow it
    changed_.notify_all();
    lock.unlock();
    const absl::Status status = write ? store_.Apply(std::move(group)) : absl::OkStatus();
    lock.lock();
    ++applied_;
    status_.Update(status);
    changed_.notify_all();
  }
}

void Committer::Sync() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return applied_ > synced_ || (stopping_ && synced_ == handed_); });
    if (applied_ == synced_) return;
    const int64_t covered = applied_;
    const bool write = status_.ok();
    lock.unlock();
    const absl::Status status = write ? store_.Sync() : absl::OkStatus();
    lock.lock();
    synced_ = covered;
    status_.Update(status);
    changed_.notify_all();
  }
}

}  // namespace furikae::rules
