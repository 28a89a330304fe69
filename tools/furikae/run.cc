// furikae run — the whole month: load, submit, decide, close, export.
#include <chrono>
#include <iostream>
#include <memory>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "core/status.h"
#include "tools/furikae/console.h"
#include "tools/furikae/files.h"
#include "tools/furikae/sending.h"
#include "tools/furikae/steps.h"
#include "tools/furikae/verbs.h"

namespace furikae::tools {
namespace {

struct Options {
  RunOptions run;
  std::string input, output;
  bool strict = false;
  bool sqlite = false;
};

// What a run has done so far.
struct Tally {
  int64_t files = 0, known = 0, refused_files = 0, accepted = 0, refused_receipts = 0;
  int64_t rows = 0, refused_rows = 0;
  bool AnyRefused() const { return refused_files > 0 || refused_receipts > 0 || refused_rows > 0; }
};

v1::UploadOptions UploadOptionsOf(const Options& options) {
  v1::UploadOptions upload;
  upload.set_month(options.run.month);
  upload.set_now(options.run.now);
  upload.set_strict(options.strict);
  return upload;
}

absl::Status LoadAll(Session& session, const std::vector<InputFile>& tables, const Options& options, Progress& progress,
                     Tally& tally) {
  for (const InputFile& table : tables) {
    progress.Show(absl::StrCat("loading ", table.path), 0, 0);
    ASSIGN_OR_RETURN(const v1::LoadResponse response, LoadTable(session, table, UploadOptionsOf(options)));
    tally.rows += response.loaded();
    tally.refused_rows += response.refused();
    RETURN_IF_ERROR(TellOfLoad(table.path, response));
  }
  return absl::OkStatus();
}

absl::Status SubmitAll(Session& session, const std::vector<InputFile>& receipts, const Options& options,
                       Progress& progress, Tally& tally) {
  std::set<std::string> submissions;  // the same bytes under two names are one submission
  const auto count = [&](const InputFile& file, const v1::SubmitResponse& response) -> absl::Status {
    progress.Show("submitting", tally.files, static_cast<int64_t>(receipts.size()));
    ++tally.files;
    tally.known += response.already_known() ? 1 : 0;
    PrintComplaints(file.path, response);
    const bool twice_in_this_run = !submissions.insert(response.submission()).second && response.already_known();
    if (twice_in_this_run) return absl::OkStatus();
    tally.refused_files += response.refused_whole() ? 1 : 0;
    tally.accepted += response.accepted();
    tally.refused_receipts += response.refused();
    return absl::OkStatus();
  };
  return SubmitInOrder(session, receipts, UploadOptionsOf(options), count);
}

struct RunReport {
  Tally tally;
  v1::DecideReport decided;
  v1::CloseReport closed;
  int64_t files = 0;
  double seconds = 0;
};

void PrintReport(const RunReport& report, const Options& options) {
  const Tally& t = report.tally;
  absl::FPrintF(stdout, "Claim month %s\n", options.run.month);
  absl::FPrintF(stdout,
                "  %s files of receipts (%s known already, %s refused as a whole): %s receipts accepted, %s refused\n",
                WithSeparators(t.files), WithSeparators(t.known), WithSeparators(t.refused_files),
                WithSeparators(t.accepted), WithSeparators(t.refused_receipts));
  absl::FPrintF(stdout, "  %s rows of registry, masters and payments loaded, %s refused\n\n", WithSeparators(t.rows),
                WithSeparators(t.refused_rows));
  PrintOutcomes(report.decided.outcomes());
  absl::FPrintF(stdout, "\n  %s pools: %s yen apportioned, %s yen unallocated\n", WithSeparators(report.closed.pools()),
                WithSeparators(report.closed.apportioned_yen()), WithSeparators(report.closed.unallocated_yen()));
  for (const std::string& note : report.closed.notes()) absl::FPrintF(stdout, "  note: %s\n", note);
  absl::FPrintF(stdout, "  %s files written to %s\n", WithSeparators(report.files), options.output);
  if (report.decided.decided() == 0) {
    absl::FPrintF(stdout, "  nothing had to be decided anew\n");
  } else if (report.seconds > 0) {
    absl::FPrintF(stdout, "  loaded, submitted, decided and closed in %.1f s: %.0f receipts/s\n", report.seconds,
                  static_cast<double>(report.decided.decided()) / report.seconds);
  }
}

void PrintReportJson(const RunReport& report) {
  const Tally& t = report.tally;
  std::vector<std::string> outcomes;
  for (const v1::OutcomeSum& row : report.decided.outcomes()) {
    outcomes.push_back(
        absl::StrFormat("\"%s\":{\"receipts\":%d,\"yen\":%d}", row.outcome(), row.receipts(), row.yen()));
  }
  absl::FPrintF(stdout,
                "{\"files\":%d,\"known\":%d,\"refused_files\":%d,\"accepted\":%d,\"refused_receipts\":%d,\"rows\":%d,"
                "\"refused_rows\":%d,\"decided\":%d,"
                "\"outcomes\":{%s},\"pools\":%d,\"apportioned_yen\":%d,\"unallocated_yen\":%d,\"files_written\":%d}\n",
                t.files, t.known, t.refused_files, t.accepted, t.refused_receipts, t.rows, t.refused_rows,
                report.decided.decided(), absl::StrJoin(outcomes, ","), report.closed.pools(),
                report.closed.apportioned_yen(), report.closed.unallocated_yen(), report.files);
}

// The close gives open reviews their outcome, so the sums are asked for once more behind it; a closed month is only
// read.
absl::StatusOr<RunReport> RunMonth(Session& session, const Options& options, const InputFiles& input) {
  const auto start = std::chrono::steady_clock::now();
  Progress progress;
  RunReport report;
  RETURN_IF_ERROR(LoadAll(session, input.tables, options, progress, report.tally));
  RETURN_IF_ERROR(SubmitAll(session, input.receipts, options, progress, report.tally));
  RETURN_IF_ERROR(LoadAll(session, input.people, options, progress, report.tally));
  const v1::RunMoment run = options.run.Message();
  ASSIGN_OR_RETURN(report.decided, DecideClaims(session, run, progress));
  ASSIGN_OR_RETURN(report.closed, CloseMonth(session, run, progress));
  ASSIGN_OR_RETURN(const v1::DecideReport after, DecideClaims(session, run, progress));
  *report.decided.mutable_outcomes() = after.outcomes();
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  report.seconds = seconds;
  v1::ExportRequest request;
  request.set_month(options.run.month);
  request.set_sqlite(options.sqlite);
  progress.Show("writing the month's files", 0, 0);
  ASSIGN_OR_RETURN(report.files, ExportTo(session, request, options.output));
  return report;
}

absl::StatusOr<int> Run(const Globals& globals, const Options& options) {
  ASSIGN_OR_RETURN(const InputFiles input, ListInput(options.input));
  RETURN_IF_ERROR(ExportDirectory(options.output).status());  // now, not after half an hour's work
  if (!input.ignored.empty()) {
    std::cerr << "note: " << input.ignored.size() << " files in " << options.input
              << " are none that furikae reads: " << input.ignored.front() << (input.ignored.size() > 1 ? " …" : "")
              << "\n";
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals, Session::Data::kMayBeNew));
  ASSIGN_OR_RETURN(const RunReport report, RunMonth(*session, options, input));
  globals.json ? PrintReportJson(report) : PrintReport(report, options);
  return report.tally.AnyRefused() ? kExitSomeRefused : kExitDone;
}

}  // namespace

void AddRun(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = program.Add("run", "the whole month: load, submit, decide, close, export",
                               "furikae run --data-dir data --month 2024-10 --input samples/month --output out");
  options->run.AddTo(verb);
  verb->add_option("--input", options->input, "folder with the tables and receipts/")->required();
  verb->add_option("--output", options->output, "folder for the month's files")->required();
  verb->add_flag("--strict", options->strict, "refuse a table as a whole when one of its rows is bad");
  verb->add_flag("--sqlite", options->sqlite, "write furikae.sqlite too");
  verb->callback(
      [&program, options] { program.work = [&program, options] { return Run(program.globals, *options); }; });
}

}  // namespace furikae::tools
