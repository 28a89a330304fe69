#include "rules/export/export.h"

#include "core/status.h"
#include "rules/export/files.h"

namespace furikae::rules {

absl::StatusOr<ExportReport> Export(const storage::Store& store, const Rulebook& rulebook, const ExportOptions& options,
                                    Sink sink) {
  ASSIGN_OR_RETURN(const MonthClaims claims, MonthClaims::Of(store, options.month));
  ASSIGN_OR_RETURN(const MonthPools pools, MonthPools::Of(store, options.month));
  ASSIGN_OR_RETURN(const Plan plan, MakePlan(claims, rulebook));
  const ExportContext context{store, rulebook, options, claims, pools, plan};
  Output output(sink);
  const auto write = [&](const OutTable& table, absl::Status (*rows)(const ExportContext&, RowVisit)) {
    return WriteCsv(table, output, [&](RowVisit visit) { return rows(context, visit); });
  };
  // In the order of the paths.
  RETURN_IF_ERROR(WriteApportionment(context, output));
  RETURN_IF_ERROR(WriteBills(context, output));
  RETURN_IF_ERROR(WriteDecisions(context, output));
  if (options.sqlite) RETURN_IF_ERROR(WriteSqlite(context, output));
  RETURN_IF_ERROR(write(InquiryTable(), ForEachInquiryRow));
  RETURN_IF_ERROR(write(LedgerTable(), ForEachLedgerRow));
  RETURN_IF_ERROR(WriteNotices(context, output));
  RETURN_IF_ERROR(write(ReturnTable(), ForEachReturnRow));
  RETURN_IF_ERROR(WriteReturns(context, output));
  RETURN_IF_ERROR(write(ReviewTable(), ForEachReviewRow));
  RETURN_IF_ERROR(WriteSummary(context, output));
  RETURN_IF_ERROR(WriteTransferred(context, output));
  return output.report();
}

}  // namespace furikae::rules
