#include "tests/end_to_end/program_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/uke/cp932.h"
#include "tests/core/uke_text.h"

extern char** environ;

namespace furikae {
namespace {

namespace fs = std::filesystem;

// Starts the program with its standard output and error on these descriptors.
pid_t Start(const std::vector<std::string>& arguments, int out, int err) {
  std::vector<std::string> words = {FURIKAE_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
  pid_t process = -1;
  const int failed = posix_spawn(&process, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  EXPECT_EQ(failed, 0) << "cannot start " << argv[0];
  return failed == 0 ? process : -1;
}

int ExitCode(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

std::string ReadFile(const fs::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

int OpenToWrite(const std::string& file) { return open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600); }

}  // namespace

std::string Cp932(const std::string& utf8) { return uke::ToCp932(utf8).value_or(""); }

std::string Records(const ReceiptText& receipt) {
  const std::string points = std::to_string(receipt.points);
  std::vector<std::pair<int, std::string>> re = {{2, receipt.number}, {3, "1112"}, {4, receipt.month},
                                                 {5, receipt.name},   {6, "2"},    {7, receipt.birth},
                                                 {37, receipt.kana}};
  return uke::Row("RE", 38, re) + "\r\n" +
         uke::Row("HO", 14, {{2, receipt.insurer}, {3, receipt.symbol}, {4, receipt.card}, {5, "1"}, {6, points}}) +
         "\r\n" + uke::Row("JD", 33, {{2, "1"}, {7, "1"}}) + "\r\n" + uke::Row("MF", 33, {{2, "00"}}) + "\r\n" +
         uke::Si("11", points, "1", {{5, "1"}}) + "\r\n" + receipt.more;
}

std::string FileText(const std::vector<ReceiptText>& receipts, const std::string& written, const std::string& volume,
                     const std::string& go) {
  std::string text = "IR,1,13,1,1234567,,青空医院," + written + "," + volume + ",0311112222\r\n";
  int points = 0;
  for (const ReceiptText& receipt : receipts) {
    text += Records(receipt);
    points += receipt.points;
  }
  const std::string sums = "GO," + std::to_string(receipts.size()) + "," + std::to_string(points) + ",99";
  return text + (go.empty() ? sums : go) + "\r\n";
}

void Program::Write(const std::string& name, const std::string& bytes) const {
  fs::create_directories(fs::path(Path(name)).parent_path());
  std::ofstream(Path(name), std::ios::binary) << bytes;
}

std::string Program::Read(const std::string& name) const { return ReadFile(Path(name)); }

std::map<std::string, std::string> Program::FilesIn(const std::string& name) const {
  std::map<std::string, std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(Path(name), error), end; !error && it != end; it.increment(error)) {
    if (it->is_regular_file()) files[fs::relative(it->path(), Path(name)).generic_string()] = ReadFile(it->path());
  }
  return files;
}

std::map<std::string, nlohmann::json> Program::Decisions(const std::string& out) const {
  std::map<std::string, nlohmann::json> decisions;
  std::istringstream lines(Read(out + "/decisions.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    nlohmann::json decision = nlohmann::json::parse(line);
    const std::string id = decision["claim_id"];
    decisions[id] = std::move(decision);
  }
  return decisions;
}

Said Program::Furikae(const std::vector<std::string>& arguments) const {
  const int out = OpenToWrite(Path("said.out")), err = OpenToWrite(Path("said.err"));
  const pid_t process = Start(arguments, out, err);
  close(out);
  close(err);
  Said said;
  int status = 0;
  struct rusage usage {};
  if (process > 0 && wait4(process, &status, 0, &usage) == process) said.exit = ExitCode(status);
  said.out = Read("said.out");
  said.err = Read("said.err");
  said.peak_memory_kb = usage.ru_maxrss;
  return said;
}

Said Program::Month(const std::string& month, const std::vector<std::string>& more) const {
  fs::create_directories(Path("in"));
  std::vector<std::string> arguments = {"run",     "--data-dir", Path("data"), "--month",  month,
                                        "--input", Path("in"),   "--output",   Path("out")};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return Furikae(arguments);
}

void Program::GenerateMonth(int receipts) const {
  const Said said = Furikae(
      {"generate", "--seed", "11", "--receipts", std::to_string(receipts), "--persons", "200", "--output", Path("in")});
  ASSERT_EQ(said.exit, 0) << said.All();
}

void Program::WriteWorld() const {
  Write("in/insurers.csv",
        "InsurerNumber,Name,Kind,ReviewAgency,ValidFrom\n01130012,ある支部,協会けんぽ,1,2000-04-01\n06130488,ある組合,"
        "組合,1,2000-04-01\n");
  Write("in/institutions.csv", "InstitutionCode,Name,Kind,ValidFrom\n1311234567,青空医院,医科診療所,2000-04-01\n");
  Write("in/registry.csv",
        "SubjectId,InsurerNumber,InsuredIdentificationNumber,Name,Birthdate,Sex1,QualificationDate,RegisteredAt,"
        "InsuredCardSymbol,NameKana\n"
        "S-hanako,01130012,1234567,山田 花子,1985-04-02,2,2020-04-01,2020-04-02T00:00:00+09:00,64,ヤマダ ハナコ\n");
}

Served::Served(const std::string& data_dir) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return;
  process_ = Start({"serve", "--data-dir", data_dir, "--listen", "127.0.0.1:0"}, ends[1], STDERR_FILENO);
  close(ends[1]);
  output_ = ends[0];
  std::string line;
  for (char ch = 0; read(output_, &ch, 1) == 1 && ch != '\n';) line += ch;
  const size_t port = line.find("(port ");
  if (port == std::string::npos) return;
  address_ = "127.0.0.1:" + std::to_string(std::stoi(line.substr(port + 6)));
}

Served::~Served() { Stop(); }

int Served::Stop() {
  if (process_ <= 0) return -1;
  kill(process_, SIGTERM);
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  close(output_);
  return ExitCode(status);
}

}  // namespace furikae
