// furikae verify — re-derives claims, ledger, rollups and registry index from the event log and names the first
// difference.
#include <iostream>
#include <memory>

#include "absl/strings/str_format.h"
#include "core/status.h"
#include "rpc/status.h"
#include "tools/furikae/console.h"
#include "tools/furikae/verbs.h"

namespace furikae::tools {
namespace {

absl::StatusOr<int> Verify(const Globals& globals) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals));
  auto stub = v1::AdminService::NewStub(session->channel());
  grpc::ClientContext context;
  auto stream = stub->Verify(&context, v1::VerifyRequest());
  v1::VerifyReport report;
  {
    Progress progress;
    v1::VerifyProgress message;
    while (stream->Read(&message)) {
      if (message.has_progress()) progress.Show(message.progress());
      if (message.has_report()) report = message.report();
    }
  }
  RETURN_IF_ERROR(rpc::FromGrpc(stream->Finish()));
  if (globals.json) {
    RETURN_IF_ERROR(PrintJson(report));
  } else {
    absl::FPrintF(stdout, "%s claims, %s events, %s ledger entries, %s pools, %s registry rows: %s\n",
                  WithSeparators(report.claims()), WithSeparators(report.events()),
                  WithSeparators(report.ledger_entries()), WithSeparators(report.pools()),
                  WithSeparators(report.registry_rows()), report.differences().empty() ? "all agree" : "DIFFERENCES");
  }
  for (const std::string& difference : report.differences()) std::cerr << "difference: " << difference << "\n";
  return report.differences().empty() ? kExitDone : kExitFailed;
}

}  // namespace

void AddVerify(Program& program) {
  CLI::App* verb =
      program.Add("verify", "check that the books follow from the event log", "furikae verify --data-dir data");
  verb->callback([&program] { program.work = [&program] { return Verify(program.globals); }; });
}

}  // namespace furikae::tools
