// furikae export — writes the month's bills, returns, notices and shares.
#include <memory>

#include "absl/strings/str_format.h"
#include "core/status.h"
#include "tools/furikae/console.h"
#include "tools/furikae/files.h"
#include "tools/furikae/verbs.h"

namespace furikae::tools {
namespace {

struct Options {
  std::string month, output;
  bool sqlite = false;
};

absl::StatusOr<int> Export(const Globals& globals, const Options& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals));
  v1::ExportRequest request;
  request.set_month(options.month);
  request.set_sqlite(options.sqlite);
  ASSIGN_OR_RETURN(const int64_t files, ExportTo(*session, request, options.output));
  if (globals.json) {
    absl::FPrintF(stdout, "{\"files_written\":%d}\n", files);
  } else {
    absl::FPrintF(stdout, "%s files written to %s\n", WithSeparators(files), options.output);
  }
  return kExitDone;
}

}  // namespace

void AddExport(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* verb =
      program.Add("export", "write the month's files", "furikae export --data-dir data --month 2024-10 --output out");
  AddMonth(verb, options->month);
  verb->add_option("--output", options->output, "folder for the files; an earlier export there is replaced")
      ->required();
  verb->add_flag("--sqlite", options->sqlite, "write furikae.sqlite too");
  verb->callback(
      [&program, options] { program.work = [&program, options] { return Export(program.globals, *options); }; });
}

}  // namespace furikae::tools
