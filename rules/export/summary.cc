// summary.json: the month in numbers, for people and for scripts that compare runs. No clock value and no name stands
// in it.
#include <map>

#include "core/status.h"
#include "nlohmann/json.hpp"
#include "rules/export/files.h"

namespace furikae::rules {
namespace {

using Json = nlohmann::ordered_json;

Json Of(const Tally& tally) { return {{"receipts", tally.receipts}, {"yen", tally.yen.value}}; }

Json Of(const std::map<std::string, Tally>& tallies) {
  Json all = Json::object();
  for (const auto& [name, tally] : tallies) all[name] = Of(tally);
  return all;
}

struct PoolSums {
  int64_t pools = 0, receipts = 0;
  Yen yen, unallocated;
  std::map<std::string, int64_t> rungs;
  std::map<std::string, Yen> by_rung;
};

absl::StatusOr<PoolSums> SumPools(const ExportContext& context) {
  PoolSums sums;
  RETURN_IF_ERROR(context.pools.ForEach([&](const storage::Pool& pool) {
    ++sums.pools;
    sums.receipts += static_cast<int64_t>(pool.receipts.size());
    sums.yen += pool.yen;
    if (pool.shares.empty()) sums.unallocated += pool.yen;
    ++sums.rungs[pool.rung];
    sums.by_rung[pool.rung] += pool.yen;
    return absl::OkStatus();
  }));
  return sums;
}

Json Of(const PoolSums& sums) {
  Json rungs = Json::object();
  for (const auto& [rung, pools] : sums.rungs) rungs[rung] = {{"pools", pools}, {"yen", sums.by_rung.at(rung).value}};
  return {{"pools", sums.pools},
          {"receipts", sums.receipts},
          {"yen", sums.yen.value},
          {"unallocated_yen", sums.unallocated.value},
          {"rungs", rungs}};
}

}  // namespace

absl::Status WriteSummary(const ExportContext& context, Output& output) {
  ASSIGN_OR_RETURN(const PoolSums pools, SumPools(context));
  ASSIGN_OR_RETURN(const storage::RegistryIndex* registry, context.store.registry().index());
  const Plan& plan = context.plan;
  Json summary;
  summary["month"] = context.options.month.ToString();
  summary["closed"] = context.store.ClosedAt(context.options.month).has_value();
  summary["receipts"] = plan.all.receipts;
  summary["insurer_yen"] = plan.all.yen.value;
  summary["origins"] = Of(plan.origins);
  summary["outcomes"] = Of(plan.outcomes);
  summary["flags"] = Of(plan.flags);
  summary["return_reasons"] = Of(plan.reasons);
  summary["open"] = {{"reviews", plan.in_review.size()}, {"inquiries", plan.in_inquiry.size()}};
  summary["apportionment"] = Of(pools);
  summary["registry"] = {{"rows", registry->rows()}, {"persons", registry->persons()}};
  summary["rules_digest"] = context.rulebook.digest();
  output.Begin("summary.json");
  output.Append(summary.dump(2, ' ', false, Json::error_handler_t::replace));
  output.Append("\n");
  return output.End();
}

}  // namespace furikae::rules
