// rules/pipeline.h — items that a crew works on, batch by batch, while the thread that puts them books the batch before
// and gathers the next one.
//
//   Pipeline<Underway> pipeline([](Underway& one) { one.Decide(); }, [&](Underway& one) { return Book(one); });
//   for (…) RETURN_IF_ERROR(pipeline.Put(std::move(one)));
//   RETURN_IF_ERROR(pipeline.Finish());                          // every item was worked on and booked
//
// `work` is called from many threads, one item each, and must touch nothing that the work on another item touches;
// `book` is called by the thread that puts, in the order of putting, so that results do not depend on timing. Errors:
// those of `book`; after one nothing more may be put. The destructor waits for the crew. Source: ENGINEERING (a second
// thread); decisions.md §9.7 (same input, same bytes).
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "core/status.h"
#include "rules/crew.h"

namespace furikae::rules {

template <typename Item>
class Pipeline {
 public:
  using Work = std::function<void(Item&)>;
  using Book = std::function<absl::Status(Item&)>;
  Pipeline(Work work, Book book) : work_(std::move(work)), book_(std::move(book)) {}

  absl::Status Put(Item item) {
    gathering_.push_back(std::move(item));
    return gathering_.size() < kItemsPerBatch ? absl::OkStatus() : Advance();
  }
  absl::Status Finish() {
    RETURN_IF_ERROR(Advance());  // works on the last batch
    return Advance();            // and books it
  }

 private:
  static constexpr size_t kItemsPerBatch = 500;

  // The batch that was gathered goes to the crew, the one that comes from there into the books.
  absl::Status Advance() {
    crew_.Finish();
    std::swap(gathering_, working_);
    crew_.Begin(working_.size(), [this](size_t i) { work_(working_[i]); });
    for (Item& item : gathering_) RETURN_IF_ERROR(book_(item));
    gathering_.clear();
    return absl::OkStatus();
  }

  Work work_;
  Book book_;
  std::vector<Item> gathering_, working_;
  Crew crew_;  // last: it uses everything above
};

}  // namespace furikae::rules
