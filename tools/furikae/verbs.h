// tools/furikae/verbs.h — the verbs of the program, one file each. A verb adds its subcommand and, when chosen, says
// what to do.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/furikae/session.h"

namespace furikae::tools {

// What the chosen verb does; returns the program's exit code.
using Work = std::function<absl::StatusOr<int>()>;

struct Program {
  CLI::App& app;
  Globals& globals;
  Work work;  // set by the subcommand that was chosen

  // A subcommand with a worked example in its help.
  CLI::App* Add(CLI::App& parent, const std::string& name, const std::string& what, const std::string& example);
  CLI::App* Add(const std::string& name, const std::string& what, const std::string& example) {
    return Add(app, name, what, example);
  }
};

// --month: the claim month, required. Anything that is no month is wrong usage.
void AddMonth(CLI::App* verb, std::string& month);

// For an option that takes a moment.
std::string CheckMoment(const std::string& text);

// --month and --now, as most verbs take them.
struct RunOptions {
  std::string month;
  std::string now;
  void AddTo(CLI::App* verb);
  v1::RunMoment Message() const;
};

void AddRun(Program& program);
void AddLoad(Program& program);
void AddSubmit(Program& program);
void AddDecide(Program& program);
void AddClose(Program& program);
void AddExport(Program& program);
void AddClaim(Program& program);
void AddReview(Program& program);
void AddInquiry(Program& program);
void AddVerify(Program& program);
void AddServe(Program& program);
void AddGenerate(Program& program);
void AddRules(Program& program);
void AddVersion(Program& program);

}  // namespace furikae::tools
