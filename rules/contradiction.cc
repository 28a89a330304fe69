#include "rules/contradiction.h"

#include "absl/strings/cord.h"
#include "core/concat.h"

namespace furikae::rules {
namespace {

constexpr char kPayload[] = "furikae/contradiction";
constexpr char kBetween = '\0';  // in no name of a table or row

}  // namespace

std::string Contradiction::ToString() const {
  switch (cause) {
    case Cause::kDuplicate:
      return "R08: the same receipt came before, whatever its facts";
    case Cause::kNoInsurer:
      return "the receipt names no insurer that could be in force";
    case Cause::kNobodysCard:
      return "no registered card is the patient's, so nothing is known of what would follow";
    case Cause::kNoRowHolds:
      return Concat("no row of the table ", table, " holds for the receipt");
    case Cause::kRowMisfits:
      return Concat("table ", table, ", row ", row, ": the outcome does not fit the coverages found");
  }
  return "";
}

absl::Status Contradicts(const Contradiction& why) {
  absl::Status status = absl::FailedPreconditionError(why.ToString());
  std::string payload(1, static_cast<char>(why.cause));
  payload += why.table + kBetween + why.row;
  status.SetPayload(kPayload, absl::Cord(payload));
  return status;
}

std::optional<Contradiction> ContradictionOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  if (!payload) return std::nullopt;
  const std::string text(*payload);
  const size_t between = text.find(kBetween, 1);  // the cause may be 0
  return Contradiction{static_cast<Contradiction::Cause>(text[0]), text.substr(1, between - 1),
                       text.substr(between + 1)};
}

}  // namespace furikae::rules
