// A run that is killed at any moment and started again ends as if nothing had happened: the same `out/` to the byte,
// and books that verify (decisions.md §9.7, §9.8; DESIGN §10 "Safe").
//
// The program itself is run on a generated month. Which step it is killed in goes around in a circle, so that each gets
// its share however short it is (and so does any moment of the whole); the moment within the step is random. The seed
// is printed; FURIKAE_CRASH_SEED gives it back, FURIKAE_CRASH_ROUNDS makes more of them.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/rounds.h"
#include "tests/storage/temporary_directory.h"

namespace furikae {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Microseconds = std::chrono::microseconds;
using Files = std::map<std::string, std::string>;  // path → bytes

constexpr int kRounds = 200;
constexpr const char* kReceipts = "300";

// The steps of a run, by how the line begins with which the program announces each; the first is everything before.
constexpr std::array<std::string_view, 7> kSteps = {
    "", "loading insurers", "submitting", "loading people", "decide", "close", "writing"};
constexpr size_t kAnyStep = kSteps.size();  // a moment of the whole run
// What the program prints on its way, with the time since its start.
struct Announced {
  std::string line;
  Microseconds at{};
};

struct Life {
  bool killed = false;
  int exit_code = -1;
  std::vector<Announced> announced;
  Microseconds took{};
};

struct Death {
  size_t step = 0;
  Microseconds after{};  // the step's beginning
};

pid_t Start(const std::vector<std::string>& arguments, int standard_error) {
  std::vector<char*> argv;
  static std::string program = FURIKAE_PROGRAM;
  argv.push_back(program.data());
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child != 0) return child;
  dup2(standard_error, STDERR_FILENO);
  dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
  execv(argv[0], argv.data());
  _exit(127);
}

// Runs the program to its end, or to the death that is meant for it if it gets that far.
Life Live(const std::vector<std::string>& arguments, const std::optional<Death>& death = std::nullopt) {
  Life life;
  int pipe_ends[2];
  if (pipe(pipe_ends) != 0) return ADD_FAILURE() << "no pipe", life;
  const Clock::time_point start = Clock::now();
  const auto since = [&] { return std::chrono::duration_cast<Microseconds>(Clock::now() - start); };
  const pid_t child = Start(arguments, pipe_ends[1]);
  close(pipe_ends[1]);
  const auto meet = [&](size_t step) {
    if (!death || death->step != step) return;
    std::this_thread::sleep_for(death->after);
    kill(child, SIGKILL);
  };
  meet(0);
  std::string line;
  for (char ch = 0; read(pipe_ends[0], &ch, 1) == 1;) {
    if (ch != '\n') {
      line += ch;
      continue;
    }
    life.announced.push_back({line, since()});
    for (size_t step = 1; step < kSteps.size(); ++step) {
      if (line.starts_with(kSteps[step])) meet(step);
    }
    line.clear();
  }
  close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  life.took = since();
  life.killed = WIFSIGNALED(status);
  if (WIFEXITED(status)) life.exit_code = WEXITSTATUS(status);
  return life;
}

std::string Said(const Life& life) {
  std::string said = "exit " + std::to_string(life.exit_code);
  for (const Announced& announced : life.announced) said += "\n  " + announced.line;
  return said;
}

// How long each step lasts when nobody disturbs it.
std::array<Microseconds, kSteps.size()> LengthsOf(const Life& life) {
  std::array<Microseconds, kSteps.size()> begin{}, length{};
  begin.fill(life.took);
  begin[0] = Microseconds(0);
  for (const Announced& announced : life.announced) {
    for (size_t step = 1; step < kSteps.size(); ++step) {
      if (announced.line.starts_with(kSteps[step])) begin[step] = std::min(begin[step], announced.at);
    }
  }
  for (size_t step = 0; step < kSteps.size(); ++step) {
    length[step] = (step + 1 < kSteps.size() ? begin[step + 1] : life.took) - begin[step];
  }
  return length;
}

Files FilesIn(const fs::path& directory) {
  Files files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (!it->is_regular_file()) continue;
    std::ostringstream bytes;
    bytes << std::ifstream(it->path(), std::ios::binary).rdbuf();
    files[fs::relative(it->path(), directory).generic_string()] = bytes.str();
  }
  return files;
}

// Empty when they are equal; never shows contents.
std::string FirstDifference(const Files& expected, const Files& found) {
  for (const auto& [path, bytes] : expected) {
    const auto it = found.find(path);
    if (it == found.end()) return path + " is missing";
    if (it->second != bytes) return path + " differs";
  }
  for (const auto& [path, bytes] : found) {
    if (!expected.contains(path)) return path + " is there without need";
  }
  return "";
}

uint32_t NumberFrom(const char* variable, uint32_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : static_cast<uint32_t>(std::strtoul(text, nullptr, 10));
}

class ProgramCrash : public testing::Test {
 protected:
  // What a killed process has written is in the hands of the operating system, whatever lies below: memory is as good
  // as a disk here, and much faster.
  void SetUp() override {
    if (access("/dev/shm", W_OK) == 0) setenv("TEST_TMPDIR", "/dev/shm/", /*overwrite=*/0);
    directory_ = std::make_unique<storage::TemporaryDirectory>();
    // Who is killed cannot clean up: what the program had in the temporary directory goes with this test's.
    setenv("TMPDIR", directory_->File("tmp").c_str(), /*overwrite=*/1);
    StartAnew();
    const Life made = Live({"generate", "--seed", "5", "--receipts", kReceipts, "--persons", kReceipts, "--output",
                            directory_->File("month")});
    ASSERT_EQ(made.exit_code, 0) << Said(made);
  }
  void TearDown() override { unsetenv("TMPDIR"); }
  void StartAnew() const {
    for (const char* name : {"data", "out", "out.partial", "tmp"}) fs::remove_all(directory_->File(name));
    fs::create_directory(directory_->File("tmp"));
  }
  Life Run(const std::optional<Death>& death = std::nullopt) const {
    return Live({"run", "--data-dir", directory_->File("data"), "--month", "2024-10", "--input",
                 directory_->File("month"), "--output", directory_->File("out")},
                death);
  }
  // Runs to the end; then everything has to be as after a run that nobody disturbed.
  testing::AssertionResult EndsAsUndisturbed() const {
    const Life run = Run();
    if (run.exit_code != exit_code_) return testing::AssertionFailure() << "run again: " << Said(run);
    const std::string difference = FirstDifference(expected_, FilesIn(directory_->File("out")));
    if (!difference.empty()) return testing::AssertionFailure() << "out/: " << difference;
    const Life verify = Live({"verify", "--data-dir", directory_->File("data")});
    if (verify.exit_code != 0) return testing::AssertionFailure() << "verify: " << Said(verify);
    return testing::AssertionSuccess();
  }
  void LearnUndisturbed() {
    const Life life = Run();
    ASSERT_TRUE(life.exit_code == 0 || life.exit_code == 3) << Said(life);
    exit_code_ = life.exit_code;
    lengths_ = LengthsOf(life);
    length_ = life.took;
    expected_ = FilesIn(directory_->File("out"));
    ASSERT_TRUE(expected_.contains("decisions.jsonl"));
    EXPECT_TRUE(fs::is_empty(directory_->File("tmp"))) << "a run that nobody disturbs leaves something behind";
  }

  std::unique_ptr<storage::TemporaryDirectory> directory_;
  int exit_code_ = -1;
  std::array<Microseconds, kSteps.size()> lengths_{};
  Microseconds length_{};
  Files expected_;
};

TEST_F(ProgramCrash, KilledAtAnyMomentARunEndsAsIfNothingHadHappened) {
  const uint32_t seed = NumberFrom("FURIKAE_CRASH_SEED", std::random_device()());
  const int rounds = static_cast<int>(NumberFrom("FURIKAE_CRASH_ROUNDS", Rounds(kRounds)));
  RecordProperty("seed", std::to_string(seed));
  printf("seed %u\n", seed);
  std::mt19937 random(seed);
  ASSERT_NO_FATAL_FAILURE(LearnUndisturbed());

  std::array<int, kSteps.size() + 1> kills{};
  const auto die_in = [&](size_t step) {
    const Microseconds length = step == kAnyStep ? length_ : lengths_[step];
    const Microseconds after(random() % (static_cast<uint32_t>(length.count()) * 11 / 10 + 1));
    if (Run(Death{step == kAnyStep ? 0 : step, after}).killed) ++kills[step];
  };
  for (int round = 0; round < rounds; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + " round " + std::to_string(round));
    StartAnew();
    die_in(static_cast<size_t>(round) % kills.size());
    if (random() % 2 == 0) die_in(random() % kills.size());  // often again before it has recovered
    ASSERT_TRUE(EndsAsUndisturbed());
    if (round % 10 != 0) continue;
    die_in(kSteps.size() - 1);  // while it replaces what it has written before
    ASSERT_TRUE(EndsAsUndisturbed()) << "after a kill in a second run";
  }
  for (size_t step = 0; step < kills.size(); ++step) {
    const std::string name = step == kAnyStep ? "any" : step == 0 ? "opening" : std::string(kSteps[step]);
    printf("killed %3d times in step '%s'\n", kills[step], name.c_str());
    if (rounds >= kRounds) {
      EXPECT_GT(kills[step], 0) << name;
    }
  }
}

}  // namespace
}  // namespace furikae
