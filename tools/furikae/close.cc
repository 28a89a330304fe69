// furikae close — apportions what nobody could identify and freezes the month.
#include <iostream>
#include <memory>

#include "absl/strings/str_format.h"
#include "core/status.h"
#include "tools/furikae/steps.h"
#include "tools/furikae/verbs.h"

namespace furikae::tools {
namespace {

absl::StatusOr<int> Close(const Globals& globals, const RunOptions& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals));
  v1::CloseReport report;
  {
    Progress progress;
    ASSIGN_OR_RETURN(report, CloseMonth(*session, options.Message(), progress));
  }
  if (globals.json) {
    RETURN_IF_ERROR(PrintJson(report));
    return kExitDone;
  }
  if (report.already_closed()) absl::FPrintF(stdout, "%s was closed before; nothing changed\n", options.month);
  absl::FPrintF(stdout, "%s claims closed, %s pools: %s yen apportioned, %s yen unallocated\n",
                WithSeparators(report.claims()), WithSeparators(report.pools()),
                WithSeparators(report.apportioned_yen()), WithSeparators(report.unallocated_yen()));
  for (const std::string& note : report.notes()) absl::FPrintF(stdout, "note: %s\n", note);
  return kExitDone;
}

}  // namespace

void AddClose(Program& program) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* verb =
      program.Add("close", "apportion and freeze the month", "furikae close --data-dir data --month 2024-10");
  options->AddTo(verb);
  verb->callback(
      [&program, options] { program.work = [&program, options] { return Close(program.globals, *options); }; });
}

}  // namespace furikae::tools
