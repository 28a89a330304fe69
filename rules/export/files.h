// rules/export/files.h — the writers of the files of `out/`, one per kind. Private to the export.
//
// Each writes whole files, in the order of their paths, and returns the first failure of the store or the sink.
// Source: files.md "Out".
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "rules/export/month_claims.h"
#include "rules/export/month_pools.h"
#include "rules/export/output.h"
#include "rules/export/plan.h"
#include "rules/export/rows.h"
#include "rules/table.h"

namespace furikae::rules {

struct ExportContext {
  const storage::Store& store;
  const Rulebook& rulebook;
  const ExportOptions& options;
  const MonthClaims& claims;
  const MonthPools& pools;
  const Plan& plan;
};

// apportionment.cc, apportionment_xlsx.cc — the pools that closed in the month, and what each insurer bears of them.
absl::Status WriteApportionment(const ExportContext& context, Output& output);
const OutTable& PoolTable();
const OutTable& ShareTable();
const OutTable& ByInsurerTable();
absl::Status ForEachPoolRow(const ExportContext& context, RowVisit visit);
absl::Status ForEachShareRow(const ExportContext& context, RowVisit visit);
absl::Status ForEachByInsurerRow(const ExportContext& context, RowVisit visit);
absl::Status WriteApportionmentXlsx(const ExportContext& context, Output& output);

// bills.cc — bills/<agency>/<insurer>/RECODEINFO_*.CSV.
absl::Status WriteBills(const ExportContext& context, Output& output);

// decisions.cc — decisions.jsonl; its rows without days and trace for SQLite.
absl::Status WriteDecisions(const ExportContext& context, Output& output);
const OutTable& DecisionTable();
const OutTable& PartTable();
absl::Status ForEachDecisionRow(const ExportContext& context, RowVisit visit);
absl::Status ForEachPartRow(const ExportContext& context, RowVisit visit);

// ledger.cc — ledger.csv: what was posted in the month.
const OutTable& LedgerTable();
absl::Status ForEachLedgerRow(const ExportContext& context, RowVisit visit);

// notices.cc — notices/<institution>.csv.
absl::Status WriteNotices(const ExportContext& context, Output& output);

// open_work.cc — review.csv and inquiries.csv.
const OutTable& ReviewTable();
const OutTable& InquiryTable();
absl::Status ForEachReviewRow(const ExportContext& context, RowVisit visit);
absl::Status ForEachInquiryRow(const ExportContext& context, RowVisit visit);

// returns.cc — returns.csv and returns/<institution>.HEN.
const OutTable& ReturnTable();
absl::Status ForEachReturnRow(const ExportContext& context, RowVisit visit);
absl::Status WriteReturns(const ExportContext& context, Output& output);

// sqlite.cc — furikae.sqlite.
absl::Status WriteSqlite(const ExportContext& context, Output& output);

// summary.cc — summary.json.
absl::Status WriteSummary(const ExportContext& context, Output& output);

// transferred.cc — transferred/<institution>.UKE.
absl::Status WriteTransferred(const ExportContext& context, Output& output);

}  // namespace furikae::rules
