#include "rules/table_reach.h"

#include <optional>

#include "core/concat.h"
#include "rules/table_condition.h"

namespace furikae::rules {
namespace {

// The row's box with what the facts of earlier rows can be at all, so that "true", "false" and "absent" leave nothing
// over.
RowBox Bounded(const std::vector<RowBox>& boxes, size_t row, std::span<const FactDeclaration> facts) {
  RowBox box = boxes[row];
  for (size_t earlier = 0; earlier < row; ++earlier) {
    for (const auto& [fact, set] : boxes[earlier]) box.try_emplace(fact, PossibleValues(facts[fact]));
  }
  return box;
}

std::optional<std::string> Hidden(const std::vector<Row>& rows, const std::vector<RowBox>& boxes, size_t later,
                                  std::span<const FactDeclaration> facts) {
  for (size_t earlier = 0; earlier < later; ++earlier) {
    if (Hides(boxes[earlier], boxes[later]))
      return Concat("it can never be reached: row ", rows[earlier].id, " holds whenever it does");
  }
  if (HideTogether(std::span(boxes).first(later), Bounded(boxes, later, facts)))
    return "it can never be reached: the rows before it hold whenever it does";
  return std::nullopt;
}

}  // namespace

std::vector<ReachFault> FindReachFaults(HitPolicy hit, const std::vector<Row>& rows, const std::vector<RowBox>& boxes,
                                        std::span<const FactDeclaration> facts) {
  std::vector<ReachFault> faults;
  for (size_t later = 1; later < boxes.size(); ++later) {
    if (hit == HitPolicy::kFirst) {
      if (std::optional<std::string> reason = Hidden(rows, boxes, later, facts))
        faults.push_back({later, *std::move(reason)});
    }
    for (size_t earlier = 0; hit == HitPolicy::kUnique && earlier < later; ++earlier) {
      if (Overlap(boxes[earlier], boxes[later]))
        faults.push_back({later, Concat("it can hold at the same time as row ", rows[earlier].id,
                                        ", but the hit policy is UNIQUE")});
    }
  }
  return faults;
}

}  // namespace furikae::rules
