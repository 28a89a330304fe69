// furikae rules diff — what another rule set would make of a stored month: every receipt, pool and yen
// that would move.
#include <iostream>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "core/status.h"
#include "rpc/proto/furikae/v1/rules.grpc.pb.h"
#include "rpc/status.h"
#include "tools/furikae/console.h"
#include "tools/furikae/rules.h"

namespace furikae::tools {
namespace {

constexpr char kBuiltIn[] = "built-in";
constexpr char kKept[] = "kept:";

struct DiffOptions {
  std::string before, after;
  RunOptions run;
};

absl::StatusOr<v1::RuleSet> RuleSetNamed(const std::string& name) {
  v1::RuleSet set;
  if (absl::StartsWith(name, kKept)) {
    set.set_kept(std::string(absl::StripPrefix(name, kKept)));
    return set;
  }
  ASSIGN_OR_RETURN(const auto files, RuleFiles(name == kBuiltIn ? "" : name));
  for (const auto& [file, text] : files) (*set.mutable_files())[file] = text;
  return set;
}

std::string Signed(int64_t yen) { return absl::StrCat(yen > 0 ? "+" : "", WithSeparators(yen)); }

// "RETURNED 03 R05", "APPORTIONED REVIEW_OPEN", "SPLIT 04 (01130012 564, 06130488 282)".
std::string ResultText(const v1::RuledResult& result) {
  std::string text = result.outcome();
  if (!result.confirmation_class().empty()) absl::StrAppend(&text, " ", result.confirmation_class());
  if (!result.return_reason().empty()) absl::StrAppend(&text, " ", result.return_reason());
  for (const std::string& flag : result.flags()) absl::StrAppend(&text, " ", flag);
  if (result.insurers().empty()) return text;
  const auto insurer = [](std::string* out, const v1::InsurerYen& line) {
    absl::StrAppend(out, line.insurer(), " ", WithSeparators(line.yen()), " yen");
  };
  return absl::StrCat(text, " (", absl::StrJoin(result.insurers(), ", ", insurer), ")");
}

std::string RowsText(const google::protobuf::RepeatedPtrField<std::string>& rows) {
  return rows.empty() ? "no row" : absl::StrJoin(rows, " ");
}

void Print(const v1::RowsMoved& rows) {
  const std::string before = RowsText(rows.before()), after = RowsText(rows.after());
  if (before == after) {
    std::cout << "    " << rows.table() << "/" << before << " answers differently\n";
  } else {
    std::cout << "    " << rows.table() << "/" << before << " → " << after << "\n";
  }
}

void Print(const v1::MovedReceipt& moved) {
  std::cout << moved.claim_id() << "  " << moved.institution() << " " << moved.service_month() << "\n"
            << "    " << ResultText(moved.before()) << "\n  → " << ResultText(moved.after()) << "\n";
  for (const v1::YenMoved& yen : moved.yen())
    absl::FPrintF(stdout, "    %-26s %15s yen\n", yen.account(), Signed(yen.debit() - yen.credit()));
  for (const v1::RowsMoved& rows : moved.rows()) Print(rows);
}

// "3 receipts, 17,766 yen, WINDOW".
std::string PoolText(const v1::SharedPool& pool) {
  if (pool.receipts() == 0) return "no receipts";
  return absl::StrCat(WithSeparators(pool.receipts()), " receipts, ", WithSeparators(pool.yen()), " yen, ",
                      pool.rung());
}

void Print(const v1::MovedPool& moved) {
  std::cout << moved.pool() << "\n    " << PoolText(moved.before()) << "\n  → " << PoolText(moved.after()) << "\n";
  for (const v1::ShareMoved& share : moved.shares()) {
    absl::FPrintF(stdout, "    %-26s %15s yen  (%s → %s)\n", share.account(), Signed(share.after() - share.before()),
                  WithSeparators(share.before()), WithSeparators(share.after()));
  }
  for (const v1::RowsMoved& rows : moved.rows()) Print(rows);
}

void Print(const v1::RuleDiffSummary& summary) {
  absl::FPrintF(stdout, "%s receipts compared, %s would move; %s pools compared, %s would be shared otherwise\n",
                WithSeparators(summary.receipts()), WithSeparators(summary.moved()), WithSeparators(summary.pools()),
                WithSeparators(summary.pools_moved()));
  if (!summary.outcomes().empty())
    absl::FPrintF(stdout, "  %-18s %-18s %12s %18s\n", "outcome", "would become", "receipts", "insurers' yen");
  for (const v1::OutcomesMoved& row : summary.outcomes()) {
    absl::FPrintF(stdout, "  %-18s %-18s %12s %18s\n", row.before(), row.after(), WithSeparators(row.receipts()),
                  WithSeparators(row.yen()));
  }
  if (summary.yen().empty()) return;
  absl::FPrintF(stdout, "  %-24s %15s %15s %15s\n", "account", "more yen", "less yen", "together");
  for (const v1::YenMoved& row : summary.yen()) {
    absl::FPrintF(stdout, "  %-24s %15s %15s %15s\n", row.account(), WithSeparators(row.debit()),
                  WithSeparators(row.credit()), Signed(row.debit() - row.credit()));
  }
}

// A line per moved receipt, one per moved pool, then one for the summary.
absl::Status PrintAsJson(const v1::DiffRulesResponse& message) {
  if (message.has_moved()) return PrintJson(message.moved());
  if (message.has_moved_pool()) return PrintJson(message.moved_pool());
  return message.has_summary() ? PrintJson(message.summary()) : absl::OkStatus();
}

absl::StatusOr<int> Diff(const Globals& globals, const DiffOptions& options) {
  v1::DiffRulesRequest request;
  ASSIGN_OR_RETURN(*request.mutable_before(), RuleSetNamed(options.before));
  ASSIGN_OR_RETURN(*request.mutable_after(), RuleSetNamed(options.after));
  *request.mutable_run() = options.run.Message();
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals));
  auto stub = v1::RulesService::NewStub(session->channel());
  grpc::ClientContext context;
  auto stream = stub->DiffRules(&context, request);
  Progress progress;
  for (v1::DiffRulesResponse message; stream->Read(&message);) {
    if (message.has_progress()) progress.Show(message.progress());
    if (message.has_summary()) PrintNotes(message.summary().notes());
    if (globals.json) {
      RETURN_IF_ERROR(PrintAsJson(message));
      continue;
    }
    if (message.has_moved()) Print(message.moved());
    if (message.has_moved_pool()) Print(message.moved_pool());
    if (message.has_summary()) Print(message.summary());
  }
  RETURN_IF_ERROR(rpc::FromGrpc(stream->Finish()));
  return kExitDone;
}

}  // namespace

void AddRulesDiff(Program& program, CLI::App& rules) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App* verb =
      program.Add(rules, "diff", "list every receipt, pool and yen of a stored month that another rule set would move",
                  "furikae rules diff built-in my-rules --data-dir data --month 2024-10");
  const std::string what =
      "a directory of decision tables, `built-in`, or `kept:` and the beginning of a rules_digest in the data "
      "directory";
  verb->add_option("BEFORE", options->before, what)->required();
  verb->add_option("AFTER", options->after, "the same for the rule set to compare it with")->required();
  options->run.AddTo(verb);
  verb->callback(
      [&program, options] { program.work = [&program, options] { return Diff(program.globals, *options); }; });
}

}  // namespace furikae::tools
