// furikae submit — files of receipts, as a clinic sends them: at once it says what is wrong with them.
#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "core/status.h"
#include "tools/furikae/console.h"
#include "tools/furikae/files.h"
#include "tools/furikae/sending.h"
#include "tools/furikae/verbs.h"

namespace furikae::tools {
namespace {

struct Options {
  RunOptions run;
  std::vector<std::string> named;  // files and directories
};

absl::StatusOr<int> Submit(const Globals& globals, const Options& options) {
  std::vector<InputFile> files;
  for (const std::string& named : options.named) {
    ASSIGN_OR_RETURN(std::vector<InputFile> there, ReceiptsAt(named));
    std::move(there.begin(), there.end(), std::back_inserter(files));
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals, Session::Data::kMayBeNew));
  v1::UploadOptions upload;
  upload.set_month(options.run.month);
  upload.set_now(options.run.now);
  upload.set_want_claim_ids(globals.json);
  bool refused = false;
  const auto tell = [&](const InputFile& input, const v1::SubmitResponse& response) -> absl::Status {
    const std::string file = input.file.string();
    refused = refused || response.refused_whole() || response.refused() > 0;
    PrintComplaints(file, response);
    if (globals.json) {
      RETURN_IF_ERROR(PrintJson(response));
    } else {
      absl::FPrintF(stdout, "%s: %s receipts accepted, %s refused%s\n", file, WithSeparators(response.accepted()),
                    WithSeparators(response.refused()),
                    response.already_known() ? " (submitted before, nothing changed)" : "");
    }
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(SubmitInOrder(*session, files, upload, tell));
  return refused ? kExitSomeRefused : kExitDone;
}

}  // namespace

void AddSubmit(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = program.Add("submit", "submit files of receipts",
                               "furikae submit --data-dir data --month 2024-10 samples/month/receipts");
  options->run.AddTo(verb);
  verb->add_option(
          "files", options->named,
          "*.UKE, *.CYO or *.jsonl, or a directory: all of these below it (below its receipts/, if it has one)")
      ->required();
  verb->callback(
      [&program, options] { program.work = [&program, options] { return Submit(program.globals, *options); }; });
}

}  // namespace furikae::tools
