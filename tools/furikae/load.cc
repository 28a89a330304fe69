// furikae load — reference files: registry, insurers, institutions, payments, people, towns.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
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
  bool strict = false;
};

absl::StatusOr<int> Load(const Globals& globals, const Options& options) {
  std::vector<InputFile> files;
  for (const std::string& named : options.named) {
    ASSIGN_OR_RETURN(std::vector<InputFile> there, TablesAt(named));
    std::move(there.begin(), there.end(), std::back_inserter(files));
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals, Session::Data::kMayBeNew));
  v1::UploadOptions upload;
  upload.set_month(options.run.month);
  upload.set_now(options.run.now);
  upload.set_strict(options.strict);
  int64_t refused = 0;
  for (const InputFile& input : files) {
    const std::string file = input.file.string();
    ASSIGN_OR_RETURN(const v1::LoadResponse response, LoadTable(*session, input, upload));
    refused += response.refused();
    RETURN_IF_ERROR(TellOfLoad(file, response));
    if (globals.json) {
      RETURN_IF_ERROR(PrintJson(response));
    } else if (response.already_known()) {
      absl::FPrintF(stdout, "%s: loaded before, nothing to do\n", file);
    } else {
      absl::FPrintF(stdout, "%s: %s of %s rows loaded, %s refused\n", file, WithSeparators(response.loaded()),
                    WithSeparators(response.rows()), WithSeparators(response.refused()));
    }
  }
  return refused > 0 ? kExitSomeRefused : kExitDone;
}

}  // namespace

void AddLoad(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = program.Add("load", "load reference files; the name says the kind",
                               "furikae load --data-dir data --month 2024-10 samples/month");
  options->run.AddTo(verb);
  verb->add_option("files", options->named,
                   "registry*.csv, registry*.xml, insurers*.csv, institutions*.csv, payments*.csv, people*.csv, "
                   "KEN_ALL*.CSV, towns*.csv; "
                   "of a directory, all of these that lie in it, in the order in which they build on each other")
      ->required();
  verb->add_flag("--strict", options->strict, "refuse a file as a whole when one of its rows is bad");
  verb->callback(
      [&program, options] { program.work = [&program, options] { return Load(program.globals, *options); }; });
}

}  // namespace furikae::tools
