// furikae generate — a made-up month of any size, for trying things out and for tests.
#include <filesystem>
#include <fstream>
#include <memory>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/status.h"
#include "tools/furikae/verbs.h"
#include "tools/generate/month.h"

namespace furikae::tools {
namespace {

namespace fs = std::filesystem;

struct Options {
  generate::Options month;
  std::string claim_month = "2024-10";
  std::string output;
};

// Chunks of one path follow each other, so that a file is open only while it grows.
class Writer {
 public:
  explicit Writer(fs::path directory) : directory_(std::move(directory)) {}
  absl::Status operator()(std::string_view path, std::string_view bytes) {
    if (path != path_) {
      path_ = std::string(path);
      const fs::path file = directory_ / path_;
      std::error_code error;
      fs::create_directories(file.parent_path(), error);
      out_.close();
      out_.clear();
      out_.open(file, std::ios::binary | std::ios::trunc);
    }
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out_.good()) return absl::UnavailableError(absl::StrCat("cannot write ", (directory_ / path_).string()));
    return absl::OkStatus();
  }

 private:
  fs::path directory_;
  std::string path_;
  std::ofstream out_;
};

absl::StatusOr<int> Generate(Options options) {
  const auto month = ServiceMonth::Parse(options.claim_month);
  if (!month)
    return absl::InvalidArgumentError(absl::StrCat("\"", options.claim_month, "\" is no month; write it as 2024-10"));
  options.month.month = *month;
  std::error_code error;
  if (fs::exists(options.output, error) && !fs::is_empty(options.output, error)) {
    return absl::FailedPreconditionError(
        absl::StrCat(options.output, " is not empty; name a new directory with --output"));
  }
  Writer writer(options.output);
  RETURN_IF_ERROR(generate::GenerateMonth(
      options.month, [&writer](std::string_view path, std::string_view bytes) { return writer(path, bytes); }));
  absl::FPrintF(stdout, "%d receipts and %d persons or more written to %s\n", options.month.receipts,
                options.month.persons, options.output);
  return kExitDone;
}

}  // namespace

void AddGenerate(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = program.Add("generate", "make up a month with its truth, the same for the same seed",
                               "furikae generate --seed 7 --receipts 600 --persons 3000 --output month");
  verb->add_option("--seed", options->month.seed, "what chance begins with")->capture_default_str();
  verb->add_option("--receipts", options->month.receipts, "how many receipts")->capture_default_str();
  verb->add_option("--persons", options->month.persons,
                   "how many people the registry knows, before the stories add theirs")
      ->capture_default_str();
  verb->add_option("--month", options->claim_month, "the claim month; treatment is the month before")
      ->capture_default_str();
  verb->add_option("--output", options->output, "a new directory")->required();
  verb->callback([&program, options] { program.work = [options] { return Generate(*options); }; });
}

}  // namespace furikae::tools
