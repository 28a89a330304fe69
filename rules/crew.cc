#include "rules/crew.h"

#include <algorithm>
#include <utility>

namespace furikae::rules {
namespace {

constexpr size_t kItemsAtOnce = 16;    // taken together, so that the lock is not what the threads wait for
constexpr unsigned kMostThreads = 15;  // beyond that one thread cannot hand out and take in fast enough

}  // namespace

Crew::Crew() {
  const unsigned cores = std::thread::hardware_concurrency();
  for (unsigned i = 1; i < std::min(cores, kMostThreads + 1); ++i) threads_.emplace_back([this] { Run(); });
}

Crew::~Crew() {
  Finish();
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  begun_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Crew::Begin(size_t items, std::function<void(size_t)> work) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    work_ = std::move(work);
    items_ = items;
    taken_ = finished_ = 0;
  }
  begun_.notify_all();
}

void Crew::Finish() {
  std::unique_lock<std::mutex> lock(mutex_);
  WorkOff(lock);
  done_.wait(lock, [this] { return finished_ == items_; });
}

void Crew::Run() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    begun_.wait(lock, [this] { return stopping_ || taken_ < items_; });
    if (stopping_) return;
    WorkOff(lock);
  }
}

void Crew::WorkOff(std::unique_lock<std::mutex>& lock) {
  while (taken_ < items_) {
    const size_t first = taken_, end = std::min(first + kItemsAtOnce, items_);
    taken_ = end;
    lock.unlock();
    for (size_t i = first; i < end; ++i) work_(i);
    lock.lock();
    finished_ += end - first;
  }
  if (finished_ == items_) done_.notify_all();
}

}  // namespace furikae::rules
