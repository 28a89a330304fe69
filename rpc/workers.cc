#include "rpc/workers.h"

#include <utility>

namespace furikae::rpc {

Workers::Workers(int threads) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Loop(); });
}

Workers::~Workers() {
  {
    MutexLock lock(&mutex_);
    closing_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

void Workers::Run(std::function<void()> work) {
  MutexLock lock(&mutex_);
  queue_.push_back(std::move(work));
}

void Workers::Loop() {
  while (true) {
    std::function<void()> work;
    {
      MutexLock lock(&mutex_);
      const auto something_to_do = [this]()
                                       ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return closing_ || !queue_.empty(); };
      mutex_.Await(absl::Condition(&something_to_do));
      if (queue_.empty()) return;
      work = std::move(queue_.front());
      queue_.pop_front();
    }
    work();
  }
}

}  // namespace furikae::rpc
