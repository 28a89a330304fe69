#include "tests/bench/generated_month.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "storage/loading/loading.h"
#include "tools/generate/month.h"

namespace furikae::bench {
namespace {

namespace fs = std::filesystem;

// The generator makes about three registry rows to two persons.
constexpr double kPersonsPerReceipt = 1.36;

absl::Status WriteMonth(int receipts, const std::string& folder) {
  generate::Options options;
  options.seed = 1;
  options.receipts = receipts;
  options.persons = static_cast<int>(receipts * kPersonsPerReceipt);
  return generate::GenerateMonth(options, [&](std::string_view path, std::string_view bytes) {
    const fs::path file = fs::path(folder) / path;
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary | std::ios::app);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return out ? absl::OkStatus() : absl::UnavailableError("cannot write a generated file");
  });
}

// In a process of its own, so that the generator's memory is not in the peak that is measured.
void WriteMonthApart(int receipts, const std::string& folder) {
  const pid_t child = fork();
  if (child == 0) _exit(WriteMonth(receipts, folder).ok() ? 0 : 1);
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) abort();
}

}  // namespace

const GeneratedMonth& GeneratedMonth::Of(int receipts) {
  static std::map<int, GeneratedMonth*> made;
  static std::vector<std::unique_ptr<GeneratedMonth>> keep;
  GeneratedMonth*& month = made[receipts];
  if (month == nullptr) month = keep.emplace_back(new GeneratedMonth(receipts)).get();
  return *month;
}

GeneratedMonth::GeneratedMonth(int receipts) {
  WriteMonthApart(receipts, directory_.path());
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory_.path())) {
    if (!entry.is_regular_file()) continue;
    const std::string path = fs::relative(entry.path(), directory_.path()).string();
    const auto kind = storage::KindOfFile(path);
    if (kind && *kind != storage::TableKind::kPeople) tables_.push_back(path);
    if (path.starts_with("receipts/") && !path.ends_with(".jsonl")) receipts_.push_back(path);
  }
  std::sort(tables_.begin(), tables_.end());  // insurers and institutions come before what refers to them
  std::sort(receipts_.begin(), receipts_.end());
}

std::string GeneratedMonth::Read(const std::string& path) const {
  std::ostringstream bytes;
  bytes << std::ifstream(directory_.File(path), std::ios::binary).rdbuf();
  return std::move(bytes).str();
}

}  // namespace furikae::bench
