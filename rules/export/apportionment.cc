// apportionment/: the pools that were closed in the month, each insurer's share of each, and what each insurer bears in
// all.
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "rules/apportion.h"
#include "rules/export/files.h"

namespace furikae::rules {
namespace {

TableRow KeyColumns(const storage::PoolKey& key) {
  return {key.institution.ToString(), absl::StrCat(static_cast<int>(key.agency)), key.service_month.ToString()};
}

}  // namespace

const OutTable& PoolTable() {
  static const auto& table = *new OutTable{"pools",
                                           "apportionment/pools.csv",
                                           {{"institution"},
                                            {"agency"},
                                            {"service_month"},
                                            {"receipts", true},
                                            {"yen", true},
                                            {"rung"},
                                            {"weights_total", true}}};
  return table;
}

absl::Status ForEachPoolRow(const ExportContext& context, RowVisit visit) {
  return context.pools.ForEach([&](const storage::Pool& pool) {
    TableRow row = KeyColumns(pool.key);
    row.insert(row.end(), {absl::StrCat(pool.receipts.size()), absl::StrCat(pool.yen.value), pool.rung,
                           absl::StrCat(pool.weights_total.value)});
    return visit(row);
  });
}

const OutTable& ShareTable() {
  static const auto& table = *new OutTable{"shares",
                                           "apportionment/shares.csv",
                                           {{"institution"},
                                            {"agency"},
                                            {"service_month"},
                                            {"insurer"},
                                            {"weight", true},
                                            {"quota_numerator"},  // 128 bits: a text
                                            {"quota_denominator", true},
                                            {"remainder_rank", true},
                                            {"yen", true}}};
  return table;
}

absl::Status ForEachShareRow(const ExportContext& context, RowVisit visit) {
  return context.pools.ForEach([&](const storage::Pool& pool) -> absl::Status {
    const TableRow key = KeyColumns(pool.key);
    for (const storage::Share& share : pool.shares) {
      TableRow row = key;
      row.insert(row.end(), {share.insurer.ToString(), absl::StrCat(share.weight.value), QuotaNumerator(share),
                             absl::StrCat(share.quota_denominator.value), absl::StrCat(share.remainder_rank),
                             absl::StrCat(share.yen.value)});
      RETURN_IF_ERROR(visit(row));
    }
    return absl::OkStatus();
  });
}

const OutTable& ByInsurerTable() {
  static const auto& table = *new OutTable{
      "by_insurer", "apportionment/by_insurer.csv", {{"agency"}, {"insurer"}, {"pools", true}, {"yen", true}}};
  return table;
}

absl::Status ForEachByInsurerRow(const ExportContext& context, RowVisit visit) {
  struct Sum {
    int64_t pools = 0;
    Yen yen;
  };
  std::map<std::pair<Agency, InsurerNumber>, Sum> sums;
  RETURN_IF_ERROR(context.pools.ForEach([&](const storage::Pool& pool) {
    for (const storage::Share& share : pool.shares) {
      Sum& sum = sums[{pool.key.agency, share.insurer}];
      ++sum.pools;
      sum.yen += share.yen;
    }
    return absl::OkStatus();
  }));
  for (const auto& [key, sum] : sums) {
    RETURN_IF_ERROR(visit({absl::StrCat(static_cast<int>(key.first)), key.second.ToString(), absl::StrCat(sum.pools),
                           absl::StrCat(sum.yen.value)}));
  }
  return absl::OkStatus();
}

absl::Status WriteApportionment(const ExportContext& context, Output& output) {
  RETURN_IF_ERROR(WriteApportionmentXlsx(context, output));
  const auto write = [&](const OutTable& table, absl::Status (*rows)(const ExportContext&, RowVisit)) {
    return WriteCsv(table, output, [&](RowVisit visit) { return rows(context, visit); });
  };
  RETURN_IF_ERROR(write(ByInsurerTable(), ForEachByInsurerRow));
  RETURN_IF_ERROR(write(PoolTable(), ForEachPoolRow));
  return write(ShareTable(), ForEachShareRow);
}

}  // namespace furikae::rules
