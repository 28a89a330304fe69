// furikae decide — every claim of the open month that is not closed.
#include <iostream>
#include <memory>

#include "absl/strings/str_format.h"
#include "core/status.h"
#include "tools/furikae/steps.h"
#include "tools/furikae/verbs.h"

namespace furikae::tools {
namespace {

absl::StatusOr<int> Decide(const Globals& globals, const RunOptions& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals));
  v1::DecideReport report;
  {
    Progress progress;
    ASSIGN_OR_RETURN(report, DecideClaims(*session, options.Message(), progress));
  }
  if (globals.json) {
    RETURN_IF_ERROR(PrintJson(report));
    return kExitDone;
  }
  absl::FPrintF(stdout, "%s claims decided, %s unchanged\n", WithSeparators(report.decided()),
                WithSeparators(report.unchanged()));
  PrintOutcomes(report.outcomes());
  return kExitDone;
}

}  // namespace

void AddDecide(Program& program) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* verb =
      program.Add("decide", "decide the claims of the open month", "furikae decide --data-dir data --month 2024-10");
  options->AddTo(verb);
  verb->callback(
      [&program, options] { program.work = [&program, options] { return Decide(program.globals, *options); }; });
}

}  // namespace furikae::tools
