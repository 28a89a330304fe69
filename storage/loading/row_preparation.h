// storage/loading/row_preparation.h — the rows of a registry file, prepared by further threads while the file is read
// on, and taken back in the order of the file.
//
//   RowPreparation preparation([&](absl::StatusOr<PreparedRow>&& row) { … });   // in the thread that puts
//   for (…) preparation.Put(std::move(row));
//   preparation.Finish();                                                       // every row has been taken
//
// Some thousand rows per processor are on their way at a time. What is taken does not depend on timing. Not
// synchronized: one thread puts. Errors: those of Prepare, in the place of the row. Source: DESIGN §10 (fast);
// decisions.md §9.7 (same input, same bytes).
#pragma once

#include <deque>
#include <functional>
#include <future>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/prepared_row.h"

namespace furikae::storage {

class RowPreparation {
 public:
  using Take = std::function<void(absl::StatusOr<PreparedRow>&&)>;
  explicit RowPreparation(Take take);

  void Put(RegistryRow&& row);
  void Finish();

 private:
  using Prepared = std::vector<absl::StatusOr<PreparedRow>>;
  void SendBatch();
  void TakeFirstBatch();  // waits for it

  Take take_;
  size_t most_under_way_;
  std::vector<RegistryRow> batch_;
  std::deque<std::future<Prepared>> under_way_;
};

}  // namespace furikae::storage
