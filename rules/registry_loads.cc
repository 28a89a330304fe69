#include "rules/registry_loads.h"

#include <algorithm>
#include <utility>

#include "core/concat.h"
#include "core/status.h"
#include "storage/codec.h"

namespace furikae::rules {
namespace {

using storage::ContentSum128;
using storage::Registry;

// "registry row 5", "registry rows 0 to 17, 20".
std::string Named(const std::vector<RegistryLoads::Range>& rows) {
  std::vector<std::string> ranges;
  uint64_t count = 0;
  for (const RegistryLoads::Range& range : rows) {
    count += range.end - range.first;
    ranges.push_back(range.end - range.first == 1 ? Concat(range.first) : Concat(range.first, " to ", range.end - 1));
  }
  return Concat(count == 1 ? "registry row " : "registry rows ", Joined(ranges, ", "));
}

absl::StatusOr<ContentSum128> Sum(const Registry& registry, const std::vector<RegistryLoads::Range>& rows) {
  ContentSum128 sum{};
  for (const RegistryLoads::Range& range : rows) {
    ASSIGN_OR_RETURN(const ContentSum128 part, registry.ContentSum(range.first, range.end));
    sum.first += part.first;
    sum.second += part.second;
  }
  return sum;
}

}  // namespace

absl::Status RegistryLoads::See(const storage::Event& event) {
  if (event.kind != storage::EventKind::kTableLoaded) return absl::OkStatus();
  storage::schema::TableLoaded told;
  storage::Digest digest;
  if (!told.ParseFromString(event.payload) || told.file_digest().size() != digest.size())
    return absl::DataLossError(Concat("event ", event.sequence, " cannot be read"));
  if (!std::string_view(told.kind()).starts_with("registry")) return absl::OkStatus();
  std::copy(told.file_digest().begin(), told.file_digest().end(), digest.begin());
  loads_.push_back({Concat("event ", event.sequence, " (", told.kind(), ", file ", storage::DigestPrefix(digest), ")"),
                    Tell({static_cast<uint64_t>(told.first_row()), static_cast<uint64_t>(told.end_row())}),
                    {told.content_sum_high(), told.content_sum_low()}});
  return absl::OkStatus();
}

std::vector<RegistryLoads::Range> RegistryLoads::Tell(Range wanted) {
  std::vector<Range> told, left;
  for (const Range& range : untold_) {
    const Range both = {std::max(range.first, wanted.first), std::min(range.end, wanted.end)};
    if (both.first >= both.end) {
      left.push_back(range);
      continue;
    }
    told.push_back(both);
    if (range.first < both.first) left.push_back({range.first, both.first});
    if (both.end < range.end) left.push_back({both.end, range.end});
  }
  untold_ = std::move(left);
  return told;
}

absl::StatusOr<ContentSum128> RegistryLoads::Untold(const Registry& registry) const { return Sum(registry, untold_); }

absl::StatusOr<std::vector<std::string>> RegistryLoads::Differing(const Registry& registry) const {
  ASSIGN_OR_RETURN(const storage::RegistryIndex* index, registry.index());
  std::vector<std::string> differing;
  for (const Load& load : loads_) {
    ASSIGN_OR_RETURN(const ContentSum128 sum, Sum(registry, load.rows));
    if (sum == load.sum) continue;
    const bool cut = !load.rows.empty() && load.rows.back().end > index->rows();
    differing.push_back(Concat(load.name, " did not load what is there now as ", Named(load.rows),
                               cut ? Concat("; there is no row ", index->rows(), " any more") : "",
                               "; restore a backup"));
  }
  for (const Range& range : untold_) {
    if (range.first >= index->rows()) continue;
    differing.push_back(Concat("no load tells of ",
                               Named({{range.first, std::min<uint64_t>(range.end, index->rows())}}),
                               "; load the file again whose load was cut short, or restore a backup"));
  }
  return differing;
}

}  // namespace furikae::rules
