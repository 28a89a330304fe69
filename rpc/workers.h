// rpc/workers.h — the threads on which calls do their work, so that gRPC's own threads only move bytes.
//
//   Workers workers(4);
//   workers.Run([=] { reactor->Finish(…); });
//
// The destructor finishes what was handed in before it returns. Work is begun in the order in which it is handed in and
// must not throw; Run may be called from any thread. Nothing can fail. Source: STYLE (known traps: gRPC's callback API
// rather than sync).
#pragma once

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "core/mutex.h"

namespace furikae::rpc {

class Workers {
 public:
  explicit Workers(int threads);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  void Run(std::function<void()> work);

 private:
  void Loop();

  Mutex mutex_;
  std::deque<std::function<void()>> queue_ ABSL_GUARDED_BY(mutex_);
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace furikae::rpc
