// rules/registry_loads.h — which load brought which rows of the registry, and what they add up to, as the event log
// tells.
//
//   RegistryLoads loads;
//   RETURN_IF_ERROR(loads.See(event));                      // every event, in the order of the log
//   ASSIGN_OR_RETURN(const auto differing, loads.Differing(registry));   // a text for each load; none: all is as told
//
// A load tells of the rows that it added. One that was cut short tells nothing; loaded again, it tells of all rows of
// which nobody has told yet. So a row that was changed, taken away or put in, by whoever leaves its checksum right
// (storage/registry_person_row.h), is narrowed down to the load that it is of. Texts name loads by event and file
// digest and rows by their number, nothing else. Errors: DataLoss for an event that cannot be read; those of reading
// the registry. Not synchronized. Source: DESIGN §5 (`furikae verify` derives state from the log).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/content_sum.h"
#include "storage/records.h"
#include "storage/registry.h"

namespace furikae::rules {

class RegistryLoads {
 public:
  // Rows first … end - 1.
  struct Range {
    uint64_t first = 0, end = 0;
  };

  absl::Status See(const storage::Event& event);

  // The sum of the rows of which no load tells.
  absl::StatusOr<storage::ContentSum128> Untold(const storage::Registry& registry) const;
  // What is not as told, in the order of the log: loads whose rows do not add up, then rows of which no load tells.
  absl::StatusOr<std::vector<std::string>> Differing(const storage::Registry& registry) const;

 private:
  struct Load {
    std::string name;  // "event 3 (registry, file 1a2b3c4d5e6f7081)"
    std::vector<Range> rows;
    storage::ContentSum128 sum;
  };
  // Takes the rows of `wanted` of which nobody has told.
  std::vector<Range> Tell(Range wanted);

  std::vector<Load> loads_;
  std::vector<Range> untold_ = {{0, storage::Registry::kNoRowFrom}};  // ascending
};

}  // namespace furikae::rules
