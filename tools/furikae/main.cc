// furikae — routes health-insurance receipts whose qualification has lapsed or is unknown. `furikae --help` lists the
// verbs.
#include <iostream>

#include "core/calendar.h"
#include "tools/furikae/verbs.h"

namespace furikae::tools {

CLI::App* Program::Add(CLI::App& parent, const std::string& name, const std::string& what, const std::string& example) {
  CLI::App* verb = parent.add_subcommand(name, what);
  verb->footer("Example:\n  " + example);
  verb->fallthrough();
  return verb;
}

void AddMonth(CLI::App* verb, std::string& month) {
  const auto check = [](const std::string& text) {
    return ServiceMonth::Parse(text) ? std::string() : "\"" + text + "\" is no month; write it as 2024-10";
  };
  verb->add_option("--month", month, "the claim month, such as 2024-10")->required()->check(check);
}

std::string CheckMoment(const std::string& text) {
  return Moment::Parse(text) ? std::string() : "\"" + text + "\" is no moment; write it as 2024-10-31T23:59:59+09:00";
}

void RunOptions::AddTo(CLI::App* verb) {
  AddMonth(verb, month);
  verb->add_option("--now", now,
                   "the moment that decides what counts as registered (default: the month's last second, +09:00)")
      ->check(CheckMoment);
}

v1::RunMoment RunOptions::Message() const {
  v1::RunMoment message;
  message.set_month(month);
  message.set_now(now);
  return message;
}

namespace {

int Main(int argc, char** argv) {
  CLI::App app{"furikae finds, for receipts with a lapsed or unknown qualification, the insurer that has to bear them.",
               "furikae"};
  Globals globals;
  Program program{app, globals, {}};
  app.add_option("--data-dir", globals.data_dir, "where furikae keeps its data")->capture_default_str();
  app.add_option("--server", globals.server,
                 "talk to `furikae serve` at HOST:PORT instead of opening the data directory");
  app.add_option("--regulations", globals.regulations,
                 "directory of your own decision tables (default: those built in)");
  app.add_flag("--json", globals.json, "print results as JSON");
  app.require_subcommand(1);
  app.footer("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some rows or receipts were refused.");
  for (auto add : {AddRun, AddLoad, AddSubmit, AddDecide, AddClose, AddExport, AddClaim, AddReview, AddInquiry,
                   AddVerify, AddServe, AddGenerate, AddRules, AddVersion}) {
    add(program);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitDone : kExitUsage;
  }
  const absl::StatusOr<int> code = program.work();
  if (code.ok()) return *code;
  std::cerr << "furikae: " << code.status().message() << "\n";
  return kExitFailed;
}

}  // namespace
}  // namespace furikae::tools

int main(int argc, char** argv) { return furikae::tools::Main(argc, argv); }
