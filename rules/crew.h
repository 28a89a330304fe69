// rules/crew.h — threads that do the same work on every item of a batch, beside the thread that hands the batch out.
//
//   Crew crew;                                                    // a thread per further core
//   crew.Begin(batch.size(), [&](size_t i) { batch[i].Decide(); });
//   …                                                             // read the next batch meanwhile
//   crew.Finish();                                                // helps with what is left; all items are done
//
// The work of one item must touch nothing that another item's does; then the result does not depend on timing. One
// batch at a time; one thread begins and finishes. Finish without Begin does nothing. The destructor finishes. Work
// must not throw; nothing can fail. Source: ENGINEERING (a second thread); decisions.md §9.7 (same input, same bytes).
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace furikae::rules {

class Crew {
 public:
  Crew();
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  void Begin(size_t items, std::function<void(size_t item)> work);
  void Finish();

 private:
  void Run();
  // Works on items until none is left to be taken. Called and left with the lock held.
  void WorkOff(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable begun_, done_;
  std::function<void(size_t)> work_;
  size_t items_ = 0, taken_ = 0, finished_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;  // last: they use everything above
};

}  // namespace furikae::rules
