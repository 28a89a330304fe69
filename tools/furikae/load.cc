// furikae load — reference files: registry, insurers, institutions, payments, people, towns.
#include <filesystem>
#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/status.h"
#include "tools/furikae/console.h"
#include "tools/furikae/files.h"
#include "tools/furikae/verbs.h"

namespace furikae::tools {
namespace {

struct Options {
  RunOptions run;
  std::vector<std::string> files;
  bool strict = false;
};

absl::StatusOr<int> Load(const Globals& globals, const Options& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals, Session::Data::kMayBeNew));
  v1::UploadOptions upload;
  upload.set_month(options.run.month);
  upload.set_now(options.run.now);
  upload.set_strict(options.strict);
  int64_t refused = 0;
  for (const std::string& file : options.files) {
    const std::filesystem::path path(file);
    ASSIGN_OR_RETURN(const v1::LoadResponse response, LoadTable(*session, path, path.filename().string(), upload));
    refused += response.refused();
    PrintComplaints(file, response.complaints());
    for (const std::string& note : response.notes()) std::cerr << "note: " << note << "\n";
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
  CLI::App* verb = program.Add(
      "load", "load reference files; the name says the kind",
      "furikae load --data-dir data --month 2024-10 insurers.csv institutions.csv registry.csv payments.csv");
  options->run.AddTo(verb);
  verb->add_option(
          "files", options->files,
          "registry*.csv, registry*.xml, insurers*.csv, institutions*.csv, payments*.csv, people*.csv, KEN_ALL*.CSV")
      ->required();
  verb->add_flag("--strict", options->strict, "refuse a file as a whole when one of its rows is bad");
  verb->callback(
      [&program, options] { program.work = [&program, options] { return Load(program.globals, *options); }; });
}

}  // namespace furikae::tools
