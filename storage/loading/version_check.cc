#include "storage/loading/version_check.h"

#include "core/status.h"
#include "storage/content_sum.h"
#include "storage/reference_codec.h"
#include "storage/registry_row_layout.h"

namespace furikae::storage {
namespace {

uint64_t ContentOf(const RegistryRow& row) {
  ContentSum128 sum{};
  AddToSum(sum, SerializeRow(row));
  return sum.first;
}

// Subject, card without branch, qualification date and moment.
std::pair<uint64_t, uint64_t> MomentOf(const IndexRow& row) {
  const uint64_t words[] = {row.subject, row.card_text, row.insurer(), row.qualified(), row.registered()};
  ContentSum128 hash{};
  AddToSum(hash, {reinterpret_cast<const char*>(words), sizeof words});
  return hash;
}

}  // namespace

absl::StatusOr<std::optional<VersionCheck::Conflict>> VersionCheck::See(const RegistryRow& row, int64_t ordinal) {
  ASSIGN_OR_RETURN(const IndexRow version, EncodeVersion(row));
  const Seen now{ContentOf(row), version.branch(), ordinal, -1};
  const auto [last, first_of_moment] =
      last_of_moment_.try_emplace(MomentOf(version), static_cast<int64_t>(seen_.size()));
  for (int64_t at = first_of_moment ? -1 : last->second; at >= 0; at = seen_[static_cast<size_t>(at)].before) {
    const Seen& other = seen_[static_cast<size_t>(at)];
    const bool same_coverage = other.branch == now.branch || other.branch == 0 || now.branch == 0;
    if (!same_coverage) continue;
    if (other.content == now.content) return std::nullopt;
    return Conflict{.in_file = other.ordinal};
  }
  seen_.push_back(now);
  if (!first_of_moment) seen_.back().before = std::exchange(last->second, static_cast<int64_t>(seen_.size()) - 1);
  ASSIGN_OR_RETURN(const std::optional<RowId> there, registry_.ConflictOf(row));
  if (there) return Conflict{.in_registry = there};
  return std::nullopt;
}

}  // namespace furikae::storage
