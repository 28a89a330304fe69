#include "storage/loading/row_preparation.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace furikae::storage {
namespace {

constexpr size_t kRowsPerBatch = 2'000;  // some milliseconds of work: a thread of its own costs nothing beside it
constexpr size_t kBatchesPerCore = 4;    // so that a core has work while the reader waits for the oldest batch

}  // namespace

RowPreparation::RowPreparation(Take take)
    : take_(std::move(take)), most_under_way_(kBatchesPerCore * std::max(1u, std::thread::hardware_concurrency())) {}

void RowPreparation::Put(RegistryRow&& row) {
  batch_.push_back(std::move(row));
  if (batch_.size() == kRowsPerBatch) SendBatch();
}

void RowPreparation::Finish() {
  SendBatch();
  while (!under_way_.empty()) TakeFirstBatch();
}

void RowPreparation::SendBatch() {
  if (under_way_.size() == most_under_way_) TakeFirstBatch();
  // Where no thread can be had, the batch is prepared when it is taken.
  under_way_.push_back(std::async([batch = std::exchange(batch_, {})] {
    Prepared prepared;
    prepared.reserve(batch.size());
    for (const RegistryRow& row : batch) prepared.push_back(Prepare(row));
    return prepared;
  }));
  batch_.reserve(kRowsPerBatch);
}

void RowPreparation::TakeFirstBatch() {
  Prepared prepared = under_way_.front().get();
  under_way_.pop_front();
  for (absl::StatusOr<PreparedRow>& row : prepared) take_(std::move(row));
}

}  // namespace furikae::storage
